"""Word documents: the body in its order, with tables, form fields, text boxes and footnotes."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from zipfile import ZipFile

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.reading.composing import Piece, break_lines, compose, divide
from askpcc.reading.inflation import PARSED_SUFFIXES, refuse_inflated_archive
from askpcc.reading.paragraphs import skip_glyph
from askpcc.reading.properties import clean_title
from askpcc.reading.tables import make_row
from askpcc.reading.word_styles import Look, Styles
from askpcc.reading.word_text import FALLBACK, is_prompt, read_words

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
# What only wraps other parts of the body: form fields, tracked insertions, tags.
_WRAPPERS = frozenset(
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_BOX = qn("w:txbxContent")
_NOTES = ("footnotes", "endnotes")
_SAVE_REMEDY = "Save it anew as .docx and put the result in its place."


def read_docx(path: str, data: bytes) -> StoredText:
    """Read a Word document: its blocks, and a title where its properties hold a real one.

    Tracked insertions are read and deletions are not.  Numbers that Word counts itself are not in the
    file and so not in the text.  Raises BadDocument for a damaged or locked file, an old .doc, a bomb,
    or declarations of entities.
    """
    _refuse_old_container(path, data)
    refuse_inflated_archive(path, data)
    try:
        _refuse_declarations(path, data)
        pieces, title = _read_package(data)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged package raises whatever its parser stumbles over, KeyError to zlib.error.
        raise BadDocument(path, "It is damaged and cannot be read as a Word document.", _SAVE_REMEDY) from exc
    stored = compose([pieces])
    return StoredText(stored.text, stored.blocks, title=title)


def _refuse_old_container(path: str, data: bytes) -> None:
    if data.startswith(_OLE_SIGNATURE):
        if _LOCKED_MARK in data:
            raise BadDocument(path, "It is locked with a password.", "Save it without one, in its place.")
        raise BadDocument(path, "It is an old Word document under a new name.", _SAVE_REMEDY)


def _refuse_declarations(path: str, data: bytes) -> None:
    """Refuse entities: Word writes none, and the ones in a file would read other files or grow."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.lower().endswith(PARSED_SUFFIXES):
                content = archive.read(name)
                if any(mark in content for mark in _DECLARATIONS):
                    raise BadDocument(path, f"Its part {name} declares entities.", _SAVE_REMEDY)


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
