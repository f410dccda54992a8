"""Sentences and headings that give a status to the list that they introduce."""

import re
from dataclasses import dataclass, replace

from askpcc.language.words import plain
from askpcc.model import BlockKind, Document, Span, Speaker, Status
from askpcc.statuses.claim_dates import document_date, read_as_of, read_due
from askpcc.statuses.findings import Finding, kind_named_in
from askpcc.statuses.naming import name_matters
from askpcc.statuses.places import Place, Reading
from askpcc.statuses.readings import read_clause
from askpcc.statuses.rules import load_rules
from askpcc.statuses.utterances import Utterance
from askpcc.statuses.voices import who_says

_MOST_WORDS = 24
_COUNTS = {
    name: count for count, name in enumerate("two three four five six seven eight nine ten".split(), 2)
}
_DENIED = re.compile(r"\b(?:not|never|yet to)\b|n['’]t\b", re.IGNORECASE)
_PROMISES = re.compile(r"\b(?:will|shall)\b[^:]{0,12}:\W*$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\W*(?:the )?(?:{'|'.join(_COUNTS)}) (?:[\w-]+ ){{0,2}}?"
    r"(?:things|steps|measures|actions|changes|improvements|pieces of work|projects|strands|matters) "
    r"(?:has|have|is|are|remain)\b",
    re.IGNORECASE,
)
_PLACE_IN_LIST = re.compile(
    r"^\W*(?:the )?(?:first|second|third|fourth|fifth|sixth|last|final|other|one|another)(?:ly)?"
    r"(?: of (?:these|them))?(?:,| is| was| concerns)\s+",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"\b({'|'.join(_COUNTS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """What introduces a list.  reading: what it says of all of the list; None when nothing may be said."""

    span: Span
    reading: Reading | None
    said_by: Speaker


def find_lead(document: Document, utterance: Utterance, heading: Utterance | None) -> Lead | None:
    """Return what introduces a bullet and rules over it; None where the bullet speaks for itself."""
    if utterance.line.lead is not None:
        return _read_introduction(document, utterance, utterance.line.lead)
    under = utterance.line.kind is BlockKind.BULLET and heading is not None
    if heading is None or not under or utterance.line.titles[-1:] != (heading.words,):
        return None
    reading = read_clause(heading.words, Place(lead=True, heading=True))
    told = reading is not None and reading.rule.where == "heading"
    return Lead(heading.span, reading, utterance.voice) if told else None


def _read_introduction(document: Document, utterance: Utterance, span: Span) -> Lead | None:
    words = plain(span.of(document.text))
    reading = read_clause(words, replace(utterance.place, lead=True))
    if reading:
        return Lead(span, reading, who_says(words, utterance.voice))
    # What the inspectors found or asked for, or what is hoped, is not what has been done.
    unreal = any(load_rules().holds("guards", guard, words) for guard in ("finding", "demand", "hope"))
    return Lead(span, None, utterance.voice) if unreal else None


def count_steps(utterance: Utterance, reading: Reading) -> int:
    """Return how many sentences after "we have done three things" tell of them; 0 for other sentences."""
    counts = reading.rule.name == "steps taken" or _COUNTED.match(utterance.words)
    count = _COUNT.search(utterance.words) if counts and ":" not in utterance.words else None
    return _COUNTS[count[1].lower()] if count else 0


def read_led(document: Document, utterance: Utterance, lead: Lead) -> Finding | None:
    """Return what a lead and its bullet say together; of a bullet, its first sentence stands for all.

    A bullet that says of itself that it is still to be done is believed; one that denies what the lead
    says, in words that tell no status, says nothing.
    """
    line, bullet = utterance.line, utterance.line.kind is BlockKind.BULLET
    if lead.reading is None or (bullet and line.span.start != utterance.span.start):
        return None
    words = line.words if bullet else utterance.words
    own, status = read_clause(words, utterance.place), lead.reading.status
    if _PROMISES.search(lead.span.of(document.text)):
        return _read_promise(document, utterance, lead, words)
    if own and status is Status.COMPLETE and own.status is not Status.CLOSED:
        status = own.status
    if own is None and _DENIED.search(words):
        return None
    told = own if own and own.status is status else None
    as_of, origin = read_as_of(words, told, document) if told else document_date(document)
    return Finding(
        status=status,
        matter=_name(words, own),
        evidence=(line.span if bullet else utterance.span, lead.span),
        said_by=lead.said_by,
        kind=kind_named_in(words.split(":")[0]),
        items=utterance.answers,
        as_of=as_of,
        as_of_from=origin,
        due=read_due(words, own) if own else None,
    )


def _read_promise(document: Document, utterance: Utterance, lead: Lead, words: str) -> Finding | None:
    """Read a bullet under "The force will:"; only what can be done is a promise."""
    promise = f"The force will {words[:1].lower()}{words[1:]}"
    reading = read_clause(promise)
    if reading is None or reading.status is not Status.PLANNED:
        return None
    as_of, origin = document_date(document)
    return Finding(
        status=Status.PLANNED,
        matter=_name(words, None),
        evidence=(utterance.line.span, lead.span),
        said_by=lead.said_by,
        items=utterance.answers,
        as_of=as_of,
        as_of_from=origin,
        due=read_due(promise, reading),
    )


def _name(words: str, own: Reading | None) -> str:
    names = name_matters(words, own) if own else ()
    words = _PLACE_IN_LIST.sub("", words)
    return names[0] if names else " ".join(words.rstrip(" .;").split()[:_MOST_WORDS])
