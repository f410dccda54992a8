"""The lists by which statements are compared with what they cite (``data/proving.toml``), as stems."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from askpcc.language.words import stem, words

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists.  groups: stem to the number of its group of decisive words."""

    numerals: Mapping[str, str]
    negation: Pattern
    groups: Mapping[str, int]
    free: frozenset[str]
    still_to_come: Pattern
    ought: Pattern
    speakers: Mapping[str, Pattern]


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the lists of the package."""
    data = tomllib.loads((files("askpcc") / "data" / "proving.toml").read_text("utf-8"))
    groups = {
        stem(word): number
        for number, group in enumerate(data["decisive"]["groups"])
        for word in group
        if " " not in word
    }
    negation = data["negation"]
    return Vocabulary(
        numerals=data["numerals"],
        negation=_any_of([*negation["words"], *negation["phrases"], *negation["forms"]], more=r"|n['’]t\b"),
        groups=groups,
        free=frozenset(stem(word) for word in words(data["free"]["words"])),
        still_to_come=_any_of([*data["still_to_come"]["words"], *data["still_to_come"]["phrases"]]),
        ought=_any_of([*data["ought"]["words"], *data["ought"]["phrases"]]),
        speakers={who: _any_of(named) for who, named in data["speakers"].items()},
    )


def _any_of(phrases: Iterable[str], more: str = "") -> Pattern:
    listed = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{listed})\b{more}", re.IGNORECASE)
