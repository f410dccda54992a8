"""Rows over time: what a newer document supersedes, and what changed between two indexes."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from askpcc.metadata.welsh_copies import find_welsh_copies
from askpcc.model import DocumentClaims, Speaker, Status
from askpcc.register.rows import (
    Response,
    Row,
    Topic,
    build_rows,
    is_later,
    is_same_report,
    read_response,
    read_topic,
)

_FEWEST_STEMS_ALONE = 4


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with its topic."""

    row: Row
    topic: Topic


def build_register(entries: Iterable[DocumentClaims]) -> list[Row]:
    """Return all rows of documents, the superseded ones marked, the newest first.

    A Welsh copy says what its English twin says, and has none.
    """
    return _order_rows(_mark_superseded(build_rows(leave_out_welsh_copies(entries))))


def leave_out_welsh_copies(entries: Iterable[DocumentClaims]) -> list[DocumentClaims]:
    """Return documents without those that are the Welsh copy of another."""
    held = list(entries)
    copies = find_welsh_copies(entry.document for entry in held)
    return [entry for entry in held if entry.document.path not in copies]


def known_on(entries: Iterable[DocumentClaims], day: str) -> list[DocumentClaims]:
    """Return what was known on a day (ISO): without later documents, and without claims of later dates.

    A month or year counts by its first day.  A document without a date of its own is left out when one
    of its claims, or the report it answers, is later.
    """
    return [part for entry in entries if (part := _known_part(entry, day)) is not None]


def _known_part(entry: DocumentClaims, day: str) -> DocumentClaims | None:
    response = read_response(entry.document)
    later = [claim for claim in entry.claims if claim.as_of and claim.as_of > day]
    if (response.dated and response.dated > day) or (later and not response.responded):
        return None
    spans = [span for claim in later for span in claim.evidence]
    return replace(
        entry,
        claims=tuple(claim for claim in entry.claims if claim not in later),
        items=tuple(item for item in entry.items if not any(span.overlaps(item.span) for span in spans)),
    )


def _order_rows(rows: Iterable[Row]) -> list[Row]:
    """Return rows with the newest date first, those without any last; otherwise in their order."""
    return sorted(rows, key=lambda row: row.as_of or row.response.dated or "", reverse=True)


def _mark_superseded(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, in their order, with superseded_by set to the newest row that takes their place."""
    by_force: defaultdict[str, list[_Read]] = defaultdict(list)
    for row in rows:
        if row.response.force:
            by_force[row.response.force].append(_Read(row, read_topic(row.matter, row.number)))
    newer: dict[int, str] = {}
    for reads in by_force.values():
        newer |= _find_newer(reads)
    return [replace(row, superseded_by=newer[id(row)]) if id(row) in newer else row for row in rows]


def _find_newer(reads: Sequence[_Read]) -> dict[int, str]:
    """Return the id of the newest row that supersedes each row of one force, by identity of the row."""
    found: dict[int, str] = {}
    related = _Related(reads)
    for older in reads:
        others = [other for other in related.on_same_matter(older) if _takes_place(other.row, older.row)]
        if others:
            newest = max(others, key=lambda other: other.row.response.dated or "")
            found[id(older.row)] = newest.row.id
    return found


def _takes_place(newer: Row, older: Row) -> bool:
    """Tell whether a row on the same matter puts an older one out of sight."""
    if newer.status is Status.NOT_STATED or not is_later(newer.response.dated, older.response.dated):
        return False
    # Nobody's own word takes the place of the inspectorate's.
    return older.said_by is not Speaker.INSPECTORATE or newer.said_by is Speaker.INSPECTORATE


class _Related:
    """The rows of one force by what can make two of them speak of the same matter."""

    def __init__(self, reads: Sequence[_Read]) -> None:
        self._numbered: defaultdict[Hashable, list[_Read]] = defaultdict(list)
        self._worded: defaultdict[Hashable, list[_Read]] = defaultdict(list)
        self._unnumbered: defaultdict[Response, list[_Read]] = defaultdict(list)
        for read in reads:
            row = read.row
            if row.number is not None:
                self._numbered[row.kind, row.number].append(read)
            else:
                self._worded[row.kind, read.topic].append(read)
                self._unnumbered[row.response].append(read)
        responses = dict.fromkeys(read.row.response for read in reads)
        self._same_report = {
            one: dict.fromkeys(other for other in responses if is_same_report(one, other))
            for one in responses
        }

    def on_same_matter(self, read: _Read) -> Iterator[_Read]:
        """Yield the rows on the matter of one, itself and others of its document among them."""
        same_report = self._same_report[read.row.response]
        if read.row.number is not None:
            for other in self._numbered[read.row.kind, read.row.number]:
                if other.row.response in same_report and not read.topic.contradicts(other.topic):
                    yield other
            return
        # Without a report in common only the very same words will do, and enough of them.
        if len(read.topic.stems) >= _FEWEST_STEMS_ALONE:
            yield from self._worded[read.row.kind, read.topic]
        for response in same_report:
            for other in self._unnumbered[response]:
                if other.row.kind is read.row.kind and read.topic.is_like(other.topic):
                    yield other


Pair = tuple[Row, Row]


@dataclass(frozen=True, slots=True)
class RegisterChanges:
    """New matters; pairs of rows, before and after, where the status changed; rows without a source now.

    A changed status stands in the same document, or in a newer one that supersedes it.
    """

    new: Sequence[Row] = ()
    changed: Sequence[Pair] = ()
    gone: Sequence[Row] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def as_json(self) -> dict[str, Any]:
        """Return the changes as the public interface has them, ready for json.dumps."""
        return {
            "new": [row.as_json() for row in self.new],
            "changed": [
                {"before": before.as_json(), "after": after.as_json()} for before, after in self.changed
            ],
            "gone": [row.as_json() for row in self.gone],
        }


def compare(before: Sequence[Row], after: Sequence[Row]) -> RegisterChanges:
    """Compare two registers, both with their superseded rows marked.

    Rows are matched by the surest sign first: matter and speaker, matter, likeness of words in one
    document, then the same matter in another file (a file was renamed).
    """
    old, new = list(before), list(after)
    pairs: list[Pair] = []
    for key in (_by_speaker, _by_matter):
        pairs += _take_pairs(old, new, key)
    pairs += _take_alike(old, new)
    pairs += _take_pairs(old, new, _by_words)
    pairs += _take_superseding(before, after, new)
    pairs += _take_further(before, new)
    changed = [pair for pair in pairs if pair[0].status is not pair[1].status]
    return RegisterChanges(new, changed, old)


def _by_speaker(row: Row) -> Hashable:
    return row.id, row.said_by


def _by_matter(row: Row) -> Hashable:
    return row.id


def _by_words(row: Row) -> Hashable:
    return (
        row.response.force,
        row.response.report,
        row.kind,
        row.number,
        row.said_by,
        read_topic(row.matter, row.number),
    )


def _take_pairs(old: list[Row], new: list[Row], key: Callable[[Row], Hashable]) -> Iterator[Pair]:
    """Take out of both lists what has the same key."""
    waiting: dict[Hashable, list[Row]] = {}
    for row in old:
        waiting.setdefault(key(row), []).append(row)
    for row in list(new):
        if found := waiting.get(key(row)):
            before = found.pop(0)
            _take(old, before)
            _take(new, row)
            yield before, row


def _take_alike(old: list[Row], new: list[Row]) -> Iterator[Pair]:
    """Take out of both lists matters without a number whose words were edited in their document."""
    for row in [row for row in new if row.number is None]:
        topic = read_topic(row.matter, row.number)
        same = [
            was
            for was in old
            if was.response.document == row.response.document
            and (was.kind, was.number, was.said_by) == (row.kind, None, row.said_by)
        ]
        before = next((was for was in same if topic.is_like(read_topic(was.matter))), None)
        if before is not None:
            _take(old, before)
            _take(new, row)
            yield before, row


def _take(rows: list[Row], row: Row) -> None:
    """Take one row out of a list; rows are told apart by identity, since two may be equal."""
    del rows[next(place for place, one in enumerate(rows) if one is row)]


def _take_superseding(before: Sequence[Row], after: Sequence[Row], new: list[Row]) -> Iterator[Pair]:
    """Take out of the new rows those that take the place of a row known before."""
    current = {_by_speaker(row): row for row in before if row.superseded_by is None}
    superseded = {row.superseded_by: current.get(_by_speaker(row)) for row in after if row.superseded_by}
    for row in list(new):
        was = superseded.get(row.id)
        if was is not None:
            _take(new, row)
            yield was, row


def _take_further(before: Sequence[Row], new: list[Row]) -> Iterator[Pair]:
    """Take out of the new rows what another speaker now says of a matter known before."""
    known = {row.id: row for row in before}
    for row in list(new):
        if row.id in known:
            _take(new, row)
            yield known[row.id], row
