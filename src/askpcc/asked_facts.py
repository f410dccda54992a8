"""Questions that a fact about a document answers: who signed, when it was sent, national or local."""

from collections.abc import Mapping, Sequence

from askpcc.model import DocumentCard, Draft, FactName, Ranked
from askpcc.patterns import load_patterns
from askpcc.stating import find_sentence

_NEVER_GUESSED = frozenset(
    {FactName.RESPONDED, FactName.QUOTED, FactName.SPECIFIC, FactName.NATIONAL, FactName.LOCAL}
)
"""Facts whose absence is the answer: other words of the document would only look like them."""


def read_asked_facts(typed: str) -> tuple[FactName, ...]:
    """Return the facts that a question asks for; none for most questions."""
    return tuple(
        FactName(name) for name, pattern in load_patterns("asked_facts").items() if pattern.search(typed)
    )


def draft_facts(
    asked: Sequence[FactName], ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> list[Draft] | None:
    """Draft an answer from the facts of the likeliest document that has them all.

    An empty list says that the likeliest document lacks a fact that must not be guessed; None, that the
    question is to be answered from the text.
    """
    order = list(dict.fromkeys(found.sentence.passage.document for found in ranked))
    for document in order:
        facts = [fact for name in asked if (fact := cards[document].fact(name)) and fact.span]
        if len({fact.name for fact in facts}) == len(asked):
            places = [find_sentence(document, fact.span.start, ranked) for fact in facts if fact.span]
            sentences = [sentence for sentence in dict.fromkeys(places) if sentence]
            return [Draft("", (sentence,)) for sentence in sentences]
    return [] if set(asked) & _NEVER_GUESSED else None
