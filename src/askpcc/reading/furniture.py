"""Site furniture: what a web page shows around its text, told by tags, roles and names of classes."""

import re
from collections.abc import Iterator, Mapping
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
# Whole names, alone or before a hyphen or an underscore, as in "cookie-banner".
_LEADING_NAMES = frozenset(
    "cookie cookies consent gdpr breadcrumb breadcrumbs menu submenu nav navbar navigation sidebar "
    "newsletter share sharing sharebar addtoany social socials".split()
)
_WHOLE_NAMES = frozenset(
    "related related-posts related-links related-content related-articles related-news related-pages "
    "related-items skip-link skip-links skiplink skiplinks skip-to-content skip-nav skip-navigation "
    "site-header site-footer page-footer global-header global-footer main-nav main-menu main-navigation "
    "site-nav site-navigation site-search search-form searchform post-navigation pagination pager "
    "comment-form comment-respond comments-area widget-area mailing-list subscribe signup "
    "onetrust-banner-sdk onetrust-consent-sdk ccc cc-window cc-banner back-to-top print-link footer "
    "visually-hidden-focusable screen-reader-shortcut modal popup".split()
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NEVER_DROPPED = frozenset({"html", "body", "main", "article"})
# What holds this much of the page's words is its text, whatever its class is called.
_BULK = 0.5


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a page holds: characters of words, and whether the page's own text is marked in it."""

    words: int = 0
    marked: bool = False

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.words + other.words, self.marked or other.marked)


def drop_furniture(soup: BeautifulSoup) -> None:
    """Take out of the page, in place, what is not its text.

    Kept whatever it is called is a part that holds the main heading, the main part or half the words.
    """
    _keep_ticks(soup)
    _drop_unseen(soup)
    weights = weigh(soup)
    total = weights[id(soup)].words
    for tag in list(soup.find_all(True)):
        if tag.decomposed or tag.name in _NEVER_DROPPED:
            continue
        weight = weights[id(tag)]
        kept = weight.marked or weight.words > total * _BULK
        if _is_header_of_page(tag):
            _reduce_to_heading(tag)
        elif not kept and (_is_named_furniture(tag) or _is_footer(tag)):
            tag.decompose()


def weigh(root: Tag) -> Mapping[int, Weight]:
    """Return the weight of each tag by its id(); one pass, since pages may be nested without limit."""
    weights: dict[int, Weight] = {}
    for tag in reversed([root, *root.find_all(True)]):
        weight = Weight(marked=tag.name in ("h1", "main", "article"))
        for child in tag.children:
            if isinstance(child, Tag):
                weight += weights[id(child)]
            elif isinstance(child, NavigableString):
                weight += Weight(len(child.strip()))
        weights[id(tag)] = weight
    return weights


def _keep_ticks(soup: BeautifulSoup) -> None:
    """Put a character in place of each tick box of a table: in a form it is the answer."""
    for box in soup.find_all("input"):
        if box.get("type") == "checkbox" and box.find_parent("table"):
            box.replace_with(NavigableString(" ☒ " if box.has_attr("checked") else " ☐ "))
        else:
            box.decompose()


def _drop_unseen(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    for tag in list(soup.find_all(True)):
        if not tag.decomposed and tag.name not in _NEVER_DROPPED and _is_unseen(tag):
            tag.decompose()


def _is_unseen(tag: Tag) -> bool:
    hidden = tag.has_attr("hidden") and tag.get("hidden") != "until-found"
    styled = bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))
    return tag.name in _DROPPED_TAGS or hidden or styled or tag.get("aria-hidden") == "true"


def _is_named_furniture(tag: Tag) -> bool:
    stray_label = tag.name == "label" and tag.find_parent("table") is None
    return (
        stray_label
        or str(tag.get("role", "")).lower() in _DROPPED_ROLES
        or any(map(_is_furniture, _names(tag)))
    )


def _is_furniture(name: str) -> bool:
    return name in _WHOLE_NAMES or re.split(r"[-_]", name, maxsplit=1)[0] in _LEADING_NAMES


def _names(tag: Tag) -> Iterator[str]:
    for attribute in ("class", "id"):
        value = tag.get(attribute)
        for name in value if isinstance(value, list) else str(value or "").split():
            yield name.lower()


def _is_footer(tag: Tag) -> bool:
    return tag.name == "footer" and tag.find_parent("blockquote") is None


def _is_header_of_page(tag: Tag) -> bool:
    header = tag.name == "header" or tag.get("role") == "banner"
    return header and tag.find_parent(["main", "article"]) is None and tag.get("role") != "main"


def _reduce_to_heading(header: Tag) -> None:
    """Leave of the page's header only the main heading, and that only where the page has no other."""
    root = header.find_parent("html") or header
    headings = root.find_all("h1")
    inside = [heading for heading in headings if header in heading.parents]
    if len(inside) == len(headings) == 1:
        header.replace_with(inside[0].extract())
    else:
        header.decompose()
