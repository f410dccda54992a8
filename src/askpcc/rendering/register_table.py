"""Rows of the register for people: a table in a terminal, paragraphs anywhere else."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from askpcc.register.rows import Row
from askpcc.rendering.register_wording import (
    in_one_line,
    name_matter,
    name_status,
    quote,
    say_where,
    say_who_and_when,
)

if TYPE_CHECKING:
    from rich.text import Text

_STATUS_WIDTH = 16
_NOTHING = "No row of the register fits."


def show_rows(rows: Sequence[Row], stream: TextIO) -> None:
    """Write rows to a stream, as wide as it is where it is a terminal."""
    if rows and stream.isatty():
        show_table(rows, stream)
    else:
        stream.write(f"{as_paragraphs(rows)}\n")


def as_paragraphs(rows: Sequence[Row]) -> str:
    """Return rows in full, a paragraph each."""
    return "\n\n".join("\n  ".join(_paragraph(row)) for row in rows) or _NOTHING


def show_table(rows: Sequence[Row], stream: TextIO, width: int | None = None) -> None:
    """Write rows as a table that wraps.  width: in characters; by default that of the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, expand=True, show_lines=True, padding=(0, 1))
    table.add_column("status", width=_STATUS_WIDTH, overflow="fold")
    table.add_column("matter, and the words that say so", ratio=5, overflow="fold")
    table.add_column("where", ratio=3, overflow="fold")
    for row in rows:
        table.add_row(_status_cell(row), _matter_cell(row), _where_cell(row))
    Console(file=stream, width=width, highlight=False).print(table)


def _paragraph(row: Row) -> Iterator[str]:
    yield f"{name_status(row)}: {name_matter(row)}"
    yield from say_who_and_when(row)
    yield from say_where(row)
    yield from (quote(citation) for citation in row.citations)


def _status_cell(row: Row) -> "Text":
    return _cell(name_status(row), say_who_and_when(row))


def _matter_cell(row: Row) -> "Text":
    """Show the matter and the evidence, but not the same words twice."""
    quotes = (in_one_line(citation.quote) for citation in row.citations)
    return _cell(name_matter(row), (f"“{words}”" for words in quotes if words != in_one_line(row.matter)))


def _where_cell(row: Row) -> "Text":
    from rich.text import Text

    places = ", ".join(f"{citation.span.start}:{citation.span.end}" for citation in row.citations)
    return Text("\n".join([*say_where(row), in_one_line(f"{row.response.document} {places}")]))


def _cell(head: str, lines: Iterator[str]) -> "Text":
    from rich.text import Text

    cell = Text(head, style="bold")
    for line in lines:
        cell.append(f"\n{line}", style="not bold")
    return cell
