"""PowerPoint presentations: each slide a section and a page, its notes below it."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.packages import refuse_unsafe_package
from askpcc.readers.text_blocks import Piece, break_lines, clean_title, compose, divide, make_row, skip_glyph

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table
    from pptx.text.text import TextFrame, _Paragraph

_KIND = "a PowerPoint presentation"
_REMEDY = "Save it anew as .pptx, or as PDF, and put the result in its place."
_RANK = 2
"""Of a slide's title as a heading: the presentation itself is above it."""
_MOST_SLIDES = 1_000
_FURNITURE = frozenset({13, 15, 16})
"""Placeholders for the number, foot and date of a slide (PpPlaceholderType, as python-pptx counts)."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_pptx(path: str, data: bytes) -> StoredText:
    """Read a presentation: its slides as sections and pages, tables as rows, notes as text.

    Hidden slides are left out and named in the doubts.  A slide without a title is headed by its number.
    Raises BadDocument for a damaged or locked file, a bomb, or more slides than a response has.
    """
    refuse_unsafe_package(path, data, _KIND, _REMEDY)
    try:
        return _read_slides(path, data)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged package raises whatever its parser stumbles over, KeyError to zlib.error.
        raise BadDocument(path, f"It is damaged and cannot be read as {_KIND}.", _REMEDY) from exc


def _read_slides(path: str, data: bytes) -> StoredText:
    import pptx

    shown = pptx.Presentation(BytesIO(data))
    if len(shown.slides) > _MOST_SLIDES:
        reason = f"It holds {len(shown.slides)} slides, more than {_MOST_SLIDES}."
        raise BadDocument(path, reason, "Put the slides of the response alone in its place.")
    pages: list[list[Piece]] = []
    doubts: list[str] = []
    for number, slide in enumerate(shown.slides, start=1):
        hidden = slide.element.get("show") in ("0", "false")
        if hidden:
            doubts.append(f"Slide {number} is hidden and was left out.")
        pages.append([] if hidden else list(_read_slide(slide, number)))
    stored = compose(pages, paged=True)
    title = clean_title(shown.core_properties.title)
    return StoredText(stored.text, stored.blocks, stored.page_starts, title=title, doubts=tuple(doubts))


def _read_slide(slide: "Slide", number: int) -> Iterator[Piece]:
    title = slide.shapes.title
    words = " ".join(title.text_frame.text.split()) if title is not None else ""
    first = title.shape_id if title is not None and words else None
    body = list(_read_shapes(slide.shapes, first))
    notes: list[Piece] = []
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = list(_read_frame(slide.notes_slide.notes_text_frame))
    if words or body or notes:
        yield Piece(BlockKind.HEADING, words or f"Slide {number}", _RANK)
    yield from body
    yield from notes


def _read_shapes(shapes: "Iterable[BaseShape]", title: int | None) -> Iterator[Piece]:
    """Yield the blocks of shapes in the order in which they are read aloud.  title: the one read already."""
    for shape in shapes:
        if shape.shape_id == title or _is_unseen(shape):
            continue
        members = getattr(shape, "shapes", None)
        if members is not None:
            yield from _read_shapes(members, title)
        elif getattr(shape, "has_table", False):
            yield from _read_table(shape.table)  # type: ignore[attr-defined]  # of one that has a table
        elif shape.has_text_frame:
            yield from _read_frame(shape.text_frame)  # type: ignore[attr-defined]  # of one that has words


def _is_unseen(shape: "BaseShape") -> bool:
    properties = next(iter(shape.element.iter("{*}cNvPr")), None)
    hidden = properties is not None and properties.get("hidden") in ("1", "true")
    return hidden or (shape.is_placeholder and int(shape.placeholder_format.type or 0) in _FURNITURE)


def _read_table(table: "Table") -> Iterator[Piece]:
    for row in table.rows:
        cells = [[] if cell.is_spanned else list(_read_frame(cell.text_frame)) for cell in row.cells]
        while cells and not cells[-1]:
            cells.pop()
        yield from make_row(cells)


def _read_frame(frame: "TextFrame") -> Iterator[Piece]:
    counted: dict[tuple[int, str], int] = {}
    for paragraph in frame.paragraphs:
        label = _label_of(paragraph, counted)
        for lines in break_lines(_read_runs(paragraph)):
            text = "\n".join(words for words, _ in lines)
            if label or paragraph.level or _has_bullet(paragraph):
                yield Piece(BlockKind.BULLET, text[skip_glyph(text) :], paragraph.level + 1, label=label)
            else:
                yield from divide(text, [bold for _, bold in lines])
            label = ""


def _read_runs(paragraph: "_Paragraph") -> Iterator[tuple[str, bool]]:
    for node in paragraph._p:  # noqa: SLF001 -- python-pptx lists neither line breaks nor fields
        if node.tag == f"{_DRAWING}br":
            yield "\n", False
        elif node.tag in (f"{_DRAWING}r", f"{_DRAWING}fld"):
            properties = node.find(f"{_DRAWING}rPr")
            bold = properties is not None and properties.get("b") in ("1", "true")
            yield "".join(words.text or "" for words in node.iter(f"{_DRAWING}t")), bold


def _has_bullet(paragraph: "_Paragraph") -> bool:
    return next(paragraph._p.iter(f"{_DRAWING}buChar"), None) is not None  # noqa: SLF001 -- as above


def _label_of(paragraph: "_Paragraph", counted: dict[tuple[int, str], int]) -> str:
    """Return the number that PowerPoint counts before a paragraph; counted: how far each level is."""
    from askpcc.readers.numbering import write_number

    auto = next(paragraph._p.iter(f"{_DRAWING}buAutoNum"), None)  # noqa: SLF001 -- as above
    for key in [
        key for key in counted if key[0] > paragraph.level or (auto is None and key[0] == paragraph.level)
    ]:
        del counted[key]
    if auto is None or not paragraph.text.strip():
        return ""
    kind = auto.get("type", "arabicPeriod")
    key = paragraph.level, kind
    counted[key] = counted.get(key, int(auto.get("startAt", "1")) - 1) + 1
    forms = {"alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I"}
    form = next((form for name, form in forms.items() if kind.startswith(name)), "1")
    number = write_number(counted[key], form)
    if kind.endswith("ParenBoth"):
        return f"({number})"
    return f"{number})" if kind.endswith("ParenR") else f"{number}." if kind.endswith("Period") else number
