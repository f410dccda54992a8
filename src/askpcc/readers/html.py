"""Web pages: what belongs to the document, as text and blocks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString, PageElement, PreformattedString

from askpcc.model import BlockKind, StoredText
from askpcc.readers.decoding import decode_text
from askpcc.readers.text_blocks import (
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
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# Shown by no browser, and in the way of whoever looks for the word.
_INVISIBLE = str.maketrans("", "", "\xad\u200b\ufeff\u2060")
_DROPPED_TAGS = frozenset(
    "script style noscript template svg math canvas nav aside iframe object embed audio video map dialog "
    "head button select textarea option datalist link meta".split()
)
_DROPPED_ROLES = frozenset(
    "banner navigation contentinfo search dialog alertdialog complementary menu menubar toolbar".split()
)
# Names, alone or before a hyphen or an underscore, as in "cookie-banner".
_LEADING_NAMES = frozenset(
    "cookie cookies gdpr breadcrumb breadcrumbs menu submenu nav navbar navigation sidebar newsletter "
    "addtoany sharebar onetrust".split()
)
# Names that mean boilerplate only as a whole: a section may well be called "sharing-information".
_WHOLE_NAMES = frozenset(
    "share share-bar share-buttons share-icons share-links share-this sharing sharing-buttons social socials "
    "social-buttons social-icons social-links social-media social-media-links social-share social-sharing "
    "related related-articles related-content related-items related-links related-news related-pages "
    "related-posts skip-link skip-links skiplink skiplinks skip-to-content skip-nav skip-navigation consent "
    "consent-banner consent-popup cc-window cc-banner ccc site-header site-footer page-footer global-header "
    "global-footer main-nav main-menu main-navigation site-nav site-navigation site-search search-form "
    "searchform post-navigation pagination pager comment-form comment-respond comments-area widget-area "
    "mailing-list subscribe signup back-to-top print-link footer visually-hidden-focusable "
    "screen-reader-shortcut modal popup".split()
)
# Parts of a text, which are named for what they say.
_TEXT_TAGS = frozenset("h1 h2 h3 h4 h5 h6 p table tr td th".split())
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NEVER_DROPPED = frozenset({"html", "body", "main", "article"})
_SURROUNDINGS = frozenset({"table", "main", "article", "blockquote"})
# What holds this much of the page's words is its text, whatever its class is called; a part that is marked as
# the main one is believed where it holds this much of what is left.
_BULK = 0.5
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
    if tag.name in ("tr", "dl") and setting.tables < _MAX_TABLES:
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


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a page holds: characters of words, main headings, main parts."""

    words: int = 0
    headings: int = 0
    mains: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.words + other.words, self.headings + other.headings, self.mains + other.mains)


def _remove_boilerplate(soup: BeautifulSoup) -> None:
    """Take out of the page, in place, what is not its text.

    Kept whatever it is called is a part that holds the main heading, the main part or half the words.
    """
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    _walk(soup, _drop_unseen)
    weights = weigh(soup)
    whole = weights[id(soup)]

    def drop_named(tag: Tag, around: frozenset[str]) -> bool:
        weight = weights[id(tag)]
        if _is_header_of_page(tag, around):
            return _replace_by_heading(tag, sole=weight.headings == whole.headings == 1)
        kept = weight.headings or weight.mains or weight.words > whole.words * _BULK
        return not kept and (_is_named_boilerplate(tag, around) or _is_footer(tag, around))

    _walk(soup, drop_named)


def weigh(root: Tag) -> Mapping[int, Weight]:
    """Return the weight of each tag by its id(); one pass, since pages may be nested without limit."""
    weights: dict[int, Weight] = {}
    for tag in reversed([root, *root.find_all(True)]):
        weight = Weight(headings=int(tag.name == "h1"), mains=int(tag.name in ("main", "article")))
        for child in tag.children:
            if isinstance(child, Tag):
                weight += weights[id(child)]
            elif isinstance(child, NavigableString):
                weight += Weight(len(child.strip()))
        weights[id(tag)] = weight
    return weights


def _walk(root: Tag, drop: Callable[[Tag, frozenset[str]], bool]) -> None:
    """Take out the tags for which drop says so, without looking into them.

    drop: is told, besides the tag, which of the tags that matter here stand around it.
    """
    waiting: list[tuple[Tag, frozenset[str]]] = [(root, frozenset())]
    while waiting:
        tag, around = waiting.pop()
        inside = around | {tag.name} if tag.name in _SURROUNDINGS else around
        for child in tag.find_all(True, recursive=False):
            if child.name not in _NEVER_DROPPED and drop(child, inside):
                child.extract()
            else:
                waiting.append((child, inside))


def _drop_unseen(tag: Tag, around: frozenset[str]) -> bool:
    if tag.name == "input":
        if tag.get("type") == "checkbox" and "table" in around:
            # In a form a tick box is the answer.
            tag.insert_before(" \u2612 " if tag.has_attr("checked") else " \u2610 ")
        return True
    hidden = tag.has_attr("hidden") and tag.get("hidden") != "until-found"
    styled = bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))
    return tag.name in _DROPPED_TAGS or hidden or styled or tag.get("aria-hidden") == "true"


def _is_named_boilerplate(tag: Tag, around: frozenset[str]) -> bool:
    if tag.name in _TEXT_TAGS:
        return False
    stray_label = tag.name == "label" and "table" not in around
    role = str(tag.get("role", "")).lower()
    return stray_label or role in _DROPPED_ROLES or any(map(_is_boilerplate, _names(tag)))


def _is_boilerplate(name: str) -> bool:
    return name in _WHOLE_NAMES or re.split(r"[-_]", name, maxsplit=1)[0] in _LEADING_NAMES


def _names(tag: Tag) -> Iterator[str]:
    for attribute in ("class", "id"):
        value = tag.get(attribute)
        for name in value if isinstance(value, list) else str(value or "").split():
            yield name.lower()


def _is_footer(tag: Tag, around: frozenset[str]) -> bool:
    return tag.name == "footer" and "blockquote" not in around


def _is_header_of_page(tag: Tag, around: frozenset[str]) -> bool:
    header = tag.name == "header" or tag.get("role") == "banner"
    return header and not around & {"main", "article"} and tag.get("role") != "main"


def _replace_by_heading(header: Tag, *, sole: bool) -> bool:
    """Leave of the page's header the main heading, where the page has no other; always drop the rest."""
    heading = header.find("h1") if sole else None
    if heading:
        header.insert_before(heading.extract())
    return True


def read_html(path: str, data: bytes) -> StoredText:
    """Read a web page: its blocks, its main heading or else its title, its canonical address.

    Raises BadDocument where the bytes cannot be decoded.
    """
    text = decode_text(path, data, _declared_codec(data))
    soup = _parse(text)
    title, url = _read_title(soup), _read_address(soup)
    _remove_boilerplate(soup)
    headings = soup.find_all("h1")
    if len(headings) == 1:
        title = _words_of(headings[0]) or title
    stored = compose([_read_page(soup)])
    return StoredText(stored.text, stored.blocks, title=title, url=url)


def _declared_codec(data: bytes) -> str | None:
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    return _CODECS.get(declared.group(1).decode("ascii", "ignore").lower()) if declared else None


def _parse(text: str) -> BeautifulSoup:
    body = text[match.end() :] if (match := _PROLOGUE.match(text)) else text
    # Around everything, so that a page without a single tag is one too.
    return BeautifulSoup(body if "<html" in body[:_HEAD_BYTES].lower() else f"<html>{body}</html>", "lxml")


def _read_page(soup: BeautifulSoup) -> list[Piece]:
    pieces = read_pieces(_find_main(soup))
    heading = soup.find("h1")
    if heading and not any(piece.kind is BlockKind.HEADING and piece.level == 1 for piece in pieces):
        pieces = [*read_pieces(heading), *pieces]
    return pieces


def _find_main(soup: BeautifulSoup) -> Tag:
    """Return the part that the page marks as its own text, where it holds the bulk of the words."""
    weights = weigh(soup)
    marked = [*soup.find_all("main"), *soup.find_all(True, attrs={"role": "main"}), *soup.find_all("article")]
    total = weights[id(soup)].words
    return next((tag for tag in marked if weights[id(tag)].words >= total * _BULK), soup)


def _read_title(soup: BeautifulSoup) -> str | None:
    title = soup.find("title")
    return _words_of(title) if title else None


def _words_of(tag: Tag) -> str | None:
    return " ".join(tag.get_text(" ").split()) or None


def _read_address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    address = str(link.get("href", "")).strip() if link else ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None
