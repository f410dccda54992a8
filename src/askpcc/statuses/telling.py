"""Statuses told in sentences and bullets."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from askpcc.model import BlockKind, Document, Status
from askpcc.statuses.claim_dates import document_date, read_due
from askpcc.statuses.findings import Finding
from askpcc.statuses.leads import Lead, count_steps, find_lead, read_led
from askpcc.statuses.naming import name_matters
from askpcc.statuses.parts import split_utterance
from askpcc.statuses.places import Reading
from askpcc.statuses.readings import combine, read_clause
from askpcc.statuses.rules import load_rules
from askpcc.statuses.sayings import find_speaker, make_findings, read_denial, read_dispute
from askpcc.statuses.utterances import Utterance

_FINAL = (Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.CLOSED)


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
        reader.found += read_denial(reader.document, utterance, reader.before(utterance))
        return
    if load_rules().begins("places", "disputes", utterance.words):
        reader.found += read_dispute(reader.document, utterance, reader.before(utterance), reader.found)
        return
    reading = read_clause(utterance.words, utterance.place)
    if reading and (steps := count_steps(utterance, reading)):
        reader.steps = (Lead(utterance.span, reading, find_speaker(utterance, reading)), utterance, steps)
    elif reading and _is_continued(reader, utterance, reading):
        _continue_finding(reader, utterance, reading)
    elif reading and not _is_repeated(reader, utterance, reading) and _is_named(reader, utterance, reading):
        for part in split_utterance(reader.document.text, utterance):
            own = reading if part is utterance else read_clause(part.words, part.place)
            if own:
                reader.found += make_findings(reader.document, part, reader.before(utterance), own)


def _is_named(reader: _Reader, utterance: Utterance, reading: Reading) -> bool:
    """Tell whether it is known what a sentence is about.

    Outside of answers "it" or "they" alone do not tell, unless the sentence promises them for a day.
    """
    rules, before = load_rules(), reader.before(utterance)
    pronoun = rules.begins("places", "continues", utterance.words[reading.clause.subject :])
    if utterance.answers or not pronoun or name_matters(utterance.words, reading):
        return True
    promised = reading.status is Status.PLANNED and read_due(utterance.words, reading) is not None
    return before is not None and (promised or rules.holds("words", "matters", before.words))


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
