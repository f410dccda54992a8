"""Rows of the register as cells of a sheet, and as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from askpcc.register.rows import Row
from askpcc.rendering.register_wording import in_one_line, quote

COLUMNS = (
    "force",
    "report",
    "document",
    "matter",
    "number",
    "kind",
    "status",
    "said_by",
    "as_of",
    "due",
    "addressee",
    "citations",
    "superseded_by",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets take the wide ones too


def as_cells(row: Row) -> list[str]:
    """Return the cells of a row, in the order of COLUMNS, each in one line; what is not known is empty."""
    values = row.as_json() | {"citations": " | ".join(quote(citation) for citation in row.citations)}
    return [in_one_line(str(values[column] or "")) for column in COLUMNS]


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV under a header, one row a line, no cell of which a spreadsheet would compute."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([disarm(cell) for cell in as_cells(row)] for row in rows)
    return written.getvalue()


def disarm(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula.

    Also where white space or a character that is not shown stands before it.
    """
    first = next((sign for sign in cell if sign.isprintable() and not sign.isspace()), "")
    hidden = bool(cell) and not cell[0].isprintable()
    return f"'{cell}" if hidden or first in _FORMULA_STARTS else cell


def lines(rows: Iterable[Row]) -> list[Sequence[str]]:
    """Return the header and the rows for a workbook, whose cells are text in any case."""
    return [COLUMNS, *(as_cells(row) for row in rows)]
