"""Asking back where several documents could be meant."""

from collections.abc import Mapping, Sequence

from askpcc.asking.abstaining import Gap
from askpcc.language.words import plain
from askpcc.model import DocumentCard, FactName, Question, Ranked, Reason, Wanted

_LOOKED_AT = 12
_AS_GOOD = 0.05
_AS_COVERED = 0.01
"""How close in points of the ranking, and in coverage, documents of several forces fit equally well."""

_SAME_WORDS = 0.5
"""The same for the same words, which the names of forces in headers can move apart."""

_TELLING_WEIGHT = 0.4
_MOST_CHOICES = 4


def find_ambiguity(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> Gap | None:
    """Ask back which force or report is meant where the best documents of several fit equally well."""
    if question.forces or question.wanted is Wanted.COMPARE or not ranked:
        return None
    if question.items and not any(concept.weight >= _TELLING_WEIGHT for concept in question.concepts):
        return _ask_document(question, ranked, cards)
    equal: dict[str, None] = {}
    for found in ranked[:_LOOKED_AT]:
        if _fits_as_well(found, ranked[0]):
            force = cards[found.sentence.passage.document].fact(FactName.FORCE)
            equal.setdefault(force.value if force else "", None)
    if len(equal) == 1 or "" in equal:
        return None
    choices = ", ".join(list(equal)[:-1]) + f" or {list(equal)[-1]}"
    return Gap(
        Reason.UNSAFE_TO_GUESS, f"Several responses fit equally well. Which one do you mean: {choices}?"
    )


def _fits_as_well(found: Ranked, best: Ranked) -> bool:
    """Tell whether a sentence fits as well as the best; the same words may be a little farther behind it."""
    if best.coverage - found.coverage > _AS_COVERED:
        return False
    same = plain(found.sentence.quote) == plain(best.sentence.quote)
    return best.score - found.score <= (_SAME_WORDS if same else _AS_GOOD)


def _ask_document(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> Gap | None:
    """Ask back which document is meant by a number alone, where several have that number."""
    named = set(question.items)
    held = dict.fromkeys(
        found.sentence.passage.document for found in ranked if named & set(found.sentence.passage.items)
    )
    if len(held) < 2:  # noqa: PLR2004 - one is no choice
        return None
    titles = (cards[path].fact(FactName.TITLE) for path in list(held)[:_MOST_CHOICES])
    listed = "; ".join(title.value for title in titles if title)
    return Gap(
        Reason.UNSAFE_TO_GUESS,
        f"{len(held)} documents have {' and '.join(question.items)}. "
        f"Say which one you mean, such as: {listed}.",
    )
