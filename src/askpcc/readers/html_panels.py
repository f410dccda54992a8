"""Parts of a web page that are closed when it loads: panels of accordions and tabs, with their labels."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString, PageElement

from askpcc.readers.html_boilerplate import (
    NEVER_DROPPED,
    Weight,
    is_named_boilerplate,
    names_of,
    walk,
    weigh,
)

_DROPPED_TAGS = frozenset(
    "script style template svg math canvas nav aside iframe object embed audio video map dialog "
    "head select textarea option datalist link meta".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELLED = _HEADINGS | {"summary"}
_DEEPEST = 6
# Between the parts of these no heading can stand.
_FIXED = frozenset({"table", "thead", "tbody", "tfoot", "tr", "dl"})
_LONGEST_LABEL = 300
"""Characters, and tags and strings; longer is no label but a part that can be clicked."""

_MOST_CONTROLS = 2_000
"""Of a page; each is looked up and moved, which costs more than a word."""

_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PANEL = re.compile(
    r"accordi?on|collaps|(?<![a-z])panels?(?![a-z])|(?<![a-z])tabs?(?:panel|content|pane|body)?(?![a-z])|toggle|"
    r"expand|(?<![a-z])faqs?(?![a-z])|disclosure|reveal|details"
)
"""How the parts that a click opens are called, in the page builders of councils' and offices' sites."""

_NO_PANEL = re.compile(
    r"menu|search|log-?in|cookie|consent|modal|pop-?up|dialog|tool-?tip|lightbox|overlay|newsletter|"
    r"subscribe|(?<![a-z])(?:share|nav|navbar|error|alert|banner|feedback|chat)(?![a-z])"
)
_HELPER = re.compile(r"visually-?hidden|sr-only|screen-reader|toggle|icon|chevron|arrow")
"""What stands in a label for those who hear the page or click, not read it: "Show this section"."""

_ACTION = re.compile(
    r"(?:(?:show|hide|open|close|expand|collapse|toggle|view|read|menu|search|back|next|previous|print)\b\s*"
    r"(?:(?:all|more|less|this|the|sections?|panels?|details|content|page|full|menu)\b\s*)*)?[^\w]*",
    re.IGNORECASE,
)
_SCRIPT_NOTICE = re.compile(r"\bjava\s?script\b|\bcookies?\b", re.IGNORECASE)
_ROLES = ("tab", "button")
_TARGETS = ("aria-controls", "data-bs-target", "data-target", "href")
_CLICKS = ("data-toggle", "data-bs-toggle")
# Fewer are a word for those who hear the page, a message or a unit; more are a sentence.
_FEWEST_WORDS = 8
# A part whose every row of five words stands elsewhere repeats it.
_ROW = 5
# A list of links is a menu.
_LINKED = 0.8
# Parts nested in parts are compared again with the rest of the page; this many times its words at most.
_MAX_PASSES = 10
_MOST_DOUBTED = 20
"""Hidden parts that are looked at again once the page is tidied; one is enough to say so."""

_HIDDEN_TEXT = "Some text of the page is hidden and was left out."


@dataclass
class Opened:
    """What became of closed parts.  panels: id() of those that were opened.  left_out: where others stood."""

    panels: set[int] = field(default_factory=set)
    left_out: list[Tag] = field(default_factory=list)

    def doubts(self, soup: BeautifulSoup) -> tuple[str, ...]:
        """Return what is to be told of the page, once it is tidied, where words are gone from its text."""
        return (_HIDDEN_TEXT,) if any(_is_part(tag, soup) for tag in self.left_out) else ()


def open_panels(soup: BeautifulSoup) -> Opened:
    """Take out of the page, in place, what nobody is shown, and open what a click would show.

    A label that opens a panel becomes the heading above it.
    """
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    _reveal_shadows(soup)
    ways = _find_ways(soup)
    walk(soup, lambda tag, around: id(tag) not in ways and _drop_unread(tag, around))
    opened = Opened()
    placed = _place_labels(soup, opened)
    _open_hidden(soup, opened)

    def drop_closed(tag: Tag, _: frozenset[str]) -> bool:
        hidden = _is_hidden(tag) and id(tag) not in opened.panels
        return hidden or tag.name == "button" or id(tag) in placed

    walk(soup, drop_closed)
    return opened


def strings_of(tag: Tag) -> Iterator[str]:
    """Yield all strings in a tag, those of opened templates too."""
    for node in tag.descendants:
        if isinstance(node, NavigableString) and not isinstance(node, Comment):
            yield str(node)


def _words(tag: Tag) -> list[str]:
    return " ".join(strings_of(tag)).split()


def _is_part(tag: Tag, soup: BeautifulSoup) -> bool:
    top = tag
    while top.parent is not None:
        top = top.parent
    return top is soup


def _reveal_shadows(soup: BeautifulSoup) -> None:
    """Make ordinary parts of those templates that a browser shows in the place where they stand."""
    for template in soup.find_all("template"):
        if template.has_attr("shadowrootmode") or template.has_attr("shadowroot"):
            template.name = "div"


def _drop_unread(tag: Tag, around: frozenset[str]) -> bool:
    if tag.name == "input":
        if tag.get("type") == "checkbox" and "table" in around:
            # In a form a tick box is the answer.
            tag.insert_before(" \u2612 " if tag.has_attr("checked") else " \u2610 ")
        return True
    return tag.name in _DROPPED_TAGS


def _find_ways(soup: BeautifulSoup) -> set[int]:
    """Return the id() of parts for finding one's way that hold tabs, which name parts of the text."""
    ways: set[int] = set()
    for tab in soup.find_all(True, attrs={"role": "tab"}):
        for parent in tab.parents:
            if id(parent) in ways:
                break
            if parent.name == "nav":
                ways.add(id(parent))
    return ways


# ---- labels


def _place_labels(soup: BeautifulSoup, opened: Opened) -> set[int]:
    """Make headings of the labels of panels; return the id() of those that are to go."""
    weights = weigh(soup)
    by_id = {str(tag["id"]): tag for tag in reversed(soup.find_all(id=True))}
    placed: set[int] = set()
    for tag, level, inside in list(islice(_read_controls(soup), _MOST_CONTROLS)):
        panel = None if placed and _is_taken(tag, placed) else _find_panel(tag, by_id, weights)
        if panel is not None:
            opened.panels.add(id(panel))
        fixed = panel is not None and panel.parent is not None and panel.parent.name in _FIXED
        if fixed or (inside == "heading" and not _is_tab(tag)):
            _tidy(tag)
        elif panel is not None and not _contains(tag, panel) and (label := _label_of(tag)):
            own = tag.find(_HEADINGS)
            heading = soup.new_tag(own.name if own else f"h{level}")
            heading.string = label
            panel.insert_before(heading)
            placed.add(id(tag))
    return placed


def _read_controls(soup: BeautifulSoup) -> Iterator[tuple[Tag, int, str]]:
    """Yield what can be clicked, in order, with the rank of a heading in its place, and where it stands."""
    rank = before = 1
    waiting: list[tuple[Tag, str]] = [(soup, "")]
    while waiting:
        tag, inside = waiting.pop()
        if tag.name in _HEADINGS:
            before, rank = rank, int(tag.name[1])
        inside = "heading" if tag.name in _LABELLED else inside
        inside = "aside" if tag.name in ("header", "nav") and not inside else inside
        if _is_control(tag) and (tag.name == "button" or inside != "aside" or _is_tab(tag)):
            # The heading of a panel is of a lower rank than what heads all the panels.
            rank = before if inside == "heading" else rank
            yield tag, min(rank + 1, _DEEPEST), inside
        waiting.extend((child, inside) for child in reversed(tag.find_all(True, recursive=False)))


def _is_tab(tag: Tag) -> bool:
    return tag.get("role") == "tab" or any(tag.get(name) in ("tab", "pill") for name in _CLICKS)


def _is_control(tag: Tag) -> bool:
    """Tell whether a tag says that a click on it opens something."""
    clicked = tag.name == "button" or tag.get("role") in _ROLES or any(tag.has_attr(name) for name in _CLICKS)
    return clicked and tag.name not in _LABELLED


def _is_taken(tag: Tag, placed: set[int]) -> bool:
    return any(id(parent) in placed for parent in tag.parents)


def _contains(tag: Tag, other: Tag) -> bool:
    return any(parent is tag for parent in other.parents)


def _find_panel(tag: Tag, by_id: Mapping[str, Tag], weights: Mapping[int, Weight]) -> Tag | None:
    """Return the part with words that a click opens; None where there is none, or a menu."""
    for name in _TARGETS:
        target = by_id.get(str(tag.get(name) or "").strip().removeprefix("#"))
        if target is not None and _holds_text(target, weights, tab=_is_tab(tag)):
            return target
    told = tag.has_attr("aria-expanded") or tag.has_attr("aria-controls")
    beside = tag.find_next_sibling()
    if beside is None and told and tag.parent is not None and tag.find_previous_sibling() is None:
        beside = tag.parent.find_next_sibling()
    if beside is None or not (told or _is_named_panel(tag) or _is_named_panel(beside)):
        return None
    return beside if beside.name != "button" and _holds_text(beside, weights) else None


def _holds_text(part: Tag, weights: Mapping[int, Weight], *, tab: bool = False) -> bool:
    weight = weights.get(id(part), Weight())
    if not weight.words or part.name in ("html", "body", "main"):
        return False
    listed = weight.linked > weight.words * _LINKED
    return tab or not (weight.forms or listed or is_named_boilerplate(part) or _is_other(part))


def _is_named_panel(tag: Tag) -> bool:
    return any(map(_PANEL.search, names_of(tag)))


def _is_other(tag: Tag) -> bool:
    """Tell whether a part's names say that it is a menu, a message or the like."""
    return any(map(_NO_PANEL.search, names_of(tag))) or tag.get("aria-modal") == "true"


def _label_of(tag: Tag) -> str:
    """Return the words of a label, "" for one that only says what a click does."""
    shown: list[str] = []
    waiting = list(reversed(tag.contents))
    for _ in range(_LONGEST_LABEL):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, Tag):
            waiting.extend([] if _helps(node) else reversed(node.contents))
        elif isinstance(node, NavigableString):
            shown.append(str(node))
    words = " ".join(" ".join(shown).split())
    return "" if waiting or len(words) > _LONGEST_LABEL or _ACTION.fullmatch(words) else words


def _helps(tag: Tag) -> bool:
    return tag.get("aria-hidden") == "true" or any(map(_HELPER.search, names_of(tag)))


def _tidy(label: Tag) -> None:
    """Leave of a label that stays where it is its words alone."""
    words = _label_of(label)
    if words:
        label.string = words
        label.name = "span" if label.name == "button" else label.name


# ---- hidden parts


class _Seen:
    """The rows of words that were read so far."""

    def __init__(self, most: int) -> None:
        self._rows: set[tuple[str, ...]] = set()
        self._left = most

    def affords(self, characters: int) -> bool:
        """Tell whether a part is still to be read again, and count it."""
        self._left -= characters
        return self._left >= 0

    def add(self, words: Sequence[str]) -> None:
        self._rows.update(_rows_of(words))

    def repeats(self, words: Sequence[str]) -> bool:
        """Tell whether all the words were read elsewhere; few words may well stand twice."""
        return len(words) >= _FEWEST_WORDS and all(row in self._rows for row in _rows_of(words))


def _rows_of(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_ROW)), strict=False)


def _open_hidden(soup: BeautifulSoup, opened: Opened) -> None:
    """Find the hidden parts that are panels, each once, and those of which somebody must be told."""
    hidden, own = _split_hidden(soup)
    weights = weigh(soup)
    seen = _Seen(_MAX_PASSES * weights[id(soup)].words)
    seen.add(own[0])
    labelled = {str(tag["id"]) for tag in soup.find_all(id=True)}
    gone: set[int] = set()
    for tag, around in hidden:
        if around in gone:
            gone.add(id(tag))
            continue
        words = _words(tag) if seen.affords(weights[id(tag)].words) else []
        if tag.name == "noscript":
            kept = _is_scriptless(tag, words)
        else:
            kept = _is_panel(tag, opened, labelled, weights)
        # The label above is compared too: two recommendations may have the same answer.
        if kept and not seen.repeats([*_label_above(tag), *words]):
            # Not the words of hidden parts within it, which are compared in their turn.
            seen.add([*_label_above(tag), *own[id(tag)]])
            tag.name = "div" if tag.name == "noscript" else tag.name
            opened.panels.add(id(tag))
            continue
        opened.panels.discard(id(tag))
        if not kept and _is_told_of(tag, words, weights) and not seen.repeats(words):
            _remember(tag, opened)
        gone.add(id(tag))


def _split_hidden(soup: BeautifulSoup) -> tuple[list[tuple[Tag, int]], Mapping[int, list[str]]]:
    """Return the hidden parts, outer ones first, and the words of each that stand in no other within it.

    With each part comes the id() of the one around it, 0 for none; under 0 are the words that are shown.
    """
    hidden: list[tuple[Tag, int]] = []
    own: dict[int, list[str]] = {0: []}
    waiting: list[tuple[PageElement, int]] = [(soup, 0)]
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, Tag):
            if _is_hidden(node) and node.name not in NEVER_DROPPED:
                hidden.append((node, around))
                around = id(node)
                own[around] = []
            waiting.extend((child, around) for child in reversed(node.contents))
        elif isinstance(node, NavigableString):
            own[around] += str(node).split()
    return hidden, own


def _is_hidden(tag: Tag) -> bool:
    attribute = tag.has_attr("hidden") and tag.get("hidden") != "until-found"
    styled = bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))
    return tag.name == "noscript" or attribute or styled or tag.get("aria-hidden") == "true"


def _is_scriptless(tag: Tag, words: Sequence[str]) -> bool:
    """Tell whether a part for browsers without scripts is text of the page, and not a notice."""
    headed = tag.find(_HEADINGS) is not None
    return (headed or len(words) >= _FEWEST_WORDS) and not (
        len(words) < _FEWEST_WORDS * _ROW and _SCRIPT_NOTICE.search(" ".join(words))
    )


def _is_panel(tag: Tag, opened: Opened, ids: set[str], weights: Mapping[int, Weight]) -> bool:
    if id(tag) in opened.panels or tag.get("role") == "tabpanel":
        return True
    if not _holds_text(tag, weights):
        return False
    labelled = any(each in ids for each in str(tag.get("aria-labelledby") or "").split())
    before = tag.find_previous_sibling()
    headed = before is not None and (before.name in _LABELLED or before.find(_HEADINGS) is not None)
    return labelled or headed or _is_named_panel(tag)


def _label_above(tag: Tag) -> list[str]:
    before = tag.find_previous_sibling()
    if before is None or _is_hidden(before) or _is_longer(before, _LONGEST_LABEL):
        return []
    words = _words(before)
    return words if before.name in _LABELLED or len(words) < _FEWEST_WORDS else []


def _is_longer(tag: Tag, most: int) -> bool:
    characters = 0
    for string in strings_of(tag):
        characters += len(string)
        if characters > most:
            return True
    return False


def _is_told_of(tag: Tag, words: Sequence[str], weights: Mapping[int, Weight]) -> bool:
    """Tell whether a part that is left out looks like text of the page."""
    return tag.name != "noscript" and len(words) >= _FEWEST_WORDS and _holds_text(tag, weights)


def _remember(tag: Tag, opened: Opened) -> None:
    if tag.parent is not None and len(opened.left_out) < _MOST_DOUBTED:
        opened.left_out.append(tag.parent)
