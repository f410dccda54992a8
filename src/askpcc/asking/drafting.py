"""What an answer could assert: from facts about a document, from status claims, from its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from askpcc.asking.asked_facts import draft_facts
from askpcc.asking.questions import DONE, read_asked_statuses
from askpcc.asking.recency import date_documents, force_of, split_sides
from askpcc.asking.stating import (
    History,
    draft_demand,
    draft_items,
    draft_read,
    draft_statuses,
    find_borne,
)
from askpcc.model import (
    BlockKind,
    Candidates,
    DocumentCard,
    Draft,
    Question,
    Ranked,
    Sentence,
    Status,
    Wanted,
)
from askpcc.ports import Writer
from askpcc.reader.taught import chance
from askpcc.text.sentences import demands, holds_number
from askpcc.text.words import plain, stems, words

_MOST_STATEMENTS = {Wanted.LIST: 5, Wanted.COMPARE: 4}
_USUAL_STATEMENTS = 3
_DENYING = frozenset(("not", "no", "never", "without", "cannot", "neither", "nor", "none", "nothing", "yet"))
"""With one of these in it a sentence is not believed to say that something is done."""

_FEWEST_WORDS = 6
"""Fewer, without a verb, are a cell's verdict or a label."""

_VERBS = frozenset(
    """am is are was were be been has have had do does did will would shall should can could may might must
    i we it he she they there""".split()
)
"""Auxiliaries, and the pronouns that come with a verb of their own."""


def most_statements(question: Question) -> int:
    """Tell how many statements an answer may have at most."""
    return _MOST_STATEMENTS.get(question.wanted, _USUAL_STATEMENTS)


class QuotingWriter:
    """Picks the sentences that answer and quotes them, best first.

    beside: the least chance of a further sentence, as a share of the best one's.
    """

    name = "quoting"

    def __init__(self, beside: float) -> None:
        self._beside = beside

    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]:
        """Return drafts, each of one sentence; none when nothing was ranked.

        A list is quoted whole where the best sentence introduces one and a list is wanted.
        """
        if not ranked:
            return []
        most = most_statements(question)
        chosen = _listed(ranked)[:most] if question.wanted is Wanted.LIST else []
        least = self._beside * chance(ranked[0].score)
        for candidate in ranked:
            likely = chance(candidate.score) >= least
            if len(chosen) < most and likely and _belongs(question, candidate, chosen):
                chosen.append(candidate)
        return [Draft("", (found.sentence,)) for found in chosen]


def is_bare_verdict(question: Question, sentence: Sentence) -> bool:
    """Tell whether a few words without a verb, and without a word of the question, say nothing alone."""
    typed = [word.lower() for word in words(plain(sentence.quote))]
    if len(typed) >= _FEWEST_WORDS or not _VERBS.isdisjoint(typed) or holds_number(sentence.quote):
        return False
    asked = {stem for concept in question.concepts for phrase, _ in concept.phrases for stem in phrase}
    return asked.isdisjoint(stems(plain(sentence.quote)))


def _listed(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the bullets that the best sentence introduces, in the order of the document."""
    best = ranked[0].sentence
    bullets = [
        found
        for found in ranked
        if found.sentence.passage.kind is BlockKind.BULLET
        and found.sentence.passage.document == best.passage.document
        and found.sentence.passage.lead == best.span
    ]
    return sorted(bullets, key=lambda found: found.sentence.span)


def _belongs(question: Question, candidate: Ranked, chosen: Sequence[Ranked]) -> bool:
    """Tell whether a sentence adds something to those that were chosen."""
    said = plain(candidate.sentence.quote)
    if any(said in plain(found.sentence.quote) for found in chosen):
        return False
    return not (chosen and is_bare_verdict(question, candidate.sentence))


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
    read: Mapping[Sentence, Status],
) -> list[Draft]:
    """Draft each side of a question, as many statements in all as its kind may have.

    read: what sentences surely say has become of what is asked.
    """
    sides = split_sides(question, ranked, cards)
    if len(sides) > 1:
        sides = [_most_telling_first(side) for side in sides]
    room = _room(question, len(sides))
    drafts: list[Draft] = []
    for side in sides:
        facts = draft_facts(question, side, cards)
        if facts is None:
            written = writer.write(question, _of_items(question, side))[:room]
            if question.sought is Wanted.STATUS or read_asked_statuses(question.asks):
                written = [*(_read(made, read, cards) for made in written[:1]), *written[1:]]
            stated = _state(question, side, candidates, cards, written)
            drafts += stated[: max(room, _USUAL_STATEMENTS)]
        else:
            drafts += facts
    return drafts if question.wanted is Wanted.LIST else _cap(drafts)


def _read(made: Draft, read: Mapping[Sentence, Status], cards: Mapping[str, DocumentCard]) -> Draft:
    """State what a quotation surely says has become of what is asked; leave it as it is where it does not."""
    sentence = made.sentences[0]
    said, status = plain(sentence.quote), read.get(sentence)
    if demands(said) or (status in DONE and not _DENYING.isdisjoint(map(str.lower, words(said)))):
        status = None
    return draft_read(made, status, cards[sentence.passage.document]) if status else made


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
    question: Question,
    side: Sequence[Ranked],
    candidates: Candidates,
    cards: Mapping[str, DocumentCard],
    written: Sequence[Draft],
) -> list[Draft]:
    """Return what one side says: statuses where the sentences that answer claim any, else quotations."""
    if question.sought not in _ABOUT_STATUS:
        return list(written)
    if question.items:
        stated = draft_items(question, side, candidates)
        stated = stated or draft_demand(question, _of_items(question, side))
        said = {sentence for made in stated for sentence in made.sentences}
        return [*stated, *(made for made in written if said.isdisjoint(made.sentences))]
    history = History(_dates_of_force(side, candidates, cards), candidates.successors)
    return draft_statuses(question, side, find_borne(side, candidates.claims), history, written)


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
