"""Tables as text, with commas or other signs between the cells."""

import csv
import io
from collections import Counter
from itertools import islice

from askpcc.errors import BadDocument
from askpcc.model import StoredText
from askpcc.readers.spreadsheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, lay_out_rows
from askpcc.readers.text_blocks import compose

_DELIMITERS = ",;\t|"
"""What spreadsheets write between cells; a semicolon where a comma is the decimal sign."""
_SAMPLE_ROWS = 50
_REMEDY = "Save it anew as CSV in UTF-8, or as .xlsx, and put the result in its place."


def read_csv(path: str, text: str) -> StoredText:
    """Read a table as text: each row a row of cells as they are written, without their quotes.

    Raises BadDocument for what is no such table, or holds more cells than a response does.
    """
    # Excel names the sign in a first line of its own.
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"')
    told = named[-1] if named.lower().startswith("sep=") and len(named) == len("sep=,") else None
    body = rest if told else text
    delimiter = told or _find_delimiter(body)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter):
            rows.append([" ".join(cell.split()) for cell in row])
            cells += sum(map(bool, row))
            if len(rows) > MOST_ROWS or cells > MOST_CELLS or len(row) > MOST_COLUMNS:
                reason = f"It holds more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CELLS} cells."
                raise BadDocument(path, reason, "Put the rows of the response alone in its place.")
    except csv.Error as exc:
        raise BadDocument(path, f"It is not CSV: {exc}.", _REMEDY) from exc
    return compose([lay_out_rows(rows)])


def _find_delimiter(text: str) -> str:
    """Return the sign that gives most rows the same number of cells, and the more cells the better."""
    return max(_DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[int, int]:
    counts: Counter[int] = Counter()
    try:
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _SAMPLE_ROWS):
            counts[len(row)] += len(row) > 1
    except csv.Error:
        return 0, 0
    width, rows = counts.most_common(1)[0] if counts else (0, 0)
    return rows, width
