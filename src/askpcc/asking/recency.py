"""Which document of a force is the newest on a matter: it answers what is so now."""

import re
from collections.abc import Iterable, Mapping, Sequence

from askpcc.asking.tying import is_tied, most_told, told
from askpcc.language.dates import find_dates
from askpcc.language.patterns import load_patterns
from askpcc.language.words import plain
from askpcc.model import DocumentCard, FactName, Passage, Question, Ranked, Wanted

_HEAD = 4
"""How many passages of a document may hold the line that dates it."""

_FULL_DATE = len("2023-06-06")
_MARGIN = 0.7
"""How far behind the best sentence that of a newer document may be and still fit as well, in points."""

_AS_TELLING = 0.7
_AS_COVERING = 0.85
_LEAST_TOLD = 0.3
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
