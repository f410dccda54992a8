"""Columns of the tables of a web page, where cells reach over several."""

from collections.abc import Mapping

from bs4 import Tag

_MAX_COLUMNS = 63
"""What a table of a response has at most; what stands further to the right is put there."""

_MAX_ROWS = 65_534
"""What HTML lets a cell reach down over."""


def find_gaps(root: Tag) -> Mapping[int, int]:
    """Return how many columns without a cell of their own lie before a cell, by its id(), where any do.

    Such a column is covered by a cell to the left or one of a row above.
    """
    gaps: dict[int, int] = {}
    # For each open table, how many more rows are covered in each column.
    covered: dict[int, list[int]] = {}
    for row in root.find_all("tr"):
        table = row.find_parent("table")
        if table is not None:
            _lay_row(row, covered.setdefault(id(table), [0] * _MAX_COLUMNS), gaps)
    return gaps


def _lay_row(row: Tag, covered: list[int], gaps: dict[int, int]) -> None:
    column = before = 0
    down: list[tuple[int, int]] = []
    for cell in row.find_all(["td", "th"], recursive=False):
        while column < _MAX_COLUMNS and covered[column]:
            column, before = column + 1, before + 1
        if before:
            gaps[id(cell)] = before
        width = min(_whole(cell.get("colspan"), _MAX_COLUMNS), max(_MAX_COLUMNS - column, 1))
        height = _whole(cell.get("rowspan"), _MAX_ROWS)
        down += [(place, height) for place in range(column, min(column + width, _MAX_COLUMNS))]
        column, before = column + width, width - 1
    for place, rows in enumerate(covered):
        covered[place] = max(rows - 1, 0)
    for place, height in down:
        covered[place] = height - 1


def _whole(written: object, most: int) -> int:
    digits = str(written or "").strip()
    known = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(most))
    return min(max(int(digits), 1), most) if known else 1
