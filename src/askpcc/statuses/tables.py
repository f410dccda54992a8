"""Tables of a document: rows as cells, under the columns that its first row names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askpcc.language.words import plain
from askpcc.model import BlockKind, Span
from askpcc.statuses.rules import load_rules
from askpcc.statuses.utterances import Utterance

_NUMBER = re.compile(r"(?:(?:rec(?:ommendation)?|afi|no)\.?\s*|#\s*)?\d{1,3}[a-z]?[.):]?", re.IGNORECASE)
_ROLES = ("number", "status", "due", "owner", "force", "office", "report", "matter")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.  cells: the place of each cell by what its column holds."""

    utterance: Utterance
    cells: Mapping[str, Span]

    def words(self, role: str, text: str) -> str:
        """Return the plain words of a cell; none when the table has no such column."""
        return plain(self.cells[role].of(text)) if role in self.cells else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns are known.

    before: what was said right before it, and what stands at the head of its columns.
    heads: what its columns hold.
    """

    rows: tuple[Row, ...]
    before: str
    heads: tuple[str, ...]


def read_tables(text: str, outline: Sequence[Utterance]) -> list[Table]:
    """Return the tables of a document one of whose rows names its columns."""
    tables = []
    for before, run in _runs(outline):
        for head, lines in _split_at_heads(text, run):
            heads = _read_heads(text, head)
            heads = _with_numbers(text, heads, lines)
            rows = tuple(Row(line, _by_role(text, line.span, heads)) for line in lines)
            tables.append(Table(rows, f"{before} {head.words}", tuple(heads.values())))
    return tables


def _split_at_heads(text: str, run: list[Utterance]) -> Iterator[tuple[Utterance, list[Utterance]]]:
    """Yield each row that names columns with the rows below it; rows above the first one are left out."""
    heads = [place for place, line in enumerate(run) if _is_head(_read_heads(text, line))]
    for head, end in pairwise([*heads, len(run)]):
        yield run[head], run[head + 1 : end]


def _runs(outline: Sequence[Utterance]) -> Iterator[tuple[str, list[Utterance]]]:
    run: list[Utterance] = []
    before = last = ""
    for utterance in outline:
        if utterance.line.kind is BlockKind.ROW:
            before = before if run else last
            run.append(utterance)
            continue
        if run:
            yield before, run
            run = []
        last = utterance.line.words
    if run:
        yield before, run


def split_cells(text: str, span: Span) -> list[Span]:
    """Return the places of the cells of a row, trimmed; an empty cell has no length."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    joint = "\t" if "\t" in before + span.of(text) else "|"
    joints = [match.start() for match in re.finditer(re.escape(joint), span.of(text))]
    starts = [span.start, *(span.start + at + 1 for at in joints)]
    ends = [*(span.start + at for at in joints), span.end]
    cells = [_trim(text, start, end) for start, end in zip(starts, ends, strict=True)]
    # The span of a row begins with its first cell that is not empty.
    empty = before.count(joint) - (joint == "|" and before.strip(" >").startswith("|"))
    return [Span(span.start, span.start)] * max(0, empty) + cells


def _trim(text: str, start: int, end: int) -> Span:
    written = text[start:end]
    begin = start + len(written) - len(written.lstrip())
    return Span(begin, begin + len(written.strip()))


def _is_head(heads: Mapping[int, str]) -> bool:
    """Tell whether a row heads a table that says of matters, or of reports, what has become of them."""
    held = set(heads.values())
    return bool(held & {"matter", "report", "number"}) and bool(held & {"status", "force", "office"})


def _read_heads(text: str, line: Utterance) -> dict[int, str]:
    columns = load_rules().lists["columns"]
    titles = [plain(cell.of(text)).strip(" :*") for cell in split_cells(text, line.span)]
    actions_are_matters = _asks_for_actions(titles)
    heads: dict[int, str] = {}
    for place, words in enumerate(titles):
        role = next((role for role in _ROLES if columns[role].fullmatch(words)), None)
        if actions_are_matters and columns["action"].fullmatch(words):
            role = "matter"
        if role and role not in heads.values():
            heads[place] = role
    return heads


def _asks_for_actions(titles: Sequence[str]) -> bool:
    """Tell whether the actions of a table are what its statuses are of; not if it lists recommendations."""
    columns = load_rules().lists["columns"]
    stated = any(columns["status"].fullmatch(words) for words in titles)
    named = any(columns[role].fullmatch(words) for role in ("matter", "numbered_matter") for words in titles)
    return stated and not named


def _with_numbers(text: str, heads: dict[int, str], lines: Sequence[Utterance]) -> dict[int, str]:
    """Take a column of matters for one of numbers where its cells are ("Recommendation | Response")."""
    place = next((place for place, role in heads.items() if role == "matter"), None)
    if place is None or "number" in heads.values():
        return heads
    cells = [split_cells(text, line.span)[place : place + 1] for line in lines]
    written = [plain(cell.of(text)).strip() for row in cells for cell in row if len(cell)]
    numbers = [words for words in written if _NUMBER.fullmatch(words)]
    if len(numbers) * 2 <= len(written):
        return heads
    # What is asked may stand in the next column, under a head that says nothing.
    after = {place + 1: "matter"} if place + 1 not in heads else {}
    return heads | {place: "number"} | after


def _by_role(text: str, span: Span, heads: Mapping[int, str]) -> dict[str, Span]:
    cells = split_cells(text, span)
    return {role: cells[place] for place, role in heads.items() if place < len(cells) and len(cells[place])}
