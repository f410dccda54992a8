"""Workbooks: each sheet a section headed by its name, each row a row of cells as they are shown."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import etree

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.packages import make_xml_parser, refuse_unsafe_package
from askpcc.readers.text_blocks import Piece, clean_title, compose
from askpcc.text.dates import show_date

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_KIND = "an Excel workbook"
_REMEDY = "Save it anew as .xlsx and put the result in its place."
MOST_ROWS = 20_000
"""Of a workbook: the longest tracker of a force has some hundreds; reading that many takes some seconds."""
MOST_COLUMNS = 256
"""Of a sheet: what the first versions of Excel had, and more than a page of any width shows."""
MOST_CELLS = 200_000
"""Of a workbook, with a value: at the 2,000,000 characters that a text may have, ten each."""
_LAST_ROW = 1_048_576
"""Of a sheet, since Excel 2007; a number beyond it would be read as so many empty rows."""

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT_SPACE = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\{[^}]*/relationships\}id")
_LETTERS = re.compile(r"[A-Z]+")
_TEXTS_OF_FORMAT = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.(?P<decimals>[0#?]+))?")
_GIVEN_NAME = re.compile(r"sheet ?\d*", re.IGNORECASE)
_MOST_DIGITS = 400
"""Of a number with its decimals: the largest that a cell can hold has 309 before the point."""
_PLAIN_DIGITS = 10
"""Significant digits that a cell of the format General shows at the most."""


@dataclass(slots=True)
class _Budget:
    """What may still be read of a workbook."""

    rows: int = MOST_ROWS
    cells: int = MOST_CELLS


@dataclass(slots=True)
class _SheetScan:
    """What one pass over a sheet's XML finds; openpyxl's reader with little memory does not tell it.

    rows: numbers of those with a value.  width: the last column with one.  lost: some of it is hidden.
    """

    rows: set[int] = field(default_factory=set)
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    lost: bool = False


def read_xlsx(path: str, data: bytes) -> StoredText:
    """Read a workbook: its visible sheets, rows and columns, and of formulas the values saved with them.

    Dates are written as people read them, numbers as their format shows them.  What is hidden is named in
    the doubts.  Raises BadDocument for a damaged or locked file, a bomb, or more cells than a response has.
    """
    refuse_unsafe_package(path, data, _KIND, _REMEDY)
    try:
        return _read_workbook(path, data)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged package raises whatever its parser stumbles over, KeyError to zlib.error.
        raise BadDocument(path, f"It is damaged and cannot be read as {_KIND}.", _REMEDY) from exc


def _read_workbook(path: str, data: bytes) -> StoredText:
    import openpyxl

    budget, pieces, doubts = _Budget(), list[Piece](), list[str]()
    scans = {name: _scan_sheet(path, part, budget) for name, part in _sheet_parts(data)}
    workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                doubts.append(f"The sheet “{sheet.title}” is hidden and was left out.")
                continue
            scan = scans.get(sheet.title, _SheetScan())
            rows = lay_out_rows(_read_rows(workbook, sheet.title, scan))
            # A name that the program gave the only sheet says nothing, and would pass for a title.
            if rows and not (len(workbook.sheetnames) == 1 and _GIVEN_NAME.fullmatch(sheet.title)):
                pieces.append(Piece(BlockKind.HEADING, _one_line(sheet.title), 2))
            pieces += rows
            if scan.lost:
                doubts.append(f"Hidden rows or columns of the sheet “{sheet.title}” were left out.")
        title = clean_title(workbook.properties.title)
    finally:
        workbook.close()
    stored = compose([pieces])
    return StoredText(stored.text, stored.blocks, title=title, doubts=tuple(doubts))


def lay_out_rows(rows: Sequence[Sequence[str]]) -> list[Piece]:
    """Return the blocks of a sheet; cells are in one line each, and empty ones keep their place.

    A row of one cell is a title or a note, but between two rows of several cells it is one of theirs.
    """
    counts = [sum(map(bool, row)) for row in rows]
    pieces: list[Piece] = []
    for place, row in enumerate(rows):
        before = counts[place - 1] if place else 0
        after = counts[place + 1] if place + 1 < len(rows) else 0
        if counts[place] == 1 and not (before > 1 and after > 1):
            pieces.append(Piece(BlockKind.PARAGRAPH, "".join(row)))
        elif counts[place]:
            joined = "\t".join(row).rstrip("\t")
            words = joined.lstrip("\t")
            pieces.append(Piece(BlockKind.ROW, words, label="\t" * (len(joined) - len(words))))
    return pieces


def _sheet_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each sheet's name and the XML that holds it."""
    with ZipFile(BytesIO(data)) as archive:
        relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), make_xml_parser())
        targets = {node.get("Id"): node.get("Target", "") for node in relations.iter("{*}Relationship")}
        for sheet in etree.fromstring(archive.read("xl/workbook.xml"), make_xml_parser()).iter("{*}sheet"):
            id_ = next((value for key, value in sheet.attrib.items() if _RELATION.fullmatch(str(key))), None)
            target = targets.get(id_, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part in archive.namelist():
                yield str(sheet.get("name", "")), archive.read(part)


def _scan_sheet(path: str, part: bytes, budget: _Budget) -> _SheetScan:
    """Find what is hidden, and refuse more than may be read; raises BadDocument."""
    scan = _SheetScan()
    names = [f"{space}{name}" for space in (_SPACE, _STRICT_SPACE) for name in ("col", "row")]
    events = etree.iterparse(
        BytesIO(part), tag=names, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    number = 0
    for _, node in events:
        if node.tag.endswith("}col"):
            first, last = max(int(node.get("min", "1")), 1), int(node.get("max", "1"))
            if _is_hidden(node, "width"):
                scan.hidden_columns |= set(range(first, min(last, MOST_COLUMNS) + 1))
            continue
        number = int(node.get("r", number + 1))
        columns = set(_filled_columns(node))
        _spend(path, number, columns, budget)
        if _is_hidden(node, "ht"):
            scan.hidden_rows.add(number)
        if columns:
            scan.rows.add(number)
            scan.width = max(scan.width, *columns)
        scan.lost |= bool(columns) and (number in scan.hidden_rows or bool(columns & scan.hidden_columns))
        node.clear()
    return scan


def _filled_columns(row: etree._Element) -> Iterator[int]:
    """Yield the columns of cells with a value; a cell that does not name its own follows the one before."""
    column = 0
    for cell in row:
        column = _column_of(cell.get("r", "")) or column + 1
        if cell.find("{*}v") is not None or cell.find("{*}is") is not None:
            yield column


def _spend(path: str, number: int, columns: Set[int], budget: _Budget) -> None:
    budget.rows -= bool(columns)
    budget.cells -= len(columns)
    if number > _LAST_ROW:
        raise BadDocument(path, f"A row has the number {number}; the last may be {_LAST_ROW}.", _REMEDY)
    if budget.rows < 0 or budget.cells < 0 or max(columns, default=0) > MOST_COLUMNS:
        reason = (
            f"It holds more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CELLS} cells with values."
        )
        raise BadDocument(path, reason, "Put the sheets of the response alone in its place.")


def _is_hidden(node: etree._Element, size: str) -> bool:
    return node.get("hidden") in ("1", "true") or node.get(size) in ("0", "0.0")


def _column_of(reference: str) -> int:
    found = _LETTERS.match(reference)
    number = 0
    for letter in found[0] if found else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _read_rows(workbook: "Workbook", name: str, scan: _SheetScan) -> list[list[str]]:
    """Return the shown cells of a sheet's rows; several empty rows in a row are one."""
    sheet = workbook[name]
    # A sheet's own word on its size may be wrong, and is then all that would be read.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    last, width = max(scan.rows, default=0), max(scan.width, 1)
    for number, row in enumerate(sheet.iter_rows(max_row=max(last, 1), max_col=width), start=1):
        if number in scan.hidden_rows:
            continue
        if number in scan.rows:
            rows.append(
                [_show_cell(cell) for place, cell in enumerate(row, 1) if place not in scan.hidden_columns]
            )
        elif rows and rows[-1]:
            rows.append([])
    return rows


def _show_cell(cell: object) -> str:
    return _one_line(
        show_value(getattr(cell, "value", None), getattr(cell, "number_format", None) or "General")
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())


def show_value(value: object, code: str = "General") -> str:
    """Return a cell's value as people read it.  code: its format of numbers, as Excel writes such.

    Of formats the usual are followed: decimals, thousands, per cent, a currency's sign, words in quotes,
    months and years without a day.
    """
    if isinstance(value, datetime | date):
        return _show_date(value, code)
    if isinstance(value, time | timedelta):
        return _show_time(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _show_number(value, code)
    words = "" if value is None else str(value)
    return words.upper() if isinstance(value, bool) else words


def _show_date(value: date, code: str) -> str:
    """Write a date; what its format leaves out was never said, such as the day of "mmm yyyy"."""
    shown = _TEXTS_OF_FORMAT.sub("", code.partition(";")[0]).lower()
    if "y" in shown and "d" not in shown:
        return show_date(f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}")
    hour = f" {value:%H:%M}" if isinstance(value, datetime) and (value.hour, value.minute) != (0, 0) else ""
    return show_date(f"{value:%Y-%m-%d}") + hour


def _show_time(value: time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return f"{value:%H:%M}"


def _show_number(value: float, code: str) -> str:
    sections = code.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    words = _TEXTS_OF_FORMAT.sub(_literal, section)
    digits = _DIGITS.search(words)
    if code in ("General", "@") or digits is None:
        shown = f"{value:.{_PLAIN_DIGITS}g}" if isinstance(value, float) else str(value)
        return shown if "e" not in shown else f"{value:.0f}"
    comma = "," if "," in digits[0] else ""
    least = len((digits["decimals"] or "").rstrip("#"))
    most = len(digits["decimals"] or "")
    number = f"{_round(abs(value), most, 100 if '%' in words else 1):{comma}.{most}f}"
    while most > least and number.endswith("0"):
        number, most = number[:-1], most - 1
    zeros = len(re.sub(r"[^0]", "", digits[0].partition(".")[0]))
    whole, dot, rest = number.rstrip(".").partition(".")
    number = f"{whole if comma else whole.zfill(zeros)}{dot}{rest}"
    sign = "-" if value < 0 and section is sections[0] else ""
    return f"{sign}{words[: digits.start()]}{number}{words[digits.end() :]}".strip()


def _round(amount: float, decimals: int, times: int) -> Decimal | float:
    """Round as Excel does: halves away from zero, of what a number is as it is written in decimals."""
    if not isfinite(amount):
        return amount
    written = Decimal(str(amount))
    with localcontext(Context(prec=_MOST_DIGITS)):
        return (written * times).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _literal(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3] or ""
