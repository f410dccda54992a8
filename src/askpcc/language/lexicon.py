"""Other ways to say a word: the field's abbreviations, and what people type for what responses write.

Both lists are data beside the code (``data/abbreviations.csv``, ``data/synonyms.txt``); somebody who
knows the field extends them without touching a rule.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from askpcc.language.words import content_stems, stems
from askpcc.model import Concept

Phrase = tuple[str, ...]

_SAME = 1.0
_NEAR = 0.7
_LONGEST_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of stems, each with the phrases that mean the same and how surely (0 to 1).

    No phrase is empty.  long_forms: the words that an abbreviation stands for, as they are written.
    """

    equivalents: dict[Phrase, dict[Phrase, float]]
    long_forms: dict[Phrase, str] = field(default_factory=dict)

    def concepts(self, text: str, weight: float = 1.0) -> tuple[Concept, ...]:
        """Return the concepts of a text: its content words and known phrases, in order, each once."""
        found: dict[Phrase, Concept] = {}
        for phrase in self._phrases(content_stems(text)):
            others = self.equivalents.get(phrase, {})
            found.setdefault(phrase, Concept(weight, ((phrase, 1.0), *others.items())))
        return tuple(found.values())

    def spell_out(self, concepts: Iterable[Concept]) -> list[str]:
        """Return the long forms of those concepts that were typed as abbreviations."""
        typed = (concept.phrases[0][0] for concept in concepts)
        return [self.long_forms[phrase] for phrase in typed if phrase in self.long_forms]

    def _phrases(self, typed: list[str]) -> Iterator[Phrase]:
        """Cut stems into the longest phrases known and, between them, single stems."""
        at = 0
        while at < len(typed):
            length = next(
                (n for n in range(_LONGEST_PHRASE, 1, -1) if tuple(typed[at : at + n]) in self.equivalents), 1
            )
            yield tuple(typed[at : at + length])
            at += length


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """Return the lexicon of the package's own lists."""
    data = files("askpcc") / "data"
    abbreviations = csv.DictReader((data / "abbreviations.csv").read_text("utf-8").splitlines())
    pairs = [(row["short"], row["long"]) for row in abbreviations]
    lines = (data / "synonyms.txt").read_text("utf-8").splitlines()
    return build_lexicon(pairs, [line for line in lines if line.strip() and not line.startswith("#")])


def build_lexicon(abbreviations: Iterable[tuple[str, str]], groups: Iterable[str]) -> Lexicon:
    """Make a lexicon of pairs (short, long) and of lines of phrases that stand for each other.

    A line that begins with "=" holds forms of one word; the others are near in meaning only.
    What has no words ("%") stands for nothing.
    """
    equivalents: defaultdict[Phrase, dict[Phrase, float]] = defaultdict(dict)
    for line in groups:
        strength = _SAME if line.startswith("=") else _NEAR
        _relate(equivalents, line.lstrip("=").split(","), strength)
    long_forms = {}
    for short, long in abbreviations:
        _relate(equivalents, (short, long), _SAME)
        long_forms[_as_phrase(short)] = long
    return Lexicon(dict(equivalents), long_forms)


def _as_phrase(text: str) -> Phrase:
    return tuple(content_stems(text)) or tuple(stems(text))


def _relate(equivalents: dict[Phrase, dict[Phrase, float]], texts: Iterable[str], strength: float) -> None:
    phrases = [phrase for phrase in map(_as_phrase, texts) if phrase]
    for phrase in phrases:
        for other in phrases:
            if other != phrase:
                equivalents[phrase][other] = max(strength, equivalents[phrase].get(other, 0.0))
