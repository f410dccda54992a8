"""What a text refers to: recommendations by number, people by name."""

import re
from collections.abc import Collection
from itertools import groupby

from askpcc.model import Span
from askpcc.text.forces import ForceTable

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
HIDDEN = "(name)"
_WORD = r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Cllr|Councillor|Lord|Lady"
    r"|(?:Detective |Chief |Deputy |Assistant |Police )*"
    r"(?:Superintendent|Inspector|Sergeant|Constable|Commissioner|Mayor|Supt|Insp|Sgt))\.?"
)
_TITLED = re.compile(rf"\b(?P<title>{_TITLE},? )(?P<name>(?!for\b|of\b){_WORD}(?: {_WORD}){{0,3}})")
_BARE = re.compile(
    rf"(?<![\w’'-]){_WORD}(?: [A-Z]\.)?(?: (?:de|van|von|Mc|Mac|O['’]))?(?: {_WORD}){{1,3}}(?![\w’'-])"
)
_NO_PERSON = frozenset(
    """police chief home crime fire violence action national report deputy force constabulary commissioner
    act response constable secretary office council authority service board programme unit team plan
    committee recommendation area cause department inspectorate inspection inspector government county
    city district university college ministry trust court prosecution criminal justice independent
    integrated care community safety partnership road street january february march april may june july
    august september october november december majesty superintendent the this that these those his her
    their my our in on at for from by with of and under detective assistant""".split()
)


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


def hide_people(text: str, forces: ForceTable, known: Collection[str] = ()) -> str:
    """Return a text without names of people; too much is taken out rather than too little.

    known: names that are people's for certain, such as a document's author.  Names of forces that the
    table has stay.
    """
    for name in sorted(filter(None, known), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
    listed = {force.name for force in forces.forces}
    found = [force for force, _ in forces.find_forces(text) if force.name in listed]
    kept = {name for force in found for name in (force.name, force.area)}
    text = _TITLED.sub(lambda found: found["title"] + _hide(found["name"], kept, 1), text)
    return _BARE.sub(lambda found: _hide(found[0], kept), text)


def _hide(name: str, kept: Collection[str], least: int = 2) -> str:
    """Hide each run of so many words that can be a person's; the other words of a longer run stay."""
    hidden = []
    for other, run in groupby(name.split(), lambda word: word.lower().strip(".") in _NO_PERSON):
        words = " ".join(run)
        stays = other or words.count(" ") + 1 < least or any(words in one for one in kept)
        hidden.append(words if stays else HIDDEN)
    return " ".join(hidden)
