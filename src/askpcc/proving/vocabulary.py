"""The lists by which statements are compared with what they cite (``data/proving.toml``)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from askpcc.language.lexicon import Lexicon, build_lexicon
from askpcc.language.patterns import load_data
from askpcc.language.words import stem, words
from askpcc.model import Status

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
    )


def _number_groups(groups: Iterable[Any]) -> dict[str, int]:
    return {stem(word): n for n, group in enumerate(groups) for word in group if " " not in word}


def _any_of(phrases: Iterable[str], more: str = "") -> Pattern:
    listed = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{listed})\b{more}", re.IGNORECASE)
