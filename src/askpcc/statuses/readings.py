"""What one sentence says about a matter: its status, and the words that say so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from askpcc.dates import find_dates
from askpcc.model import Span, Speaker, Status
from askpcc.statuses.clauses import About, Clause, split_clauses
from askpcc.statuses.rules import Rule, load_rules

_MONTH = re.compile(
    r"\b(?:in|on|since|by|from|until|of) (?:early |late |mid-?)?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|(?:spring|summer|autumn|winter)|(?:19|20)\d\d)\b"
)
_PRONOUN = re.compile(r"(?:this|that|it|they|these|those|he|she)\b", re.IGNORECASE)
_MATTER_PRONOUN = re.compile(
    r"(?:this|it|these|they|both|the (?:one|first|second|third|fourth|other)s?)\b", re.IGNORECASE
)
_OF_THE_LIST = re.compile(
    r"(?:the (?:one|first|second|third|fourth|other)s?|of the (?:first|second|third))\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"(?:I|we|my)\b", re.IGNORECASE)
_BY_FIRST_PERSON = re.compile(r"\b(?:I|we)\s*$", re.IGNORECASE)
_UNDONE_BY = {
    Status.PLANNED: ("boilerplate", "recurring"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: who speaks, and whether it answers a named matter.

    own: it is the answer to a matter that is addressed to the speaker, whose "I will" then counts.
    lead, heading: the sentence introduces a list; it is a heading.
    """

    voice: Speaker = Speaker.COMMISSIONER
    answer: bool = False
    own: bool = False
    lead: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A status, the cue that gives it and the clause of the cue, as places in the sentence."""

    status: Status
    rule: Rule
    cue: Span
    clause: Clause


def read_clause(sentence: str, place: Place = Place()) -> Reading | None:  # noqa: B008 - frozen
    """Return what a sentence of plain words says about a matter; None when it says nothing."""
    found = list(_read_cues(sentence, place))
    status = combine([reading.status for reading in found])
    if status is None:
        return None
    telling = next((reading for reading in found if reading.status is status), found[0])
    return Reading(status, telling.rule, telling.cue, telling.clause)


def combine(statuses: Sequence[Status]) -> Status | None:
    """Return the one status of what several clauses say about one matter; None for none."""
    said = set(statuses)
    for final in (Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.IN_PROGRESS, Status.CLOSED):
        if final in said:
            return final
    if Status.COMPLETE in said and said & {Status.PLANNED, Status.UNDER_CONSIDERATION}:
        return Status.IN_PROGRESS
    ranked = (Status.COMPLETE, Status.PLANNED, Status.UNDER_CONSIDERATION, Status.ACCEPTED)
    return next((status for status in ranked if status in said), None)


def _read_cues(sentence: str, place: Place) -> Iterable[Reading]:
    clauses = split_clauses(sentence)
    for rule in load_rules().rules:
        for match in rule.cues.finditer(sentence):
            clause = next(clause for clause in reversed(clauses) if clause.span.start <= match.start())
            cue = Reading(rule.status, rule, Span(match.start(), match.end()), clause)
            if _is_trusted(sentence, cue, place) and not _is_taken_away(sentence, cue, place):
                yield replace(cue, status=Status.IN_PROGRESS) if _is_of_a_part(sentence, cue, place) else cue


def _is_of_a_part(sentence: str, cue: Reading, place: Place) -> bool:
    """Tell whether only a part is said to be complete; the list that a sentence introduces is that part."""
    part = load_rules().guards["part"].match(sentence, cue.clause.subject)
    return cue.status is Status.COMPLETE and part is not None and not place.lead


def _is_trusted(sentence: str, cue: Reading, place: Place) -> bool:
    """Tell whether a rule may be used where its cue was found."""
    if not (cue.rule.anybody or cue.status is Status.CLOSED or _may_be_force(sentence, cue, place)):
        return False
    match cue.rule.where:
        case "answer":
            return place.answer
        case "named":
            return load_rules().words["matters"].search(sentence) is not None
        case "lead":
            return place.lead
        case "heading":
            return place.heading
        case "dated":
            return bool(find_dates(sentence)) or _MONTH.search(sentence) is not None
        case "force":
            return place.answer or _about_force(sentence, cue, place)
        case "matter":
            return _is_about_matter(sentence, cue, place)
        case _:
            return True


def _may_be_force(sentence: str, cue: Reading, place: Place) -> bool:
    about = cue.clause.about
    if _FIRST_PERSON.match(sentence, cue.clause.subject) or _BY_FIRST_PERSON.search(
        sentence[: cue.cue.start]
    ):
        return place.voice is Speaker.FORCE or place.own
    return about not in (About.OFFICE, About.INSPECTORATE)


def _about_force(sentence: str, cue: Reading, place: Place) -> bool:
    if cue.clause.about is About.FORCE:
        return True
    passive = cue.cue.start > cue.clause.subject and cue.clause.about is About.OTHER
    return passive or (
        place.voice is Speaker.FORCE and _FIRST_PERSON.match(sentence, cue.clause.subject) is not None
    )


def _is_about_matter(sentence: str, cue: Reading, place: Place) -> bool:
    subject = sentence[cue.clause.subject : cue.cue.start]
    if load_rules().words["matters"].search(subject):
        return True
    if cue.status is Status.CLOSED and _OF_THE_LIST.match(subject):
        return True
    return place.answer and _MATTER_PRONOUN.match(subject) is not None


def _is_taken_away(sentence: str, cue: Reading, place: Place) -> bool:
    """Tell whether hope, a condition, a rule, a finding, a negation or routine undoes a cue."""
    guards = load_rules().guards
    start, at = cue.clause.span.start, cue.cue.start
    governing, clause = sentence[cue.clause.reach : at], sentence[start:at]
    whole = sentence[start : max(cue.clause.span.end, cue.cue.end)]
    if guards["counted"].search(sentence[cue.clause.subject : at]):
        return True
    if guards["hope"].search(governing) or guards["unreal"].search(clause) or _asks(governing):
        return True
    if cue.status is not Status.CLOSED and not place.answer and guards["finding"].search(governing):
        return True
    if guards["demand"].search(sentence[:at] if cue.status is Status.PLANNED else clause):
        return True
    if cue.status is Status.PLANNED and guards["consequence"].match(sentence, at):
        return True
    if any(guards[name].search(whole) for name in _UNDONE_BY.get(cue.status, ())):
        return True
    return not cue.rule.negates and _is_negated(sentence[cue.clause.subject : at])


def _asks(governing: str) -> bool:
    return re.search(r"\bwhether\b", governing, re.IGNORECASE) is not None


def _is_negated(before: str) -> bool:
    guards = load_rules().guards
    return guards["negation"].search(guards["restoring"].sub(" ", before)) is not None
