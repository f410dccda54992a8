"""The statuses that one sentence tells, each with its matter, its speaker and its date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from askpcc.model import Document, MatterKind, Span, Speaker, Status
from askpcc.statuses.claim_dates import document_date, read_as_of, read_due
from askpcc.statuses.findings import Finding, kind_named_in
from askpcc.statuses.name_words import find_matter_words, matter_words, names_only_work, shorten
from askpcc.statuses.naming import name_matters
from askpcc.statuses.places import Reading
from askpcc.statuses.readings import read_clause
from askpcc.statuses.rules import load_rules
from askpcc.statuses.utterances import Utterance
from askpcc.statuses.voices import is_inspectorates_word, who_says

_POINTING = re.compile(r"\W*(?:that|this|these|those)\s+(?P<thing>(?:[\w-]+\s+)?[\w-]+)\s+$", re.IGNORECASE)
_VERB = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|would|should|must|within|by)\b|\sand\s\w+\s(?:it|them|this)\b",
    re.IGNORECASE,
)
_OF_THE_WHOLE = (
    *(Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.CLOSED),
    *(Status.ACCEPTED, Status.UNDER_CONSIDERATION),
)


def read_denial(document: Document, utterance: Utterance, before: Utterance | None) -> Iterator[Finding]:
    """Read "They are not." after a sentence that says, or lets somebody say, that something is complete."""
    claimed = before.words.rpartition(" that ")[2] if before else ""
    reading = read_clause(claimed, utterance.place)
    if before and reading and reading.status is Status.COMPLETE:
        matter = (name_matters(claimed, reading) or (claimed,))[0]
        as_of, origin = document_date(document)
        yield Finding(
            status=Status.IN_PROGRESS,
            matter=matter,
            evidence=(utterance.span, before.span),
            said_by=utterance.voice,
            kind=kind_named_in(matter),
            as_of=as_of,
            as_of_from=origin,
        )


def read_dispute(
    document: Document, utterance: Utterance, before: Utterance | None, found: Sequence[Finding]
) -> Iterator[Finding]:
    """Read "I do not." after a sentence by which another speaker calls a matter complete."""
    last = found[-1] if found else None
    if before is None or last is None or last.evidence[0] != before.span:
        return
    if last.status is Status.COMPLETE and last.said_by is not utterance.voice:
        as_of, origin = document_date(document)
        evidence = (utterance.span, before.span)
        yield replace(
            last,
            status=Status.IN_PROGRESS,
            said_by=utterance.voice,
            evidence=evidence,
            as_of=as_of,
            as_of_from=origin,
        )


def make_findings(
    document: Document, utterance: Utterance, before: Utterance | None, reading: Reading
) -> Iterator[Finding]:
    """Yield a finding for each matter of a sentence; before: the sentence before it on its line."""
    closes_several = reading.status is Status.CLOSED and len(name_matters(utterance.words, reading)) > 1
    if closes_several:
        utterance = replace(utterance, answers=())
    names, named_by = _names(utterance, before, reading)
    for name in names:
        as_of, origin = _as_of(document, utterance, reading, name if len(names) > 1 else "")
        yield Finding(
            status=reading.status,
            matter=name,
            evidence=(utterance.span, *named_by),
            said_by=find_speaker(utterance, reading),
            kind=_kind(utterance, name, closes_several=closes_several),
            items=utterance.answers,
            as_of=as_of,
            as_of_from=origin,
            due=read_due(utterance.words, reading),
        )


def _names(
    utterance: Utterance, before: Utterance | None, reading: Reading
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return what names the matters of a sentence, and where, if not the sentence itself does."""
    names = name_matters(utterance.words, reading)
    pointed = _pointed_at(utterance, before, reading) if len(names) == 1 and before else ""
    if pointed and before and not utterance.answers:
        return (pointed,), (before.span,)
    if utterance.answers and _is_of_item(names, reading):
        return (utterance.answers[0].words,), ()
    if not names and before:
        own = find_matter_words(utterance.words[reading.clause.subject :])
        if own and not find_matter_words(before.words):
            return (own,), ()
        return (matter_words(before.words),), (before.span,)
    return names or (utterance.about or matter_words(utterance.words),), ()


def _pointed_at(utterance: Utterance, before: Utterance | None, reading: Reading) -> str:
    """Return what "that review" is in the sentence before ("the review of detention"); "" for others."""
    thing = _POINTING.match(utterance.words[reading.clause.span.start : reading.cue.start])
    if not thing or not before:
        return ""
    noun = re.escape(thing["thing"])
    found = re.search(
        rf"\b(?:the|an?|its|our|their|his|her)\s+(?:[\w-]+\s+){{0,3}}?{noun}\b.*", before.words, re.IGNORECASE
    )
    words = re.split(_VERB, found.group())[0] if found else ""
    return shorten(words)


def _is_of_item(names: Sequence[str], reading: Reading) -> bool:
    """Tell whether an answer says something of the whole matter, not of a part that it names."""
    if not names or reading.status in _OF_THE_WHOLE:
        return True
    return names_only_work(names[0]) or load_rules().begins("places", "item_name", names[0])


def _as_of(document: Document, utterance: Utterance, reading: Reading, listed: str) -> tuple[str | None, str]:
    """Return since when it is so; of several matters in one sentence, each has the date that follows it."""
    if not listed:
        return read_as_of(utterance.words, reading, document)
    after = re.split(r",|\band\b", utterance.words.partition(listed)[2])[0]
    return read_as_of(after, replace(reading, clause=replace(reading.clause, span=Span(0, 0))), document)


def _kind(utterance: Utterance, name: str, *, closes_several: bool) -> MatterKind:
    """Return what sort of matter is meant; "the one on calls" is of the sort that its line speaks of."""
    listed = load_rules().begins("places", "next_in_list", name)
    return kind_named_in(utterance.line.words if listed or closes_several else name)


def find_speaker(utterance: Utterance, reading: Reading) -> Speaker:
    """Return who says what a sentence says."""
    verdict = reading.rule.anybody and is_inspectorates_word(utterance.words)
    if reading.status is Status.CLOSED or verdict:
        return Speaker.INSPECTORATE
    return who_says(utterance.words, utterance.voice)
