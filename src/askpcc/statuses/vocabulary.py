"""The lists of words by which speakers, columns and headings are known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from askpcc.text.words import load_data

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class StatusVocabulary:
    """All lists, by section and name.  words: lists of single words, by name."""

    lists: Mapping[str, Mapping[str, Pattern]]
    words: Mapping[str, frozenset[str]]

    def holds(self, section: str, name: str, words: str) -> bool:
        """Tell whether words hold an expression of a list."""
        return self.lists[section][name].search(words) is not None


@lru_cache(maxsize=1)
def load_vocabulary() -> StatusVocabulary:
    """Read the lists of the package."""
    data = load_data("statuses")
    named = {name: f"(?:{'|'.join(listed)})" for name, listed in data.pop("words").items()}
    words = {name: frozenset(listed) for name, listed in data.pop("matters").items()}
    lists = {
        section: {name: _compile("|".join(listed), named) for name, listed in of_section.items()}
        for section, of_section in data.items()
    }
    return StatusVocabulary(lists, words)


def _compile(alternatives: str, named: Mapping[str, str]) -> Pattern:
    for name, listed in named.items():
        alternatives = alternatives.replace(f"{{{name}}}", listed)
    return re.compile(rf"(?<![\w.])(?:{alternatives})(?!\w)", re.IGNORECASE)
