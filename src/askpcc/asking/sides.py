"""A question about several things is answered side by side, never by one side alone."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from askpcc.asking.checking import holds_wanted
from askpcc.asking.recency import date_documents
from askpcc.language.words import plain
from askpcc.model import DocumentCard, FactName, Question, Ranked, Wanted

Side = Sequence[Ranked]

_MOST_DOCUMENTS = 3
_MARGIN = 1.5
"""How far behind the best document another may be and still be a side; in points of the ranking."""

_LEAST_SHARE = 0.7
"""The least share of the best document's coverage of the question that another side must reach."""

_RIVAL_MARGIN = 0.6
_AS_TELLING = 0.8
_TWO = 2
_YEAR = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?![\w/-])")
_TWO_PARTS = re.compile(
    r"\b(who|when|what|how|which)\b.*(?:,|\band\b).*\b(?:who|when|what|how|which|in)\b.*\b(?:response|letter|report)",
    re.IGNORECASE,
)


def split_sides(question: Question, ranked: Side, cards: Mapping[str, DocumentCard]) -> list[Side]:
    """Return the ranking of each side of a question: one a force, one a document, or the whole.

    A force that has nothing in the ranking gives no side.
    """
    if len(question.forces) > 1:
        return [side for force in question.forces if (side := _of_force(force, ranked, cards))]
    of_years = _by_year(question, ranked, cards)
    if of_years:
        return of_years
    if question.wanted is Wanted.COMPARE or _TWO_PARTS.search(question.words):
        return _by_document(ranked)
    if question.wanted is Wanted.COUNT:
        return _conflicting(question, ranked) or [ranked]
    return [ranked]


def _by_year(question: Question, ranked: Side, cards: Mapping[str, DocumentCard]) -> list[Side]:
    """Return the side of the likeliest document of each year that a question names; else none."""
    years = dict.fromkeys(_YEAR.findall(question.words))
    if len(years) < _TWO:
        return []
    dated = date_documents(cards, (found.sentence.passage for found in ranked))
    likeliest = [
        next((f for f in ranked if dated.get(f.sentence.passage.document, "").startswith(year)), None)
        for year in years
    ]
    sides = [_of_document(found.sentence.passage.document, ranked) for found in likeliest if found]
    return sides if len(sides) == len(years) else []


def _conflicting(question: Question, ranked: Side) -> list[Side]:
    """Return the sides of two documents that answer equally well with different numbers; else none."""
    best: dict[str, Ranked] = {}
    for found in ranked:
        if holds_wanted(question, found.sentence.quote):
            best.setdefault(found.sentence.passage.document, found)
    rivals = [found for found in best.values() if _rivals(found, next(iter(best.values())))]
    if len({_numbers(found) for found in rivals}) < len(rivals) or len(rivals) != _TWO:
        return []
    return [_of_document(found.sentence.passage.document, ranked) for found in rivals]


def _rivals(found: Ranked, best: Ranked) -> bool:
    return best.score - found.score <= _RIVAL_MARGIN and found.coverage >= _AS_TELLING * best.coverage


def _numbers(found: Ranked) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", plain(found.sentence.quote)))


def _of_document(document: str, ranked: Side) -> Side:
    return [found for found in ranked if found.sentence.passage.document == document]


def _of_force(force: str, ranked: Side, cards: Mapping[str, DocumentCard]) -> Side:
    held = {
        path
        for path, card in cards.items()
        if any(fact.name is FactName.FORCE and fact.value == force for fact in card.facts)
    }
    return [found for found in ranked if found.sentence.passage.document in held]


def _by_document(ranked: Side) -> list[Side]:
    by_document: defaultdict[str, list[Ranked]] = defaultdict(list)
    for found in ranked:
        by_document[found.sentence.passage.document].append(found)
    best = sorted(by_document.values(), key=lambda side: -side[0].score)[:_MOST_DOCUMENTS]
    enough = _LEAST_SHARE * max(found.coverage for found in best[0]) if best else 0.0
    return [
        side
        for side in best
        if best[0][0].score - side[0].score <= _MARGIN and max(found.coverage for found in side) >= enough
    ]
