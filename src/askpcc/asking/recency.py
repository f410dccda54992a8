"""What is newer, and the two sides of a comparison."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from askpcc.asking.citing import holds_wanted
from askpcc.asking.ranking import is_tied, most_told, told
from askpcc.model import (
    DocumentCard,
    FactName,
    Passage,
    Question,
    Ranked,
    Wanted,
)
from askpcc.text.dates import find_dates
from askpcc.text.words import load_patterns, plain

_HEAD = 4
"""How many passages of a document may hold the line that dates it."""

_FULL_DATE = len("2023-06-06")
_MARGIN = 0.7
"""How far behind the best sentence that of a newer document may be and still fit as well, in points."""

_AS_TELLING = 0.7
_AS_COVERING = 0.85
_LEAST_TOLD = 0.2
_ABOUT_THEN = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:first|initial\w*|original\w*|earlier|before|back in|at the time|history|chang\w*"
    r"|moved)\b",
    re.IGNORECASE,
)


def is_about_then(question: Question) -> bool:
    """Tell whether a question is about an earlier time, or about what has changed since."""
    return question.wanted is Wanted.COMPARE or _ABOUT_THEN.search(question.words) is not None


def asks_now(question: Question) -> bool:
    """Tell whether a question asks how things stand now, in so many words."""
    now = load_patterns("asked_documents")["now"].search(question.words)
    return now is not None and not is_about_then(question)


def date_documents(cards: Mapping[str, DocumentCard], passages: Iterable[Passage]) -> dict[str, str]:
    """Return the ISO date of each document: its own, its report's, or the first full one at its head."""
    dated = {
        path: fact.value
        for path, card in cards.items()
        if (fact := card.fact(FactName.RESPONDED) or card.fact(FactName.PUBLISHED))
    }
    heads = (p for p in passages if p.ordinal < _HEAD and p.document in cards and p.document not in dated)
    for passage in sorted(heads, key=lambda p: p.ordinal, reverse=True):
        found = [one.value for one in find_dates(plain(passage.quote)) if one.value]
        if found and len(found[0]) == _FULL_DATE:
            dated[passage.document] = found[0]
    return dated


def force_of(card: DocumentCard) -> str | None:
    """Return the force that a document is of."""
    fact = card.fact(FactName.FORCE)
    return fact.value if fact else None


def put_newest_first(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard], dates: Mapping[str, str]
) -> list[Ranked]:
    """Put the sentences of a newer document of the same force first, where one of them fits as well."""
    if not ranked or not asks_now(question):
        return list(ranked)
    best = ranked[0]
    mine = best.sentence.passage.document
    force = force_of(cards[mine])
    fitting = {
        found.sentence.passage.document: found
        for found in reversed(ranked)
        if force
        and force_of(cards[found.sentence.passage.document]) == force
        and dates.get(found.sentence.passage.document, "") > dates.get(mine, "9")
        and best.score - found.score <= _MARGIN
        and found.coverage >= _AS_COVERING * best.coverage
        and told(found) >= max(_LEAST_TOLD, _AS_TELLING * most_told(ranked))
        and is_tied(question, found, ranked)
    }
    if not fitting:
        return list(ranked)
    newest = max(fitting, key=lambda path: dates[path])
    return sorted(ranked, key=lambda found: found.sentence.passage.document != newest)


Side = Sequence[Ranked]

_MOST_DOCUMENTS = 3
_SIDE_MARGIN = 1.5
"""How far behind the best document another may be and still be a side; in points of the ranking."""

_LEAST_SHARE = 0.7
"""The least share of the best document's coverage of the question that another side must reach."""

_RIVAL_MARGIN = 0.6
_SIDE_AS_TELLING = 0.8
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
    return best.score - found.score <= _RIVAL_MARGIN and found.coverage >= _SIDE_AS_TELLING * best.coverage


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
        if best[0][0].score - side[0].score <= _SIDE_MARGIN
        and max(found.coverage for found in side) >= enough
    ]
