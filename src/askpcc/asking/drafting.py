"""What an answer could assert: from facts about a document, from status claims, from its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from askpcc.asking.asked_facts import draft_facts
from askpcc.asking.bearing import find_borne
from askpcc.asking.numbered import draft_items
from askpcc.asking.quoting import is_bare_verdict, most_statements
from askpcc.asking.recency import date_documents, force_of
from askpcc.asking.sides import split_sides
from askpcc.asking.stating import History, draft_demand, draft_statuses
from askpcc.model import Candidates, DocumentCard, Draft, Question, Ranked, Wanted
from askpcc.ports import Writer

_ABOUT_STATUS = frozenset({Wanted.STATUS, Wanted.LIST, Wanted.FACT})

_ROOM_OF_TWO = 2
"""How many statements each of two sides may have."""

_MOST_CITATIONS = 5
_TELLING = 1.0
"""How much more, in points, what a sentence itself tells of the matter counts on a side."""


def draft(
    question: Question,
    ranked: Sequence[Ranked],
    candidates: Candidates,
    cards: Mapping[str, DocumentCard],
    writer: Writer,
) -> list[Draft]:
    """Draft each side of a question, as many statements in all as its kind may have."""
    sides = split_sides(question, ranked, cards)
    if len(sides) > 1:
        sides = [_most_telling_first(side) for side in sides]
    room = _room(question, len(sides))
    drafts: list[Draft] = []
    for side in sides:
        facts = draft_facts(question, side, cards)
        if facts is None:
            stated = _state(question, side, candidates, cards)
            drafts += _join(question, stated, writer.write(question, _of_items(question, side)), room)
        else:
            drafts += facts
    return drafts if question.wanted is Wanted.LIST else _cap(drafts)


def _cap(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep the first drafts, as many as together cite what an answer may cite at most."""
    kept: list[Draft] = []
    for made in drafts:
        if not kept or sum(len(other.sentences) for other in [*kept, made]) <= _MOST_CITATIONS:
            kept.append(made)
    return kept


def _most_telling_first(side: Sequence[Ranked]) -> Sequence[Ranked]:
    """Order a side by what its sentences tell of the matter, since its document is given."""
    weighed = [replace(found, score=found.score + _TELLING * found.parts.get("own", 0.0)) for found in side]
    return sorted(weighed, key=lambda found: -found.score)


def _room(question: Question, sides: int) -> int:
    """Return how many statements each side may have."""
    if sides == 2:  # noqa: PLR2004 - a comparison's usual two
        return _ROOM_OF_TWO
    return max(1, most_statements(question) // max(1, sides))


def _state(
    question: Question, side: Sequence[Ranked], candidates: Candidates, cards: Mapping[str, DocumentCard]
) -> list[Draft]:
    if question.sought not in _ABOUT_STATUS:
        return []
    if question.items:
        stated = draft_items(question, side, candidates)
        return stated or draft_demand(question, _of_items(question, side))
    history = History(_dates_of_force(side, candidates, cards), candidates.successors)
    return draft_statuses(question, side, find_borne(side, candidates.claims), history)


def _join(question: Question, stated: list[Draft], written: list[Draft], room: int) -> list[Draft]:
    """Put what is stated first, then quote what else is to the point; a list of statements stands alone."""
    if question.wanted is Wanted.LIST and stated:
        return stated
    said = {sentence for made in stated for sentence in made.sentences}
    quoted = [made for made in written if not set(made.sentences) & said]
    if stated:
        quoted = [m for m in quoted if not all(is_bare_verdict(question, one) for one in m.sentences)]
    return [*stated, *quoted][: max(room, len(stated))]


def _of_items(question: Question, side: Sequence[Ranked]) -> Sequence[Ranked]:
    """Keep to what belongs to the numbered matters that a question names, where the best document has any."""
    best = side[0].sentence.passage.document if side else ""
    held = [
        found
        for found in side
        if set(question.items) & set(found.sentence.passage.items) and found.sentence.passage.document == best
    ]
    return held or side


def _dates_of_force(
    side: Sequence[Ranked], candidates: Candidates, cards: Mapping[str, DocumentCard]
) -> dict[str, str]:
    """Return the dates of the documents of the force that the best document is of."""
    force = force_of(cards[side[0].sentence.passage.document]) if side else None
    if force is None:
        return {}
    dated = date_documents(cards, candidates.passages)
    return {path: day for path, day in dated.items() if force_of(cards[path]) == force}
