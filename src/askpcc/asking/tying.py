"""Whether a sentence speaks of what is asked, beyond holding a date, a number or a name."""

from collections.abc import Sequence

from askpcc.asking.checking import holds_wanted
from askpcc.model import Question, Ranked, Wanted

TYPED = frozenset({Wanted.COUNT, Wanted.WHEN, Wanted.DEADLINE, Wanted.WHO})
"""What must be a number, a date or a name."""

_LOOKED_AT = 12
_LEAST_SHARE = 0.2
"""How much of what the likely sentence that speaks of the question most says of it, the value's must."""


def most_told(ranked: Sequence[Ranked]) -> float:
    """Return how much the likely sentences speak of a question at most, in points of the ranking."""
    return max((told(found) for found in ranked[:_LOOKED_AT]), default=0.0)


def told(found: Ranked) -> float:
    """Return how much a sentence, with what stands around it, speaks of a question."""
    return found.parts.get("context", 0.0)


def is_tied(question: Question, found: Ranked, ranked: Sequence[Ranked]) -> bool:
    """Tell whether a sentence holds what is wanted, and holds it of the matter that is asked about."""
    if not holds_wanted(question, found.sentence.quote):
        return False
    if question.sought not in TYPED or set(question.items) & set(found.sentence.passage.items):
        return True
    return told(found) >= _LEAST_SHARE * most_told(ranked)
