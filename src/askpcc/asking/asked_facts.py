"""Questions that a fact about a document answers: who signed, when it was sent, national or local."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from askpcc.asking.stating import find_sentence
from askpcc.model import (
    DocumentCard,
    Draft,
    Fact,
    FactName,
    Question,
    Ranked,
    Sentence,
)
from askpcc.register.rows import is_same_report, read_response
from askpcc.text.dates import day_count_deadline, find_dates, show_date
from askpcc.text.words import load_patterns, plain

DATE_FACTS = frozenset({FactName.RESPONDED, FactName.PUBLISHED})
_NEVER_GUESSED = frozenset(
    {
        FactName.RESPONDED,
        FactName.PUBLISHED,
        FactName.QUOTED,
        FactName.SPECIFIC,
        FactName.NATIONAL,
        FactName.LOCAL,
    }
)
"""Facts whose absence is the answer: other words of the document would only look like them."""

_NO_RESPONSES = frozenset({"guidance", "inspectorate page"})
_ONLY_DEADLINE = (FactName.DEADLINE,)
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PUBLISHED_ON = re.compile(
    r"\b(?:publi(?:shed|cation)|issued|released|c[oa]me out|out)(?: date)?(?: was| is)?(?: (?:on|of|at))?"
    r"(?: (?:the|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?)?,? $",
    re.IGNORECASE,
)
_RULE = re.compile(r"\b56[ -]days?\b", re.IGNORECASE)
_FIRST_DAY_OF_THE_RULE = "2017-01-31"
"""The Policing and Crime Act 2017 received royal assent that day; earlier reports had other periods."""

_LABELS = {
    FactName.TITLE: "Report",
    FactName.FORCE: "Force",
    FactName.REPORT_KIND: "Kind of report",
    FactName.PUBLISHED: "Report published",
    FactName.DEADLINE: "Deadline, as the document states it",
    FactName.RESPONDED: "Response dated",
    FactName.NATIONAL: "National",
    FactName.LOCAL: "Local",
    FactName.SPECIFIC: "Force specific",
    FactName.QUOTED: "Force quoted",
    FactName.AUTHOR: "From",
    FactName.SOURCE_KIND: "Kind of source",
}


def read_asked_facts(typed: str) -> tuple[FactName, ...]:
    """Return the facts that a question asks for; none for most questions."""
    return tuple(
        FactName(name) for name, pattern in load_patterns("asked_facts").items() if pattern.search(typed)
    )


def draft_facts(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> list[Draft] | None:
    """Draft an answer from the facts of the likeliest document that has them all, of a force that is named.

    An empty list says that the likeliest document lacks a fact that must not be guessed; None, that the
    question is to be answered from the text.
    """
    asked = read_asked_facts(question.words)
    if not asked:
        return None
    if told := count_typed_deadline(question):
        rule = find_rule(ranked)
        return [Draft(told, (rule,))] if rule else []
    order = find_subject(question, ranked, cards)
    for document in order:
        facts = [fact for name in asked if (fact := cards[document].fact(name)) and fact.span]
        if len({fact.name for fact in facts}) == len(asked):
            drafts = [_draft(fact, document, ranked) for fact in facts]
            computed = (
                _draft_legal_deadline(cards[document], ranked) if tuple(asked) == _ONLY_DEADLINE else None
            )
            return [made for made in [*drafts, computed] if made]
    if tuple(asked) == _ONLY_DEADLINE and order:
        computed = _draft_legal_deadline(cards[order[0]], ranked)
        return [computed] if computed else None
    return [] if set(asked) & _NEVER_GUESSED else None


def find_subject(
    question: Question, ranked: Sequence[Ranked], cards: Mapping[str, DocumentCard]
) -> list[str]:
    """Return the documents that may give the facts asked for, the likeliest first.

    The date of one document is not that of another: for a date they are the likeliest, a response where the
    date of a response is wanted, and those of its force on the same report.
    """
    found = dict.fromkeys(found.sentence.passage.document for found in ranked)
    order = [path for path in found if not question.forces or _is_of(question.forces, cards[path])]
    asked = read_asked_facts(question.words)
    if DATE_FACTS.isdisjoint(asked):
        return order
    if FactName.RESPONDED in asked:
        order = [path for path in order if _is_response(cards[path])] or order
    responses = [read_response(cards[path]) for path in order]
    return [one.document for one in responses if one is responses[0] or is_same_report(one, responses[0])]


def _is_response(card: DocumentCard) -> bool:
    kind = card.fact(FactName.SOURCE_KIND)
    return kind is None or kind.value not in _NO_RESPONSES


def _is_of(forces: Sequence[str], card: DocumentCard) -> bool:
    return any(fact.name is FactName.FORCE and fact.value in forces for fact in card.facts)


def _draft(fact: Fact, document: str, ranked: Sequence[Ranked]) -> Draft | None:
    sentence = find_sentence(document, fact.span.start, ranked) if fact.span else None
    return Draft(f"{_LABELS[fact.name]}: {show_date(fact.value)}", (sentence,)) if sentence else None


def _typed_publication(typed: str) -> str | None:
    """Return the full date that a question itself gives for the publication of a report."""
    dates = [found for found in find_dates(typed) if found.value and _FULL_DATE.fullmatch(found.value)]
    published = [found for found in dates if _PUBLISHED_ON.search(typed[: found.span.start])]
    return published[0].value if len(dates) == len(published) == 1 else None


def count_typed_deadline(question: Question) -> str | None:
    """Count the 56 days from a date that the question gives for the publication of a report."""
    if FactName.DEADLINE not in read_asked_facts(question.words):
        return None
    published = _typed_publication(question.words)
    return word_deadline(published) if published else None


def find_rule(ranked: Sequence[Ranked]) -> Sentence | None:
    """Return the likeliest sentence that says that there are 56 days."""
    return next((found.sentence for found in ranked if _RULE.search(plain(found.sentence.quote))), None)


def _draft_legal_deadline(card: DocumentCard, ranked: Sequence[Ranked]) -> Draft | None:
    """Count the 56 days of the Police Act 1996, s.55(5A), in force since 2017, from a full date."""
    published = card.fact(FactName.PUBLISHED)
    if published is None or published.span is None or not _FULL_DATE.fullmatch(published.value):
        return None
    told = word_deadline(published.value)
    sentence = find_sentence(card.path, published.span.start, ranked) if told else None
    return Draft(told, (sentence,)) if told and sentence else None


def word_deadline(published: str) -> str | None:
    """Count the 56 days from a full ISO date; None where the report is older than the rule."""
    if published < _FIRST_DAY_OF_THE_RULE:
        return None
    last = day_count_deadline(date.fromisoformat(published)).isoformat()
    return (
        f"Counted, not stated: 56 days that begin with the day of publication, {show_date(published)}, "
        f"end on {show_date(last)}"
    )
