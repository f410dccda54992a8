"""OpenDocument texts, as LibreOffice writes them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from askpcc.errors import BadDocument
from askpcc.model import BlockKind, StoredText
from askpcc.readers.numbering import ListCount, NumberForm
from askpcc.readers.packages import make_xml_parser, refuse_unsafe_package
from askpcc.readers.text_blocks import (
    Piece,
    break_lines,
    clean_title,
    compose,
    divide,
    make_row,
    skip_glyph,
)

_KIND = "an OpenDocument text"
_REMEDY = "Save it anew as .odt or .docx and put the result in its place."
_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def _name(short: str) -> str:
    prefix, _, local = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


# Not on the page, or not part of the text: deleted words, comments, pictures, repeated headings.
_SKIPPED = frozenset(
    map(
        _name,
        (
            *(
                "text:tracked-changes",
                "office:annotation",
                "text:table-of-content",
                "text:alphabetical-index",
            ),
            *("text:note-citation", "text:hidden-text", "text:hidden-paragraph", "office:forms"),
            *("text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:ruby-text"),
            *("svg:title", "svg:desc", "office:binary-data"),
        ),
    )
)
_NOTE, _NOTE_BODY, _BOX = _name("text:note"), _name("text:note-body"), _name("draw:text-box")
_SIGNS = {_name("text:s"): " ", _name("text:tab"): "\t", _name("text:line-break"): "\n"}
_PARAGRAPHS = (_name("text:p"), _name("text:h"))
_ITEMS = (_name("text:list-item"), _name("text:list-header"))
_CELLS = (_name("table:table-cell"), _name("table:covered-table-cell"))
_GROUPS = frozenset(map(_name, ("table:table-header-rows", "table:table-rows", "table:table-row-group")))
_MOST_REPEATED = 64
"""Cells that one element may stand for: LibreOffice writes empty ones at a row's end as one, up to 16,384."""
_BOLD = 600
"""Weight from which letters are bold (CSS Fonts, "font-weight")."""
_MAX_RANK = 6
_MAX_CHAIN = 20
"""Styles refer to one another; a longer chain is a ring."""
_LEVELS = 10
"""Of a list, in the OpenDocument format."""
_TITLES = {"title": 1, "subtitle": 2}


@dataclass(frozen=True, slots=True)
class _Look:
    """How words are shown.  title: rank as a heading, 0 for none."""

    bold: bool = False
    hidden: bool = False
    title: int = 0
    quoted: bool = False


@dataclass(slots=True)
class _Styles:
    """The styles of one document by their names, and the forms of the numbers of its lists."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    lists: dict[str, list[NumberForm]] = field(default_factory=dict)
    outline: list[NumberForm] = field(default_factory=list)

    def add(self, root: etree._Element) -> None:
        """Take the styles of a part."""
        for style in root.iter(_name("style:style")):
            self.elements[style.get(_name("style:name"), "")] = style
        for style in root.iter(_name("text:list-style")):
            self.lists[style.get(_name("style:name"), "")] = _read_forms(style)
        for style in root.iter(_name("text:outline-style")):
            self.outline = _read_forms(style)

    def look_of(self, style: str) -> _Look:
        """Return how a style shows words, by itself, else by those that it is made from."""
        bold: bool | None = None
        look = _Look()
        for name in self._chain(style):
            # A style that every program knows by its name may be left out of the file.
            element = self.elements.get(name)
            properties = element.find(_name("style:text-properties")) if element is not None else None
            weight = properties.get(_name("fo:font-weight")) if properties is not None else None
            if bold is None and weight is not None:
                bold = weight == "bold" or (weight.isdecimal() and int(weight) >= _BOLD)
            hidden = properties is not None and properties.get(_name("text:display")) == "none"
            plain = name.replace("_20_", " ").lower()
            look = replace(
                look,
                hidden=look.hidden or hidden,
                title=look.title or _TITLES.get(plain, 0),
                quoted=look.quoted or plain in ("quotations", "quote", "intense quote", "block text"),
            )
        return replace(look, bold=bool(bold) and not look.quoted)

    def _chain(self, name: str) -> Iterator[str]:
        for _ in range(_MAX_CHAIN):
            if not name:
                return
            yield name
            element = self.elements.get(name)
            name = element.get(_name("style:parent-style-name"), "") if element is not None else ""


def _read_forms(style: etree._Element) -> list[NumberForm]:
    forms = [NumberForm()] * _LEVELS
    for level in style:
        number = _whole(level.get(_name("text:level")), 0)
        if 0 < number <= _LEVELS and isinstance(level.tag, str):
            forms[number - 1] = NumberForm(
                form=level.get(_name("style:num-format"), ""),
                prefix=level.get(_name("style:num-prefix"), ""),
                suffix=level.get(_name("style:num-suffix"), ""),
                start=_whole(level.get(_name("text:start-value")), 1),
                levels=_whole(level.get(_name("text:display-levels")), 1),
            )
    return forms


def _whole(words: str | None, default: int) -> int:
    return int(words) if words and words.isdecimal() and len(words) < len("100000") else default


@dataclass(frozen=True, slots=True)
class _Setting:
    """In what a paragraph stands.  depth: of lists.  label: what is counted before it."""

    depth: int = 0
    label: str = ""
    wordy: bool = False
    counted: bool = False


def read_odt(path: str, data: bytes) -> StoredText:
    """Read an OpenDocument text: its blocks with the numbers of lists, and a title where it has a real one.

    Deleted changes and hidden words are left out; footnotes stand at the end.  Raises BadDocument for a
    damaged or locked file, a bomb, or declarations of entities.
    """
    refuse_unsafe_package(path, data, _KIND, _REMEDY)
    try:
        return _read_package(path, data)
    except BadDocument:
        raise
    except Exception as exc:
        # So broad because a damaged package raises whatever its parser stumbles over, KeyError to zlib.error.
        raise BadDocument(path, f"It is damaged and cannot be read as {_KIND}.", _REMEDY) from exc


def _read_package(path: str, data: bytes) -> StoredText:
    styles = _Styles()
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise BadDocument(path, "It is locked with a password.", "Save it without one, in its place.")
        if "styles.xml" in names:
            styles.add(_parse(archive.read("styles.xml")))
        content = _parse(archive.read("content.xml"))
        meta = _parse(archive.read("meta.xml")) if "meta.xml" in names else None
    styles.add(content)
    body = content.find(f"{_name('office:body')}/{_name('office:text')}")
    if body is None:
        raise BadDocument(path, f"It is not {_KIND}.", _REMEDY)
    reader = _Reader(styles)
    pieces = [*reader.read(body), *reader.read_notes()]
    title = meta.find(f".//{_name('dc:title')}") if meta is not None else None
    stored = compose([pieces])
    return StoredText(
        stored.text, stored.blocks, title=clean_title(title.text if title is not None else None)
    )


def _parse(part: bytes) -> etree._Element:
    return etree.fromstring(part, make_xml_parser())


class _Reader:
    """Reads one document's body; recursion ends where the XML parser refuses deeper nesting."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._outline = ListCount(styles.outline)
        self._lists: dict[str, ListCount] = {}
        self._notes: list[etree._Element] = []

    def read(self, parent: etree._Element, setting: _Setting = _Setting()) -> Iterator[Piece]:
        """Yield the blocks of a body, a section, a cell or a text box, in order."""
        for node in parent:
            if node.tag in _SKIPPED or not isinstance(node.tag, str) or _is_closed(node):
                continue
            if node.tag in _PARAGRAPHS:
                yield from self._read_paragraph(node, setting)
                setting = replace(setting, label="", counted=True)
            elif node.tag == _name("text:list"):
                yield from self._read_list(node, self._count_of(node), setting.depth + 1)
            elif node.tag == _name("table:table"):
                yield from self._read_table(node)
            else:
                yield from self.read(node, setting)

    def read_notes(self) -> Iterator[Piece]:
        """Yield the footnotes and endnotes that stood in what was read."""
        while self._notes:
            notes, self._notes = self._notes, []
            for note in notes:
                yield from self.read(note)

    def _count_of(self, node: etree._Element) -> ListCount:
        """Return what counts a list: a count of its own, or of the list that it goes on with."""
        style = node.get(_name("text:style-name"), "")
        earlier = node.get(_name("text:continue-list"), "")
        count = self._lists.get(f"id {earlier}") if earlier else None
        if count is None and node.get(_name("text:continue-numbering")) == "true":
            count = self._lists.get(style)
        count = count or ListCount(self._styles.lists.get(style, []))
        self._lists[style] = count
        self._lists[f"id {node.get(_name('xml:id'), '')}"] = count
        return count

    def _read_list(self, node: etree._Element, count: ListCount, depth: int) -> Iterator[Piece]:
        for item in node:
            if item.tag not in _ITEMS:
                continue
            setting = _Setting(depth, counted=True)
            if item.tag == _ITEMS[0] and any(child.tag in _PARAGRAPHS for child in item):
                start = item.get(_name("text:start-value"))
                label, wordy = count.next(depth, _whole(start, 1) if start else None)
                setting = _Setting(depth, label, wordy)
            for child in item:
                if child.tag == _name("text:list"):
                    own = child.get(_name("text:style-name"))
                    inner = self._count_of(child) if own and self._styles.lists.get(own) else count
                    yield from self._read_list(child, inner, depth + 1)
                elif child.tag in _PARAGRAPHS:
                    yield from self._read_paragraph(child, setting)
                    setting = replace(setting, label="", counted=True)

    def _read_table(self, table: etree._Element) -> Iterator[Piece]:
        for row in _rows(table):
            cells: list[list[Piece]] = []
            for cell in row:
                if cell.tag in _CELLS:
                    repeated = min(
                        _whole(cell.get(_name("table:number-columns-repeated")), 1), _MOST_REPEATED
                    )
                    cells.extend([list(self.read(cell)) if cell.tag == _CELLS[0] else []] * repeated)
            while cells and not cells[-1]:
                cells.pop()
            yield from make_row(cells)

    def _read_paragraph(self, node: etree._Element, setting: _Setting) -> Iterator[Piece]:
        look = self._styles.look_of(node.get(_name("text:style-name"), ""))
        if look.hidden:
            return
        rank = look.title
        if node.tag == _PARAGRAPHS[1]:
            level = max(_whole(node.get(_name("text:outline-level")), 1), 1)
            rank = min(level, _MAX_RANK)
            if not setting.label and node.get(_name("text:is-list-header")) != "true":
                label, wordy = self._outline.next(level)
                setting = replace(setting, label=label, wordy=wordy)
        boxes: list[etree._Element] = []
        for lines in break_lines(self._read_words(node, look, boxes)):
            yield from _make_pieces(lines, replace(look, title=rank), setting)
            setting = replace(setting, label="", counted=True)
        for box in boxes:
            yield from self.read(box)

    def _read_words(
        self, node: etree._Element, look: _Look, boxes: list[etree._Element]
    ) -> Iterator[tuple[str, bool]]:
        """Yield stretches of words, and whether each is bold; notes and text boxes are kept for later."""
        # The sheet of styles that LibreOffice calls a tab's or a space's width says nothing: one is one.
        yield _flat(node.text), look.bold
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                if child.tag == _NOTE:
                    self._notes.extend(child.findall(_NOTE_BODY))
                elif child.tag == _BOX:
                    boxes.append(child)
                elif child.tag in _SIGNS:
                    yield _SIGNS[child.tag], look.bold
                elif child.tag == _name("text:span"):
                    own = self._styles.look_of(child.get(_name("text:style-name"), ""))
                    if not own.hidden:
                        yield from self._read_words(child, replace(look, bold=own.bold or look.bold), boxes)
                else:
                    yield from self._read_words(child, look, boxes)
            yield _flat(child.tail), look.bold


def _flat(words: str | None) -> str:
    """Return words with white space collapsed, as the format demands: tabs and breaks are elements."""
    return "".join(" " if letter in "\t\n\r" else letter for letter in words or "")


def _is_closed(node: etree._Element) -> bool:
    """Tell whether a section is hidden."""
    return bool(node.get(_name("text:display")) == "none")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == _name("table:table-row"):
            if node.get(_name("table:visibility")) not in ("collapse", "filter"):
                yield node
        elif node.tag in _GROUPS:
            yield from _rows(node)


def _make_pieces(lines: Sequence[tuple[str, bool]], look: _Look, setting: _Setting) -> Iterator[Piece]:
    text = "\n".join(words for words, _ in lines)
    label = setting.label
    if label and setting.wordy:
        text, label = f"{label} {text}", ""
    if look.title:
        yield Piece(BlockKind.HEADING, " ".join(text.split()), look.title, look.quoted, label)
    elif setting.depth and not setting.counted:
        yield Piece(BlockKind.BULLET, text[skip_glyph(text) :], setting.depth, look.quoted, label)
    else:
        yield from divide(text, [bold for _, bold in lines], quoted=look.quoted)
