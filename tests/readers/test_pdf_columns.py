"""Columns of prose are read one after the other, across the page nothing is."""

from support.cases import cases
from support.papers import LINE, Sheets, read_sheets, words_of

LEFT = (
    "The Commissioner welcomes what",
    "the inspectorate has found, and",
    "asks that Borsetshire Police set",
    "out how it will train all of its",
    "call handlers before the summer",
    "and how it will tell victims of",
    "their right to a review of each",
    "decision that was taken.",
)
RIGHT = (
    "Netherby is the first district",
    "to have finished, since officers",
    "there were trained in January by",
    "the college, which has the means",
    "to train the other districts too",
    "once the contract with it has",
    "been renewed by the panel this",
    "spring or the next.",
)
PROSE = [" ".join(LEFT), " ".join(RIGHT)]


def put_columns(sheets: Sheets, top: float, *, right: float = 310) -> None:
    sheets.put(60, top, LEFT)
    sheets.put(right, top, RIGHT)


def test_two_columns_are_read_one_after_the_other() -> None:
    assert words_of(read_sheets(lambda sheets: put_columns(sheets, 200))) == PROSE


def test_columns_whose_lines_stand_at_other_heights_are_read_too() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 200, LEFT)
        sheets.put(310, 205, RIGHT)

    assert words_of(read_sheets(write)) == PROSE


def test_three_columns_are_read_one_after_the_other() -> None:
    def write(sheets: Sheets) -> None:
        for number, left in enumerate((40, 220, 400)):
            sheets.put(left, 200, [f"{line[:20].strip()} {number}" for line in LEFT])

    blocks = words_of(read_sheets(write))
    assert "".join(blocks).index("0") < "".join(blocks).index("1") < "".join(blocks).index("2")
    assert sum(block.count("0") for block in blocks[:1]) == len(LEFT)


def test_a_line_across_both_columns_ends_the_band() -> None:
    def write(sheets: Sheets) -> None:
        put_columns(sheets, 200)
        sheets.put(60, 340, "A line that runs from the left margin across both of the columns to the right.")
        put_columns(sheets, 380)

    across = "A line that runs from the left margin across both of the columns to the right."
    assert words_of(read_sheets(write)) == [*PROSE, across, *PROSE]


def test_columns_that_are_drawn_line_by_line_are_read_as_columns_and_doubted() -> None:
    def write(sheets: Sheets) -> None:
        left, right = ([line[0].lower() + line[1:] for line in column] for column in (LEFT, RIGHT))
        for number, (one, other) in enumerate(zip(left * 2, right * 2, strict=True)):
            sheets.put(60, 200 + number * LINE, one)
            sheets.put(310, 200 + number * LINE, other)

    stored = read_sheets(write)
    assert stored.text.index("call handlers") < stored.text.index("netherby")
    assert stored.doubts == ("The text of page 1 may not be in its order.",)


def test_columns_in_order_are_not_doubted() -> None:
    assert read_sheets(lambda sheets: put_columns(sheets, 200)).doubts == ()


def test_a_sentence_goes_on_from_column_to_column() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 200, LEFT[:-1])
        sheets.put(310, 200, ["decision that was taken.", *RIGHT])

    assert words_of(read_sheets(write))[0].startswith(" ".join(LEFT))


@cases("signs", [("-", "-", "-", "-"), ("1.", "2.", "3.", "4."), ("2.1", "2.2", "2.3", "2.4")])
def test_numbers_and_bullets_beside_paragraphs_are_no_column(signs: tuple[str, ...]) -> None:
    def write(sheets: Sheets) -> None:
        for number, sign in enumerate(signs * 2):
            sheets.put(60, 200 + 2 * number * LINE, sign)
            sheets.put(90, 200 + 2 * number * LINE, "Borsetshire Police will train all of its staff.")

    assert words_of(read_sheets(write)) == ["Borsetshire Police will train all of its staff."] * 8


def test_wide_gaps_between_the_words_of_a_column_part_no_cells() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 200, LEFT)
        sheets.put(310, 200, RIGHT[:-1])
        sheets.put(310, 298, "spring")
        sheets.put(400, 298, "or later.")

    assert words_of(read_sheets(write))[1].endswith("this spring or later.")
