"""What is said to the assistant and asks nothing of the responses: greetings, thanks, what it holds."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import lru_cache

from askpcc.metadata import own_date
from askpcc.model import DocumentCard, FactName, Question
from askpcc.text.dates import show_date
from askpcc.text.words import STOPWORDS, load_patterns, words

SEPARATORS = " \t,.;:!-–—)&"
_MOST_TITLES = 10

HELP = (
    "I answer what the published responses to police inspections say, with the words that say so. Ask, for"
    " example, what has become of a recommendation, which are outstanding, who leads the work or when it is"
    " due."
)
ENGLISH = "The responses are in English. Ask in English, please."
WELCOME = "You are welcome. Ask me about any response to a police inspection."


_FEWEST_FOREIGN = 2
"""Small words of other languages; one alone may be a name."""


def read_small_talk(typed: str) -> str | None:
    """Return the one sentence that answers small talk; None for words that ask something."""
    said = [word.casefold() for word in words(typed)]
    if len(cue("foreign").findall(typed)) >= _FEWEST_FOREIGN and STOPWORDS.isdisjoint(said):
        return ENGLISH
    meant = without_courtesies(typed, "greeting")
    if not words(meant):
        return HELP
    found = cue("help").match(meant)
    if found and not words(meant[found.end() :]):
        return HELP
    return None if words(without_courtesies(meant, "courtesy")) else WELCOME


def without_courtesies(typed: str, kind: str) -> str:
    """Return words without those of a kind, thanks or greetings, that stand before them."""
    meant = typed.replace("’", "'").strip(SEPARATORS)
    while found := cue(kind).match(meant):
        meant = meant[found.end() :].lstrip(SEPARATORS)
    return meant


@lru_cache(maxsize=32)
def cue(name: str) -> re.Pattern[str]:
    """Return the expressions of ``data/talk.toml`` of that name."""
    return load_patterns("talk")[name]


def tell_of_index(
    question: Question,
    cards: Mapping[str, DocumentCard],
    held: Collection[str],
    indexed_at: Callable[[], datetime | None],
) -> str | None:
    """Return what a question about the index itself is answered with; None for any other question.

    Welsh copies of documents are not counted.  held: the forces that have documents.  indexed_at: gives the
    time of the index in UTC, or None where it is not known; it is called for such a question only.
    """
    cards = {path: card for path, card in cards.items() if not card.welsh_copy_of}
    if cue("asks_index_date").search(question.asks):
        built = indexed_at()
        when = f"on {show_date(built.date().isoformat())}" if built else "at a time that is not known"
        return f"The index was last brought up to date {when}; it holds {_count(len(cards), 'document')}."
    if not cue("asks_documents").search(question.asks):
        return None
    shown = [card for card in cards.values() if not question.forces or _is_of(card, question.forces)]
    whose = f" of {' and '.join(question.forces)}" if question.forces else ""
    listed = "; ".join(_name(card) for card in shown[:_MOST_TITLES])
    more = f"; and {len(shown) - _MOST_TITLES} more" if len(shown) > _MOST_TITLES else ""
    forces = "" if question.forces else f" of {_count(len(held), 'force')}"
    return f"I hold {_count(len(shown), 'document')}{whose}{forces}: {listed}{more}."


def _is_of(card: DocumentCard, forces: Collection[str]) -> bool:
    return any(fact.name is FactName.FORCE and fact.value in forces for fact in card.facts)


def _name(card: DocumentCard) -> str:
    title, dated = card.fact(FactName.TITLE), own_date(card)
    return f"{title.value if title else card.path}{f' ({show_date(dated.value)})' if dated else ''}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
