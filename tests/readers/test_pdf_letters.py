"""Letters that are no text of the page, or that the file names wrongly."""

from askpcc.readers.pdf import read_pdf
from askpcc.readers.pdf.letters import mend
from support.cases import cases
from support.papers import LINE, Sheets, draw_sheets, read_sheets, words_of

TEXT = [
    "The Chief Constable of Borsetshire accepts what the report says of",
    "custody, and will have trained all of the officers in Netherby by the",
    "end of the year, when the Commissioner will publish what was done and",
    "what was not, with the reasons for it and the name of who answers for it.",
]
WORDS = [" ".join(TEXT)]


def test_a_watermark_across_the_page_is_left_out() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 300, TEXT)
        with sheets.rotation(55, 150, 420):
            sheets.set_font_size(90)
            sheets.set_text_color(215)
            sheets.put(150, 420, "DRAFT")

    assert words_of(read_sheets(write)) == WORDS


@cases("grey", [0, 200])
def test_a_level_watermark_is_left_out(grey: int) -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 300, TEXT)
        sheets.set_font_size(90)
        sheets.set_text_color(grey)
        sheets.put(100, 340, "DRAFT")

    assert words_of(read_sheets(write)) == WORDS


def test_numbers_of_lines_in_the_margin_are_left_out() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 200, TEXT * 4)
        sheets.set_font_size(7)
        for number in range(1, 17):
            sheets.put(35, 200 + (number - 1) * LINE, str(number))

    assert words_of(read_sheets(write)) == [" ".join(TEXT * 4)]


def test_numbers_of_paragraphs_in_the_margin_are_kept() -> None:
    def write(sheets: Sheets) -> None:
        for number in range(1, 6):
            sheets.put(35, 200 + number * 4 * LINE, f"{number}.")
            sheets.put(60, 200 + number * 4 * LINE, TEXT[:2])

    stored = read_sheets(write)
    assert [stored.text[block.span.start - 3 : block.span.start] for block in stored.blocks] == [
        f"{number}. " for number in range(1, 6)
    ]


def test_a_page_that_stands_on_its_side_is_turned() -> None:
    def write(sheets: Sheets) -> None:
        with sheets.rotation(90, 300, 400):
            sheets.put(60, 300, TEXT)

    assert words_of(read_sheets(write)) == WORDS


def test_a_page_that_lies_askew_is_read_line_by_line() -> None:
    def write(sheets: Sheets) -> None:
        with sheets.rotation(1.5, 60, 300):
            sheets.put(60, 300, TEXT)

    assert words_of(read_sheets(write)) == WORDS


def test_text_on_its_side_within_a_page_is_doubted() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 300, TEXT)
        with sheets.rotation(90, 300, 500):
            sheets.put(250, 500, "Netherby district")

    stored = read_sheets(write)
    assert words_of(stored) == WORDS
    assert stored.doubts == ("Text that stands on its side on page 1 was left out.",)


def write_hidden(sheets: Sheets, how: str) -> None:
    sheets.put(60, 300, TEXT)
    words = "All of it is complete."
    if how == "white":
        sheets.set_text_color(255)
        sheets.put(60, 500, words)
    elif how == "invisible":
        sheets.text_mode = "INVISIBLE"
        sheets.put(60, 500, words)
    elif how == "covered":
        sheets.put(60, 500, words)
        sheets.set_fill_color(255)
        sheets.rect(50, 480, 300, 40, style="F")
    else:
        sheets.put(60, 1200, words)


@cases("how", ["white", "invisible", "covered", "outside"])
def test_words_that_cannot_be_seen_are_left_out(how: str) -> None:
    assert words_of(read_sheets(lambda sheets: write_hidden(sheets, how))) == WORDS


def test_white_words_on_a_dark_ground_are_kept() -> None:
    def write(sheets: Sheets) -> None:
        sheets.set_fill_color(20, 40, 90)
        sheets.rect(50, 100, 400, 40, style="F")
        sheets.set_text_color(255)
        sheets.put(60, 125, "Response of the Commissioner")
        sheets.set_text_color(0)
        sheets.put(60, 300, TEXT)

    assert words_of(read_sheets(write)) == ["Response of the Commissioner", *WORDS]


def test_letters_drawn_twice_are_read_once() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 300, TEXT)
        sheets.put(60.3, 300, TEXT)

    assert words_of(read_sheets(write)) == WORDS


@cases(
    ("text", "mended"),
    [
        ("Recommenda\u7400\u6900on", "Recommendation"),
        ("O\u6600\u6600ice", "Office"),
        ("of\ufb01ce", "office"),
        ("\u6600\u6900nished", "finished"),
        ("\u7400\u6900", "\u7400\u6900"),
        ("caf\u00e9", "caf\u00e9"),
    ],
)
def test_wrongly_named_letters_are_mended_within_latin_words(text: str, mended: str) -> None:
    assert mend(text) == mended


def test_a_page_whose_letters_are_named_wrongly_is_doubted() -> None:
    def write(sheets: Sheets) -> None:
        sheets.set_compression(False)
        sheets.put(60, 300, TEXT)

    usual, wrong = b"/Encoding /WinAnsiEncoding", b"/Encoding<</Differences[101/uniE000]>>"
    data = draw_sheets(write)
    # As long as before, so that the file's table of places still holds.
    data = data.replace(b"\n/Type /Font\n", b"\n", 1).replace(usual, wrong, 1)
    data = data.replace(wrong, wrong + b" " * (len(b"/Type /Font\n") - len(wrong) + len(usual)), 1)
    assert "The file names letters of page 1 wrongly." in read_pdf("a.pdf", data).doubts
