"""What a document states outright, as label and value: in its front matter, its forms and its ticks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askpcc.errors import BadDocument
from askpcc.model import (
    Block,
    BlockKind,
    Fact,
    FactName,
    Span,
    StoredText,
)
from askpcc.text.dates import parse_date
from askpcc.text.forces import ForceTable
from askpcc.text.words import plain

STATUTORY_RESPONSE = "statutory response"
STATEMENT = "statement"
COMMITTEE_PAPER = "committee paper"
INSPECTORATE_PAGE = "inspectorate page"
GUIDANCE = "guidance"
SOURCE_KINDS = (STATUTORY_RESPONSE, STATEMENT, COMMITTEE_PAPER, INSPECTORATE_PAGE, GUIDANCE)

_LEADING = re.compile(r"(?:\s|[*_`>]|</?[a-zA-Z][^<>]{0,80}>|&nbsp;)+")
_LAST_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>\Z|&nbsp;\Z")
_MARKS_BEFORE = re.compile(r"(?:[*_]|<[a-zA-Z][^<>]{0,30}>)+\Z")
_MARKS_BEHIND = re.compile(r"(?:[*_]|</[a-zA-Z][^<>]{0,30}>){1,10}")
_LONGEST_MARK = 90
_CELL_END = re.compile(r"\t|(?<!\\)\|")
_LABEL = re.compile(
    r"(?P<label>[^:\n]{2,70}):(?:[*_]{1,3}|</\w+>)*(?:[ \t]+|\n|(?=<))(?P<value>.*\S)", re.DOTALL
)
_TICK = re.compile(r"yes|no|y|n|n/a|[\u2610-\u2612\u2713-\u2718]", re.IGNORECASE)
_LONGEST_LINE = 4_000  # no fact hides in the words behind
_LONGEST_PLAIN_FIELD = 250

_ALIASES: Mapping[str, FactName] = {
    "title of inspection": FactName.TITLE,
    "report": FactName.TITLE,
    "police force": FactName.FORCE,
    "kind": FactName.REPORT_KIND,
    "report type": FactName.REPORT_KIND,
    "type of inspection": FactName.REPORT_KIND,
    "date published": FactName.PUBLISHED,
    "date inspection published": FactName.PUBLISHED,
    "report published": FactName.PUBLISHED,
    "published on": FactName.PUBLISHED,
    "due": FactName.DEADLINE,
    "response due": FactName.DEADLINE,
    "deadline for response": FactName.DEADLINE,
    "date": FactName.RESPONDED,
    "response date": FactName.RESPONDED,
    "date of response": FactName.RESPONDED,
    "date response sent": FactName.RESPONDED,
    "responded on": FactName.RESPONDED,
    "signed by": FactName.AUTHOR,
    "kind of source": FactName.SOURCE_KIND,
    **{name.value.replace("_", " "): name for name in FactName},
}
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
_DAYS = re.compile(r"\d{1,3}(?: working)? days")
_DATE_REMEDY = "Write it as 2023-06-06 or 6 June 2023."
_ANSWERS = {
    **_YES_NO,
    **dict.fromkeys("\u2611\u2612\u2713\u2714", "yes"),
    "\u2610": "no",
}
_TICK_LABELS = {
    FactName.NATIONAL: re.compile(r"national(?: recommendations?)?"),
    FactName.LOCAL: re.compile(r"local(?: recommendations?)?"),
    FactName.SPECIFIC: re.compile(r"(?:(?:is|was) )?(?:.{2,60} )?specific"),
    FactName.QUOTED: re.compile(
        r"(?:(?:is|was) )?(?:.{2,60} )?quoted(?: in (?:the )?(?:report|inspection))?"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block, a row being one line.  words: without markup; span: without marks at its ends."""

    words: str
    span: Span
    block: Block


@dataclass(frozen=True, slots=True)
class Field:
    """What a form says.  label: lower case, without colon; span: of the value; row: of label and value."""

    label: str
    value: str
    span: Span
    row: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stored text laid out for reading facts: its lines and fields, in order."""

    stored: StoredText
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]

    @property
    def text(self) -> str:
        """Return the stored text."""
        return self.stored.text


def lay_out(stored: StoredText) -> Sheet:
    """Cut a stored text into lines and fields."""
    lines = tuple(line for block in stored.blocks for line in _read_lines(stored.text, block))
    fields = tuple(field for line in lines for field in _read_fields(stored.text, line))
    return Sheet(stored, lines, fields)


def _trim_marks(text: str, span: Span) -> Span:
    """Return the span without blanks and marks of emphasis at its ends."""
    leading = _LEADING.match(text, span.start, span.end)
    start = leading.end() if leading else span.start
    return Span(start, _trim_end(text, start, span.end))


def _trim_end(text: str, start: int, end: int) -> int:
    while start < end:
        tag = _LAST_TAG.search(text, max(start, end - _LONGEST_MARK), end)
        if tag:
            end = tag.start()
        elif text[end - 1].isspace() or text[end - 1] in "*_`>":
            end -= 1
        else:
            break
    return end


def _read_lines(text: str, block: Block) -> Iterator[Line]:
    if block.kind is BlockKind.ROW:
        yield Line(_words(text, block.span), _trim_marks(text, block.span), block)
        return
    for match in re.finditer(r"[^\r\n]+", block.span.of(text)):
        span = Span(block.span.start + match.start(), block.span.start + match.end())
        trimmed = _trim_marks(text, span)
        if len(trimmed):
            yield Line(_words(text, trimmed), trimmed, block)


def _words(text: str, span: Span) -> str:
    return plain(text[span.start : min(span.end, span.start + _LONGEST_LINE)])


def _read_fields(text: str, line: Line) -> Iterator[Field]:
    cells = list(_read_cells(text, line.span)) if line.block.kind is BlockKind.ROW else [line.span]
    for label, value in _pair_cells(text, cells):
        yield _make_field(text, line, label, value)
    if len(cells) > 1 or len(line.words) <= _LONGEST_PLAIN_FIELD:
        for cell in cells:
            yield from _read_labelled(text, line, cell)


def _read_cells(text: str, row: Span) -> Iterator[Span]:
    start = row.start
    ends = [match.start() for match in _CELL_END.finditer(text, row.start, row.end)]
    for end in (*ends, row.end):
        cell = _trim_marks(text, Span(start, max(start, end)))
        if len(cell):
            yield cell
        start = min(end + 1, row.end)


def _pair_cells(text: str, cells: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield labels with their values: two by two, or in an odd row, a label before a tick or a yes or no."""
    if len(cells) % 2 == 0:
        yield from zip(cells[::2], cells[1::2], strict=True)
    else:
        yield from (pair for pair in pairwise(cells) if _TICK.fullmatch(plain(pair[1].of(text))))


def _read_labelled(text: str, line: Line, cell: Span) -> Iterator[Field]:
    """Read "Label: value" within one cell or line."""
    match = _LABEL.fullmatch(text, cell.start, cell.end)
    if match:
        value = _trim_marks(text, Span(match.start("value"), match.end("value")))
        yield _make_field(text, line, Span(match.start("label"), match.end("label")), value)


def _make_field(text: str, line: Line, label: Span, value: Span) -> Field:
    name = plain(label.of(text)).lower().replace("\u2019", "'").strip(" :?*_-")
    row = _with_marks(text, Span(label.start, value.end), line.block.span)
    return Field(name, plain(value.of(text)), value, row)


def _with_marks(text: str, span: Span, within: Span) -> Span:
    """Return the span with the marks of emphasis that touch it, so that none of a pair is cut off."""
    window = max(within.start, span.start - _LONGEST_MARK)
    before = _MARKS_BEFORE.search(text, window, span.start)
    behind = _MARKS_BEHIND.match(text, span.end, within.end)
    start = before.start() if before else span.start
    return Span(start, behind.end() if behind else span.end)


def read_declared(path: str, declared: Mapping[str, tuple[str, Span]], forces: ForceTable) -> Iterator[Fact]:
    """Read the facts among the front matter's keys; keys that name no fact are left alone.

    Raises BadDocument with the key and a remedy where a value cannot be one of its kind.
    """
    for key, (value, span) in declared.items():
        name = _ALIASES.get(re.sub(r"[\s_-]+", " ", key.lower()).strip())
        if name is not None:
            yield Fact(name, _read_value(path, key, value, _readers(forces)[name]), span)


def _readers(forces: ForceTable) -> Mapping[FactName, tuple[Callable[[str], str | None], str]]:
    """Return for each fact how its value is read, and what to write where it cannot be."""
    date = (parse_date, _DATE_REMEDY)
    answer = (lambda value: _YES_NO.get(value.lower()), "Write yes or no.")
    words = (lambda value: " ".join(value.split()) or None, "Write it in words.")
    return {
        **dict.fromkeys(FactName, words),
        FactName.FORCE: (lambda value: _read_force(value, forces), "Write the force's full name."),
        FactName.PUBLISHED: date,
        FactName.RESPONDED: date,
        FactName.DATED: date,
        FactName.DEADLINE: (_read_deadline, f"{_DATE_REMEDY[:-1]}, or as 56 days."),
        FactName.SOURCE_KIND: (_read_source_kind, f"Write one of: {', '.join(SOURCE_KINDS)}."),
        **dict.fromkeys((FactName.NATIONAL, FactName.LOCAL, FactName.SPECIFIC, FactName.QUOTED), answer),
    }


def _read_value(path: str, key: str, value: str, reader: tuple[Callable[[str], str | None], str]) -> str:
    read, remedy = reader
    found = read(value.strip())
    if found is None:
        raise BadDocument(path, f"Its front matter cannot have '{key}: {value}'.", remedy)
    return found


def _read_force(value: str, forces: ForceTable) -> str | None:
    known = forces.named(value)
    unknown = " ".join(value.split()) if re.match(r"[A-Z][\w'\u2019-]+", value) else None
    return known.name if known else unknown


def _read_deadline(value: str) -> str | None:
    return value.lower() if _DAYS.fullmatch(value.lower()) else parse_date(value)


def _read_source_kind(value: str) -> str | None:
    kind = " ".join(re.split(r"[\s_-]+", value.lower()))
    return kind if kind in SOURCE_KINDS else None


def read_ticks(sheet: Sheet) -> Iterator[Fact]:
    """Read yes or no beside its label; a lost or a double tick says nothing."""
    for name, label in _TICK_LABELS.items():
        rows = [field for field in sheet.fields if label.fullmatch(field.label)]
        answers = {_ANSWERS.get(field.value.lower()) for field in rows}
        if len(answers) == 1 and (answer := answers.pop()):
            yield Fact(name, answer, rows[0].row)
