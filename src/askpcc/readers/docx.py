"""Word documents, as text and blocks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import takewhile

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.decoding import refuse_inflated_archive
from askpcc.readers.docx_numbering import (
    Label,
    ListPlace,
    Numbering,
    read_numbering,
    value_of,
)
from askpcc.readers.docx_words import (
    FALLBACK,
    is_hidden,
    is_on,
    is_prompt,
    read_words,
)
from askpcc.readers.packages import refuse_declarations, refuse_ole_file
from askpcc.readers.text_blocks import (
    Piece,
    break_lines,
    clean_title,
    compose,
    divide,
    label_first,
    make_row,
    skip_glyph,
)

# Styles refer to one another; a longer chain is a ring.
_MAX_CHAIN = 20
_MAX_RANK = 6

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLES = ("title", "heading", "subtitle")
# What only wraps other parts of the body: form fields, tracked insertions, tags.
_WRAPPERS = frozenset(
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_BOX = qn("w:txbxContent")
_NOTES = ("footnotes", "endnotes")
_NUMBERING = "/numbering"
_NO_LIST = "0"
# What Word's tables have at most.
_MAX_COLUMNS = 63
_SAVE_REMEDY = "Save it anew as .docx and put the result in its place."


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is shown.  heading: its rank, 0 for none.

    listed: its style is one of lists.  place: in which list it is counted, None for none.
    contents: it belongs to a table of contents, which repeats the headings.
    """

    heading: int = 0
    listed: bool = False
    place: ListPlace | None = None
    quoted: bool = False
    bold: bool = False
    contents: bool = False


class Styles:
    """The styles of one document, looked up by the id that paragraphs name."""

    def __init__(self, root: Element) -> None:
        self.by_id: Mapping[str, Element] = {
            style.get(qn("w:styleId"), ""): style for style in root.iterchildren(qn("w:style"))
        }

    def look_of(self, paragraph: Element) -> Look:
        """Return how a paragraph is shown: by its own properties, else by its styles."""
        own = paragraph.find(qn("w:pPr"))
        chain = list(self._chain(own))
        names = [_name_of(style) for style in chain]
        quoted = any("quote" in name for name in names)
        bold = next((is_on(style.find(qn("w:rPr")), "w:b") for style in chain if _says_bold(style)), False)
        return Look(
            heading=next((level for level in map(_heading_level, names) if level), 0) or _outline(own),
            listed=any(name.startswith("list") for name in names),
            place=_find_place(own, chain),
            quoted=quoted,
            # Word's own style for quotes is bold, which makes no heading of them.
            bold=bold and not quoted,
            contents=any(name.startswith("toc") for name in names),
        )

    def _chain(self, properties: Element | None) -> Iterator[Element]:
        style = self.by_id.get(value_of(properties, "w:pStyle") or "")
        for _ in range(_MAX_CHAIN):
            if style is None:
                return
            yield style
            style = self.by_id.get(value_of(style, "w:basedOn") or "")


def _name_of(style: Element) -> str:
    return (value_of(style, "w:name") or "").lower()


def _says_bold(style: Element) -> bool:
    properties = style.find(qn("w:rPr"))
    return properties is not None and properties.find(qn("w:b")) is not None


def _heading_level(name: str) -> int:
    numbered = _HEADING.fullmatch(name)
    if numbered:
        return min(max(int(numbered.group(1)), 1), _MAX_RANK)
    return _TITLES.index(name) // 2 + 1 if name in _TITLES else 0


def _outline(properties: Element | None) -> int:
    """Return the rank in the document's outline, which may be set without a style."""
    level = value_of(properties, "w:outlineLvl") or ""
    return int(level) + 1 if level.isdecimal() and int(level) < _MAX_RANK else 0


def _find_place(properties: Element | None, chain: list[Element]) -> ListPlace | None:
    """Return the place by the nearest numbering, which may be _NO_LIST: out of the style's list."""
    styles = tuple(style.get(qn("w:styleId"), "") for style in chain)
    level: int | None = None
    for holder in (properties, *(style.find(qn("w:pPr")) for style in chain)):
        numbering = holder.find(qn("w:numPr")) if holder is not None else None
        if numbering is None:
            continue
        written = value_of(numbering, "w:ilvl") or ""
        if level is None and written.isdecimal():
            level = int(written) % 9
        number = value_of(numbering, "w:numId")
        if number is not None:
            # A style's level is the one that the list ties to it, if any.
            own = holder is properties
            return ListPlace(number, level or 0 if own else level, styles)
    return None


def read_docx(path: str, data: bytes) -> StoredText:
    """Read a Word document: its blocks, and a title where its properties hold a real one.

    Tracked insertions are read and deletions are not.  Numbers that Word counts itself are counted.
    Raises BadDocument for a damaged or locked file, an old .doc, a bomb, or declarations of entities.
    """
    refuse_ole_file(path, data, "It is an old Word document under a new name.", _SAVE_REMEDY)
    refuse_inflated_archive(path, data)
    try:
        refuse_declarations(path, data, _SAVE_REMEDY)
        pieces, title, doubts = _read_package(data)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged package raises whatever its parser stumbles over, KeyError to zlib.error.
        raise BadDocument(path, "It is damaged and cannot be read as a Word document.", _SAVE_REMEDY) from exc
    stored = compose([pieces])
    return StoredText(stored.text, stored.blocks, title=title, doubts=doubts)


def _read_package(data: bytes) -> tuple[list[Piece], str | None, tuple[str, ...]]:
    import docx

    document = docx.Document(BytesIO(data))
    parts = [part for part in document.part.rels.values() if not part.is_external]
    counted = next((part for part in parts if part.reltype.endswith(_NUMBERING)), None)
    root = parse_xml(counted.target_part.blob) if counted else None
    styles = Styles(document.styles.element)
    numbering = read_numbering(root, styles.by_id)
    reader = _Reader(styles, numbering)
    pieces = list(reader.read(document.element.body))
    for part in parts:
        if part.reltype.endswith(_NOTES):
            pieces.extend(reader.read_notes(parse_xml(part.target_part.blob)))
    doubts = _find_doubts(document.element.body, numbering)
    return pieces, clean_title(document.core_properties.title), tuple(doubts)


def _find_doubts(body: Element, numbering: Numbering) -> Iterator[str]:
    if numbering.unknown:
        yield "Some numbers of its lists are counted in a way that is not read, and were left out."
    hidden = (run for run in body.iter(qn("w:r")) if is_hidden(run))
    if any(any(map(str.isalnum, words.text or "")) for run in hidden for words in run.iter(qn("w:t"))):
        yield "Some text of the document is hidden and was left out."
    if any(_reaches_over_all(row) for table in body.iter(qn("w:tbl")) for row in list(_rows(table))[1:]):
        yield "A table has rows that reach over all its columns; to which row above they belong is not read."


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _unwrap(table) if row.tag == qn("w:tr"))


def _reaches_over_all(row: Element) -> bool:
    """Tell whether a row of a table of several columns is one cell of prose."""
    cells = list(_cells(row))
    if len(cells) != 1 or _count(cells[0].find(qn("w:tcPr")), "w:gridSpan") < _FEWEST_COLUMNS:
        return False
    written = " ".join(words.text or "" for words in cells[0].iter(qn("w:t")))
    return len(written.split()) >= _FEWEST_WORDS


_FEWEST_COLUMNS = 3
_FEWEST_WORDS = 8
"""A title of a part of a table ("Custody") is shorter; it belongs to the rows below it."""


class _Reader:
    """Reads parts of one document's body; recursion ends where the XML parser refuses deeper nesting."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def read(self, parent: Element, *, cell: bool = False) -> Iterator[Piece]:
        """Yield the blocks of a body, a cell or a text box, in order."""
        for node in _unwrap(parent):
            if node.tag == qn("w:p"):
                yield from self._read_paragraph(node, cell=cell)
                for box in _text_boxes(node):
                    yield from self.read(box)
            elif node.tag == qn("w:tbl"):
                for row in _unwrap(node):
                    if row.tag == qn("w:tr") and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                        yield from make_row(list(self._read_row(row)))

    def read_notes(self, root: Element) -> Iterator[Piece]:
        """Yield the footnotes that somebody wrote; the rules between them are notes too."""
        for note in root:
            if note.get(qn("w:type")) in (None, "normal"):
                yield from self.read(note)

    def _read_row(self, row: Element) -> Iterator[list[Piece] | None]:
        """Yield what each cell holds; None for a column that a cell to its left reaches over."""
        yield from [None] * _count(row.find(qn("w:trPr")), "w:gridBefore")
        for cell in _cells(row):
            properties = cell.find(qn("w:tcPr"))
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            continued = merge is not None and merge.get(qn("w:val")) != "restart"
            yield [] if continued else list(self.read(cell, cell=True))
            yield from [None] * (_count(properties, "w:gridSpan") - 1)

    def _read_paragraph(self, paragraph: Element, *, cell: bool) -> Iterator[Piece]:
        look = self._styles.look_of(paragraph)
        if look.contents:
            return
        parts = list(break_lines(read_words(paragraph, bold=look.bold)))
        label = self._count(paragraph, look, empty=not parts)
        if label and not parts and (label.worded or cell):
            # A list may number the rows of a table, or name what stands below, without a word of its own.
            parts, label = [[(label.text, False)]] if label.text else [], Label(0, shown=False)
        for lines in parts:
            yield from _make_pieces(lines, look, label)
            label = replace(label, text="", worded=False) if label and label.text else label

    def _count(self, paragraph: Element, look: Look, *, empty: bool) -> Label | None:
        """Return what Word shows before a paragraph; one that is taken out or hidden is not counted."""
        if look.place is None or look.place.number == _NO_LIST:
            return None
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        gone = mark is not None and any(
            mark.find(qn(f"w:{name}")) is not None for name in ("del", "moveFrom")
        )
        if empty and (gone or is_on(mark, "w:vanish")):
            return None
        return self._numbering.count(look.place)


def _count(properties: Element | None, name: str) -> int:
    """Return how many columns an element tells of; 0 where it tells of none."""
    written = value_of(properties, name) or ""
    return min(int(written), _MAX_COLUMNS) if written.isascii() and written.isdecimal() else 0


def _make_pieces(lines: Sequence[tuple[str, bool]], look: Look, label: Label | None) -> Iterator[Piece]:
    text = "\n".join(words for words, _ in lines)
    listed = label.shown if label else look.listed and look.place is None
    counted = label.text if label else ""
    if label and label.worded:
        text, counted, listed = f"{label.text} {text}", "", False
    if look.heading:
        words = " ".join(text.split())
        yield Piece(BlockKind.HEADING, words, look.heading, look.quoted, counted)
    elif listed:
        words = text if counted else text[skip_glyph(text) :]
        yield Piece(BlockKind.BULLET, words, label.level + 1 if label else 1, look.quoted, counted)
    else:
        yield from label_first(divide(text, [bold for _, bold in lines], quoted=look.quoted), counted)


def _unwrap(parent: Element) -> Iterator[Element]:
    """Yield the children, and those of wrappers in their stead."""
    for node in parent:
        if node.tag in _WRAPPERS and not is_prompt(node):
            yield from _unwrap(node)
        elif node.tag not in _WRAPPERS:
            yield node


def _cells(row: Element) -> Iterator[Element]:
    return (node for node in _unwrap(row) if node.tag == qn("w:tc"))


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes anchored in a paragraph, each once: files hold them in two versions."""
    boxes: dict[Element, list[str]] = {
        box: [node.tag for node in takewhile(lambda node: node is not paragraph, box.iterancestors())]
        for box in paragraph.iter(_BOX)
    }
    outer = [box for box, around in boxes.items() if _BOX not in around]
    newer = [box for box in outer if FALLBACK not in boxes[box]]
    yield from newer or outer
