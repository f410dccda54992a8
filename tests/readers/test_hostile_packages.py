"""Packages that were broken or made to harm are named, whichever program's they pretend to be."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pptx
import pytest

from askpcc.errors import BadDocument
from askpcc.readers import read_stored_text
from support.cases import cases

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
PARTS = {"a.xlsx": "xl/workbook.xml", "a.pptx": "ppt/presentation.xml", "a.odt": "content.xml"}


def make_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["No", "Status"])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def make_pptx() -> bytes:
    presentation = pptx.Presentation()
    file = BytesIO()
    presentation.save(file)
    return file.getvalue()


def make_odt() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    return file.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {"a.xlsx": make_xlsx, "a.pptx": make_pptx, "a.odt": make_odt}


def change_part(data: bytes, name: str, content: bytes) -> bytes:
    changed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return changed.getvalue()


def refuse(path: str, data: bytes) -> str:
    with pytest.raises(BadDocument) as caught:
        read_stored_text(path, data)
    assert caught.value.remedy
    return caught.value.reason


@cases("path", PARTS)
def test_a_locked_file_is_named_so(path: str) -> None:
    assert "password" in refuse(path, LOCKED)


@cases("path", PARTS)
def test_entities_are_refused_unread(path: str) -> None:
    assert "declares entities" in refuse(path, change_part(MAKERS[path](), PARTS[path], ENTITY))


@cases("path", PARTS)
def test_what_unpacks_beyond_measure_is_refused_unopened(path: str) -> None:
    assert "unpacks to" in refuse(path, change_part(MAKERS[path](), PARTS[path], bytes(50 * 1024 * 1024)))


@cases("path", PARTS)
@cases("content", [b"", b"<x", b"<x/>", b"\x00" * 40])
def test_a_damaged_part_is_named(path: str, content: bytes) -> None:
    refuse(path, change_part(MAKERS[path](), PARTS[path], content))


@cases("path", PARTS)
def test_a_file_cut_short_is_named(path: str) -> None:
    data = MAKERS[path]()
    assert "damaged" in refuse(path, data[: len(data) // 2])


def sheet(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return change_part(make_xlsx(), "xl/worksheets/sheet1.xml", content.encode())


@cases(
    "rows",
    [
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_003)),
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 250}</row>' for n in range(1, 802)),
    ],
    ids=["rows", "columns", "cells"],
)
def test_more_cells_than_a_response_has_are_refused(rows: str) -> None:
    assert "It holds more than" in refuse("a.xlsx", sheet(rows))


def test_rows_far_apart_cost_nothing() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    assert read_stored_text("a.xlsx", sheet(far)).text == "1\n\n2\n"


def test_a_row_beyond_the_last_is_refused() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999"><c><v>2</v></c></row>'
    assert "99999999" in refuse("a.xlsx", sheet(far))


def test_cells_that_do_not_name_their_column_follow_one_another() -> None:
    rows = '<row r="1"><c/><c/><c><v>3</v></c><c r="F1"><v>6</v></c><c><v>7</v></c></row>'
    assert read_stored_text("a.xlsx", sheet(rows)).text == "\t\t3\t\t\t6\t7\n"
