"""Statuses told in the rows of tables: trackers, and tables of answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from askpcc.language.dates import find_dates
from askpcc.language.sentences import split_sentences
from askpcc.language.words import plain
from askpcc.model import BlockKind, Document, Span, Speaker, Status
from askpcc.statuses.claim_dates import STATED, document_date
from askpcc.statuses.findings import Finding
from askpcc.statuses.named_items import NamedItem
from askpcc.statuses.rules import load_rules
from askpcc.statuses.tables import Row, Table, read_tables
from askpcc.statuses.telling import read_tellings
from askpcc.statuses.trackers import TrackedItem, read_tracked
from askpcc.statuses.utterances import Utterance

_MEANING = re.compile(r"(?P<colour>[a-z]+)\s*(?:[(:=]|\s[–-]\s)\s*(?P<meaning>.+?)\)?\s*$", re.IGNORECASE)
_KEY = re.compile(r"\b(?P<colour>[a-z]+)\s*(?:=|means|\()\s*(?P<meaning>[^;,.()]+)", re.IGNORECASE)
_COLOURS = frozenset("green amber red blue yellow orange purple grey black white".split())
_OTHERWISE_COMPLETE = re.compile(r"blue|complete", re.IGNORECASE)
_TELLERS = {"force": Speaker.FORCE, "office": Speaker.COMMISSIONER}

Legend = Mapping[str, tuple[Status | None, Span]]


def read_rows(document: Document, outline: Sequence[Utterance]) -> list[Finding]:
    """Return the statuses that the rows of a document's tables tell."""
    legend = _read_legend(document.text, outline)
    return [
        finding
        for table in read_tables(document.text, outline)
        for finding in _read_table(document, table, legend)
    ]


def _read_table(document: Document, table: Table, legend: Legend) -> Iterator[Finding]:
    for tracked in read_tracked(document.text, table):
        stated = list(_read_status(document, tracked, legend, table))
        yield from stated or _read_answers(document, tracked)
    if "report" in table.heads and not {"matter", "number"} & set(table.heads):
        for row in table.rows:
            yield from _read_responses(document, row)


# ---- a column of statuses


def _read_legend(text: str, outline: Sequence[Utterance]) -> Legend:
    """Read what the document itself says that its colours mean."""
    legend: dict[str, tuple[Status | None, Span]] = {}
    for utterance in outline:
        if utterance.line.kind is BlockKind.ROW:
            first = plain(re.split(r"[|\t]", utterance.span.of(text))[0])
            match = _MEANING.fullmatch(first)
            if match and match["colour"].lower() in _COLOURS:
                legend[match["colour"].lower()] = (_cell_status(match["meaning"]), utterance.span)
            continue
        key = [pair for pair in _KEY.finditer(utterance.words) if pair["colour"].lower() in _COLOURS]
        if len(key) > 1:
            legend |= {
                pair["colour"].lower(): (_cell_status(pair["meaning"]), utterance.span) for pair in key
            }
    return legend


def _cell_status(words: str) -> Status | None:
    cells = load_rules().lists["cells"]
    return next((Status(name) for name, pattern in cells.items() if pattern.match(words.strip())), None)


def _read_status(document: Document, tracked: TrackedItem, legend: Legend, table: Table) -> Iterator[Finding]:
    row, text = tracked.row, document.text
    words = row.words("status", text).strip(" .*")
    meant, where = legend.get(words.lower(), (None, None))
    status = meant or _colour_status(words, table, text) or _cell_status(words)
    if status is None:
        return
    as_of, origin = document_date(document)
    yield Finding(
        status=status,
        matter=tracked.item.words,
        evidence=(row.utterance.span, *([where] if where else [])),
        said_by=Speaker.INSPECTORATE if status is Status.CLOSED else Speaker.FORCE,
        items=(tracked.item,),
        as_of=as_of,
        as_of_from=origin,
        due=next((found.value for found in find_dates(row.words("due", text)) if found.value), None),
    )


def _colour_status(words: str, table: Table, text: str) -> Status | None:
    """Return what a colour means; green means on track where another word means that a thing is complete."""
    colours = load_rules().lists["colours"]
    status = next((Status(name) for name, pattern in colours.items() if pattern.fullmatch(words)), None)
    others = (row.words("status", text) for row in table.rows)
    if status is Status.COMPLETE and any(_OTHERWISE_COMPLETE.match(other) for other in others):
        return Status.IN_PROGRESS
    return status


# ---- columns of answers


def _read_answers(document: Document, tracked: TrackedItem) -> Iterator[Finding]:
    """Read what each speaker's column says of a row's matter; the cells that name it are evidence too."""
    row = tracked.row
    own = [row.cells[role] for role in ("number", "matter") if role in row.cells]
    spans = own or [tracked.item.span]
    label = Span(min(span.start for span in spans), max(span.end for span in spans))
    for finding in _tell(document, row, (tracked.item,)):
        yield replace(finding, matter=tracked.item.words, evidence=(*finding.evidence, label))


def _read_responses(document: Document, row: Row) -> Iterator[Finding]:
    """Read a whole response in a cell of a page of responses; the page's date is not the response's."""
    for finding in _tell(document, row, ()):
        stated = finding.as_of_from == STATED
        yield finding if stated else replace(finding, as_of=None, as_of_from="")


def _tell(document: Document, row: Row, items: tuple[NamedItem, ...]) -> Iterator[Finding]:
    for role, speaker in _TELLERS.items():
        if role in row.cells:
            yield from read_tellings(document, _read_cell(document.text, row, role, (speaker, items)))


def _read_cell(
    text: str, row: Row, role: str, told: tuple[Speaker, tuple[NamedItem, ...]]
) -> list[Utterance]:
    cell, (speaker, items) = row.cells[role], told
    line = replace(
        row.utterance.line, kind=BlockKind.PARAGRAPH, span=cell, words=plain(cell.of(text)), lead=None
    )
    report = row.words("report", text)
    return [
        replace(
            row.utterance,
            span=sentence,
            words=plain(sentence.of(text)),
            line=line,
            voice=speaker,
            answers=items,
            about=report,
        )
        for sentence in split_sentences(text, cell)
        if plain(sentence.of(text))
    ]
