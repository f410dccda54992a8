"""The text layer of a PDF becomes blocks and pages."""

from collections.abc import Callable

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission

from askpcc.errors import BadDocument
from askpcc.model import StoredText, page_of
from askpcc.readers.pdf import read_pdf
from support.cases import cases

H, P, B, R = "heading", "paragraph", "bullet", "row"
SENTENCE = "The Commissioner will keep watching how Borsetshire Police acts on this. "


class Paper(FPDF):
    """A paper with page numbers and, if it is to have one, a running head."""

    head = ""

    def header(self) -> None:
        """Write what stands on top of each page."""
        self.set_font("helvetica", size=9)
        self.cell(0, 10, self.head, align="C")
        self.ln(15)

    def footer(self) -> None:
        """Write the number of the page."""
        self.set_y(-15)
        self.cell(0, 10, f"Page {self.page_no()} of {{nb}}", align="C")

    def write_lines(self, words: str, size: float = 11, style: str = "", gap: float = 4) -> None:
        """Write a paragraph."""
        self.set_font("helvetica", style, size)
        self.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(gap)


def read(write: Callable[[Paper], object], title: str = "") -> StoredText:
    paper = Paper()
    paper.set_title(title)
    paper.add_page()
    write(paper)
    return read_pdf("a.pdf", bytes(paper.output()))


def outline(stored: StoredText) -> list[tuple[str, int, str]]:
    return [(str(block.kind), block.level, block.span.of(stored.text)) for block in stored.blocks]


def test_large_letters_head_and_gaps_part_paragraphs() -> None:
    def write(paper: Paper) -> None:
        paper.write_lines("Response to a report", size=20, style="B")
        paper.write_lines("Summary", size=14)
        paper.write_lines(SENTENCE * 4)
        paper.write_lines("A short paragraph.")
        paper.write_lines("Recommendation 1", style="B")

    stored = read(write)
    assert [(kind, level) for kind, level, _ in outline(stored)] == [(H, 1), (H, 2), (P, 0), (P, 0), (H, 7)]
    assert " ".join(outline(stored)[2][2].split()) == (SENTENCE * 4).strip()
    assert "\n" in outline(stored)[2][2]


def test_bullets_hold_their_own_lines() -> None:
    def write(paper: Paper) -> None:
        paper.write_lines("We have:", gap=0)
        for words in (SENTENCE * 2, "trained staff."):
            paper.cell(6, 6, "-")
            paper.write_lines(words, gap=0)
        paper.ln(6)
        paper.write_lines("And that is all.")

    kinds = [(kind, level, " ".join(words.split())) for kind, level, words in outline(read(write))]
    assert kinds == [
        (P, 0, "We have:"),
        (B, 1, (SENTENCE * 2).strip()),
        (B, 1, "trained staff."),
        (P, 0, "And that is all."),
    ]


def test_a_wrapped_line_that_begins_with_a_dash_is_no_bullet() -> None:
    stored = read(
        lambda paper: paper.write_lines("The force has agreed to train its staff\n- all of them - by May.")
    )
    assert outline(stored) == [(P, 0, "The force has agreed to train its staff\n- all of them - by May.")]


def test_a_ruled_table_gives_rows_and_its_words_once() -> None:
    def write(paper: Paper) -> None:
        paper.write_lines("Before.")
        with paper.table() as table:
            for cells in (("Title of Inspection", "Child protection"), ("Local", "Yes"), ("Sent", "")):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        paper.ln(6)
        paper.write_lines("After.")

    assert outline(read(write)) == [
        (P, 0, "Before."),
        (R, 0, "Title of Inspection\tChild protection"),
        (R, 0, "Local\tYes"),
        (R, 0, "Sent"),
        (P, 0, "After."),
    ]


def test_columns_without_rules_are_cells() -> None:
    def write(paper: Paper) -> None:
        for label, value in (("Type of inspection", "National"), ("Borsetshire quoted", "Yes")):
            paper.cell(80, 6, label)
            paper.cell(40, 6, value, new_x="LMARGIN", new_y="NEXT")

    assert outline(read(write)) == [(R, 0, "Type of inspection\tNational"), (R, 0, "Borsetshire quoted\tYes")]


def test_running_lines_and_page_numbers_are_dropped_and_pages_kept() -> None:
    def write(paper: Paper) -> None:
        paper.head = "Office of the Commissioner"
        paper.add_page()
        paper.write_lines("First page, where Midsomer is named.")
        paper.add_page()
        paper.add_page()
        paper.write_lines("Third page, which says something else.")

    stored = read(write)
    assert [words for *_, words in outline(stored)] == [
        "First page, where Midsomer is named.",
        "Third page, which says something else.",
    ]
    assert [page_of(stored.page_starts, block.span.start) for block in stored.blocks] == [2, 4]
    assert len(stored.page_starts) == 4


def test_a_status_below_the_heading_of_each_page_is_kept() -> None:
    def write(paper: Paper) -> None:
        paper.head = "Office of the Commissioner"
        for matter in ("Training of sergeants", "Custody records", "Visits to cells"):
            paper.add_page()
            paper.set_y(15)
            paper.write_lines(matter, size=13, gap=0)
            paper.write_lines("Status: Complete", gap=30)
            paper.write_lines(f"What was asked for is done, in the matter of {matter.lower()}.")

    words = [words for *_, words in outline(read(write))]
    assert words.count("Status: Complete") == 3
    assert "Office of the Commissioner" not in words


def test_a_head_that_names_the_chapter_and_the_page_is_dropped() -> None:
    def write(paper: Paper) -> None:
        for chapter, words in (
            ("Summary", "We agree."),
            ("Training", "All are trained."),
            ("Custody", "None."),
        ):
            paper.add_page()
            paper.cell(150, 6, chapter)
            paper.cell(10, 6, str(paper.page_no()), new_x="LMARGIN", new_y="NEXT")
            paper.ln(20)
            paper.write_lines(words)

    assert [words for *_, words in outline(read(write))] == ["We agree.", "All are trained.", "None."]


def test_a_raised_ending_stays_with_its_number() -> None:
    def write(paper: Paper) -> None:
        paper.set_font("helvetica", size=11)
        paper.write(6, "Published on 11")
        paper.char_vpos = "SUP"
        paper.write(6, "th")
        paper.char_vpos = "LINE"
        paper.write(6, " May 2022.")

    assert [words for *_, words in outline(read(write))] == ["Published on 11th May 2022."]


@cases(
    ("title", "kept"),
    [
        ("Response to a custody report", "Response to a custody report"),
        ("Microsoft Word - final v2.doc", None),
        ("response to report.pdf", None),
        ("Untitled document", None),
        ("letter", None),
        ("", None),
    ],
)
def test_a_title_is_kept_where_it_is_one(title: str, kept: str | None) -> None:
    assert read(lambda paper: paper.write_lines("Some words."), title=title).title == kept


def test_a_locked_file_is_refused() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_encryption(owner_password="owner", user_password="user", permissions=AccessPermission.none())  # noqa: S106 - locks the test's own file
    with pytest.raises(BadDocument, match="locked with a password"):
        read_pdf("a.pdf", bytes(paper.output()))


def test_a_file_locked_against_changes_only_is_read() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=11)
    paper.cell(0, 6, "Readable words.")
    paper.set_encryption(owner_password="owner", permissions=AccessPermission.none())  # noqa: S106 - locks the test's own file
    assert outline(read_pdf("a.pdf", bytes(paper.output()))) == [(P, 0, "Readable words.")]
