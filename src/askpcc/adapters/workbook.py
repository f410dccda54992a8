"""A sheet of text as an XLSX file."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from askpcc.errors import SettingsError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_CELL = 32_767  # of the format, in characters
_NARROWEST, _WIDEST = 10, 60
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(path: Path, title: str, lines: Sequence[Sequence[str]]) -> None:
    """Write lines, the first of which is the header, in the place of an earlier file of that name.

    Every cell is text: what begins like a formula is shown and never computed.  Raises SettingsError
    when the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.create_sheet(title, 0)
    del workbook[workbook.sheetnames[1]]
    for number, line in enumerate(lines, start=1):
        _write_line(sheet, number, line)
    _arrange(sheet, lines)
    made = BytesIO()
    workbook.save(made)
    try:
        path.write_bytes(made.getvalue())
    except OSError as exc:
        raise SettingsError(f"{path} cannot be written: {exc.strerror}. Choose another file.") from exc


def _write_line(sheet: "Worksheet", number: int, line: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    for column, words in enumerate(line, start=1):
        cell = sheet.cell(number, column)
        cell.value = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", words)[:_LONGEST_CELL]
        cell.data_type = "s"  # in place of "f", which the library takes a leading = for
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True)


def _arrange(sheet: "Worksheet", lines: Sequence[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, cells in enumerate(zip(*lines, strict=True), start=1):
        longest = max(len(cell) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
