"""A row of the register in words, each part in one line that can pass for nothing else."""

from collections.abc import Iterator

from askpcc.language.dates import show_date
from askpcc.language.words import plain
from askpcc.model import Citation, MatterKind
from askpcc.register.rows import Row
from askpcc.rendering.answers import visible


def in_one_line(text: str) -> str:
    """Return a text without line breaks and without what steers a terminal."""
    return " ".join(visible(text).split())


def name_status(row: Row) -> str:
    """Return the status as people write it."""
    return row.status.replace("_", " ")


def name_matter(row: Row) -> str:
    """Return the words that name a matter, with its kind and number where they do not say them."""
    words = in_one_line(plain(row.matter))
    if row.number is None:
        return words if row.kind is MatterKind.IMPROVEMENT else _prefix(str(row.kind), words)
    return _prefix(f"{row.kind} {row.number}", words)


def _prefix(name: str, words: str) -> str:
    return words if words.lower().startswith(name.lower()) else f"{name}: {words}"


def say_who_and_when(row: Row) -> Iterator[str]:
    """Yield who says so, as of when, by when it is due, and to whom it is addressed."""
    if row.said_by:
        yield f"says the {row.said_by}"
    if row.as_of:
        source = f" ({in_one_line(row.as_of_from)})" if row.as_of_from else ""
        yield f"as of {show_date(row.as_of)}{source}"
    if row.due:
        yield f"due {show_date(row.due)}"
    if row.addressee:
        yield f"addressed to {in_one_line(row.addressee)}"


def say_where(row: Row) -> Iterator[str]:
    """Yield whose matter it is and in which report, and what has taken its place."""
    yield in_one_line(f"{row.response.force or 'force not known'}, {row.response.report}")
    if row.superseded_by:
        yield f"superseded by {in_one_line(row.superseded_by)}"


def quote(citation: Citation) -> str:
    """Return the words of a citation and their place."""
    place = f"{citation.document} {citation.version} {citation.span.start}:{citation.span.end}"
    return in_one_line(f"“{citation.quote}” ({place})")
