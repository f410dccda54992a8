"""Pages that are pictures are recognised where tesseract is installed, and doubted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from askpcc.errors import BadDocument
from askpcc.model import StoredText, page_of
from askpcc.readers.pdf import read_pdf, recognising
from askpcc.readers.pdf.second_parser import SecondParser
from support.cases import cases
from support.outlines import outline
from support.papers import Sheets, draw_sheets, words_of
from support.recognition import needs_tesseract, show_lines, take_tesseract_away
from support.scans import Scanner, bind, draw_pages, scan

FIRST = "The Commissioner accepts the first recommendation of the inspectorate in full."
SECOND = "I expect that the work on custody records will be finished by 31 March 2026."
READ = "read from pictures by text recognition (OCR), and words may be wrong"


def write_letter(sheets: Sheets) -> None:
    sheets.put(70, 90, [FIRST])
    sheets.put(70, 130, [SECOND])


def write_two(sheets: Sheets) -> None:
    write_letter(sheets)
    sheets.add_page()
    sheets.put(70, 90, ["On the second page the force says that it has trained all its sergeants."])


LETTER = draw_sheets(write_letter)


def bind_mixed(page: Image.Image, dots: int = 200) -> bytes:
    """Return a PDF of a page of text and a page that is a picture."""
    sheets = Sheets()
    sheets.add_page()
    sheets.put(70, 90, ["A page of text, which stays as it is, to the last letter of each of its words."])
    sheets.add_page()
    sheets.image(page, x=0, y=0, w=page.width * 72 / dots)
    return bytes(sheets.output())


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take tesseract away."""
    take_tesseract_away(tmp_path, monkeypatch)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have a program in tesseract's place see these lines on every page."""

    def tell(*lines: tuple[str, float]) -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        show_lines(folder, monkeypatch, lines)

    return tell


def read(data: bytes) -> StoredText:
    return read_pdf("a.pdf", data)


@needs_tesseract
def test_a_scan_is_read_word_for_word() -> None:
    assert words_of(read(scan(LETTER))) == [FIRST, SECOND]


@needs_tesseract
def test_what_is_read_is_doubted_with_its_pages() -> None:
    (doubt,) = read(scan(draw_sheets(write_two))).doubts
    assert doubt.startswith(f"Pages 1 and 2 were {READ}")


@needs_tesseract
def test_words_keep_their_page() -> None:
    stored = read(scan(draw_sheets(write_two)))
    assert page_of(stored.page_starts, stored.text.index("sergeants")) == 2


@needs_tesseract
def test_the_same_scan_is_read_the_same() -> None:
    data = scan(LETTER, Scanner(dots=120, blur=0.8))
    assert read(data) == read(data)


@needs_tesseract
def test_a_page_of_text_beside_a_scan_stays_as_it_is() -> None:
    stored = read(bind_mixed(draw_pages(LETTER)[0]))
    assert words_of(stored) == [
        "A page of text, which stays as it is, to the last letter of each of its words.",
        FIRST,
        SECOND,
    ]
    assert [doubt.partition(" read")[0] for doubt in stored.doubts] == ["Page 2 was"]


@needs_tesseract
@cases(
    "scanner",
    [Scanner(skew=2.0), Scanner(dots=150, blur=0.8, skew=-1.0), Scanner(turn=180), Scanner(turn=90)],
    ids=["askew", "blurred", "upside down", "on its side"],
)
def test_a_scan_is_read_however_it_lies(scanner: Scanner) -> None:
    assert words_of(read(scan(LETTER, scanner))) == [FIRST, SECOND]


@needs_tesseract
def test_a_table_with_rules_is_read_cell_by_cell() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=9)
    rows = (
        ("No.", "Recommendation", "Status"),
        ("1", "The force should train all its sergeants before the end of the year.", "Complete"),
        ("2", "The force should record each use of a cell, and why it was used.", "In progress"),
    )
    with paper.table(col_widths=(10, 60, 30)) as table:
        for row in rows:
            cells = table.row()
            for words in row:
                cells.cell(words)
    assert words_of(read(scan(bytes(paper.output())))) == ["\t".join(row) for row in rows]


@needs_tesseract
def test_numbers_that_stand_apart_are_read() -> None:
    def write(sheets: Sheets) -> None:
        for number in (1, 2, 3):
            sheets.put(70, 60 + 60 * number, [f"{number}."])
            sheets.put(110, 60 + 60 * number, ["The force should train all its sergeants in this."])

    words = "The force should train all its sergeants in this."
    stored = read(scan(draw_sheets(write)))
    assert [f"{number}. {words}" for number in (1, 2, 3)] == [
        line for line in stored.text.replace("\n\n", "\n").split("\n") if line
    ]


@needs_tesseract
def test_an_empty_page_of_a_scan_is_not_told_of() -> None:
    letter = draw_pages(LETTER)[0]
    stored = read(bind([letter, Image.new("L", letter.size, 250), letter]))
    assert len(stored.page_starts) == 3
    assert [doubt.partition(" read")[0] for doubt in stored.doubts] == ["Pages 1 and 3 were"]


@needs_tesseract
def test_a_picture_that_says_nothing_for_sure_is_named() -> None:
    unclear = scan(LETTER, Scanner(dots=40, blur=1.0))
    stored = read(bind_mixed(draw_pages(unclear, 40)[0], 40))
    assert words_of(stored) == [
        "A page of text, which stays as it is, to the last letter of each of its words."
    ]
    assert stored.doubts == ("Page 2 was not read: what words its picture holds cannot be told for sure.",)


@needs_tesseract
def test_hidden_text_that_says_otherwise_than_the_picture_is_not_believed() -> None:
    def hide(sheets: Sheets) -> None:
        sheets.put(70, 90, [FIRST.replace("accepts", "refuses")])
        sheets.put(70, 130, [SECOND.replace("will be", "was")])

    stored = read(bind(draw_pages(LETTER), hide=hide))
    assert words_of(stored) == [FIRST, SECOND]


@needs_tesseract
def test_a_stamp_upon_a_scan_does_not_keep_it_from_being_read() -> None:
    sheets = Sheets()
    sheets.add_page()
    sheets.image(draw_pages(LETTER)[0], x=0, y=0, w=595)
    sheets.put(70, 800, ["Scanned with a telephone"])
    assert words_of(read(bytes(sheets.output())))[:2] == [FIRST, SECOND]


@needs_tesseract
def test_the_title_on_a_cover_stays_as_it_is() -> None:
    sheets = Sheets()
    sheets.add_page()
    cover = Image.linear_gradient("L").resize((595, 842))
    sheets.image(cover, x=0, y=0, w=595)
    sheets.set_text_color(255)
    sheets.put(70, 90, ["Response to the report on custody"])
    stored = read(bytes(sheets.output()))
    assert (words_of(stored), stored.doubts) == (["Response to the report on custody"], ())


@pytest.mark.usefixtures("nowhere")
def test_without_tesseract_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadDocument, match="is a scan") as caught:
        read(scan(LETTER))
    assert "Install tesseract" in caught.value.remedy
    assert "ocrmypdf" in caught.value.remedy
    assert caught.value.lacks == "tesseract"


@pytest.mark.usefixtures("nowhere")
def test_without_tesseract_a_page_that_is_a_picture_is_named() -> None:
    stored = read(bind_mixed(draw_pages(LETTER)[0]))
    assert stored.doubts == (
        "Page 2 was not read: it is a picture, and tesseract, which reads those, is not installed.",
    )
    assert stored.lacks == "tesseract"


@pytest.mark.usefixtures("nowhere")
def test_without_tesseract_hidden_text_upon_a_picture_is_read_and_doubted() -> None:
    stored = read(bind(draw_pages(LETTER), hide=write_letter))
    assert words_of(stored) == [FIRST, SECOND]
    assert any("hidden text" in doubt and "words may be wrong" in doubt for doubt in stored.doubts)
    assert stored.lacks == "tesseract"


@pytest.mark.usefixtures("nowhere")
def test_hidden_text_upon_a_picture_in_strips_is_doubted() -> None:
    page = draw_pages(LETTER)[0]
    sheets = Sheets()
    sheets.add_page()
    for top in range(0, page.height, 200):
        strip = page.crop((0, top, page.width, min(top + 200, page.height)))
        sheets.image(strip, x=0, y=top * 0.36, w=page.width * 0.36)
    with sheets.local_context(text_mode=3):
        write_letter(sheets)
    stored = read(bytes(sheets.output()))
    assert any("hidden text" in doubt for doubt in stored.doubts)


@pytest.mark.usefixtures("nowhere")
def test_a_page_of_text_lacks_nothing() -> None:
    stored = read(LETTER)
    assert (stored.lacks, stored.doubts) == ("", ())


SURE = ("The force has trained all of its sergeants.", 0.95)


def test_which_share_of_words_is_uncertain_is_told(told: Callable[..., None]) -> None:
    told(SURE, SURE, ("It is done.", 0.6))
    (doubt,) = read(scan(LETTER)).doubts
    assert "(16% of them are uncertain)" in doubt


def test_a_heading_that_cannot_be_read_is_marked_so_that_what_follows_is_not_read_under_the_one_before(
    told: Callable[..., None],
) -> None:
    told(SURE, ("Reommfndatpn 5", 0.3), SURE)
    assert outline(read(scan(LETTER))) == [
        ("paragraph", 0, SURE[0]),
        ("heading", 1, "[illegible]"),
        ("paragraph", 0, SURE[0]),
    ]


def test_an_emblem_above_the_first_page_is_left_out(told: Callable[..., None]) -> None:
    told(("ae Wy", 0.2), SURE)
    assert words_of(read(scan(LETTER))) == [SURE[0]]


@cases("sure", [0.79, 0.1])
def test_a_page_of_which_too_little_is_sure_is_refused(told: Callable[..., None], sure: float) -> None:
    told((SURE[0], sure))
    with pytest.raises(BadDocument, match="not sure of what its pages say"):
        read(scan(LETTER))


def test_a_page_on_which_hardly_anything_stands_is_refused(told: Callable[..., None]) -> None:
    told(("A few letters", 0.95))
    with pytest.raises(BadDocument, match="not sure of what its pages say"):
        read(scan(LETTER))


def test_pages_for_which_there_is_no_time_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show_lines(tmp_path, monkeypatch, [SURE], before="sleep 1")
    monkeypatch.setattr(recognising, "SECONDS_A_FILE", 1.9)
    letter = draw_pages(LETTER, 72)[0]
    stored = read(bind([letter] * 5, 72))
    assert any(
        doubt.endswith("not read: recognising the pages before took all the time that a file has.")
        for doubt in stored.doubts
    )


def test_a_page_that_takes_too_long_does_not_keep_the_others_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = f"if [ ! -e {tmp_path}/begun ]; then echo > {tmp_path}/begun; sleep 60; fi"
    show_lines(tmp_path, monkeypatch, [SURE], before=once)
    monkeypatch.setattr(recognising, "SECONDS_A_PAGE", 2.0)
    letter = draw_pages(LETTER, 72)[0]
    stored = read(bind([letter] * 2, 72))
    assert SURE[0] in stored.text
    assert "Page 1 was not read: what words its picture holds cannot be told for sure." in stored.doubts


@cases("size", [(14_400, 14_400), (14_400, 3), (595, 842)], ids=["huge", "a thread", "A4"])
def test_a_page_is_drawn_within_bounds(size: tuple[float, float]) -> None:
    paper = FPDF(unit="pt", format=size)
    paper.add_page()
    with SecondParser(bytes(paper.output())) as second:
        drawn = second.picture(0, 0, 300)
    assert drawn is not None
    assert drawn.size <= 21_000_000
    assert max(drawn.shape) <= 30_001


@pytest.mark.usefixtures("nowhere")
def test_text_printed_upon_a_ground_that_is_a_picture_stays_as_it_is() -> None:
    sheets = Sheets()
    sheets.add_page()
    sheets.image(Image.linear_gradient("L").point(lambda grey: 200 + grey // 5), x=0, y=0, w=595, h=842)
    write_letter(sheets)
    stored = read(bytes(sheets.output()))
    assert (words_of(stored), stored.doubts) == ([FIRST, SECOND], ())


@pytest.mark.usefixtures("nowhere")
def test_words_hidden_beside_printed_ones_are_not_read() -> None:
    sheets = Sheets()
    sheets.add_page()
    sheets.image(Image.effect_noise((595, 842), 60), x=0, y=0, w=595, h=842)
    write_letter(sheets)
    with sheets.local_context(text_mode=3):
        sheets.put(70, 300, ["This recommendation is not accepted."])
    assert words_of(read(bytes(sheets.output()))) == [FIRST, SECOND]
