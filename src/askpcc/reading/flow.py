"""The words of a web page in reading order, as pieces: what a browser would show as blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from askpcc.model import BlockKind
from askpcc.reading.composing import Piece, break_lines, divide
from askpcc.reading.paragraphs import skip_glyph
from askpcc.reading.tables import make_row

# Tables nested more deeply are read as blocks one after another.
MAX_TABLES = 6

_BLOCKS = frozenset(
    "html body main article section div p header footer address figure figcaption form fieldset legend "
    "details summary center ul ol menu dir li blockquote pre hr table caption thead tbody tfoot tr "
    "td th dl dt dd h1 h2 h3 h4 h5 h6 hgroup".split()
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# Shown by no browser, and in the way of whoever looks for the word.
_INVISIBLE = str.maketrans("", "", "\xad\u200b\ufeff\u2060")


@dataclass(frozen=True, slots=True)
class _Setting:
    """In what a stretch of words stands."""

    heading: int = 0
    listed: bool = False
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
            listed=self.listed or name == "li",
            lists=max(self.lists + (name in _LISTS), int(name == "li")),
            quoted=self.quoted or name == "blockquote",
            bold=self.bold or bold,
            preformatted=self.preformatted or name == "pre",
        )


@dataclass
class _Flow:
    """The pieces finished, and the words of the block that is open."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[tuple[str, bool]] = field(default_factory=list)
    setting: _Setting = _Setting()

    def add(self, words: str, setting: _Setting) -> None:
        """Add words to the open block."""
        self.words.append((words, setting.bold))
        self.setting = setting

    def close(self) -> None:
        """Finish the open block."""
        for lines in break_lines(self.words):
            self.pieces.extend(_make_pieces(lines, self.setting))
        self.words.clear()


def read_pieces(root: Tag, setting: _Setting = _Setting()) -> list[Piece]:
    """Return the blocks of text that a part of a page holds, in order."""
    flow = _Flow()
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
    if tag.name in ("tr", "dl") and setting.tables < MAX_TABLES:
        flow.close()
        flow.pieces.extend(_read_rows(tag, setting))
        return []
    inside = setting.inside(tag)
    waiting: list[tuple[PageElement | None, _Setting]] = []
    if tag.name in _BLOCKS:
        flow.close()
        waiting.append((None, inside))
    return waiting + [(child, inside) for child in reversed(tag.contents)]


def _read_rows(tag: Tag, setting: _Setting) -> Iterator[Piece]:
    """Yield the rows of a table's row or of a list of definitions."""
    cell = replace(setting, tables=setting.tables + 1, listed=False, lists=0, bold=False)
    for cells in [tag.find_all(["td", "th"], recursive=False)] if tag.name == "tr" else _pair(tag):
        yield from make_row([read_pieces(each, cell.inside(each)) for each in cells], quoted=setting.quoted)


def _pair(definitions: Tag) -> Iterator[list[Tag]]:
    """Yield each term with its first definition; further ones stand alone."""
    term: Tag | None = None
    for tag in definitions.find_all(["dt", "dd"]):
        if tag.find_parent("dl") is not definitions:
            continue
        if tag.name == "dd":
            yield [term, tag] if term else [tag]
            term = None
        else:
            if term:
                yield [term]
            term = tag
    if term:
        yield [term]


def _clean(words: str, setting: _Setting) -> str:
    shown = words.translate(_INVISIBLE)
    return re.sub(r"\r\n?", "\n", shown) if setting.preformatted else re.sub(r"\s+", " ", shown)


def _make_pieces(lines: Sequence[tuple[str, bool]], setting: _Setting) -> Iterator[Piece]:
    text = "\n".join(words for words, _ in lines)
    if setting.heading:
        yield Piece(BlockKind.HEADING, text.replace("\n", " "), setting.heading, setting.quoted)
    elif setting.listed:
        yield Piece(BlockKind.BULLET, text[skip_glyph(text) :], setting.lists, setting.quoted)
    else:
        yield from divide(text, [bold for _, bold in lines], quoted=setting.quoted)
