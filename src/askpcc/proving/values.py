"""What a text holds that is exact, in its order: numbers, dates, matters by number; each in one form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from askpcc.text.dates import find_dates
from askpcc.text.references import find_item_spans, find_items
from askpcc.text.words import (
    load_data,
)

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of ``data/proving.toml``, words as keys of tokens.

    actors: what people are called, to who they are; actor: finds them.
    """

    numerals: Mapping[str, str]
    actors: Mapping[str, str]
    actor: Pattern
    free_words: frozenset[str]
    elliptic: frozenset[str]
    labels: frozenset[str]
    under_way: frozenset[str]
    joints: frozenset[str]
    connectives: frozenset[str]
    announcing: frozenset[str]
    announcing_ends: frozenset[str]
    first_persons: frozenset[str]
    of_several: frozenset[str]
    of_persons: frozenset[str]
    pronouns: frozenset[str]
    narrowing: frozenset[str]
    reasons: frozenset[str]
    timely: frozenset[str]
    verbs: frozenset[str]
    collective: frozenset[str]
    doubting: frozenset[str]
    turns: frozenset[str]
    universal: frozenset[str]
    exceptions: frozenset[str]
    limiting: frozenset[str]
    bounding: frozenset[str]


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the lists of the package."""
    data = load_data("proving")

    def words_of(table: str, key: str = "words") -> frozenset[str]:
        return frozenset(data[table][key].split())

    pronouns = {name: words_of("pronouns", name) for name in data["pronouns"]}
    return Vocabulary(
        numerals=data["numerals"],
        actors={name: who for who, named in data["actors"].items() for name in named},
        actor=_any_of(
            sorted((name for named in data["actors"].values() for name in named), key=len, reverse=True)
        ),
        free_words=words_of("free"),
        elliptic=words_of("elliptic"),
        labels=words_of("labels"),
        under_way=words_of("under_way"),
        joints=words_of("joints"),
        connectives=words_of("connectives"),
        announcing=words_of("announcing"),
        announcing_ends=words_of("announcing", "ends"),
        first_persons=pronouns["first"],
        of_several=pronouns["several"],
        of_persons=pronouns["persons"],
        pronouns=pronouns["first"] | pronouns["others"],
        narrowing=words_of("narrowing"),
        reasons=words_of("reasons"),
        timely=words_of("timely"),
        verbs=words_of("verbs"),
        collective=words_of("narrowing", "collective"),
        doubting=words_of("doubting"),
        turns=words_of("doubting", "turns"),
        universal=words_of("universal"),
        exceptions=words_of("universal", "exceptions"),
        limiting=words_of("limiting"),
        bounding=words_of("limiting", "bounding"),
    )


def _any_of(phrases: Iterable[str]) -> Pattern:
    listed = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)


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


class Sort(StrEnum):
    """What a piece of a text is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value of a text, where it stands, and its parts: "recommendations 3 and 4" are two."""

    start: int
    end: int
    sort: Sort
    values: tuple[str, ...]


def read_values(text: str) -> frozenset[tuple[Sort, str]]:
    """Return the dates, numbers and numbered matters of a text, each in one form."""
    return frozenset((found.sort, value) for found in find_values(text) for value in found.values)


def find_values(text: str) -> list[FoundValue]:
    """Return the dates, numbers and numbered matters of a text, in no order."""
    found = [
        FoundValue(span.start, span.end, Sort.ITEM, find_items(span.of(text)))
        for span in find_item_spans(text)
    ]
    for match in _SPLIT_YEAR.finditer(text):
        _add(found, FoundValue(match.start(), match.end(), Sort.DATE, (f"{match[1]}/{match[2]}",)))
    for date in find_dates(text, years=True):
        value = date.value or date.span.of(text).casefold()
        _add(found, FoundValue(date.span.start, date.span.end, Sort.DATE, (value,)))
    for match in _TIME.finditer(text):
        month = match[0][:3].lower()
        value = f"--{_MONTHS.index(month) + 1:02}" if month in _MONTHS else match[0].lower()
        _add(found, FoundValue(match.start(), match.end(), Sort.DATE, (value,)))
    for match in _NUMBER.finditer(text):
        _add(found, FoundValue(match.start(), match.end(), Sort.NUMBER, (_write(match),)))
    for one in _find_numerals(text):
        _add(found, one)
    return found


def _add(found: list[FoundValue], one: FoundValue) -> None:
    if not any(one.start < other.end and other.start < one.end for other in found):
        found.append(one)


def _write(match: re.Match[str]) -> str:
    value = Decimal(match[2].replace(",", "") + (match[3] or "")) * _SCALES.get((match[4] or "").lower(), 1)
    return f"{'£' if match[1] else ''}{value.normalize():f}{'%' if match[5] else ''}"


def _find_numerals(text: str) -> list[FoundValue]:
    numerals = load_vocabulary().numerals
    found = []
    for match in _TENS.finditer(text):
        unit = numerals.get(match[2].lower(), "")
        if unit.isdigit() and len(unit) == 1:
            total = str(int(numerals[match[1].lower()]) + int(unit))
            found.append(FoundValue(match.start(), match.end(), Sort.NUMBER, (total,)))
    for match in re.finditer(r"\b[A-Za-z]+\b", text):
        value = numerals.get(match[0].lower())
        if value:
            _add(found, FoundValue(match.start(), match.end(), Sort.NUMBER, (value,)))
    return found
