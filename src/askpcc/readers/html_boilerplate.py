"""What of a web page is not its text: menus, banners, footers and the like."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

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
NEVER_DROPPED = frozenset({"html", "body", "main", "article"})
_SURROUNDINGS = frozenset({"table", "main", "article", "blockquote"})
# What holds this much of the page's words is its text, whatever its class is called; a part that is marked as
# the main one is believed where it holds this much of what is left.
BULK = 0.5


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a page holds: characters of words, of those in links; main headings, parts, forms."""

    words: int = 0
    linked: int = 0
    headings: int = 0
    mains: int = 0
    forms: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(
            self.words + other.words,
            self.linked + other.linked,
            self.headings + other.headings,
            self.mains + other.mains,
            self.forms + other.forms,
        )


def weigh(root: Tag) -> Mapping[int, Weight]:
    """Return the weight of each tag by its id(); one pass, since pages may be nested without limit."""
    weights: dict[int, Weight] = {}
    for tag in reversed([root, *root.find_all(True)]):
        weight = Weight(
            headings=int(tag.name == "h1"),
            mains=int(tag.name in ("main", "article")),
            forms=int(tag.name == "form"),
        )
        for child in tag.children:
            if isinstance(child, Tag):
                weight += weights[id(child)]
            elif isinstance(child, NavigableString):
                weight += Weight(len(child.strip()))
        if tag.name == "a":
            weight = Weight(weight.words, weight.words, weight.headings, weight.mains, weight.forms)
        weights[id(tag)] = weight
    return weights


def remove_named(soup: BeautifulSoup, kept: Collection[int]) -> None:
    """Take out of the page, in place, what its tags, roles and names say is not its text.

    Kept whatever it is called is a part that holds the main heading, the main part or half the words.
    kept: id() of further parts to keep.
    """
    weights = weigh(soup)
    whole = weights[id(soup)]

    def drop_named(tag: Tag, around: frozenset[str]) -> bool:
        weight = weights[id(tag)]
        if _is_header_of_page(tag, around):
            return _replace_by_heading(tag, sole=weight.headings == whole.headings == 1)
        bulk = weight.headings or weight.mains or weight.words > whole.words * BULK
        if bulk or id(tag) in kept:
            return False
        return is_named_boilerplate(tag, around) or _is_footer(tag, around)

    walk(soup, drop_named)


def walk(root: Tag, drop: Callable[[Tag, frozenset[str]], bool]) -> None:
    """Take out the tags for which drop says so, without looking into them.

    drop: is told, besides the tag, which of the tags that matter here stand around it.
    """
    waiting: list[tuple[Tag, frozenset[str]]] = [(root, frozenset())]
    while waiting:
        tag, around = waiting.pop()
        inside = around | {tag.name} if tag.name in _SURROUNDINGS else around
        for child in tag.find_all(True, recursive=False):
            if child.name not in NEVER_DROPPED and drop(child, inside):
                child.extract()
            else:
                waiting.append((child, inside))


def is_named_boilerplate(tag: Tag, around: frozenset[str] = frozenset()) -> bool:
    """Tell whether a tag's role, classes or id say that it is not text of the page."""
    if tag.name in _TEXT_TAGS:
        return False
    stray_label = tag.name == "label" and "table" not in around
    role = str(tag.get("role", "")).lower()
    return stray_label or role in _DROPPED_ROLES or any(map(_is_boilerplate, names_of(tag)))


def _is_boilerplate(name: str) -> bool:
    return name in _WHOLE_NAMES or re.split(r"[-_]", name, maxsplit=1)[0] in _LEADING_NAMES


def names_of(tag: Tag) -> Iterator[str]:
    """Yield the classes and the id of a tag, in lower case."""
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
