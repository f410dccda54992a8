"""Pages that were made to harm cost little, and none loses a word without saying so."""

from collections import Counter
from random import Random

from askpcc.readers.pdf import read_pdf
from askpcc.readers.pdf.columns import Flow
from askpcc.readers.pdf.comparing import doubt_page
from askpcc.readers.pdf.hyphens import Hyphens
from askpcc.readers.pdf.second_parser import SecondParser
from askpcc.readers.pdf.text_lines import Line
from support.cases import cases
from support.papers import Sheets, draw_sheets, read_sheets


def scatter(sheets: Sheets, seed: int) -> Counter[str]:
    """Put words on a page by chance, in columns, rows and anywhere; return what was put."""
    random = Random(seed)  # noqa: S311 - by chance, and the same each time
    put: Counter[str] = Counter()
    lefts = sorted(random.sample(range(40, 480, 60), random.randint(1, 6)))
    for line in range(random.randint(3, 40)):
        for left in random.sample(lefts, random.randint(1, len(lefts))):
            word = f"w{random.randint(0, 10**6)}"
            sheets.put(left + random.choice((0, 0, 0, 5)), 120 + line * 14 + random.choice((0, 0, 2)), word)
            put[word] += 1
    return put


@cases("seed", range(60))
def test_no_word_is_lost_or_doubled_wherever_it_stands(seed: int) -> None:
    put: Counter[str] = Counter()
    stored = read_sheets(lambda sheets: put.update(scatter(sheets, seed)))
    assert Counter(stored.text.replace("#", " ").split()) == put


def test_the_same_letter_in_one_place_a_thousand_times_is_read_once() -> None:
    stored = read_sheets(lambda sheets: [sheets.put(60, 200, "Netherby") for _ in range(1_000)])
    assert stored.text == "Netherby\n"


def test_letters_that_nobody_can_read_for_smallness_are_left_out() -> None:
    def write(sheets: Sheets) -> None:
        sheets.put(60, 200, "Netherby")
        sheets.set_font_size(0.5)
        sheets.put(60, 300, "All of it is complete.")

    assert read_sheets(write).text == "Netherby\n"


@cases("side", [b"/Width 100000/Height 100000", b"/Width 7 0 R/Height 8 0 R"])
def test_a_page_of_a_file_with_an_enormous_picture_is_not_drawn_but_doubted(side: bytes) -> None:
    data = draw_sheets(lambda sheets: sheets.put(60, 200, "Netherby")) + b"\n%" + side
    with SecondParser(data) as second:
        assert second.draw(0, 0) is None
    assert read_pdf("a.pdf", data).doubts == ("Whether all text of page 1 can be seen was not checked.",)


@cases("text", ["a-" * 50_000, "a" * 100_000, "a-\n" * 20_000, "-" * 100_000, "a\n" * 50_000])
def test_endless_words_are_mended_in_no_time(text: str) -> None:
    assert Hyphens([text]).mend(text)


LINES = [f"begin{number} a line of the page that ends with {number}x" for number in range(20)]


def flow_of(texts: list[str]) -> list[Flow]:
    return [
        Flow([Line(text, 14 * number, 14 * number + 11, 60, 400, 11) for number, text in enumerate(texts)])
    ]


def doubt(lines: list[str], other: str | None) -> list[str]:
    letters = sum(len("".join(line.split())) for line in lines)
    return doubt_page(3, flow_of(lines), letters, Counter(), other)


@cases(
    ("lines", "other", "doubts"),
    [
        (LINES, "\r\n".join(LINES), []),
        (LINES[::2] + LINES[1::2], "\r\n".join(LINES), ["The text of page 3 may not be in its order."]),
        (LINES, "\r\n".join(LINES[:10]), ["The words of page 3 may not be as they are printed.", "order"]),
        (LINES, "\r\n".join(LINES).upper(), ["The words of page 3 may not be as they are printed.", "order"]),
        (LINES, None, ["The text of page 3 could not be compared with what another parser reads."]),
    ],
)
def test_a_page_that_another_parser_reads_otherwise_is_doubted(
    lines: list[str], other: str | None, doubts: list[str]
) -> None:
    assert [one if one in doubts else "order" for one in doubt(lines, other)] == doubts
