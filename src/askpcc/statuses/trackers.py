"""Matters that the rows of a table name, and the sentences that refer to them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from askpcc.model import BlockKind, Document, MatterKind
from askpcc.statuses.findings import kind_named_in
from askpcc.statuses.named_items import NamedItem, kind_of, name_items, without_opening
from askpcc.statuses.tables import Row, Table, read_tables
from askpcc.statuses.utterances import Utterance

_PREFIX = re.compile(
    r"^\W*(?P<kind>recommendation|rec|area for improvement|afi|cause of concern|coc)\b[^:]{0,12}:\s*",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^(?P<number>\d{1,3}[a-z]?)[.):]\s+")
_REFERENCE = re.compile(r"^[A-Za-z]{0,6}[-/ ]?\d{1,4}[a-z]?$")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d{1,3}[A-Za-z]?")
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
    found = _NUMBER.search(reference)
    items = row.utterance.line.items
    return next((item for item in items if found and item.endswith(f" {found[0].lower()}")), "")


def read_row_items(document: Document, outline: Sequence[Utterance]) -> list[NamedItem]:
    """Return the matters that the rows of a document's tables name."""
    return [tracked.item for tracked in _read_all(document, outline)]


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
