"""References by number: "Recommendation 5", "recs 10 and 22", "AFI 2"."""

import re

from askpcc.model import Span

RECOMMENDATION = "recommendation"
AREA_FOR_IMPROVEMENT = "area for improvement"
CAUSE_OF_CONCERN = "cause of concern"

_KINDS = (
    (RECOMMENDATION, r"rec(?:c?omm?end?ation)?s?"),
    (AREA_FOR_IMPROVEMENT, r"afis?|areas?\s+for\s+improvement"),
    (CAUSE_OF_CONCERN, r"cocs?|causes?\s+(?:of|for)\s+concern"),
)
_NUMERALS = {
    name: str(number)
    for number, name in enumerate("one two three four five six seven eight nine ten".split(), start=1)
}
_NUMBER = rf"(?:\d{{1,3}}[a-z]?(?![\w%]| per ?cent)|(?:{'|'.join(_NUMERALS)})\b)"
_MOST_IN_A_RANGE = 50

_REFERENCE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<k{i}>{pattern})' for i, (_, pattern) in enumerate(_KINDS))})\.?"
    rf"(?:\s*(?:numbers?|nos?\b\.?|#))?\s*(?P<numbers>(?:(?<!s )\()?{_NUMBER}"
    rf"(?:\s*(?:,\s*and|,|and|or|&|/|-|–|to)\s*{_NUMBER})*)",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?P<range>-|–|\bto\b)|(?P<number>{_NUMBER})", re.IGNORECASE)


def find_items(text: str) -> tuple[str, ...]:
    """Return what a text names by number, each once, in order: ("recommendation 10", ...).

    Markup must be taken out before.  "Recommendations 3 to 5" names three.
    """
    found: dict[str, None] = {}
    for match in _REFERENCE.finditer(text):
        kind = next(name for i, (name, _) in enumerate(_KINDS) if match[f"k{i}"])
        for number in _numbers(match["numbers"]):
            found[f"{kind} {number}"] = None
    return tuple(found)


def find_item_spans(text: str) -> list[Span]:
    """Return where a text names something by number, in order."""
    return [Span(match.start(), match.end()) for match in _REFERENCE.finditer(text)]


def without_items(text: str) -> str:
    """Return a text without what it names by number, whose numbers count nothing."""
    return _REFERENCE.sub(" ", text)


def _numbers(listed: str) -> list[str]:
    numbers: list[str] = []
    in_range = False
    for part in _PART.finditer(listed):
        if part["range"]:
            in_range = True
            continue
        number = _shape(part["number"])
        numbers += _between(numbers[-1], number) if in_range else []
        numbers.append(number)
        in_range = False
    return numbers


def _shape(number: str) -> str:
    """Write a number as it is compared: in digits, without leading zeros, its letter in lower case."""
    return _NUMERALS.get(number.lower()) or number.lower().lstrip("0") or "0"


def _between(first: str, last: str) -> list[str]:
    if not (first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + _MOST_IN_A_RANGE):
        return []
    return [str(number) for number in range(int(first) + 1, int(last))]
