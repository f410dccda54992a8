"""What is newer, and the two sides of a comparison."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from askpcc.asking.citing import holds_wanted
from askpcc.metadata import own_date
from askpcc.model import (
    DocumentCard,
    FactName,
    Passage,
    Question,
    Ranked,
    Wanted,
)
from askpcc.text.dates import FULL_DATE, find_dates
from askpcc.text.words import load_patterns, plain

_HEAD = 4
"""How many passages of a document may hold the line that dates it."""

_ABOUT_THEN = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:first|initial\w*|original\w*|earlier|before|back in|at the time|history|chang\w*"
    r"|moved)\b",
    re.IGNORECASE,
)


def is_about_then(question: Question) -> bool:
    """Tell whether a question is about an earlier time, or about what has changed since."""
    return question.wanted is Wanted.COMPARE or _ABOUT_THEN.search(question.words) is not None


def asks_over_time(question: Question) -> bool:
    """Tell whether a question asks how things stand now, or what has changed: two documents may differ."""
    over_time = load_patterns("asked_documents")["over_time"].search(question.asks)
    return over_time is not None or len(_YEAR.findall(question.asks)) > 0


def date_documents(cards: Mapping[str, DocumentCard], passages: Iterable[Passage]) -> dict[str, str]:
    """Return the ISO date of each document: its own, its report's, or the first full one at its head."""
    dated = {
        path: fact.value
        for path, card in cards.items()
        if (fact := own_date(card) or card.fact(FactName.PUBLISHED))
    }
    heads = (p for p in passages if p.ordinal < _HEAD and p.document in cards and p.document not in dated)
    for passage in sorted(heads, key=lambda p: p.ordinal, reverse=True):
        found = [one.value for one in find_dates(plain(passage.quote)) if one.value]
        if found and len(found[0]) == FULL_DATE:
            dated[passage.document] = found[0]
    return dated


def force_of(card: DocumentCard) -> str | None:
    """Return the force that a document is of."""
    fact = card.fact(FactName.FORCE)
    return fact.value if fact else None


Side = Sequence[Ranked]

_MOST_DOCUMENTS = 3
_SIDE_MARGIN = 1.5
"""How far behind the best document another may be and still be a side, in log-odds.

With 0.7 both sides are found of .29 of the questions that need two documents, with 1.5 of .36, with 2.5
of .35.
"""

_RIVAL_MARGIN = 0.6
_SIDE_AS_TELLING = 0.8
_TWO = 2
_YEAR = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?![\w/-])")


def split_sides(question: Question, ranked: Side, cards: Mapping[str, DocumentCard]) -> list[Side]:
    """Return the ranking of each side of a question: one a force, one a document, or the whole.

    A force that has nothing in the ranking gives no side.
    """
    if len(question.forces) > 1:
        return [side for force in question.forces if (side := _of_force(force, ranked, cards))]
    of_years = _by_year(question, ranked, cards)
    if of_years:
        return of_years
    if ranked and (question.wanted is Wanted.COMPARE or asks_over_time(question)):
        return _by_document(question, ranked, cards)
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


def _by_document(question: Question, ranked: Side, cards: Mapping[str, DocumentCard]) -> list[Side]:
    """Return the sides of the likeliest documents, the newest first.

    A comparison may be of several forces; what else asks how things stand is of one.
    """
    force = force_of(cards[ranked[0].sentence.passage.document])
    forces = question.forces or ((force,) if force and question.wanted is not Wanted.COMPARE else ())
    by_document: defaultdict[str, list[Ranked]] = defaultdict(list)
    for found in ranked:
        by_document[found.sentence.passage.document].append(found)
    best = ranked[0]
    fitting = {
        path: side
        for path, side in by_document.items()
        if best.score - side[0].score <= _SIDE_MARGIN
        and (side[0] is best or not forces or force_of(cards[path]) in forces)
    }
    most = _MOST_DOCUMENTS if question.wanted is Wanted.COMPARE else _TWO
    chosen = list(fitting)[:most]
    dated = date_documents(cards, (found.sentence.passage for found in ranked))
    return [fitting[path] for path in sorted(chosen, key=lambda path: dated.get(path, ""), reverse=True)]
