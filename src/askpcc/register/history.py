"""What takes the place of what: a newer document of the same force on the same matter.

Nothing is dropped and nothing merged: the older row stays and names the newer.  Likeness of words alone
never supersedes, since a superseded row is out of sight.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from askpcc.model import Dossier, Speaker, Status
from askpcc.register.matters import Gist, read_gist
from askpcc.register.responses import Response, is_later, is_same_report, read_response
from askpcc.register.rows import Row, build_rows

_FEWEST_STEMS_ALONE = 4


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with the gist of its matter."""

    row: Row
    gist: Gist


def build_register(dossiers: Iterable[Dossier]) -> list[Row]:
    """Return all rows of documents, the superseded ones marked, the newest first."""
    return order_rows(mark_superseded(build_rows(dossiers)))


def known_on(dossiers: Iterable[Dossier], day: str) -> list[Dossier]:
    """Return what was known on a day (ISO): without later documents, and without claims of later dates.

    A month or year counts by its first day.  A document without a date of its own is left out when one
    of its claims, or the report it answers, is later.
    """
    return [part for dossier in dossiers if (part := _known_part(dossier, day)) is not None]


def _known_part(dossier: Dossier, day: str) -> Dossier | None:
    response = read_response(dossier.document)
    later = [claim for claim in dossier.claims if claim.as_of and claim.as_of > day]
    if (response.dated and response.dated > day) or (later and not response.responded):
        return None
    spans = [span for claim in later for span in claim.evidence]
    return replace(
        dossier,
        claims=tuple(claim for claim in dossier.claims if claim not in later),
        items=tuple(item for item in dossier.items if not any(span.overlaps(item.span) for span in spans)),
    )


def order_rows(rows: Iterable[Row]) -> list[Row]:
    """Return rows with the newest date first, those without any last; otherwise in their order."""
    return sorted(rows, key=lambda row: row.as_of or row.response.dated or "", reverse=True)


def mark_superseded(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, in their order, with superseded_by set to the newest row that takes their place."""
    by_force: defaultdict[str, list[_Read]] = defaultdict(list)
    for row in rows:
        if row.response.force:
            by_force[row.response.force].append(_Read(row, read_gist(row.matter, row.number)))
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
                self._worded[row.kind, read.gist].append(read)
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
                if other.row.response in same_report and not read.gist.contradicts(other.gist):
                    yield other
            return
        # Without a report in common only the very same words will do, and enough of them.
        if len(read.gist.stems) >= _FEWEST_STEMS_ALONE:
            yield from self._worded[read.row.kind, read.gist]
        for response in same_report:
            for other in self._unnumbered[response]:
                if other.row.kind is read.row.kind and read.gist.is_like(other.gist):
                    yield other
