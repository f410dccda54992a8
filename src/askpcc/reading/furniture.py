"""Site furniture: what a web page shows around its text, told by tags, roles and names of classes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

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
# Names that mean furniture only as a whole: a section may well be called "sharing-information".
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
# What holds this much of the page's words is its text, whatever its class is called.
_BULK = 0.5


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a page holds: characters of words, main headings, main parts."""

    words: int = 0
    headings: int = 0
    mains: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.words + other.words, self.headings + other.headings, self.mains + other.mains)


def drop_furniture(soup: BeautifulSoup) -> None:
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
        return not kept and (_is_named_furniture(tag, around) or _is_footer(tag, around))

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


def _is_named_furniture(tag: Tag, around: frozenset[str]) -> bool:
    if tag.name in _TEXT_TAGS:
        return False
    stray_label = tag.name == "label" and "table" not in around
    role = str(tag.get("role", "")).lower()
    return stray_label or role in _DROPPED_ROLES or any(map(_is_furniture, _names(tag)))


def _is_furniture(name: str) -> bool:
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
