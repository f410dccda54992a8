"""A table as text becomes rows of cells."""

import pytest

from askpcc.errors import BadDocument
from askpcc.readers import read_stored_text
from support.cases import cases
from support.outlines import outline

ROWS = [["No", "Recommendation", "Status"], ["1", "Check, and mend; both.", "Complete"], ["2", "Train", ""]]


def write(sign: str) -> str:
    lines = (sign.join(f'"{cell}"' if {",", ";"} & set(cell) else cell for cell in row) for row in ROWS)
    return "\r\n".join(lines)


@cases("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(sign: str) -> None:
    assert outline(read_stored_text("a.csv", write(sign).encode())) == [
        ("row", 0, "No\tRecommendation\tStatus"),
        ("row", 0, "1\tCheck, and mend; both.\tComplete"),
        ("row", 0, "2\tTrain"),
    ]


@cases("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_spreadsheets_write_are_read(encoding: str) -> None:
    text = "No,Recommendation,Status\n1,The café’s licence is checked each year by the force.,Complete\n"
    stored = read_stored_text("a.csv", text.encode(encoding))
    assert outline(stored)[1] == (
        "row",
        0,
        "1\tThe café’s licence is checked each year by the force.\tComplete",
    )


def test_a_first_line_that_names_the_sign_is_believed_and_not_shown() -> None:
    stored = read_stored_text("a.csv", b"sep=;\nNo;A, b\n1;x, y\n")
    assert outline(stored) == [("row", 0, "No\tA, b"), ("row", 0, "1\tx, y")]


def test_a_line_break_in_a_cell_is_a_space() -> None:
    assert outline(read_stored_text("a.csv", b'No,Matter\n1,"one\ntwo"\n'))[1] == ("row", 0, "1\tone two")


def test_a_first_cell_that_is_empty_keeps_its_place() -> None:
    assert "\n\tcontinued\tx\n" in read_stored_text("a.csv", b"No,Matter,Status\n,continued,x\n2,b,y\n").text


@cases("data", [b"a," * 300 + b"\n", b"x,y\n" * 20_001, b'"' + b"x" * 200_000 + b'",y\n'])
def test_more_than_a_response_holds_is_refused(data: bytes) -> None:
    with pytest.raises(BadDocument):
        read_stored_text("a.csv", data)
