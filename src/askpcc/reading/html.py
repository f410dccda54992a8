"""Web pages: the text of the page itself, without the site around it."""

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from askpcc.model import BlockKind, StoredText
from askpcc.reading.composing import Piece, compose
from askpcc.reading.decoding import decode_text
from askpcc.reading.flow import read_pieces
from askpcc.reading.furniture import drop_furniture, weigh

# The main part is believed where it holds this much of the words that are left of the page.
_BULK = 0.5
_HEAD_BYTES = 4_096
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
# As browsers read these names: pages that say Latin-1 or ASCII are written in Windows-1252.
_CODECS = {"utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-8", "macintosh": "mac_roman"} | dict.fromkeys(
    ("iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"), "cp1252"
)
# The head is not needed to parse the page, and an entity declared in it is never looked at.
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!doctype[^\[>]*(?:\[[^\]]*\]\s*)?>)?", re.IGNORECASE)


def read_html(path: str, data: bytes) -> StoredText:
    """Read a web page: its blocks, its main heading or else its title, its canonical address.

    Raises BadDocument where the bytes cannot be decoded.
    """
    text = decode_text(path, data, _declared_codec(data))
    soup = _parse(text)
    title, url = _read_title(soup), _read_address(soup)
    drop_furniture(soup)
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
