"""Statuses told in sentences and bullets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from askpcc.model import BlockKind, Document, MatterKind, Span, Speaker, Status
from askpcc.statuses.claim_dates import document_date, read_as_of, read_due
from askpcc.statuses.findings import Finding, kind_named_in
from askpcc.statuses.leads import Lead, count_steps, find_lead, read_led
from askpcc.statuses.name_words import matter_words
from askpcc.statuses.naming import name_matters
from askpcc.statuses.outline import Utterance
from askpcc.statuses.readings import Reading, combine, read_clause
from askpcc.statuses.rules import load_rules
from askpcc.statuses.voices import is_inspectorates_word, who_says

_FINAL = (Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.CLOSED)
_OF_THE_WHOLE = (*_FINAL, Status.ACCEPTED, Status.UNDER_CONSIDERATION)


@dataclass(slots=True)
class _Reader:
    """Reads the utterances of a document in order.

    continued: the sentence before told something, which a pronoun can carry on.  steps: a sentence that
    rules over the next ones of its line, and over how many.
    """

    document: Document
    found: list[Finding] = field(default_factory=list)
    previous: Utterance | None = None
    continued: bool = False
    heading: Utterance | None = None
    steps: tuple[Lead, Utterance, int] | None = None

    def before(self, utterance: Utterance) -> Utterance | None:
        """Return the sentence before one of the same line."""
        same_line = self.previous is not None and self.previous.line is utterance.line
        return self.previous if same_line else None

    def lead_of(self, utterance: Utterance) -> Lead | None:
        """Return what rules over a sentence or bullet."""
        lead = find_lead(self.document, utterance, self.heading)
        if lead is None and self.steps and self.steps[1].line is utterance.line and self.steps[2]:
            lead, by, left = self.steps
            self.steps = (lead, by, left - 1)
        return lead


def read_tellings(document: Document, outline: Sequence[Utterance]) -> list[Finding]:
    """Return the statuses that the sentences and bullets of a document tell."""
    reader = _Reader(document)
    leads = {utterance.line.lead for utterance in outline if utterance.line.lead}
    for utterance in outline:
        if utterance.line.is_heading:
            reader.heading = utterance
        elif utterance.line.kind is not BlockKind.ROW:
            count = len(reader.found)
            if not utterance.silent and utterance.span not in leads:
                _read_utterance(reader, utterance)
            carries_on = reader.continued and _begins_with_pronoun(reader, utterance, utterance.words)
            reader.continued = len(reader.found) > count or carries_on
        reader.previous = utterance
    return reader.found


def _begins_with_pronoun(reader: _Reader, utterance: Utterance, words: str) -> bool:
    return reader.before(utterance) is not None and load_rules().begins("places", "continues", words)


def _read_utterance(reader: _Reader, utterance: Utterance) -> None:
    lead = reader.lead_of(utterance)
    if lead:
        led = read_led(reader.document, utterance, lead)
        reader.found += [led] if led else []
        return
    if load_rules().begins("places", "denies", utterance.words):
        reader.found += _read_denial(reader, utterance)
        return
    reading = read_clause(utterance.words, utterance.place)
    if reading and (steps := count_steps(utterance, reading)):
        reader.steps = (Lead(utterance.span, reading, _speaker(utterance, reading)), utterance, steps)
    elif reading and _is_continued(reader, utterance, reading):
        _continue_finding(reader, utterance, reading)
    elif reading and not _is_repeated(reader, utterance, reading):
        reader.found.extend(_new_findings(reader, utterance, reading))


def _is_repeated(reader: _Reader, utterance: Utterance, reading: Reading) -> bool:
    """Tell whether a sentence only says again that the matter before it is refused or for others."""
    last = reader.found[-1] if reader.found else None
    if last is None or reader.before(utterance) is None or reading.status not in _FINAL:
        return False
    return last.status is reading.status and bool(last.items) and last.items == utterance.answers


def _is_continued(reader: _Reader, utterance: Utterance, reading: Reading) -> bool:
    """Tell whether a sentence goes on about the matter of the one before ("It will be reviewed")."""
    subject = utterance.words[reading.clause.subject :]
    pronoun = any(_begins_with_pronoun(reader, utterance, words) for words in (utterance.words, subject))
    if not (reader.continued and pronoun and reader.found):
        return False
    return reading.status not in _FINAL and reader.found[-1].status not in _FINAL


def _continue_finding(reader: _Reader, utterance: Utterance, reading: Reading) -> None:
    last = reader.found[-1]
    status = combine([last.status, reading.status]) or last.status
    due = last.due or read_due(utterance.words, reading)
    if status is last.status and due == last.due:
        return
    as_of = (last.as_of, last.as_of_from) if status is last.status else document_date(reader.document)
    evidence = (*last.evidence, utterance.span)
    carried = replace(last, status=status, due=due, evidence=evidence, as_of=as_of[0], as_of_from=as_of[1])
    reader.found[-1] = carried


def _read_denial(reader: _Reader, utterance: Utterance) -> Iterator[Finding]:
    """Read "They are not." after a sentence that says, or lets somebody say, that something is complete."""
    previous = reader.before(utterance)
    claimed = previous.words.rpartition(" that ")[2] if previous else ""
    reading = read_clause(claimed, utterance.place)
    if previous and reading and reading.status is Status.COMPLETE:
        matter = (name_matters(claimed, reading) or (claimed,))[0]
        as_of, origin = document_date(reader.document)
        yield Finding(
            status=Status.IN_PROGRESS,
            matter=matter,
            evidence=(utterance.span, previous.span),
            said_by=utterance.voice,
            kind=kind_named_in(matter),
            as_of=as_of,
            as_of_from=origin,
        )


def _new_findings(reader: _Reader, utterance: Utterance, reading: Reading) -> Iterator[Finding]:
    names, named_by = _names(reader, utterance, reading)
    for name in names:
        as_of, origin = _as_of(reader.document, utterance, reading, name if len(names) > 1 else "")
        yield Finding(
            status=reading.status,
            matter=name,
            evidence=(utterance.span, *named_by),
            said_by=_speaker(utterance, reading),
            kind=_kind(utterance, name),
            items=utterance.answers,
            as_of=as_of,
            as_of_from=origin,
            due=read_due(utterance.words, reading),
        )


def _names(
    reader: _Reader, utterance: Utterance, reading: Reading
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return what names the matters of a sentence, and where, if not the sentence itself does."""
    whole = bool(utterance.answers) and reading.status in _OF_THE_WHOLE
    names = () if whole else name_matters(utterance.words, reading)
    if utterance.answers and (not names or load_rules().begins("places", "item_name", names[0])):
        return (utterance.answers[0].words,), ()
    before = reader.before(utterance)
    if not names and before:
        return (matter_words(before.words),), (before.span,)
    return names or (utterance.about or matter_words(utterance.words),), ()


def _as_of(document: Document, utterance: Utterance, reading: Reading, listed: str) -> tuple[str | None, str]:
    """Return since when it is so; of several matters in one sentence, each has the date that follows it."""
    if not listed:
        return read_as_of(utterance.words, reading, document)
    after = re.split(r",|\band\b", utterance.words.partition(listed)[2])[0]
    return read_as_of(after, replace(reading, clause=replace(reading.clause, span=Span(0, 0))), document)


def _kind(utterance: Utterance, name: str) -> MatterKind:
    """Return what sort of matter is meant; "the one on calls" is of the sort that its line speaks of."""
    listed = load_rules().begins("places", "next_in_list", name)
    return kind_named_in(utterance.line.words if listed else name)


def _speaker(utterance: Utterance, reading: Reading) -> Speaker:
    if reading.status is Status.CLOSED or is_inspectorates_word(utterance.words):
        return Speaker.INSPECTORATE
    return who_says(utterance.words, utterance.voice)
