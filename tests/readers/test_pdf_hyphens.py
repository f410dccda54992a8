"""Words that the end of a line, a column or a page breaks are one word."""

from askpcc.model import page_of
from askpcc.readers.pdf.hyphens import Hyphens
from support.cases import cases
from support.papers import Sheets, read_sheets, words_of


@cases(
    ("text", "others", "mended"),
    [
        ("This recommen-\ndation is", "", "This recommendation is"),
        ("the safe-\nguarding of", "Safeguarding", "the safeguarding of"),
        ("a multi-\nagency plan", "multi-agency", "a multi-agency plan"),
        ("a multi-\nagency plan", "", "a multi-agency plan"),
        ("a re-\nformed unit", "a re-formed unit", "a re-formed unit"),
        ("every 14-\nday period", "", "every 14-day period"),
        ("pre-\nand post-inspection", "", "pre-\nand post-inspection"),
        ("long-\nterm", "longterm", "longterm"),
        ("recommen\xad\ndation", "", "recommendation"),
        ("The Harrowdale Constabular\ny", "Constabulary", "The Harrowdale Constabulary"),
        ("a plan for\nall of it", "forall", "a plan for\nall of it"),
        ("it agreed -\nat last", "", "it agreed -\nat last"),
        ("Thames-\nNetherby line", "", "Thames-Netherby line"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_read_as_people_do(text: str, others: str, mended: str) -> None:
    assert Hyphens([text, others]).mend(text) == mended


def test_a_word_broken_in_a_pdf_is_one() -> None:
    lines = ["The Commissioner of Borsetshire accepts the first recommen-", "dation and no other."]
    stored = read_sheets(lambda sheets: sheets.put(60, 200, lines))
    assert words_of(stored) == [
        "The Commissioner of Borsetshire accepts the first recommendation and no other."
    ]


BEFORE = ["The Commissioner of Borsetshire will have the whole of the work finished by 30"]
AFTER = ["September 2025, with help.", "", "Another paragraph follows it."]


def test_a_sentence_that_goes_on_over_a_page_is_one_paragraph() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 700, BEFORE)
        sheets.add_page()
        sheets.put(60, 120, AFTER, pitch=20)

    stored = read_sheets(write)
    assert words_of(stored) == [f"{BEFORE[0]} {AFTER[0]}", AFTER[2]]
    assert page_of(stored.page_starts, stored.text.index("finished")) == 1
    assert page_of(stored.page_starts, stored.text.index("September")) == 2


def test_a_word_that_a_page_breaks_is_one() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 700, "The Commissioner of Borsetshire accepts the recommen-")
        sheets.add_page()
        sheets.put(60, 120, "dation of the report.")

    assert words_of(read_sheets(write)) == [
        "The Commissioner of Borsetshire accepts the recommendation of the report."
    ]


def test_a_name_at_the_end_of_a_page_takes_nothing_from_the_next() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 700, "The Commissioner of Borsetshire accepts the recommendation of the report.")
        sheets.put(60, 740, "Helen Marsh")
        sheets.add_page()
        sheets.put(60, 120, "Annex of the response")

    assert words_of(read_sheets(write))[1:] == ["Helen Marsh", "Annex of the response"]


def test_a_heading_with_a_number_at_the_top_of_each_page_is_kept() -> None:
    def write(sheets: Sheets) -> None:
        for number in (1, 2, 3):
            sheets.put(60, 60, f"Recommendation {number}")
            sheets.put(60, 120, f"Borsetshire Police answers what was asked of it for the time no {number}.")
            if number < 3:
                sheets.add_page()

    assert [words for words in words_of(read_sheets(write)) if words.startswith("Rec")] == [
        f"Recommendation {number}" for number in (1, 2, 3)
    ]


@cases(
    ("line", "label", "words"),
    [
        ("1. Train all of the staff", "1. ", "Train all of the staff"),
        ("(a) train all of the staff", "(a) ", "train all of the staff"),
        ("iv) train all of the staff", "iv) ", "train all of the staff"),
        ("2.1 The force accepts this.", "2.1 ", "The force accepts this."),
        ("2.5 million people live here.", "", "2.5 million people live here."),
        ("Recommendation 1 is accepted.", "", "Recommendation 1 is accepted."),
        ("30 September 2025 was the date.", "", "30 September 2025 was the date."),
    ],
)
def test_a_printed_number_stands_before_its_block(line: str, label: str, words: str) -> None:
    stored = read_sheets(lambda sheets: sheets.put(60, 200, line))
    assert stored.text == f"{label}{words}\n"
    assert stored.blocks[0].span.of(stored.text) == words
