"""What a text holds that is exact: numbers, dates, matters by number, names; each in one form."""

import re

from askpcc.language.dates import find_dates
from askpcc.language.items import find_items, without_items
from askpcc.language.words import words
from askpcc.proving.vocabulary import load_vocabulary

_NUMBER = re.compile(r"(?<![\w.])£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s*(?:%|per\s?cent\b))?", re.IGNORECASE)
_TENS = re.compile(r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]+(\w+)\b", re.IGNORECASE)
_SCALE = re.compile(r"^\s*(million|billion|thousand|m|k|bn)\b", re.IGNORECASE)
_SCALES = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "thousand": 1000, "k": 1000}
_NAME = re.compile(r"\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,}[\w-]*)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|[“\"(]\s*)$")


def read_items(text: str) -> frozenset[str]:
    """Return the matters that a text names by number: "recommendation 5"."""
    return frozenset(find_items(text))


def read_dates(text: str) -> frozenset[str]:
    """Return the dates, months and years of a text as ISO values; doubtful ones as they are written."""
    found = find_dates(text, years=True)
    return frozenset(one.value or one.span.of(text).casefold() for one in found)


def read_numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text, digits and words alike, without dates and numbered matters."""
    rest = without_items(text)
    for one in reversed(find_dates(rest, years=True)):
        rest = f"{rest[: one.span.start]} {rest[one.span.end :]}"
    numerals = load_vocabulary().numerals
    rest = _TENS.sub(lambda match: _add(match[1], match[2]), rest)
    in_words = {numerals[word] for word in words(rest) if word in numerals}
    return frozenset(in_words | {_normalise(match, rest) for match in _NUMBER.finditer(rest)})


def _add(tens: str, units: str) -> str:
    numerals = load_vocabulary().numerals
    unit = numerals.get(units.lower(), "")
    return (
        str(int(numerals[tens.lower()]) + int(unit))
        if unit.isdigit() and int(unit) < 10
        else f"{tens} {units}"
    )


def _normalise(match: re.Match[str], text: str) -> str:
    value = float(match[1].replace(",", "") + (match[2] or ""))
    scale = _SCALE.match(text[match.end() :])
    value *= _SCALES[scale[1].lower()] if scale else 1
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def read_names(text: str) -> frozenset[str]:
    """Return capitalised words and abbreviations of a text, in lower case.

    A capitalised word that begins a sentence may be any word, so that it is none unless it is an
    abbreviation.
    """
    names = set()
    for match in _NAME.finditer(text):
        starts = _SENTENCE_START.search(text[: match.start()]) is not None
        if match[0].isupper() or not starts:
            names.update(words(match[0]))
    return frozenset(names)
