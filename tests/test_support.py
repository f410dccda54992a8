"""What tests make for themselves is what they take it for."""

from itertools import islice
from pathlib import Path

import pdfplumber
from docx import Document as DocxDocument

from support.cases import cases
from support.generated import LAYOUTS, LONGEST, SHORTEST, generate_documents
from support.make_documents import BORSETSHIRE_CUSTODY, LOAMSHIRE_HATE_CRIME, make_docx, make_pdf


def test_the_same_seed_gives_the_same_documents() -> None:
    assert list(generate_documents(30, seed=3)) == list(generate_documents(30, seed=3))


def test_another_seed_gives_other_documents() -> None:
    assert not set(generate_documents(30, seed=3)) & set(generate_documents(30, seed=4))


def test_more_documents_begin_with_the_same_ones() -> None:
    assert list(islice(generate_documents(60), 20)) == list(generate_documents(20))


def test_names_and_texts_differ() -> None:
    names, texts = zip(*generate_documents(300), strict=True)
    assert (len(set(names)), len(set(texts))) == (300, 300)


def test_lengths_are_those_of_real_responses() -> None:
    assert [name for name, text in generate_documents(300) if not SHORTEST <= len(text) <= LONGEST] == []


@cases("mark", ["<b>Title", "Dear Home Secretary", "2.1 **Rec", "responds\n", "| Date |", "| Ref |"])
def test_each_layout_takes_its_turn(mark: str) -> None:
    assert [mark in text for _, text in generate_documents(len(LAYOUTS))].count(True) == 1


def test_a_pdf_has_a_page_for_each_section(tmp_path: Path) -> None:
    with pdfplumber.open(make_pdf(tmp_path / "response.pdf")) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert [heading in page for page, (heading, _) in zip(pages, BORSETSHIRE_CUSTODY.sections, strict=True)]
    assert "A screen in each suite now shows when the next review is due." in pages[1]


def test_a_docx_has_its_table_and_its_paragraphs(tmp_path: Path) -> None:
    document = DocxDocument(str(make_docx(tmp_path / "response.docx")))
    cells = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    assert tuple(cells) == LOAMSHIRE_HATE_CRIME.details
    assert LOAMSHIRE_HATE_CRIME.signature in [paragraph.text for paragraph in document.paragraphs]
