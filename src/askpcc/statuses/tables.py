"""Tables of a document: rows as cells, under the columns that its first row names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from askpcc.chunking import LABEL_AND_VALUE
from askpcc.model import (
    BlockKind,
    Document,
    MatterKind,
    Span,
    Speaker,
    Status,
)
from askpcc.statuses.claim_dates import document_date
from askpcc.statuses.document_model import (
    NamedItem,
    Utterance,
    find_cell_status,
    kind_of,
    name_items,
    without_opening,
)
from askpcc.statuses.findings import Finding, Told
from askpcc.statuses.matters import kind_named_in
from askpcc.statuses.vocabulary import load_vocabulary
from askpcc.text.dates import find_dates
from askpcc.text.sentences import split_sentences
from askpcc.text.words import plain

_NUMBER = re.compile(r"(?:(?:rec(?:ommendation)?|afi|no)\.?\s*|#\s*)?\d{1,3}[a-z]?[.):]?", re.IGNORECASE)
_FEWEST_ROWS = 2
_PROSE_WORDS = 5
"""A cell of fewer words is a label or a value."""
_TICKS = frozenset("✓ ✔ ☑ ☒ x ● • yes y 1".split())
"""What stands in the one column that holds, of several that each name a status."""
_ROLES = ("number", "status", "rag", "due", "owner", "force", "office", "report", "matter")


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
    heads: what its columns hold.  guessed: no head is known; the first column of words is taken for matters.
    """

    rows: tuple[Row, ...]
    before: str
    heads: tuple[str, ...]
    guessed: bool = False


def read_tables(text: str, outline: Sequence[Utterance]) -> list[Table]:
    """Return the tables of a document; those of which no row names its columns are guessed."""
    tables: list[Table] = []
    for before, run in _runs(outline):
        known = list(_split_at_heads(text, run))
        if not known:
            tables += _guess(text, before, run)
        for head, lines in known:
            heads = _read_heads(text, head)
            heads = _with_numbers(text, heads, lines)
            rows = tuple(Row(line, _by_role(text, line.span, heads)) for line in lines)
            tables.append(Table(rows, f"{before} {head.words}", tuple(heads.values())))
    return tables


def _guess(text: str, before: str, run: Sequence[Utterance]) -> Iterator[Table]:
    """Yield a table of which no column is known, if its first row can head it and other columns are prose."""
    titles = [plain(cell.of(text)).strip(" :*") for cell in split_cells(text, run[0].span)]
    # A first row that begins with a numbered matter is one of them, and heads nothing.
    first = split_cells(text, run[0].span)[0]
    lines = run if name_items(text, first) else run[1:]
    rows = [split_cells(text, line.span) for line in lines]
    if len(rows) < _FEWEST_ROWS or not all(titles):
        return
    wordy = (place for place in range(len(titles) - 1) if _is_wordy(text, rows, place))
    matter = next(wordy, None)
    if matter is None:
        return
    heads = {matter: "matter"}
    for place in range(matter + 1, len(titles)):
        force = load_vocabulary().holds("voices", "force", titles[place])
        heads[place] = f"{'force' if force else 'office'} {place}"
    made = tuple(Row(line, _by_role(text, line.span, heads)) for line in lines)
    yield Table(made, f"{before} {run[0].words}", tuple(heads.values()), guessed=True)


def _is_wordy(text: str, rows: Sequence[Sequence[Span]], place: int) -> bool:
    """Tell whether most cells of a column hold more than one word."""
    cells = [plain(row[place].of(text)) for row in rows if place < len(row)]
    return sum(len(words.split()) > 1 for words in cells) * 2 > len(rows)


def _split_at_heads(text: str, run: list[Utterance]) -> Iterator[tuple[Utterance, list[Utterance]]]:
    """Yield each row that names columns with the rows below it; rows above the first one are left out."""
    heads = [place for place, line in enumerate(run) if _is_head(_read_heads(text, line))]
    for head, end in pairwise([*heads, len(run)] if heads else []):
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
    return _read_roles([plain(cell.of(text)).strip(" :*") for cell in split_cells(text, line.span)])


def _read_roles(titles: Sequence[str]) -> dict[int, str]:
    """Return what columns, or rows of labels, hold by their titles; each sort once."""
    columns = load_vocabulary().lists["columns"]
    actions_are_matters = _asks_for_actions(titles)
    heads: dict[int, str] = {}
    for place, words in enumerate(titles):
        role = next((role for role in _ROLES if columns[role].fullmatch(words)), None)
        if actions_are_matters and columns["action"].fullmatch(words):
            role = "matter"
        if role and role not in heads.values():
            heads[place] = role
    stated = "status" in heads.values()
    colours = {place: "status" for place, role in heads.items() if role == "rag"}
    return {place: role for place, role in heads.items() if role != "rag"} if stated else heads | colours


def _asks_for_actions(titles: Sequence[str]) -> bool:
    """Tell whether the actions of a table are what its statuses are of; not if it lists recommendations."""
    columns = load_vocabulary().lists["columns"]
    stated = any(columns[role].fullmatch(words) for role in ("status", "rag") for words in titles)
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


_PREFIX = re.compile(
    r"^\W*(?P<kind>recommendation|rec|area for improvement|afi|cause of concern|coc)\b[^:]{0,12}:\s*",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^(?P<number>\d{1,3}[a-z]?)[.):]\s+")
_REFERENCE = re.compile(r"^[A-Za-z]{0,6}[-/ ]?\d{1,4}[a-z]?$")
_WORD = re.compile(r"\w+")
_TRACKER_NUMBER = re.compile(r"\d{1,3}[A-Za-z]?")
_TELLING_REFERENCE = re.compile(r"[A-Za-z].*\d")


@dataclass(frozen=True, slots=True)
class TrackedItem:
    """A matter that a row of a table names, and the reference that the table gives it."""

    item: NamedItem
    row: Row
    reference: str = ""


def read_tracked(text: str, table: Table) -> Iterator[TrackedItem]:
    """Yield the matters that the rows of a table name; none for a table of counts or of reports.

    A number that matters of two reports share in one table tells neither of them.
    """
    found = list(_read_tracked(text, table))
    reports: defaultdict[tuple[object, object], set[str]] = defaultdict(set)
    for tracked in found:
        reports[tracked.item.kind, tracked.item.number].add(tracked.row.words("report", text))
    for tracked in found:
        shared = len(reports[tracked.item.kind, tracked.item.number]) > 1
        yield replace(tracked, item=replace(tracked.item, number=None)) if shared else tracked


def _read_tracked(text: str, table: Table) -> Iterator[TrackedItem]:
    latest: TrackedItem | None = None
    for row in table.rows if _names_matters(text, table) else ():
        reference = row.words("number", text)
        words = row.words("matter", text) or _numbered(row, reference)
        if words and not words.isdigit():
            latest = TrackedItem(_item_of(text, table, row, reference), row, reference)
            yield latest
        elif latest and not words and not reference:
            yield TrackedItem(latest.item, row, latest.reference)


def _names_matters(text: str, table: Table) -> bool:
    """Tell whether a table is one of matters, not of counts or of reports."""
    counted = any(_numbered(row, row.words("number", text)) for row in table.rows)
    return "matter" in table.heads or (counted and "report" not in table.heads)


def _numbered(row: Row, reference: str) -> str:
    """Return "recommendation 9" for a row that only numbers its matter; "" where nothing says what it is."""
    found = _TRACKER_NUMBER.search(reference)
    items = row.utterance.line.items
    return next((item for item in items if found and item.endswith(f" {found[0].lower()}")), "")


def read_row_items(document: Document, outline: Sequence[Utterance]) -> list[NamedItem]:
    """Return the matters that the rows of a document's tables name."""
    known = (table for table in read_tables(document.text, outline) if not table.guessed)
    return [tracked.item for table in known for tracked in read_tracked(document.text, table)]


def refer_to_rows(document: Document, outline: Sequence[Utterance]) -> list[Utterance]:
    """Let a sentence that gives the reference of a row ("on X-12 it was said") speak of its matter."""
    rows = (tracked for tracked in _read_all(document, outline) if tracked.reference)
    references = {row.reference: row.item for row in rows if _TELLING_REFERENCE.search(row.reference)}
    by_word = _by_rarest_word(references)
    return [_refer(utterance, references, by_word) for utterance in outline]


def _by_rarest_word(references: Iterable[str]) -> Mapping[str, list[str]]:
    """Sort references by the word of each that the fewest have, so that few are tried on a sentence."""
    words = {reference: set(_WORD.findall(reference)) for reference in references}
    counts = Counter(word for found in words.values() for word in found)
    sorted_in: defaultdict[str, list[str]] = defaultdict(list)
    for reference, found in words.items():
        sorted_in[min(sorted(found), key=counts.__getitem__)].append(reference)
    return sorted_in


def _read_all(document: Document, outline: Sequence[Utterance]) -> Iterator[TrackedItem]:
    for table in read_tables(document.text, outline):
        yield from read_tracked(document.text, table)


def _refer(
    utterance: Utterance, references: Mapping[str, NamedItem], by_word: Mapping[str, list[str]]
) -> Utterance:
    if utterance.line.kind is BlockKind.ROW:
        return utterance
    words = utterance.words
    tried = [reference for word in dict.fromkeys(_WORD.findall(words)) for reference in by_word.get(word, ())]
    held = {reference for reference in tried if re.search(rf"\b{re.escape(reference)}\b", words)}
    # In the order of the rows.
    named = tuple(item for reference, item in references.items() if reference in held) if held else ()
    return replace(utterance, answers=named) if named else utterance


def _item_of(text: str, table: Table, row: Row, reference: str) -> NamedItem:
    counted = _numbered(row, reference)
    words = row.words("matter", text) or counted
    ordinal = _ORDINAL.match(words)
    words = words[ordinal.end() :] if ordinal else words
    prefix = _PREFIX.match(words)
    title = " ".join(row.utterance.line.titles[-1:])
    kind = kind_of(prefix["kind"]) if prefix else kind_named_in(f"{title} {table.before}")
    place = row.cells.get("matter") or row.cells["number"]
    named = name_items(text, place)
    number = named[0].number if named else (ordinal["number"] if ordinal else None)
    if number is None and counted:
        kind, number = MatterKind(counted.rpartition(" ")[0]), counted.rpartition(" ")[2]
    if number is None and _REFERENCE.match(reference):
        number = reference
    name = without_opening(words[prefix.end() :] if prefix and prefix.end() < len(words) else words)
    return NamedItem(kind, number, name.rstrip(" ."), place, name)


_MEANING = re.compile(r"(?P<colour>[a-z]+)\s*(?:[(:=]|\s[–-]\s)\s*(?P<meaning>.+?)\)?\s*$", re.IGNORECASE)
_KEY = re.compile(r"\b(?P<colour>[a-z]+)\s*(?:=|means|\()\s*(?P<meaning>[^;,.()]+)", re.IGNORECASE)
_LEGEND = re.compile(r"\b(?P<colour>[a-z]+)\s*(?:=|means\b)", re.IGNORECASE)
_COLOURS = frozenset("green amber red blue yellow orange purple grey black white".split())
_OTHERWISE_COMPLETE = re.compile(r"blue|complete", re.IGNORECASE)
_TELLERS = {"status": Speaker.FORCE, "force": Speaker.FORCE, "office": Speaker.COMMISSIONER}

Legend = Mapping[str, tuple[Status | None, Span]]


@dataclass(frozen=True, slots=True)
class ReadRows:
    """What the rows of tables say: by their columns of statuses, and in prose that is to be read.

    weak: what stands where the prose of a row says nothing, by the place that names its matter.
    """

    stated: tuple[Finding, ...]
    told: tuple[Told, ...]
    weak: Mapping[Span, Finding]


def read_rows(document: Document, outline: Sequence[Utterance]) -> ReadRows:
    """Read the rows of a document's tables."""
    text, legend = document.text, _read_legend(document.text, outline)
    stated: list[Finding] = []
    told: list[Told] = []
    weak: dict[Span, Finding] = {}
    tracked_rows = [(table, list(read_tracked(text, table))) for table in read_tables(text, outline)]
    forms = list(_read_forms(text, outline))
    for table, tracked_items in [*tracked_rows, *forms]:
        columns = read_status_columns(text, table)
        for tracked in tracked_items:
            ticked = _read_ticked(text, tracked, columns) if columns else None
            own, prose = (
                list(_read_status(document, tracked, legend, table, ticked)),
                _read_answers(text, tracked),
            )
            if own and not _is_green(tracked, legend, text):
                stated += own
                continue
            told += prose
            weak |= dict.fromkeys((_label(tracked),), own[0]) if own else {}
        if "report" in table.heads and not {"matter", "number"} & set(table.heads):
            told += (one for row in table.rows for one in _read_responses(text, row))
    known = {row.utterance.span for table, _ in [*tracked_rows, *forms] for row in table.rows}
    told += (one for said in outline if said.span not in known for one in _read_beside(text, said))
    return ReadRows(tuple(stated), tuple(told), weak)


def _is_green(tracked: TrackedItem, legend: Legend, text: str) -> bool:
    """Tell whether a row's status is a green without a legend: done or on track, as its words tell."""
    words = tracked.row.words("status", text).strip(" .*").lower()
    return words not in legend and load_vocabulary().lists["colours"]["complete"].fullmatch(words) is not None


# ---- a column for each status, and a tick in one of them


def _read_ticked(text: str, tracked: TrackedItem, columns: Mapping[int, Status]) -> Status | None:
    """Return the status whose column alone has a tick in a row."""
    cells = split_cells(text, tracked.row.utterance.span)
    ticked = [
        status
        for place, status in columns.items()
        if place < len(cells) and plain(cells[place].of(text)).strip().lower() in _TICKS
    ]
    return ticked[0] if len(ticked) == 1 else None


def read_status_columns(text: str, table: Table) -> dict[int, Status]:
    """Return the statuses that head columns of their own in the first rows of a table; none for most."""
    for row in table.rows[:_FEWEST_ROWS]:
        cells = split_cells(text, row.utterance.span)
        named = {place: find_cell_status(plain(cell.of(text))) for place, cell in enumerate(cells)}
        columns = {place: status for place, status in named.items() if status is not None}
        said = sum(1 for cell in cells if len(cell))
        if len(columns) >= _FEWEST_ROWS and len(columns) == said:
            return columns
    return {}


# ---- labels and values beneath a matter ("Status | Complete")


def _read_forms(text: str, outline: Sequence[Utterance]) -> Iterator[tuple[Table, list[TrackedItem]]]:
    """Yield the rows of two cells that stand beneath a named matter as one row of a table of its own."""
    for _, group in groupby(outline, key=lambda said: said.line.kind is BlockKind.ROW and said.answers):
        rows = [said for said in group if said.line.kind is BlockKind.ROW and said.answers]
        cells = {role: (cell, said) for said in rows for role, cell in _read_label(text, said)}
        if not {"status", "force", "office"} & cells.keys():
            continue
        places = {role: cell for role, (cell, _) in cells.items()}
        telling = cells["status"][1] if "status" in cells else rows[0]
        row = Row(telling, places)
        table = Table((row,), rows[0].line.words, tuple(places))
        yield table, [TrackedItem(item, row) for item in telling.answers]


def _read_beside(text: str, said: Utterance) -> Iterator[Told]:
    """Yield the sentences of cells that stand beside one another beneath a named matter, under no heads."""
    if said.line.kind is not BlockKind.ROW or not said.answers or said.silent:
        return
    cells = [
        cell for cell in split_cells(text, said.span) if len(plain(cell.of(text)).split()) >= _PROSE_WORDS
    ]
    for cell in cells:
        line = replace(said.line, kind=BlockKind.PARAGRAPH, span=cell, words=plain(cell.of(text)), lead=None)
        before, previous = "", None
        for sentence in split_sentences(text, cell):
            words = plain(sentence.of(text))
            if words:
                one = replace(said, span=sentence, words=words, line=line)
                yield Told(one, before, previous, label=said.answers[0].span)
                before, previous = words, sentence


def _is_form(row: Row) -> bool:
    """Tell whether a row stands for labels and values beneath a matter."""
    return not {"matter", "number"} & row.cells.keys()


def _read_label(text: str, said: Utterance) -> Iterator[tuple[str, Span]]:
    """Yield what the second cell of a row holds, as its first cell says, with its place."""
    cells = [cell for cell in split_cells(text, said.span) if len(cell)]
    if len(cells) != LABEL_AND_VALUE:
        return
    heads = _read_roles([plain(cells[0].of(text)).strip(" :*")])
    if 0 in heads:
        yield heads[0], cells[1]


# ---- a column of statuses


def is_legend(words: str) -> bool:
    """Tell whether a sentence says what a colour means ("Blue = closed by HMICFRS")."""
    return any(pair["colour"].lower() in _COLOURS for pair in _LEGEND.finditer(words))


def _read_legend(text: str, outline: Sequence[Utterance]) -> Legend:
    """Read what the document itself says that its colours mean."""
    legend: dict[str, tuple[Status | None, Span]] = {}
    for utterance in outline:
        if utterance.line.kind is BlockKind.ROW:
            first = plain(re.split(r"[|\t]", utterance.span.of(text))[0])
            match = _MEANING.fullmatch(first)
            if match and match["colour"].lower() in _COLOURS:
                legend[match["colour"].lower()] = (find_cell_status(match["meaning"]), utterance.span)
            continue
        key = [pair for pair in _KEY.finditer(utterance.words) if pair["colour"].lower() in _COLOURS]
        if len(key) > 1:
            legend |= {
                pair["colour"].lower(): (find_cell_status(pair["meaning"]), utterance.span) for pair in key
            }
    return legend


def _read_status(
    document: Document, tracked: TrackedItem, legend: Legend, table: Table, ticked: Status | None
) -> Iterator[Finding]:
    row, text = tracked.row, document.text
    words = row.words("status", text).strip(" .*")
    meant, where = legend.get(words.lower(), (None, None))
    status = ticked or meant or _colour_status(words, table, text) or find_cell_status(words)
    if status is None:
        return
    as_of, origin = document_date(document)
    # A value beneath a matter does not name it.
    named = [] if tracked.item.span.overlaps(row.utterance.span) or not _is_form(row) else [tracked.item.span]
    yield Finding(
        status=status,
        matter=tracked.item.words,
        evidence=(row.utterance.span, *named, *([where] if where else [])),
        said_by=Speaker.INSPECTORATE if status is Status.CLOSED else Speaker.FORCE,
        items=(tracked.item,),
        as_of=as_of,
        as_of_from=origin,
        due=next((found.value for found in find_dates(row.words("due", text)) if found.value), None),
    )


def _colour_status(words: str, table: Table, text: str) -> Status | None:
    """Return what a colour means; green means on track where another word means that a thing is complete."""
    colours = load_vocabulary().lists["colours"]
    status = next((Status(name) for name, pattern in colours.items() if pattern.fullmatch(words)), None)
    others = (row.words("status", text) for row in table.rows)
    if status is Status.COMPLETE and any(_OTHERWISE_COMPLETE.match(other) for other in others):
        return Status.IN_PROGRESS
    return status


# ---- columns of answers


def _read_answers(text: str, tracked: TrackedItem) -> Iterator[Told]:
    """Return what each speaker's column says of a row's matter; the cells that name it are evidence too."""
    for role in tracked.row.cells:
        for told in _read_cell(text, tracked.row, role):
            said = replace(told.utterance, answers=(tracked.item,))
            yield replace(told, utterance=said, label=_label(tracked))


def _label(tracked: TrackedItem) -> Span:
    """Return the place of the cells that name a row's matter."""
    cells = tracked.row.cells
    spans = [cells[role] for role in ("number", "matter") if role in cells] or [tracked.item.span]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _read_responses(text: str, row: Row) -> Iterator[Told]:
    """Return a whole response in a cell of a page of responses; the page's date is not the response's."""
    for role in ("force", "office"):
        for told in _read_cell(text, row, role):
            yield replace(told, dated=False)


def _read_cell(text: str, row: Row, role: str) -> Iterator[Told]:
    speaker = _TELLERS.get(role.partition(" ")[0])
    if speaker is None or role not in row.cells:
        return
    cell = row.cells[role]
    line = replace(
        row.utterance.line, kind=BlockKind.PARAGRAPH, span=cell, words=plain(cell.of(text)), lead=None
    )
    report, before, previous = row.words("report", text), "", None
    for sentence in split_sentences(text, cell):
        words = plain(sentence.of(text))
        if words:
            said = replace(row.utterance, span=sentence, words=words, line=line, voice=speaker, about=report)
            yield Told(said, before, previous)
            before, previous = words, sentence
