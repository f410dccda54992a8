"""Statuses told in the rows of tables: trackers, and tables of answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from askpcc.dates import find_dates
from askpcc.model import BlockKind, Document, MatterKind, Span, Speaker, Status
from askpcc.sentences import split_sentences
from askpcc.statuses.claim_dates import document_date
from askpcc.statuses.findings import Finding, kind_named_in
from askpcc.statuses.named_items import NamedItem, kind_of, name_items
from askpcc.statuses.outline import Utterance
from askpcc.statuses.rules import load_rules
from askpcc.statuses.tables import Row, Table, read_tables
from askpcc.statuses.telling import read_tellings
from askpcc.words import plain

_COLOUR = re.compile(r"(?P<colour>[a-z]+)\s*(?:[(:=]|\s[–-]\s)\s*(?P<meaning>.+?)\)?\s*$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^\W*(?P<kind>recommendation|rec|area for improvement|afi|cause of concern|coc)\b[^:]{0,12}:\s*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^[A-Za-z]{0,6}[-/ ]?\d{1,4}[a-z]?$")
_TELLERS = {"force": Speaker.FORCE, "office": Speaker.COMMISSIONER}


@dataclass(frozen=True, slots=True)
class TrackedItem:
    """A matter that a row of a table names, and the reference that the table gives it."""

    item: NamedItem
    row: Row
    reference: str = ""


Legend = Mapping[str, tuple[Status | None, Span]]


def read_rows(document: Document, outline: Sequence[Utterance]) -> list[Finding]:
    """Return the statuses that the rows of a document's tables tell."""
    tables = read_tables(document.text, outline)
    legend = _read_legend(document.text, outline)
    found: list[Finding] = []
    for table in tables:
        for tracked in read_tracked(document.text, table):
            found += _read_status(document, tracked, legend, table)
            found += _read_answers(document, tracked)
        if "report" in table.heads and "matter" not in table.heads:
            found += [finding for row in table.rows for finding in _read_reports(document, row)]
    return found


def read_tracked(text: str, table: Table) -> Iterator[TrackedItem]:
    """Yield the matters that the rows of a table name; none for a table of counts or of reports."""
    if "matter" not in table.heads:
        return
    for row in table.rows:
        words = row.words("matter", text)
        reference = row.words("number", text)
        if words and not words.isdigit():
            yield TrackedItem(_item_of(text, table, row, words, reference), row, reference)


def read_row_items(document: Document, outline: Sequence[Utterance]) -> list[NamedItem]:
    """Return the matters that the rows of a document's tables name."""
    return [
        tracked.item
        for table in read_tables(document.text, outline)
        for tracked in read_tracked(document.text, table)
    ]


def refer_to_rows(document: Document, outline: Sequence[Utterance]) -> list[Utterance]:
    """Let a sentence that gives the reference of a tracker's row ("on X-12 it was said") speak of its matter."""
    rows = [
        tracked
        for table in read_tables(document.text, outline)
        for tracked in read_tracked(document.text, table)
    ]
    references = {
        tracked.reference: tracked.item for tracked in rows if re.search(r"[A-Za-z].*\d", tracked.reference)
    }
    return [_refer(utterance, references) for utterance in outline]


def _refer(utterance: Utterance, references: Mapping[str, NamedItem]) -> Utterance:
    named = tuple(
        item
        for reference, item in references.items()
        if re.search(rf"\b{re.escape(reference)}\b", utterance.words)
    )
    return (
        replace(utterance, answers=named) if named and utterance.line.kind is not BlockKind.ROW else utterance
    )


def _item_of(text: str, table: Table, row: Row, words: str, reference: str) -> NamedItem:
    prefix = _PREFIX.match(words)
    named = name_items(text, row.cells["matter"])
    kind = (
        kind_of(prefix["kind"])
        if prefix
        else kind_named_in(f"{' '.join(row.utterance.line.titles[-1:])} {table.before}")
    )
    number = named[0].number if named else None
    if number is None and _REFERENCE.match(reference):
        number = reference
    name = words[prefix.end() :] if prefix else words
    return NamedItem(kind, number, name.rstrip(" ."), row.cells["matter"], name)


# ---- a column of statuses


def _read_legend(text: str, outline: Sequence[Utterance]) -> Legend:
    """Read what the document itself says that its colours mean."""
    legend: dict[str, tuple[Status | None, Span]] = {}
    for utterance in outline:
        if utterance.line.kind is BlockKind.ROW:
            first = plain(re.split(r"[|\t]", utterance.span.of(text))[0])
            match = _COLOUR.fullmatch(first)
            if match and match["colour"].lower() in {
                "green",
                "amber",
                "red",
                "blue",
                "yellow",
                "purple",
                "grey",
                "black",
                "white",
            }:
                legend[match["colour"].lower()] = (_cell_status(match["meaning"]), utterance.span)
    return legend


def _cell_status(words: str) -> Status | None:
    cells = load_rules().cells
    return next((Status(name) for name, pattern in cells.items() if pattern.match(words.strip())), None)


def _read_status(document: Document, tracked: TrackedItem, legend: Legend, table: Table) -> Iterator[Finding]:
    row, text = tracked.row, document.text
    words = row.words("status", text)
    if not words:
        return
    status, meaning = _colour_status(words, legend, table, text)
    status = status or _cell_status(words)
    if status is None:
        return
    as_of, origin = document_date(document)
    due = next((found.value for found in find_dates(row.words("due", text)) if found.value), None)
    said_by = Speaker.INSPECTORATE if status is Status.CLOSED else Speaker.FORCE
    evidence = (row.utterance.span, *([meaning] if meaning else []))
    yield Finding(
        status,
        tracked.item.words,
        evidence,
        said_by,
        items=(tracked.item,),
        as_of=as_of,
        as_of_from=origin,
        due=due,
    )


def _colour_status(words: str, legend: Legend, table: Table, text: str) -> tuple[Status | None, Span | None]:
    colour = words.lower().strip(" .*")
    if colour in legend:
        return legend[colour]
    colours = load_rules().colours
    status = next((Status(name) for name, pattern in colours.items() if pattern.fullmatch(colour)), None)
    others = {row.words("status", text).lower() for row in table.rows}
    if status is Status.COMPLETE and any(re.match(r"blue|complete", other) for other in others):
        # Where another word or colour means that a thing is complete, green means that it is on track.
        return Status.IN_PROGRESS, None
    return status, None


# ---- columns of answers


def _read_answers(document: Document, tracked: TrackedItem) -> Iterator[Finding]:
    label = _label(tracked.row)
    for role, speaker in _TELLERS.items():
        if role in tracked.row.cells:
            for finding in _tell(document, tracked.row, role, speaker, (tracked.item,)):
                yield replace(finding, matter=tracked.item.words, evidence=(*finding.evidence, label))


def _label(row: Row) -> Span:
    spans = [row.cells[role] for role in ("number", "matter") if role in row.cells]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _read_reports(document: Document, row: Row) -> Iterator[Finding]:
    for role, speaker in _TELLERS.items():
        if role in row.cells:
            for finding in _tell(document, row, role, speaker, ()):
                yield replace(
                    finding, as_of=finding.as_of if finding.as_of_from.startswith("stated") else None
                )


def _tell(
    document: Document, row: Row, role: str, speaker: Speaker, items: tuple[NamedItem, ...]
) -> list[Finding]:
    cell = row.cells[role]
    report = row.words("report", document.text)
    line = replace(
        row.utterance.line,
        kind=BlockKind.PARAGRAPH,
        span=cell,
        words=plain(cell.of(document.text)),
        lead=None,
    )
    utterances = [
        Utterance(sentence, plain(sentence.of(document.text)), line, speaker, items, about=report)
        for sentence in split_sentences(document.text, cell)
    ]
    return read_tellings(document, utterances)
