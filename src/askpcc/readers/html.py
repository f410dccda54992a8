"""Web pages: what belongs to the document, as text and blocks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from askpcc.model import BlockKind, StoredText
from askpcc.readers.decoding import decode_text
from askpcc.readers.enumerators import write_number
from askpcc.readers.html_boilerplate import BULK, remove_named, weigh
from askpcc.readers.html_panels import open_panels, strings_of
from askpcc.readers.html_tables import find_gaps
from askpcc.readers.text_blocks import (
    BOLD_LINE_LEVEL,
    MAX_LABEL_CHARACTERS,
    MAX_LABEL_WORDS,
    Piece,
    break_lines,
    compose,
    divide,
    make_row,
    skip_glyph,
)

# Tables nested more deeply are read as blocks one after another.
_MAX_TABLES = 6

_BLOCKS = frozenset(
    "html body main article section div p header footer address figure figcaption form fieldset legend "
    "details summary center ul ol menu dir li blockquote pre hr table caption thead tbody tfoot tr "
    "td th dl dt dd h1 h2 h3 h4 h5 h6 hgroup".split()
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LIST_STYLES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "none": "none",
    "disc": "none",
    "circle": "none",
    "square": "none",
}
_FORMS = ("1", "a", "A", "i", "I")
_GOES_ON = "  "
"""What stands before further paragraphs of a list's item, which have no sign of their own."""

_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})\s*")
_LABEL_ENDS = (":", "?", "!", ".", ";")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# Shown by no browser, and in the way of whoever looks for the word.
_INVISIBLE = str.maketrans("", "", "\xad\u200b\ufeff\u2060")
_HEAD_BYTES = 4_096
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
# As browsers read these names: pages that say Latin-1 or ASCII are written in Windows-1252.
_CODECS = {"utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-8", "macintosh": "mac_roman"} | dict.fromkeys(
    ("iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"), "cp1252"
)
# The head is not needed to parse the page, and an entity declared in it is never looked at.
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!doctype[^\[>]*(?:\[[^\]]*\]\s*)?>)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Setting:
    """In what a stretch of words stands.  item: id() of the innermost <li>, 0 for none."""

    heading: int = 0
    item: int = 0
    lists: int = 0
    tables: int = 0
    quoted: bool = False
    bold: bool = False
    preformatted: bool = False

    def inside(self, tag: Tag) -> "_Setting":
        """Return the setting of what a tag holds."""
        name = tag.name
        bold = name in ("b", "strong", "th") or bool(_BOLD_STYLE.search(str(tag.get("style", ""))))
        return replace(
            self,
            heading=_HEADINGS.get(name, self.heading),
            item=id(tag) if name == "li" else self.item,
            lists=max(self.lists + (name in _LISTS), int(name == "li")),
            quoted=self.quoted or name == "blockquote",
            bold=self.bold or bold,
            preformatted=self.preformatted or name == "pre",
        )


@dataclass
class _Flow:
    """The pieces finished, and the words of the block that is open.

    gaps: how many columns a merged cell covers before a cell, by its id().
    labels: what stands before the next words of a list's item, by the id() of its <li>.
    """

    gaps: Mapping[int, int]
    pieces: list[Piece] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    words: list[tuple[str, bool]] = field(default_factory=list)
    setting: _Setting = _Setting()

    def add(self, words: str, setting: _Setting) -> None:
        """Add words to the open block."""
        self.words.append((words, setting.bold))
        self.setting = setting

    def close(self) -> None:
        """Finish the open block."""
        for lines in break_lines(self.words):
            label = self.labels.get(self.setting.item, "")
            self.pieces.extend(_make_pieces(lines, self.setting, label))
            self.labels[self.setting.item] = _GOES_ON if self.setting.item else ""
        self.words.clear()


def read_pieces(root: Tag, gaps: Mapping[int, int], setting: _Setting = _Setting()) -> list[Piece]:
    """Return the blocks of text that a part of a page holds, in order.  gaps: as in _Flow."""
    flow = _Flow(gaps)
    # A stack of our own: pages are nested without limit, Python's calls are not.
    waiting: list[tuple[PageElement | None, _Setting]] = [(root, setting)]
    while waiting:
        node, setting = waiting.pop()
        if node is None:
            flow.close()
        elif isinstance(node, Tag):
            waiting.extend(_enter(node, setting, flow))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            flow.add(_clean(node, setting), setting)
    flow.close()
    return flow.pieces


def _enter(tag: Tag, setting: _Setting, flow: _Flow) -> list[tuple[PageElement | None, _Setting]]:
    """Return what waits inside a tag, the first on top; None marks the end of a block."""
    if tag.name == "br":
        flow.add("\n", setting)
        return []
    if tag.name in ("tr", "dl") and setting.tables < _MAX_TABLES:
        flow.close()
        read = _read_row if tag.name == "tr" else _read_definitions
        flow.pieces.extend(read(tag, flow.gaps, setting))
        return []
    if tag.name == "ol":
        flow.labels.update(_count_items(tag))
    inside = setting.inside(tag)
    waiting: list[tuple[PageElement | None, _Setting]] = []
    if tag.name in _BLOCKS:
        flow.close()
        waiting.append((None, inside))
    return waiting + [(child, inside) for child in reversed(tag.contents)]


def _inside_cell(setting: _Setting, cell: Tag) -> _Setting:
    outside = replace(setting, tables=setting.tables + 1, item=0, lists=0, bold=False)
    return outside.inside(cell)


def _read_row(row: Tag, gaps: Mapping[int, int], setting: _Setting) -> list[Piece]:
    cells: list[list[Piece] | None] = []
    for cell in row.find_all(["td", "th"], recursive=False):
        cells += [None] * gaps.get(id(cell), 0)
        cells.append(read_pieces(cell, gaps, _inside_cell(setting, cell)))
    return make_row(cells, quoted=setting.quoted)


def _read_definitions(definitions: Tag, gaps: Mapping[int, int], setting: _Setting) -> Iterator[Piece]:
    """Yield terms with what is said of them: "Status: Complete" on one line, else one below the other."""
    for term, said in _pair(definitions):
        names = [piece for tag in term for piece in read_pieces(tag, gaps, _inside_cell(setting, tag))]
        values = read_pieces(said, gaps, _inside_cell(setting, said)) if said else []
        if len(names) == len(values) == 1 and _is_label(names[0]) and values[0].kind is BlockKind.PARAGRAPH:
            colon = "" if names[0].text.endswith(_LABEL_ENDS) else ":"
            words = f"{names[0].text}{colon} {values[0].text}"
            yield Piece(BlockKind.PARAGRAPH, words, quoted=setting.quoted)
        elif len(names) == len(values) == 1 and values[0].kind is BlockKind.PARAGRAPH is names[0].kind:
            yield from make_row([names, values], quoted=setting.quoted)
        else:
            yield from (*names, *values)


def _is_label(piece: Piece) -> bool:
    words = piece.text.rstrip(":")
    short = len(words) <= MAX_LABEL_CHARACTERS and len(words.split()) <= MAX_LABEL_WORDS
    return (
        piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and short and not piece.level % BOLD_LINE_LEVEL
    )


def _pair(definitions: Tag) -> Iterator[tuple[list[Tag], Tag | None]]:
    """Yield each term with its first definition; further ones stand alone."""
    terms: list[Tag] = []
    for tag in definitions.find_all(["dt", "dd"]):
        if tag.find_parent("dl") is not definitions:
            continue
        if tag.name == "dt":
            terms.append(tag)
        else:
            yield terms, tag
            terms = []
    if terms:
        yield terms, None


def _count_items(ordered: Tag) -> Iterator[tuple[int, str]]:
    """Yield what a browser shows before each item of a list, by the id() of its <li>; nothing for no sign."""
    items = ordered.find_all("li", recursive=False)
    step = -1 if ordered.has_attr("reversed") else 1
    count = _whole(ordered.get("start"), len(items) if step < 0 else 1)
    for item in items:
        count = _whole(item.get("value"), count)
        form = _form_of(item) or _form_of(ordered) or "1"
        if form in _FORMS:
            yield id(item), f"{write_number(count, form)}."
        count += step


def _form_of(tag: Tag) -> str:
    """Return how a list says that its items are counted: as a type of HTML, or a word for no number."""
    styled = _LIST_STYLE.search(str(tag.get("style", "")))
    if styled:
        return _LIST_STYLES.get(styled[1].lower(), "")
    return str(tag.get("type", "")).strip()


def _whole(written: object, otherwise: int) -> int:
    found = _WHOLE.fullmatch(str(written if written is not None else ""))
    return int(found[1]) if found else otherwise


def _clean(words: str, setting: _Setting) -> str:
    shown = words.translate(_INVISIBLE)
    return re.sub(r"\r\n?", "\n", shown) if setting.preformatted else re.sub(r"\s+", " ", shown)


def _make_pieces(lines: Sequence[tuple[str, bool]], setting: _Setting, label: str) -> Iterator[Piece]:
    text = "\n".join(words for words, _ in lines)
    # A page that writes its numbers itself takes those of the list away by a style sheet, which is not read.
    label = "" if text.startswith(label) else label
    if setting.heading:
        words = text.replace("\n", " ")
        yield Piece(BlockKind.HEADING, words, setting.heading, setting.quoted, label.strip())
    elif setting.item:
        words = text[skip_glyph(text) :]
        yield Piece(BlockKind.BULLET, words, setting.lists, setting.quoted, label)
    else:
        yield from divide(text, [bold for _, bold in lines], quoted=setting.quoted)


def read_html(path: str, data: bytes) -> StoredText:
    """Read a web page: its blocks, its main heading or else its title, its canonical address.

    Raises BadDocument where the bytes cannot be decoded.
    """
    text = decode_text(path, data, _declared_codec(data))
    soup = _parse(text)
    title, url = _read_title(soup), _read_address(soup)
    opened = open_panels(soup)
    remove_named(soup, opened.panels)
    headings = soup.find_all("h1")
    if len(headings) == 1:
        title = _words_of(headings[0]) or title
    stored = compose([_read_page(soup)])
    return StoredText(stored.text, stored.blocks, title=title, url=url, doubts=opened.doubts(soup))


def _declared_codec(data: bytes) -> str | None:
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    return _CODECS.get(declared.group(1).decode("ascii", "ignore").lower()) if declared else None


def _parse(text: str) -> BeautifulSoup:
    body = text[match.end() :] if (match := _PROLOGUE.match(text)) else text
    # Around everything, so that a page without a single tag is one too.
    return BeautifulSoup(body if "<html" in body[:_HEAD_BYTES].lower() else f"<html>{body}</html>", "lxml")


def _read_page(soup: BeautifulSoup) -> list[Piece]:
    gaps = find_gaps(soup)
    pieces = read_pieces(_find_main(soup), gaps)
    heading = soup.find("h1")
    if heading and not any(piece.kind is BlockKind.HEADING and piece.level == 1 for piece in pieces):
        pieces = [*read_pieces(heading, gaps), *pieces]
    return pieces


def _find_main(soup: BeautifulSoup) -> Tag:
    """Return the part that the page marks as its own text, where it holds the bulk of the words."""
    weights = weigh(soup)
    marked = [*soup.find_all("main"), *soup.find_all(True, attrs={"role": "main"}), *soup.find_all("article")]
    total = weights[id(soup)].words
    return next((tag for tag in marked if weights[id(tag)].words >= total * BULK), soup)


def _read_title(soup: BeautifulSoup) -> str | None:
    title = soup.find("title")
    return _words_of(title) if title else None


def _words_of(tag: Tag) -> str | None:
    return " ".join(" ".join(strings_of(tag)).split()) or None


def _read_address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    address = str(link.get("href", "")).strip() if link else ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None
