"""The recommendations, areas for improvement and causes of concern that a line names."""

import re
from dataclasses import dataclass

from askpcc.language.items import find_items
from askpcc.language.words import plain
from askpcc.model import MatterKind, Span
from askpcc.statuses.rules import load_rules

_KIND = (
    r"(?:recommendations?|recs?|areas?\s+for\s+improvement|AFIs?"
    r"|(?:accelerated\s+)?causes?\s+of\s+concern|CoCs?)"
)
_NUMBERS = r"(?:\s*(?:numbers?|nos?\.?|#)?\s*\d{1,3}[a-z]?(?:\s*(?:,|and|&|to|-|–)\s*\d{1,3}[a-z]?)*)"
_STARTS = re.compile(
    rf"^\W*(?:the\s)?(?P<kind>{_KIND})(?:(?P<numbers>{_NUMBERS})\b|(?=\s*:\s*\S))", re.IGNORECASE
)
_BARE = re.compile(r"\W*(?:recommendation|area for improvement|AFI|cause of concern)\W*", re.IGNORECASE)
_LABEL_END = re.compile(r"\s*\([^)]{2,160}\)\s*[:.–—]?|\s*[:–—](?=\s|\*)")
_ASKS = re.compile(
    r"\b(?:should|must|asks?|asked\s+(?:for|that)|recommends?|needs?\s+to|ought\s+to|(?:is|are)\s+(?:required|expected|asked)\s+to)\b",
    re.IGNORECASE,
)
_NAME_OPENING = re.compile(
    r"^\W*(?:(?:that|on|about|concerns?|is\s+that|asks?\s+for|asks?)\b)?\W*(?:(?:by|within|before|no\s+later\s+than|immediately|with\s+immediate\s+effect)\b[^,]{0,40},\s*)?",
    re.IGNORECASE,
)
_KINDS = (
    (MatterKind.AREA_FOR_IMPROVEMENT, re.compile(r"area|afi", re.IGNORECASE)),
    (MatterKind.CAUSE_OF_CONCERN, re.compile(r"cause|coc", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class NamedItem:
    """A matter that a document names as a recommendation or the like.

    words: what it asks for, else what names it, as they stand.  text: all of its own words, for dates
    and addressee.  span: where the document names it.  parts: how many things it lists.
    """

    kind: MatterKind
    number: str | None
    words: str
    span: Span
    text: str = ""
    parts: int = 0

    @property
    def key(self) -> tuple[MatterKind, str]:
        """Tell which matter it is: by number or, without one, by its words."""
        return self.kind, self.number or self.words.lower()


def asks(words: str) -> bool:
    """Tell whether words say what somebody is to do."""
    return _ASKS.search(words) is not None


def is_fault(item: NamedItem, words: str) -> bool:
    """Tell whether words are what inspectors found wrong, which is all that some areas say."""
    return item.kind is not MatterKind.RECOMMENDATION and load_rules().holds("places", "fault", words)


def kind_of(words: str) -> MatterKind:
    """Return what sort of matter words name ("AFI", "cause of concern")."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), MatterKind.RECOMMENDATION)


def bare_kind(title: str) -> MatterKind | None:
    """Return what sort of matter a heading is that says no more ("Area for improvement"); None for others."""
    return kind_of(title) if _BARE.fullmatch(title) else None


def name_items(text: str, span: Span) -> list[NamedItem]:
    """Return the items that a line or sentence begins by naming, one a number; none for most."""
    words = plain(span.of(text))
    start = _STARTS.match(words)
    if not start:
        return []
    kind = kind_of(start["kind"])
    own = words[start.end() :]
    numbers: list[str | None] = [found.rsplit(" ", 1)[1] for found in find_items(start.group())] or [None]
    name, text = _shorten(own), own if asks(own) else ""
    return [
        NamedItem(kind, number, name or f"{kind} {number or ''}".strip(), span, text) for number in numbers
    ]


def mention_items(words: str, span: Span) -> list[NamedItem]:
    """Return the items that a sentence speaks of by number, wherever it does."""
    found = [item.rsplit(" ", 1) for item in find_items(words)]
    return [NamedItem(MatterKind(kind), number, f"{kind} {number}", span) for kind, number in found]


def label_end(text: str, span: Span) -> int:
    """Return where a label ("Recommendation 1 (interviews):") ends, in a line that goes on after it."""
    start = re.search(_STARTS.pattern.lstrip("^"), text[span.start : span.end], re.IGNORECASE)
    if not start:
        return span.start
    end = _LABEL_END.match(text, span.start + start.end(), span.end)
    return end.end() if end else span.start


def without_opening(own: str) -> str:
    """Return what is asked for without the date or "that" before it."""
    return own[_end_of(_NAME_OPENING, own) :]


def _shorten(own: str) -> str:
    """Return what an item asks for or is about, without its number, its date and its full stop."""
    bracketed = re.match(r"^\s*\(([^)]{2,160})\)(?:\W*$|\s*[:.–—])", own)
    own = (
        own
        if asks(own)
        else re.split(
            r",\s+(?:is|has|have|are|was|were)\b|\s+and\s+(?:needs?|requires?|is|has)\b|^[\s:–—-]*(?:is|are|has|have|will|does|do|cannot|was|were)\b",
            own,
        )[0]
    )
    name = bracketed[1] if bracketed else without_opening(own)
    return name.strip(" .:;,–—-*_")


def _end_of(pattern: re.Pattern[str], words: str) -> int:
    match = pattern.match(words)
    return match.end() if match else 0
