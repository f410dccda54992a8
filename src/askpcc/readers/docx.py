"""Word documents, as text and blocks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.decoding import refuse_inflated_archive
from askpcc.readers.packages import refuse_declarations, refuse_ole_file
from askpcc.readers.text_blocks import (
    Piece,
    break_lines,
    clean_title,
    compose,
    divide,
    make_row,
    skip_glyph,
)

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Of two ways to show one thing the older is read, which every program writes: a picture or a letter.
_FALLBACK = f"{_COMPATIBILITY}Fallback"
_CHOICE = f"{_COMPATIBILITY}Choice"

# Deleted or moved away by a tracked change; formulas of fields; drawings, whose text boxes are read apart.
_SKIPPED = frozenset(
    qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText")
) | {qn("w:drawing"), qn("w:pict"), qn("w:object"), _CHOICE}
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF = ("0", "false", "off", "none")
# Ticks and crosses of the fonts Wingdings and Wingdings 2.
_SYMBOLS = {
    "F0FE": "\u2612",
    "F0FD": "\u2612",
    "F052": "\u2612",
    "F054": "\u2612",
    "F053": "\u2612",
    "F0A8": "\u2610",
    "F06F": "\u2610",
    "F0A3": "\u2610",
    "F02A": "\u2610",
    "F0FC": "\u2713",
    "F050": "\u2713",
    "F0FB": "\u2717",
    "F04F": "\u2717",
}
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
_SAVE_REMEDY = "Save it anew as .docx and put the result in its place."


def read_words(paragraph: Element, *, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield stretches of words, and whether each is bold, in reading order.

    bold: what the paragraph's style says.  A tab stays one, and a line break is a line feed.
    """
    waiting = [(child, bold) for child in reversed(paragraph)]
    while waiting:
        node, strong = waiting.pop()
        if node.tag in _SKIPPED or not isinstance(node.tag, str) or _is_prompt(node):
            continue
        if node.tag == qn("w:r"):
            if _is_on(node, "w:vanish"):
                continue
            strong = _is_on(node, "w:b", default=strong)
        yield _read_sign(node), strong
        waiting.extend((child, strong) for child in reversed(node))


def _is_prompt(node: Element) -> bool:
    """Tell whether a node is a form field that nobody filled in, which shows what to type."""
    return node.tag == qn("w:sdt") and node.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _read_sign(node: Element) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag == qn("w:br"):
        return "" if node.get(qn("w:type")) == "page" else "\n"
    if node.tag == qn("w:sym"):
        return _SYMBOLS.get((node.get(qn("w:char")) or "").upper(), "")
    if node.tag == qn("w:checkBox"):
        return _read_box(node)
    return _SIGNS.get(node.tag, "")


def _read_box(box: Element) -> str:
    """Return the sign of a tick box of an old form, whose state is not among its words."""
    state = box.find(qn("w:checked"))
    state = box.find(qn("w:default")) if state is None else state
    ticked = state is not None and state.get(qn("w:val"), "1") not in _OFF
    return "\u2612 " if ticked else "\u2610 "


def is_on(properties: Element | None, name: str, *, default: bool = False) -> bool:
    """Tell whether an element of switches, such as rPr, turns one on; default where it says nothing."""
    switch = properties.find(qn(name)) if properties is not None else None
    return default if switch is None else switch.get(qn("w:val"), "1") not in _OFF


def _is_on(run: Element, name: str, *, default: bool = False) -> bool:
    return is_on(run.find(qn("w:rPr")), name, default=default)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is shown.  heading: its rank, 0 for none; depth: of a list, from 1, 0 for none.

    contents: it belongs to a table of contents, which repeats the headings.
    """

    heading: int = 0
    depth: int = 0
    quoted: bool = False
    bold: bool = False
    contents: bool = False


class Styles:
    """The styles of one document, looked up by the id that paragraphs name."""

    def __init__(self, root: Element) -> None:
        self._styles: Mapping[str, Element] = {
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
            depth=_list_depth(own, chain),
            quoted=quoted,
            # Word's own style for quotes is bold, which makes no heading of them.
            bold=bold and not quoted,
            contents=any(name.startswith("toc") for name in names),
        )

    def _chain(self, properties: Element | None) -> Iterator[Element]:
        style = self._styles.get(_value(properties, "w:pStyle") or "")
        for _ in range(_MAX_CHAIN):
            if style is None:
                return
            yield style
            style = self._styles.get(_value(style, "w:basedOn") or "")


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(qn(name)) if parent is not None else None
    return child.get(qn("w:val")) if child is not None else None


def _name_of(style: Element) -> str:
    return (_value(style, "w:name") or "").lower()


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
    level = _value(properties, "w:outlineLvl") or ""
    return int(level) + 1 if level.isdecimal() and int(level) < _MAX_RANK else 0


def _list_depth(properties: Element | None, chain: list[Element]) -> int:
    """Return the depth by the nearest numbering; number 0 takes a paragraph out of its style's list."""
    for holder in (properties, *(style.find(qn("w:pPr")) for style in chain)):
        numbering = holder.find(qn("w:numPr")) if holder is not None else None
        if numbering is not None:
            level = _value(numbering, "w:ilvl") or "0"
            return (
                0 if _value(numbering, "w:numId") == "0" else int(level) % 9 + 1 if level.isdecimal() else 1
            )
    return 1 if any(_name_of(style).startswith("list") for style in chain) else 0


def read_docx(path: str, data: bytes) -> StoredText:
    """Read a Word document: its blocks, and a title where its properties hold a real one.

    Tracked insertions are read and deletions are not.  Numbers that Word counts itself are not in the
    file and so not in the text.  Raises BadDocument for a damaged or locked file, an old .doc, a bomb,
    or declarations of entities.
    """
    refuse_ole_file(path, data, "It is an old Word document under a new name.", _SAVE_REMEDY)
    refuse_inflated_archive(path, data)
    try:
        refuse_declarations(path, data, _SAVE_REMEDY)
        pieces, title = _read_package(data)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged package raises whatever its parser stumbles over, KeyError to zlib.error.
        raise BadDocument(path, "It is damaged and cannot be read as a Word document.", _SAVE_REMEDY) from exc
    stored = compose([pieces])
    return StoredText(stored.text, stored.blocks, title=title)


def _read_package(data: bytes) -> tuple[list[Piece], str | None]:
    import docx

    document = docx.Document(BytesIO(data))
    reader = _Reader(Styles(document.styles.element))
    pieces = list(reader.read(document.element.body))
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            pieces.extend(reader.read_notes(parse_xml(relation.target_part.blob)))
    return pieces, clean_title(document.core_properties.title)


class _Reader:
    """Reads parts of one document's body; recursion ends where the XML parser refuses deeper nesting."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def read(self, parent: Element) -> Iterator[Piece]:
        """Yield the blocks of a body, a cell or a text box, in order."""
        for node in _unwrap(parent):
            if node.tag == qn("w:p"):
                yield from self._read_paragraph(node)
                for box in _text_boxes(node):
                    yield from self.read(box)
            elif node.tag == qn("w:tbl"):
                for row in _unwrap(node):
                    if row.tag == qn("w:tr") and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                        yield from make_row([self._read_cell(cell) for cell in _cells(row)])

    def read_notes(self, root: Element) -> Iterator[Piece]:
        """Yield the footnotes that somebody wrote; the rules between them are notes too."""
        for note in root:
            if note.get(qn("w:type")) in (None, "normal"):
                yield from self.read(note)

    def _read_cell(self, cell: Element) -> list[Piece]:
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continued = merge is not None and merge.get(qn("w:val")) != "restart"
        return [] if continued else list(self.read(cell))

    def _read_paragraph(self, paragraph: Element) -> Iterator[Piece]:
        look = self._styles.look_of(paragraph)
        if not look.contents:
            for lines in break_lines(read_words(paragraph, bold=look.bold)):
                yield from _make_pieces(lines, look)


def _make_pieces(lines: Sequence[tuple[str, bool]], look: Look) -> Iterator[Piece]:
    text = "\n".join(words for words, _ in lines)
    if look.heading:
        yield Piece(BlockKind.HEADING, " ".join(text.split()), look.heading, look.quoted)
    elif look.depth:
        yield Piece(BlockKind.BULLET, text[skip_glyph(text) :], look.depth, look.quoted)
    else:
        yield from divide(text, [bold for _, bold in lines], quoted=look.quoted)


def _unwrap(parent: Element) -> Iterator[Element]:
    """Yield the children, and those of wrappers in their stead."""
    for node in parent:
        if node.tag in _WRAPPERS and not _is_prompt(node):
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
    newer = [box for box in outer if _FALLBACK not in boxes[box]]
    yield from newer or outer
