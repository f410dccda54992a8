"""What each word of a question weighs in this corpus: the rarer, the more it tells."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from askpcc.model import Concept, Stems

_PART_OF_PHRASE = 0.4


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare stems are among the passages: what is rare tells more."""

    passages: int
    frequencies: Mapping[str, int]

    def of(self, phrase: tuple[str, ...]) -> float:
        """Weigh a phrase by its rarest stem (inverse document frequency); one that is nowhere weighs 0."""
        held = min(self.frequencies.get(s, 0) for s in phrase)
        return math.log(1 + (self.passages - held + 0.5) / (held + 0.5)) if held else 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept with what it weighs in this corpus, and what each way to say it earns.

    stems: of all the ways to say it.
    """

    weight: float
    earnings: tuple[tuple[tuple[str, ...], float], ...]
    stems: Stems

    def earned(self, found: Stems) -> float:
        """Return what a bag of stems earns for the concept; a part of a phrase earns little."""
        if self.stems.isdisjoint(found):
            return 0.0
        best = 0.0
        for phrase, worth in self.earnings:
            held = sum(s in found for s in phrase) / len(phrase)
            best = max(best, worth * (held if held == 1 else held * _PART_OF_PHRASE))
        return best


def weigh(concepts: Iterable[Concept], rarity: Rarity) -> list[Weighed]:
    """Weigh the concepts of a question; one that the corpus never speaks of weighs as much as the mean.

    A way to say it that is commoner than the typed word earns no more than its own rarity.
    """
    drafts = []
    for concept in concepts:
        sure = max(rarity.of(phrase) for phrase, strength in concept.phrases if strength == 1)
        own = sure or max(rarity.of(phrase) for phrase, _ in concept.phrases)
        earnings = tuple(
            (p, concept.weight * strength * min(own, rarity.of(p))) for p, strength in concept.phrases
        )
        drafts.append((concept, own, tuple((p, worth) for p, worth in earnings if worth)))
    known = [own for _, own, _ in drafts if own]
    mean = sum(known) / len(known) if known else 1.0
    return [
        Weighed(
            concept.weight * (own or mean), earnings, frozenset(s for phrase, _ in earnings for s in phrase)
        )
        for concept, own, earnings in drafts
    ]
