"""What a language model is shown for a question: sentences by document, and what is counted from dates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Protocol

from askpcc.asking.asked_facts import word_deadline
from askpcc.metadata import describe_document
from askpcc.model import (
    Candidates,
    Computed,
    DocumentCard,
    DocumentMaterial,
    FactName,
    Material,
    Passage,
    Ranked,
    Sentence,
    StatusClaim,
)
from askpcc.text.dates import FULL_DATE, show_date
from askpcc.text.words import plain

_MOST = 40
"""Sentences of the first brief: 24 hold what answers nearly always, the rest stands beside the best."""
_MOST_BESIDE = 12
"""The best sentences, of which the ones before and after them are shown."""
_MOST_SEARCHED = 12
"""Sentences that one search adds."""
_LONGEST = 1_200
"""Characters of one sentence; a longer one is damaged text."""
_DATED = 3
"""The best documents, of which the sentences that date and sign them are shown."""

Place = tuple[str, int]


class Hide(Protocol):
    """Takes out of words what is not to be sent."""

    def __call__(self, words: str, card: DocumentCard) -> str:
        """Return the words without it."""


_PERIOD = 56


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question, or for one search of it.

    ranked: the likeliest to answer first.  candidates: what they were chosen from.
    """

    ranked: Sequence[Ranked]
    candidates: Candidates


def choose_sentences(
    found: Found, searched: Sequence[Found], cards: Mapping[str, DocumentCard]
) -> list[Sentence]:
    """Return the sentences to show: the best, what stands beside them, what dates their documents.

    searched: what further searches found, each of which adds some.
    """
    chosen = _Chosen(_MOST)
    best = [one.sentence for one in found.ranked]
    orders = _order_by_document(one.sentence for one in found.ranked)
    for sentence in best:
        if len(chosen.held) < _MOST - _MOST_BESIDE:
            chosen.add(sentence)
    for document in list(dict.fromkeys(one.passage.document for one in best))[:_DATED]:
        for sentence in _find_dating(cards[document], orders[document]):
            chosen.add(sentence)
    for sentence in best[:_MOST_BESIDE]:
        for beside in _find_beside(sentence, orders[sentence.passage.document]):
            chosen.add(beside)
    for more in searched:
        chosen.most = len(chosen.held) + _MOST_SEARCHED
        for one in more.ranked:
            chosen.add(one.sentence)
    return chosen.held


class _Chosen:
    """Sentences, each once, up to a number."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held: list[Sentence] = []
        self._places: set[Place] = set()

    def add(self, sentence: Sentence) -> None:
        place = _place(sentence)
        if len(self.held) < self.most and place not in self._places and len(sentence.quote) <= _LONGEST:
            self._places.add(place)
            self.held.append(sentence)


def _place(sentence: Sentence) -> Place:
    return sentence.passage.document, sentence.span.start


def _order_by_document(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    orders = defaultdict(list)
    for sentence in sentences:
        orders[sentence.passage.document].append(sentence)
    return {document: sorted(held, key=lambda one: one.span) for document, held in orders.items()}


def _find_beside(sentence: Sentence, order: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences before and after one, where they stand in its section."""
    at = order.index(sentence)
    for beside in (*order[max(0, at - 1) : at], *order[at + 1 : at + 2]):
        near = abs(beside.passage.ordinal - sentence.passage.ordinal) <= 1
        if near and beside.passage.section == sentence.passage.section:
            yield beside


def _find_dating(card: DocumentCard, order: Sequence[Sentence]) -> Iterator[Sentence]:
    for name in (FactName.RESPONDED, FactName.DATED, FactName.PUBLISHED, FactName.AUTHOR):
        fact = card.fact(name)
        if fact and fact.span:
            yield from (one for one in order if one.span.overlaps(fact.span))


def group(
    sentences: Sequence[Sentence], founds: Sequence[Found], cards: Mapping[str, DocumentCard], hide: Hide
) -> tuple[DocumentMaterial, ...]:
    """Return sentences numbered and grouped by document, that of the first of them first.

    founds: what they were chosen from.
    """
    known = _order_by_document({one.sentence for found in founds for one in found.ranked})
    claims = list(dict.fromkeys(claim for found in founds for claim in found.candidates.claims))
    numbers = count(1)
    grouped = []
    for document, order in _order_by_document(sentences).items():
        card = cards[document]
        about = {name: hide(told, card) for name, told in describe_document(card).items()}
        shown = (
            Material(
                next(numbers),
                one,
                hide(write_words(one.quote), card),
                hide(_find_heading(one.passage, about.get("title", "")), card),
                hide(_find_lead(one.passage, known[document]), card),
                tuple(
                    replace(claim, matter=hide(claim.matter, card))
                    for claim in claims
                    if _is_borne(claim, one)
                ),
            )
            for one in order
        )
        grouped.append(DocumentMaterial(document, about, tuple(shown)))
    return tuple(grouped)


def write_words(quote: str) -> str:
    """Return the words of a sentence without markup; the cells of a table's row stay apart."""
    cells = [words for cell in quote.split("|") if (words := plain(cell))]
    return " | ".join(cells)


def _find_heading(passage: Passage, title: str) -> str:
    """Return the headings above a passage, without the title of its document."""
    return plain(passage.section).removeprefix(title).removeprefix(" / ")


def _find_lead(passage: Passage, known: Sequence[Sentence]) -> str:
    """Return the sentence that introduces the list in which a passage stands."""
    if passage.lead is None:
        return ""
    return " ".join(plain(one.quote) for one in known if one.span.overlaps(passage.lead))


def _is_borne(claim: StatusClaim, sentence: Sentence) -> bool:
    same = (claim.document, claim.version) == (sentence.passage.document, sentence.passage.version)
    return same and claim.evidence[0].overlaps(sentence.span)


def compute(documents: Sequence[DocumentMaterial], cards: Mapping[str, DocumentCard]) -> tuple[Computed, ...]:
    """Count the 56 days, and the days between report and response, where what is shown gives the dates."""
    return tuple(told for one in documents for told in _compute(one, cards[one.document]))


def _compute(document: DocumentMaterial, card: DocumentCard) -> Iterator[Computed]:
    published, responded = (
        _read_day(document, card, name) for name in (FactName.PUBLISHED, FactName.RESPONDED)
    )
    if published is None:
        return
    day, number = published
    if deadline := word_deadline(day):
        yield Computed(deadline, (number,))
    if responded and responded[0] >= day:
        between = (date.fromisoformat(responded[0]) - date.fromisoformat(day)).days
        text = (
            f"The response is dated {show_date(responded[0])}, {between} days after the report was "
            f"published on {show_date(day)}"
        )
        yield Computed(text, (number, responded[1]))


def _read_day(document: DocumentMaterial, card: DocumentCard, name: FactName) -> tuple[str, int] | None:
    """Return the full date that a fact gives, and the number of the sentence that states it."""
    fact = card.fact(name)
    if fact is None or fact.span is None or len(fact.value) != FULL_DATE:
        return None
    holding = [one.number for one in document.sentences if one.sentence.span.overlaps(fact.span)]
    return (fact.value, holding[0]) if holding else None
