"""A presentation becomes its slides, each a section and a page."""

from io import BytesIO
from typing import Any

import pptx
from lxml import etree
from pptx.util import Inches

from askpcc.model import StoredText, page_of
from askpcc.readers import read_stored_text
from support.outlines import outline

H, P, B, R = "heading", "paragraph", "bullet", "row"


def read(presentation: Any) -> StoredText:  # noqa: ANN401 - a class of python-pptx
    file = BytesIO()
    presentation.save(file)
    return read_stored_text("a.pptx", file.getvalue())


def add_slide(presentation: Any, title: str, *lines: str) -> Any:  # noqa: ANN401 - classes of python-pptx
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text_frame.text = "\n".join(lines)
    return slide


def test_slides_are_sections_and_pages_with_their_notes_below() -> None:
    presentation = pptx.Presentation()
    first = add_slide(presentation, "Custody", "It is accepted.", "Checks began.")
    first.placeholders[1].text_frame.paragraphs[1].level = 1
    first.notes_slide.notes_text_frame.text = "Say who leads."
    add_slide(presentation, "", "No title.")
    stored = read(presentation)
    assert outline(stored) == [
        (H, 2, "Custody"),
        (P, 0, "It is accepted."),
        (B, 2, "Checks began."),
        (P, 0, "Say who leads."),
        (H, 2, "Slide 2"),
        (P, 0, "No title."),
    ]
    assert [page_of(stored.page_starts, block.span.start) for block in stored.blocks] == [1, 1, 1, 1, 2, 2]


def test_tables_are_rows_and_groups_are_read() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(2, 3, Inches(1), Inches(1), Inches(6), Inches(1)).table
    for place, words in enumerate(("No", "Matter", "Status", "", "Check cells", "Complete")):
        table.cell(place // 3, place % 3).text = words
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(3), Inches(2), Inches(1))
    box.text_frame.text = "In a group."
    stored = read(presentation)
    assert stored.text == "## Slide 1\n\nNo\tMatter\tStatus\n\tCheck cells\tComplete\n\nIn a group.\n"


def test_numbers_that_are_counted_stand_before_their_blocks() -> None:
    presentation = pptx.Presentation()
    frame = add_slide(presentation, "Plan", "one", "two", "part").placeholders[1].text_frame
    frame.paragraphs[2].level = 1
    for paragraph, kind in zip(
        frame.paragraphs, ("arabicPeriod", "arabicPeriod", "alphaLcParenBoth"), strict=True
    ):
        number = etree.SubElement(
            paragraph._p.get_or_add_pPr(), "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum"
        )
        number.set("type", kind)
    assert read(presentation).text == "## Plan\n\n1. one\n2. two\n  (a) part\n"


def test_hidden_slides_are_left_out_and_named() -> None:
    presentation = pptx.Presentation()
    add_slide(presentation, "Custody", "Shown.")
    add_slide(presentation, "Draft", "Unseen.").element.set("show", "0")
    stored = read(presentation)
    assert "Unseen" not in stored.text
    assert stored.doubts == ("Slide 2 is hidden and was left out.",)
