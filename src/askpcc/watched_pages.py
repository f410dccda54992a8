"""Which links of a watched page or feed may be responses, and which pages are watched."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin

from askpcc.downloads import WebAddress, address_key, parse_web_address, suffix_for
from askpcc.errors import CorpusError, FetchError
from askpcc.model import Lead

WATCH_FILE = "watch.toml"
"""Names the watched pages, in the corpus beside its documents."""

MOST_LEADS = 500
"""Of one page: the longest list of an office's responses has some two hundred."""

_MOST_LINKS = 10_000
"""Looked at on one page: more have only pages that are made to tire a reader."""

_LONGEST_TITLE = 200
"""Characters: a headline, not a paragraph that is one link."""

_ANSWERS = re.compile(r"\b(?:responses?|respond(?:s|ed|ing)?|repl(?:y|ies|ied))\b", re.IGNORECASE)
"""How offices call what they publish: "PCC response to ...", "The Commissioner replies to ..."."""

_INSPECTIONS = re.compile(r"\b(?:HMICFR?S?|HMIC|inspectorates?|inspections?|inspected)\b", re.IGNORECASE)
"""What a response answers: the inspectorate under its names of before and after 2017, or an inspection."""

_FURNITURE = frozenset({"nav", "aside", "footer"})
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu"})
"""Parts of a page that are the same on each page of a site: their links are no news."""

_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_FEED_HEAD = 4_096
"""Bytes in which the root element of a feed begins, after its declaration and comments."""

_ENTRIES = frozenset({"item", "entry"})
_ATOM_LINKS = frozenset({"alternate", "enclosure"})
"""Relations that lead to what an entry is about (RFC 4287, 4.2.7.2)."""


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page or a feed as it came.  url: the final address.  charset: as the header says."""

    url: str
    data: bytes
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class _Link:
    """target: as written.  words: of the link, and its title, or the title of the entry of a feed.

    base: what the page says that its links are relative to.
    """

    target: str
    words: str
    base: str = ""


def read_watch_file(text: str) -> list[str]:
    """Return the addresses of ``pages = [...]``; CorpusError for a file that says something else."""
    example = 'Write pages = ["https://example.org/responses"].'
    try:
        told: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise CorpusError(f"{WATCH_FILE} is not TOML ({exc}). {example}") from exc
    unknown = sorted(told.keys() - {"pages"})
    if unknown:
        raise CorpusError(f"{WATCH_FILE}: {unknown[0]!r} is not known there. {example}")
    pages = told.get("pages", [])
    if not isinstance(pages, list) or not all(isinstance(page, str) for page in pages):
        raise CorpusError(f"{WATCH_FILE}: pages is no list of addresses. {example}")
    return pages


@dataclass(frozen=True, slots=True)
class WatchedPages:
    """The addresses that are watched, each page once.  faults: what is named and cannot be watched."""

    addresses: Sequence[str] = ()
    faults: Sequence[CorpusError] = ()


def choose_pages(*lists: Iterable[str]) -> WatchedPages:
    """Return the addresses of all lists in one spelling, each page once, and what is none."""
    read: dict[str, str] = {}
    faults: list[CorpusError] = []
    for page in (page for pages in lists for page in pages):
        try:
            address = parse_web_address(page).url
        except FetchError as exc:
            reason = str(exc).partition(". ")[0]  # without what to do about it where it is fetched
            faults.append(CorpusError(f"{reason}. It is not watched: mend or remove it in {WATCH_FILE}."))
        else:
            read.setdefault(address_key(address), address)
    return WatchedPages(tuple(read.values()), tuple(faults))


def find_leads(page: FetchedPage, watched: str) -> list[Lead]:
    """Return the links that may be responses, in their order on the page, each address once.

    Such a link leads to a file of a supported format, or its words say response and inspection, or it
    stands below the page's own path.  watched: the address by which the page is named.
    """
    here = parse_web_address(page.url)
    feed = _FEED.search(page.data[:_FEED_HEAD]) is not None
    links = _read_feed(page) if feed else _read_page(page)
    below = _own_path(here, feed=feed)
    own = {address_key(page.url), address_key(watched)}
    found: dict[str, Lead] = {}
    for link in islice(links, _MOST_LINKS):
        address = _address_of(link, here)
        if address is None or (key := address_key(address.url)) in own or key in found:
            continue
        if _may_be_response(link, address, here, below):
            found[key] = Lead(address.url, _title_of(link, address), watched)
            if len(found) == MOST_LEADS:
                break
    return list(found.values())


_OF_PAGES = frozenset((".html", ".htm"))
"""What most links of a site lead to; such a one has to look like a response by its words or place."""
_AROUND = re.compile(r"/page/\d+/?$|/(?:feed|rss)/?$|[?&](?:share|replytocom|print)=", re.IGNORECASE)
"""Further pages of a list, feeds, and pages to share or print: what sites put below each list."""


def _may_be_response(link: _Link, address: WebAddress, here: WebAddress, below: str) -> bool:
    suffix = suffix_for(None, _path_of(address))
    if suffix is not None and suffix not in _OF_PAGES:
        return True
    if _AROUND.search(address.target):
        return False
    if _ANSWERS.search(link.words) and _INSPECTIONS.search(link.words):
        return True
    same_site = address.authority == here.authority
    return bool(below) and same_site and _path_of(address).startswith(f"{below}/")


def _own_path(here: WebAddress, *, feed: bool) -> str:
    """Return the path below which a page's own entries stand; "" for the top of a site, where all stands."""
    path = PurePosixPath(_path_of(here))
    folder = path.parent if feed or path.suffix else path
    return "" if folder == PurePosixPath("/") else str(folder)


def _path_of(address: WebAddress) -> str:
    return address.target.partition("?")[0]


def _address_of(link: _Link, here: WebAddress) -> WebAddress | None:
    """Return where a link leads; None where that is not the web."""
    try:
        base = urljoin(here.url, link.base)
        return parse_web_address(urljoin(base, link.target.strip()))
    except (FetchError, ValueError):
        return None


def _title_of(link: _Link, address: WebAddress) -> str:
    words = "".join(sign for sign in link.words if sign.isprintable())
    name = PurePosixPath(unquote(_path_of(address))).name
    named = "".join(sign for sign in name if sign.isprintable())
    return (words or named or address.authority)[:_LONGEST_TITLE]


def _read_page(page: FetchedPage) -> Iterator[_Link]:
    """Yield the links of a page but those of its furniture."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding=page.charset, no_network=True)
    except LookupError:  # a charset that nobody knows
        parser = html.HTMLParser(no_network=True)
    try:
        root = html.document_fromstring(page.data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # without an element
        return
    base = next((str(one.get("href")) for one in root.iter("base") if one.get("href")), "")
    for anchor in root.iter("a"):
        target = anchor.get("href")
        if target and not _is_furniture(anchor):
            words = f"{anchor.text_content()} {anchor.get('title') or ''}"
            yield _Link(str(target), " ".join(words.split()), base)


def _is_furniture(anchor: Any) -> bool:  # noqa: ANN401 - lxml has no types
    around = [(str(one.tag), str(one.get("role") or "")) for one in anchor.iterancestors()]
    tags = [tag for tag, _ in around]
    head_of_site = "header" in tags and not {"main", "article"} & set(tags)
    return head_of_site or any(tag in _FURNITURE or role in _FURNITURE_ROLES for tag, role in around)


def _read_feed(page: FetchedPage) -> Iterator[_Link]:
    """Yield the links of the entries of RSS and Atom; nothing outside of the feed is looked up."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(page.data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:  # nothing of it could be recovered
        return
    for entry in root.iter():
        if _local(entry) in _ENTRIES:
            parts = list(entry)
            title = next((_words(part) for part in parts if _local(part) == "title"), "")
            yield from (_Link(target, title) for target in _targets(parts))


def _targets(parts: Sequence[Any]) -> Iterator[str]:
    for part in parts:
        name = _local(part)
        if name == "link" and part.get("href"):
            if part.get("rel", "alternate") in _ATOM_LINKS:
                yield str(part.get("href"))
        elif name == "link":
            yield _words(part)
        elif name == "enclosure" and part.get("url"):
            yield str(part.get("url"))


def _local(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _words(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    return " ".join("".join(element.itertext()).split())
