"""A workbook becomes its visible sheets, as rows of cells as people read them."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from askpcc.readers import read_stored_text
from askpcc.readers.spreadsheets import show_value
from support.cases import cases
from support.outlines import outline

H, P, R = "heading", "paragraph", "row"
HEAD: list[object] = ["No", "Recommendation", "Status", "Due"]


def save(workbook: Workbook) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def make(*rows: list[object], title: str = "Custody") -> Workbook:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return workbook


def test_each_sheet_is_a_section_and_each_row_a_row_of_cells_in_their_places() -> None:
    workbook = make(
        ["Netherby tracker"], HEAD, [1, "Check\neach cell.", None, date(2025, 6, 30)], [None, "More."]
    )
    workbook.create_sheet("Roads").append([0.5, True])
    workbook.create_sheet("Nothing")
    stored = read_stored_text("a.xlsx", save(workbook))
    assert outline(stored) == [
        (H, 2, "Custody"),
        (P, 0, "Netherby tracker"),
        (R, 0, "No\tRecommendation\tStatus\tDue"),
        (R, 0, "1\tCheck each cell.\t\t30 June 2025"),
        (P, 0, "More."),
        (H, 2, "Roads"),
        (R, 0, "0.5\tTRUE"),
    ]


def test_a_row_that_begins_with_empty_cells_keeps_its_columns() -> None:
    workbook = make(HEAD, [None, "Check.", "Complete"], [2, "Mend.", "Planned"])
    stored = read_stored_text("a.xlsx", save(workbook))
    assert "\n\tCheck.\tComplete\n" in stored.text
    assert outline(stored)[2] == (R, 0, "Check.\tComplete")


def test_the_name_that_a_program_gives_an_only_sheet_is_no_heading() -> None:
    stored = read_stored_text("a.xlsx", save(make(HEAD, title="Sheet1")))
    assert outline(stored) == [(R, 0, "\t".join(map(str, HEAD)))]


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    workbook = make(HEAD, [1, "shown", "Complete", "x"], [2, "unseen", "Planned", "x"])
    sheet = workbook.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    secret = workbook.create_sheet("Draft")
    secret.append(["unseen as well"])
    secret.sheet_state = "hidden"
    stored = read_stored_text("a.xlsx", save(workbook))
    assert outline(stored)[1:] == [(R, 0, "No\tRecommendation\tStatus"), (R, 0, "1\tshown\tComplete")]
    assert stored.doubts == (
        "Hidden rows or columns of the sheet “Custody” were left out.",
        "The sheet “Draft” is hidden and was left out.",
    )


def test_what_is_hidden_and_empty_is_no_doubt() -> None:
    workbook = make(HEAD)
    workbook.worksheets[0].row_dimensions[9].hidden = True
    workbook.worksheets[0].column_dimensions["H"].hidden = True
    assert read_stored_text("a.xlsx", save(workbook)).doubts == ()


def test_a_long_row_stays_one_row() -> None:
    row = [1, "It should be done. " * 40, "It has been done. " * 40, "Complete"]
    stored = read_stored_text("a.xlsx", save(make(HEAD, row)))
    assert [kind for kind, _, _ in outline(stored)] == [H, R, R]


def test_a_formula_that_was_never_counted_shows_nothing() -> None:
    stored = read_stored_text("a.xlsx", save(make(HEAD, [1, "Check.", "=1+1", "x"])))
    assert outline(stored)[2] == (R, 0, "1\tCheck.\t\tx")


@cases(
    ("value", "code", "shown"),
    [
        (1, "General", "1"),
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901234.0, "General", "12345678901234"),
        (0.85, "0%", "85%"),
        (0.853, "0.0%", "85.3%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, '"£"#,##0', "£1,235"),
        (0.125, "0.00", "0.13"),
        (1.005, "0.00", "1.01"),
        (0.285, "0%", "29%"),
        (-2.5, "0", "-3"),
        (float("inf"), "0.0", "inf"),
        (1e300, "0.00", f"1{300 * '0'}.00"),
        (1200, "[$£-809]#,##0.00", "£1,200.00"),
        (-3.5, "0.0;(0.0)", "(3.5)"),
        (-3.5, "0.0", "-3.5"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (3, '0" days"', "3 days"),
        (date(2025, 6, 3), "General", "3 June 2025"),
        (datetime(2025, 6, 3), "General", "3 June 2025"),  # noqa: DTZ001 - as cells hold them
        (datetime(2025, 6, 3, 14, 5), "General", "3 June 2025 14:05"),  # noqa: DTZ001 - as cells hold them
        (date(2024, 5, 1), "mmm yyyy", "May 2024"),
        (date(2024, 5, 1), "[$-809]mmmm\\ yyyy;@", "May 2024"),
        (datetime(2024, 5, 1), "mmm-yy", "May 2024"),  # noqa: DTZ001 - as cells hold them
        (date(2024, 5, 1), "yyyy", "2024"),
        (date(2024, 5, 1), "dd/mm/yyyy", "1 May 2024"),
        (time(9, 30), "General", "09:30"),
        (timedelta(hours=30), "General", "30:00"),
        (None, "General", ""),
        (False, "General", "FALSE"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_a_value_is_shown_as_people_read_it(value: object, code: str, shown: str) -> None:
    assert show_value(value, code) == shown


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_the_title_of_the_properties_is_taken(suffix: str) -> None:
    workbook = make(HEAD)
    workbook.properties.title = "Netherby custody tracker"
    assert read_stored_text(f"a{suffix}", save(workbook)).title == "Netherby custody tracker"
