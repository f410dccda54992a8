"""What a text holds that is exact, in its order: numbers, dates, matters by number; each in one form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from askpcc.model import Status
from askpcc.text.dates import find_dates
from askpcc.text.references import find_item_spans, find_items
from askpcc.text.words import (
    STOPWORDS,
    Lexicon,
    build_lexicon,
    load_data,
    stem,
    words,
)

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists.

    groups: stem to the number of its group of decisive words.  kinds: what narrows, one pattern a kind.
    left_out: what narrows and may be left out.  actors: what people are called, to who they are.  free: stems
    that need no proof.  same: words that mean the same.
    """

    numerals: Mapping[str, str]
    negation: Pattern
    harmless: Pattern
    groups: Mapping[str, int]
    universal: Pattern
    kinds: tuple[Pattern, ...]
    roughly: Pattern
    left_out: Pattern
    condition: Pattern
    free: frozenset[str]
    same: Lexicon
    still_to_come: Pattern
    going_on: Pattern
    ought: Pattern
    actors: Mapping[str, str]
    actor: Pattern
    anaphors: Pattern
    statuses: Mapping[Status, Pattern]
    labels: Mapping[Status, Pattern]


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the lists of the package."""
    data = load_data("proving")
    numerals = "|".join(data["numerals"])
    roughly = "|".join(data["narrowing"]["roughly"])
    negation, going = data["negation"], data["going_on"]
    states = "|".join(going["states"])
    progressive = (
        rf"|\b(?:am|is|are|was|were|been)\s+(?:(?:not|now|still|also|\w+ly)\s+)*(?!(?:{states})\b)\w+ing\b"
    )
    return Vocabulary(
        numerals=data["numerals"],
        negation=_any_of([*negation["words"], *negation["phrases"], *negation["forms"]], more=r"|n['’]t\b"),
        harmless=_any_of(negation["harmless"]),
        groups=_number_groups(data["decisive"]["groups"]),
        universal=_any_of(data["decisive"]["universal"]),
        kinds=tuple(_any_of(kind) for kind in data["narrowing"]["kinds"]),
        roughly=re.compile(rf"\b(?:{roughly})\s+(?:a\s+)?(?=[£\d]|(?:{numerals})\b)", re.IGNORECASE),
        condition=re.compile(
            rf"\W*(?:but |and )?({'|'.join(data['narrowing']['conditions'])})\b", re.IGNORECASE
        ),
        left_out=_any_of(data["narrowing"]["left_out"]),
        free=frozenset(stem(word) for word in words(data["free"]["words"])),
        same=build_lexicon([], [f"={group}" for group in data["same"]["groups"]]),
        still_to_come=_any_of([*data["still_to_come"]["words"], *data["still_to_come"]["phrases"]]),
        going_on=_any_of([*going["words"], *going["phrases"]], more=progressive),
        ought=_any_of([*data["ought"]["words"], *data["ought"]["phrases"]]),
        actors={name: who for who, named in data["actors"].items() for name in named},
        actor=_any_of(
            sorted((name for named in data["actors"].values() for name in named), key=len, reverse=True)
        ),
        anaphors=_any_of(data["anaphors"]["words"]),
        statuses={Status(name): _any_of(named) for name, named in data["statuses"].items()},
        labels={Status(name): _any_of(named) for name, named in data["labels"].items()},
    )


def _number_groups(groups: Iterable[Any]) -> dict[str, int]:
    return {stem(word): n for n, group in enumerate(groups) for word in group if " " not in word}


def _any_of(phrases: Iterable[str], more: str = "") -> Pattern:
    listed = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{listed})\b{more}", re.IGNORECASE)


_PERIODS = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
_EACH = re.compile(r"\b(?:once )?(?:each|every|per) (day|week|month|quarter|year)\b", re.IGNORECASE)
_A = re.compile(
    r"(?<!\bin )(?<!\bfor )(?<!within )(?<!than )(?<!\bof )(?<!over )(?<!about )(?<!half )"
    r"\ban? (day|week|month|quarter|year)\b"
    r"(?! (?:ago|later|earlier|before|after|on|and a))(?!-)",
    re.IGNORECASE,
)
_IN_EVERY = re.compile(r"\b(in|of) every (?=\d|[a-z]+\b)", re.IGNORECASE)
_PER_CENT = re.compile(r"\s*per\s?cent\b", re.IGNORECASE)
_SPLIT_YEAR = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?(?:20)?(\d\d)\b(?![/–-])")
_NUMBER = re.compile(
    r"(?<![\w.,])(£\s?)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s*(million|billion|thousand|m|k|bn)\b)?(\s?%)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Easter|Christmas"
    r"|spring|Spring|summer|Summer|autumn|Autumn|winter|Winter|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TENS = re.compile(r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-](\w+)\b", re.IGNORECASE)
_SCALES = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "thousand": 1000, "k": 1000}
_TOKEN = re.compile(r"[^\W_]+(?:['’][sS]\b)?|[,;:.–—()]")
_BREAK = 3
"""How many words a comma or a stop counts for when it is asked what stands near to what."""


class Sort(StrEnum):
    """What a piece of a text is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Piece:
    """A content word as its stem, or a value in one form.  at: how many words stand before it."""

    sort: Sort
    value: str
    at: int


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    sort: Sort
    values: tuple[str, ...]


def smooth(text: str) -> str:
    """Write in one way what is counted: per cent, how often, one in so many."""
    text = _PER_CENT.sub("%", text)
    for pattern in (_EACH, _A):
        text = pattern.sub(lambda match: _PERIODS[match[1].lower()], text)
    return _IN_EVERY.sub(r"\1 ", text)


def read_pieces(text: str) -> list[Piece]:
    """Return the content words and values of a text that was smoothed, in order.

    A month without its year is the value "--07"; seasons and week-days are dates too.
    """
    found = sorted(_find_values(text), key=lambda one: one.start)
    pieces: list[Piece] = []
    at = last = 0
    for one in [*found, _Found(len(text), len(text), Sort.WORD, ())]:
        at, more = _read_words(text[last : one.start], at)
        pieces += more
        pieces += [Piece(one.sort, value, at) for value in one.values]
        at, last = at + 1, one.end
    return pieces


def values_of(pieces: list[Piece], sort: Sort) -> frozenset[str]:
    """Return the values of one sort."""
    return frozenset(piece.value for piece in pieces if piece.sort is sort)


def _read_words(text: str, at: int) -> tuple[int, list[Piece]]:
    pieces: list[Piece] = []
    for match in _TOKEN.finditer(text):
        if not match[0][0].isalnum():
            at += _BREAK - 1
            continue
        pieces += [Piece(Sort.WORD, stem(word), at) for word in words(match[0]) if word not in STOPWORDS]
        at += 1
    return at, pieces


def _find_values(text: str) -> list[_Found]:
    found = [
        _Found(span.start, span.end, Sort.ITEM, find_items(span.of(text))) for span in find_item_spans(text)
    ]
    for match in _SPLIT_YEAR.finditer(text):
        _add(found, _Found(match.start(), match.end(), Sort.DATE, (f"{match[1]}/{match[2]}",)))
    for date in find_dates(text, years=True):
        value = date.value or date.span.of(text).casefold()
        _add(found, _Found(date.span.start, date.span.end, Sort.DATE, (value,)))
    for match in _TIME.finditer(text):
        month = match[0][:3].lower()
        value = f"--{_MONTHS.index(month) + 1:02}" if month in _MONTHS else match[0].lower()
        _add(found, _Found(match.start(), match.end(), Sort.DATE, (value,)))
    for match in _NUMBER.finditer(text):
        _add(found, _Found(match.start(), match.end(), Sort.NUMBER, (_write(match),)))
    for one in _find_numerals(text):
        _add(found, one)
    return found


def _add(found: list[_Found], one: _Found) -> None:
    if not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def _write(match: re.Match[str]) -> str:
    value = float(match[2].replace(",", "") + (match[3] or "")) * _SCALES.get((match[4] or "").lower(), 1)
    return f"{'£' if match[1] else ''}{value:.10g}{'%' if match[5] else ''}"


def _find_numerals(text: str) -> list[_Found]:
    numerals = load_vocabulary().numerals
    found = []
    for match in _TENS.finditer(text):
        unit = numerals.get(match[2].lower(), "")
        if unit.isdigit() and len(unit) == 1:
            total = str(int(numerals[match[1].lower()]) + int(unit))
            found.append(_Found(match.start(), match.end(), Sort.NUMBER, (total,)))
    for match in re.finditer(r"\b[A-Za-z]+\b", text):
        value = numerals.get(match[0].lower())
        if value:
            _add(found, _Found(match.start(), match.end(), Sort.NUMBER, (value,)))
    return found
