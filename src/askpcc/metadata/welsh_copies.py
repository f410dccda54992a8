"""The Welsh copy of a response is found beside its English twin, so that the two count as one.

A translation keeps what is not translated: figures, dates and numbers of recommendations, in their order. No
word of Welsh is read but what numbers are put to.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from askpcc.model import Document, DocumentCard, FactName
from askpcc.readers.language import WELSH_DOUBT

_ALIKE = 0.85
"""Share of the numbers of both that stand in the same order.

Of 144 pairs of documents of one force with ten numbers or more each, in the corpora and the reading set, the
likest comes to .75 (an update, whose date tells it apart), the likest of no other date to .48; those of
translations in the tests to .97 and 1.
"""
_ALIKE_BY_NAME = 0.6
"""The same where the names of the files say so too: a translation may write figures as words."""
_FEWEST = 10
"""Numbers below which their order tells nothing by itself: a date and some years are in any letter."""
_MOST = 2_000
"""Numbers that are compared: a response of 40 pages has some 800."""

_WELSH_NAMES = frozenset({"cy", "cym", "cymraeg", "gymraeg", "welsh"})
_ENGLISH_NAMES = frozenset({"en", "eng", "english", "saesneg"})
_NUMBER = re.compile(r"\d+")
_NAME_PART = re.compile(r"[^\W_]+")
_RECOMMENDATION = re.compile(r"\b(?:recommendations?|h?argymhelli(?:ad|on))\s+(\d{1,3})\b", re.IGNORECASE)
_AREA = re.compile(r"\b(?:areas? for improvement|(?:maes|meysydd) i'w gwella)\s+(\d{1,3})\b", re.IGNORECASE)
_NAMED = {"recommendation": _RECOMMENDATION, "area": _AREA}
_DATES = (FactName.PUBLISHED, FactName.RESPONDED, FactName.DATED)


@dataclass(frozen=True)
class _Outline:
    """What of a document is the same in another language."""

    document: Document

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        found = (match[0].lstrip("0") for match in _NUMBER.finditer(self.document.text))
        return tuple(found)[:_MOST]

    @cached_property
    def named(self) -> frozenset[tuple[str, str]]:
        text = self.document.text.replace("\u2019", "'")
        return frozenset(
            (kind, match[1]) for kind, written in _NAMED.items() for match in written.finditer(text)
        )

    @cached_property
    def names(self) -> frozenset[tuple[str, ...]]:
        """Return its path, and that of its address, as words without those that name a language."""
        path = PurePosixPath(self.document.path).with_suffix("")
        address = urlsplit(self.document.source.url or "")
        page = PurePosixPath(unquote(address.path)).with_suffix("") if address.path.strip("/") else None
        return frozenset(filter(None, (_words_of(path), _words_of(page, address.netloc) if page else ())))

    def value(self, name: FactName) -> str:
        fact = self.document.fact(name)
        return fact.value if fact else ""


def _words_of(path: PurePosixPath, host: str = "") -> tuple[str, ...]:
    parts = (word.lower() for word in _NAME_PART.findall(str(path)))
    words = tuple(word for word in parts if word not in _WELSH_NAMES | _ENGLISH_NAMES)
    return (host, *words) if host and words else words


def find_welsh_copies(documents: Iterable[Document]) -> dict[str, str]:
    """Return the path of the English twin of each Welsh document that has one.

    A twin has the same numbers in the same order, names the same recommendations by number, and contradicts
    in no fact. Where the force of one is not known, or its numbers are few, the names have to agree as well.
    Of several the likest is taken; where two that say something else are alike, none is.
    """
    held = list(documents)
    welsh = [_Outline(one) for one in held if WELSH_DOUBT in one.doubts]
    if not welsh:
        return {}
    english = [_Outline(one) for one in held if WELSH_DOUBT not in one.doubts]
    found = ((one.document.path, _find_twin(one, english)) for one in welsh)
    return {path: twin.document.path for path, twin in found if twin is not None}


def _find_twin(welsh: _Outline, english: Sequence[_Outline]) -> _Outline | None:
    by_likeness: defaultdict[float, list[_Outline]] = defaultdict(list)
    for one in english:
        if likeness := _likeness(welsh, one):
            by_likeness[likeness].append(one)
    best = by_likeness[max(by_likeness)] if by_likeness else []
    said = {"".join(_NAME_PART.findall(one.document.text)).casefold() for one in best}
    return min(best, key=lambda one: one.document.path) if len(said) == 1 else None


def _likeness(welsh: _Outline, english: _Outline) -> float:
    """Return how alike two documents are; 0 where they are no twins.  A name in common counts most."""
    if _contradict(welsh, english):
        return 0.0
    same_name = bool(welsh.names & english.names)
    force = welsh.value(FactName.FORCE)
    many = min(len(welsh.numbers), len(english.numbers)) >= _FEWEST
    if not same_name and not (many and force and force == english.value(FactName.FORCE)):
        return 0.0
    share = _share_in_order(welsh.numbers, english.numbers)
    if share < (_ALIKE_BY_NAME if same_name else _ALIKE) or not english.numbers:
        # Two documents without numbers have nothing in common but their names.
        return 0.0
    return share + same_name


def _contradict(one: _Outline, other: _Outline) -> bool:
    forces = {one.value(FactName.FORCE), other.value(FactName.FORCE)} - {""}
    pairs = [(one.value(name), other.value(name)) for name in _DATES]
    # A date that is known to the month contradicts no day of it.
    dates = any(a and b and not (a.startswith(b) or b.startswith(a)) for a, b in pairs)
    return len(forces) > 1 or dates or bool(one.named and other.named and one.named != other.named)


def _share_in_order(one: Sequence[str], other: Sequence[str]) -> float:
    """Return twice the length of the longest common subsequence, by the length of both; 1 for two empty ones.

    Counted in the bits of one number, a step for each element (Hyyrö, "Bit-parallel LCS-length computation
    revisited", 2004): of thousands it takes milliseconds, whatever they are.
    """
    if not (one or other):
        return 1.0
    places: defaultdict[str, int] = defaultdict(int)
    for place, number in enumerate(one):
        places[number] |= 1 << place
    every = (1 << len(one)) - 1
    rest = every
    for number in other:
        met = rest & places[number]
        rest = ((rest + met) | (rest - met)) & every
    return 2 * (len(one) - rest.bit_count()) / (len(one) + len(other))


def link_cards(cards: Iterable[DocumentCard], copies: Mapping[str, str]) -> Iterator[DocumentCard]:
    """Yield cards; those of Welsh copies with the document that each is a copy of, not with a doubt."""
    for card in cards:
        if original := copies.get(card.path):
            doubts = tuple(doubt for doubt in card.doubts if doubt != WELSH_DOUBT)
            yield replace(card, welsh_copy_of=original, doubts=doubts)
        else:
            yield card
