"""Tables keep their rows and columns, with rules and without, and over the end of a page."""

from askpcc.model import StoredText
from support.papers import Sheets, read_sheets

COLUMNS = (60, 200, 420)
HEAD = ("Recommendation", "Response", "Status")
ROWS = (
    (
        "1. Train all\ncall handlers",
        "All handlers in Netherby\nwere trained in May, all\nothers in June.",
        "Complete",
    ),
    ("2. Audit each\norder yearly", "The audit began in March\nand goes on.", "In progress"),
    ("3. Refer each\nvictim", "The Chief Constable does\nnot accept this.", "Not accepted"),
)
READ = [
    "Recommendation\tResponse\tStatus",
    "1. Train all call handlers\tAll handlers in Netherby were trained in May, all others in June.\tComplete",
    "2. Audit each order yearly\tThe audit began in March and goes on.\tIn progress",
    "3. Refer each victim\tThe Chief Constable does not accept this.\tNot accepted",
]


def rows_of(stored: StoredText) -> list[str]:
    return [block.span.of(stored.text) for block in stored.blocks if block.kind == "row"]


def rule(sheets: Sheets, top: float, heights: list[float], edges: tuple[float, ...]) -> None:
    bottom = top + sum(heights)
    for edge in edges:
        sheets.line(edge, top, edge, bottom)
    for height in [0.0, *heights]:
        top += height
        sheets.line(edges[0], top, edges[-1], top)


def test_a_table_without_rules_is_read_row_by_row() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 120, "A line that introduces the table and runs across its columns to the right.")
        sheets.put_rows(200, COLUMNS, [HEAD, *ROWS])

    assert rows_of(read_sheets(write)) == READ


def test_a_table_with_rules_between_its_rows_alone_is_read_row_by_row() -> None:
    def write(sheets: Sheets) -> None:
        top = 200.0
        for row in (HEAD, *ROWS):
            sheets.line(55, top - 12, 520, top - 12)
            top = sheets.put_rows(top, COLUMNS, [row])
        sheets.line(55, top - 12, 520, top - 12)

    assert rows_of(read_sheets(write)) == READ


def test_a_table_without_rules_goes_on_over_a_page() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put_rows(
            650, COLUMNS, [HEAD, *ROWS[:2], ("3. Refer each", "The Chief Constable does", "Not accepted")]
        )
        sheets.add_page()
        sheets.put_rows(60, COLUMNS, [("victim", "not accept this.", "")])

    assert rows_of(read_sheets(write)) == READ


def test_a_cell_that_alone_goes_on_over_a_page_stays_in_its_row() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put_rows(
            650,
            COLUMNS,
            [HEAD, *ROWS[:2], ("3. Refer each\nvictim", "The Chief Constable does", "Not accepted")],
        )
        sheets.add_page()
        sheets.put(200, 60, "not accept this.")
        sheets.put(60, 120, "A paragraph beneath the table, which has nothing to do with it.")

    assert rows_of(read_sheets(write)) == READ


def test_a_ruled_row_that_a_page_cuts_is_one_and_the_head_is_read_once() -> None:
    edges = (55, 195, 415, 530)

    def write(sheets: Sheets) -> None:
        for head, cells in (
            (HEAD, ("1. Train all handlers", "All handlers in Netherby were", "Complete")),
            (HEAD, ("", "trained in May.", "")),
        ):
            rule(sheets, 700, [20, 20], edges)
            for left, words, below in zip(COLUMNS, head, cells, strict=True):
                sheets.put(left, 714, words)
                sheets.put(left, 734, below)
            if head and cells[0]:
                sheets.add_page()

    assert rows_of(read_sheets(write)) == [
        "Recommendation\tResponse\tStatus",
        "1. Train all handlers\tAll handlers in Netherby were trained in May.\tComplete",
    ]


def test_a_new_row_on_the_next_page_stays_one() -> None:
    edges = (55, 195, 415, 530)
    rows = (
        ("R1", "Train all handlers by May", "planned"),
        ("R2", "Audit all orders by June", "not accepted"),
    )

    def write(sheets: Sheets) -> None:
        for number, cells in enumerate(rows):
            if number:
                sheets.add_page()
            rule(sheets, 700, [20, 20], edges)
            for left, words, below in zip(COLUMNS, HEAD, cells, strict=True):
                sheets.put(left, 714, words)
                sheets.put(left, 734, below)

    assert rows_of(read_sheets(write)) == ["Recommendation\tResponse\tStatus", *map("\t".join, rows)]


def test_merged_cells_leave_the_others_in_their_columns() -> None:
    def write(sheets: Sheets) -> None:
        rule(sheets, 200, [20, 20], (55, 195, 415, 530))
        rule(sheets, 240, [20], (55, 415, 530))
        for top, cells in ((214, HEAD), (234, ("1", "Trained.", "Complete"))):
            sheets.put_rows(top, COLUMNS, [cells])
        sheets.put(60, 254, "Recommendations 2 and 3 together")
        sheets.put(420, 254, "Planned")

    assert rows_of(read_sheets(write)) == [
        "Recommendation\tResponse\tStatus",
        "1\tTrained.\tComplete",
        "Recommendations 2 and 3 together\t\tPlanned",
    ]


def test_short_labels_and_values_are_rows() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put_rows(200, (60, 300), [(f"Label {number}", f"Value {number}") for number in range(8)])

    assert rows_of(read_sheets(write)) == [f"Label {number}\tValue {number}" for number in range(8)]
