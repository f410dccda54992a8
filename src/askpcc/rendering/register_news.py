"""What a run changed in the register, in words."""

from collections.abc import Iterator, Sequence

from askpcc.register.changes import RegisterChanges
from askpcc.register.rows import Row
from askpcc.rendering.register_wording import name_matter, name_status, quote, say_who_and_when

_MOST_SHOWN = 20


def as_news(changes: RegisterChanges) -> list[str]:
    """Return lines on what changed, statuses first, with the words before and after; none for nothing."""
    if not changes:
        return []
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.gone)} gone"
    lines = [f"register: {counts}"]
    for before, after in changes.changed:
        lines += [f"changed  {name_matter(after)}", f"         was {_evidence(before)}"]
        lines.append(f"         now {_evidence(after)}")
    return [*lines, *_list("gone", changes.gone), *_list("new", changes.new)]


def _list(what: str, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows[:_MOST_SHOWN]:
        yield f"{what:8} {name_status(row)}: {name_matter(row)} ({row.response.document})"
    if len(rows) > _MOST_SHOWN:
        yield f"{what:8} and {len(rows) - _MOST_SHOWN} more: --json has all"


def _evidence(row: Row) -> str:
    said = ", ".join([name_status(row), *say_who_and_when(row)])
    return f"{said}: {' '.join(quote(citation) for citation in row.citations)}"
