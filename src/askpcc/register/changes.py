"""What a run of the index changes in the register."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from askpcc.register.matters import read_gist
from askpcc.register.rows import Row

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
        read_gist(row.matter, row.number),
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
        gist = read_gist(row.matter, row.number)
        same = [
            was
            for was in old
            if was.response.document == row.response.document
            and (was.kind, was.number, was.said_by) == (row.kind, None, row.said_by)
        ]
        before = next((was for was in same if gist.is_like(read_gist(was.matter))), None)
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
