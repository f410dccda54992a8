"""Statuses told in sentences and bullets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from askpcc.model import BlockKind, Document, MatterKind, Span, Speaker, Status
from askpcc.statuses.claim_dates import document_date, read_as_of, read_due
from askpcc.statuses.findings import Finding, kind_named_in
from askpcc.statuses.naming import matter_words, name_matters
from askpcc.statuses.outline import Utterance
from askpcc.statuses.readings import Place, Reading, combine, read_clause
from askpcc.statuses.voices import is_inspectorates_word, who_says
from askpcc.words import plain

_CONTINUES = re.compile(r"^(?:it|they|this|these|its|their|the same|both)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"^(?:they|it|this|that) (?:is|are|was|were|has|have|do|does) not\b(?:\s*,|\s*[.!]|\s+(?:so|true|the case)\b)",
    re.IGNORECASE,
)
_ITEM_NAME = re.compile(
    r"^(?:the )?(?:recommendations?|afis?|areas? for improvement|causes? of concern)\b", re.IGNORECASE
)
_OF_THE_LIST = re.compile(
    r"^(?:the|of the) (?:one|first|second|third|fourth|other)s?\b|^the (?:first|last|other) (?:one|two|three)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
_COUNTS = {
    name: number for number, name in enumerate("two three four five six seven eight nine ten".split(), 2)
}
_WHOLE = (
    Status.NOT_ACCEPTED,
    Status.NOT_APPLICABLE,
    Status.ACCEPTED,
    Status.UNDER_CONSIDERATION,
    Status.CLOSED,
)
_FINAL = (Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.CLOSED)


@dataclass(slots=True)
class _Reader:
    """Reads the utterances of a document in order.  led: how many sentences the last lead still covers."""

    document: Document
    found: list[Finding] = field(default_factory=list)
    previous: Utterance | None = None
    previous_found: bool = False
    heading: Utterance | None = None
    lead: tuple[Reading, Utterance] | None = None
    led: int = 0


def read_tellings(document: Document, outline: Sequence[Utterance]) -> list[Finding]:
    """Return the statuses that the sentences and bullets of a document tell."""
    reader = _Reader(document)
    leads = {utterance.line.lead for utterance in outline if utterance.line.lead}
    for utterance in outline:
        if utterance.line.is_heading:
            reader.heading = utterance
        elif utterance.line.kind is not BlockKind.ROW:
            _read_utterance(reader, utterance, leads_list=utterance.span in leads)
        reader.previous = utterance
    return reader.found


def _read_utterance(reader: _Reader, utterance: Utterance, *, leads_list: bool) -> None:
    before = len(reader.found)
    if not utterance.silent and not leads_list:
        if not _read_under_lead(reader, utterance):
            _read_sentence(reader, utterance)
    reader.previous_found = len(reader.found) > before or (
        reader.previous_found and _continues(reader, utterance)
    )


def _continues(reader: _Reader, utterance: Utterance) -> bool:
    return (
        reader.previous is not None
        and reader.previous.line is utterance.line
        and bool(_CONTINUES.match(utterance.words))
    )


# ---- under a lead


def _read_under_lead(reader: _Reader, utterance: Utterance) -> bool:
    lead = _lead_of(reader, utterance)
    if lead is None:
        return False
    reading, evidence, voice = lead
    if utterance.line.span.start != utterance.span.start and utterance.line.kind is BlockKind.BULLET:
        return True
    whole = utterance.line.span if utterance.line.kind is BlockKind.BULLET else utterance.span
    words = utterance.line.words if utterance.line.kind is BlockKind.BULLET else utterance.words
    own = read_clause(words, utterance.place)
    status = (
        own.status
        if own and own.status not in (reading.status, Status.COMPLETE) and reading.status is Status.COMPLETE
        else reading.status
    )
    as_of = (
        read_as_of(words, own or reading, reader.document)
        if own and own.status is status
        else document_date(reader.document)
    )
    reader.found.append(
        Finding(
            status,
            _bullet_name(words, own),
            (whole, evidence),
            voice,
            kind_named_in(words.split(":")[0]),
            utterance.answers,
            None,
            as_of[0],
            as_of[1],
            read_due(words, own) if own else None,
        )
    )
    return True


def _bullet_name(words: str, own: Reading | None) -> str:
    names = name_matters(words, own) if own else ()
    return names[0] if names else " ".join(words.rstrip(" .;").split()[:24])


def _lead_of(reader: _Reader, utterance: Utterance) -> tuple[Reading, Span, Speaker] | None:
    text = reader.document.text
    if utterance.line.lead is not None:
        words = plain(utterance.line.lead.of(text))
        reading = read_clause(words, replace(utterance.place, lead=True))
        return (reading, utterance.line.lead, who_says(words, utterance.voice)) if reading else None
    if (
        utterance.line.kind is BlockKind.BULLET
        and reader.heading
        and utterance.line.titles[-1:] == (reader.heading.words,)
    ):
        reading = read_clause(reader.heading.words, Place(lead=True, heading=True))
        if reading and reading.rule.where == "heading":
            return reading, reader.heading.span, utterance.voice
    if reader.led and reader.lead and reader.lead[1].line is utterance.line:
        reader.led -= 1
        return reader.lead[0], reader.lead[1].span, utterance.voice
    return None


# ---- on its own


def _read_sentence(reader: _Reader, utterance: Utterance) -> None:
    reading = read_clause(utterance.words, utterance.place)
    if reader.previous and _DENIES.match(utterance.words):
        _read_denial(reader, utterance)
        return
    if reading is None:
        return
    if reading.rule.name == "steps taken" and (count := _COUNT.search(utterance.words)):
        reader.lead, reader.led = (reading, utterance), _COUNTS[count[1].lower()]
        return
    if _is_repeated(reader, utterance, reading):
        return
    if _is_continued(reader, utterance, reading):
        _continue_finding(reader, utterance, reading)
        return
    reader.found.extend(_new_findings(reader, utterance, reading))


def _is_repeated(reader: _Reader, utterance: Utterance, reading: Reading) -> bool:
    """Tell whether a sentence only says again that the matter before it is refused or for others."""
    last = reader.found[-1] if reader.found else None
    same_line = reader.previous is not None and reader.previous.line is utterance.line
    return bool(
        last
        and same_line
        and reading.status in _FINAL
        and last.status is reading.status
        and last.items
        and last.items == utterance.answers
    )


def _is_continued(reader: _Reader, utterance: Utterance, reading: Reading) -> bool:
    subject = utterance.words[reading.clause.subject :]
    pronoun = _continues(reader, utterance) or _CONTINUES.match(subject)
    same_line = reader.previous is not None and reader.previous.line is utterance.line
    return (
        reader.previous_found
        and same_line
        and bool(pronoun)
        and reading.status not in _FINAL
        and bool(reader.found)
        and reader.found[-1].status not in _FINAL
    )


def _continue_finding(reader: _Reader, utterance: Utterance, reading: Reading) -> None:
    last = reader.found[-1]
    status = combine([last.status, reading.status]) or last.status
    due = last.due or read_due(utterance.words, reading)
    if status is not last.status or due != last.due:
        evidence = (*last.evidence, utterance.span)
        reader.found[-1] = replace(last, status=status, due=due, evidence=evidence)


def _read_denial(reader: _Reader, utterance: Utterance) -> None:
    """Read "They are not." after a sentence that says, or lets somebody say, that something is complete."""
    previous = reader.previous
    if previous is None or previous.line is not utterance.line:
        return
    claimed = previous.words.rpartition(" that ")[2]
    reading = read_clause(claimed, previous.place)
    if reading and reading.status is Status.COMPLETE:
        matter = (name_matters(claimed, reading) or (claimed,))[0]
        as_of, origin = document_date(reader.document)
        reader.found.append(
            Finding(
                Status.IN_PROGRESS,
                matter,
                (utterance.span, previous.span),
                utterance.voice,
                kind_named_in(matter),
                (),
                None,
                as_of,
                origin,
            )
        )


def _new_findings(reader: _Reader, utterance: Utterance, reading: Reading) -> Iterator[Finding]:
    evidence: tuple[Span, ...] = (utterance.span,)
    names: tuple[str, ...] = ()
    if not utterance.answers or reading.status not in _WHOLE:
        names = name_matters(utterance.words, reading)
    if utterance.answers and (not names or _ITEM_NAME.match(names[0])):
        names = (utterance.answers[0].words,)
    elif not names and reader.previous and reader.previous.line is utterance.line:
        names, evidence = (matter_words(reader.previous.words),), (utterance.span, reader.previous.span)
    for name in names or (utterance.about or matter_words(utterance.words),):
        as_of, origin = _as_of(reader.document, utterance, reading, name if len(names) > 1 else "")
        yield Finding(
            reading.status,
            name,
            evidence,
            _speaker(utterance, reading),
            _kind(utterance, name),
            utterance.answers,
            None,
            as_of,
            origin,
            read_due(utterance.words, reading),
        )


def _as_of(document: Document, utterance: Utterance, reading: Reading, listed: str) -> tuple[str | None, str]:
    """Return since when it is so; of several matters in one sentence, each has the date that follows it."""
    if not listed:
        return read_as_of(utterance.words, reading, document)
    after = utterance.words.partition(listed)[2]
    return read_as_of(
        re.split(r",|\band\b", after)[0],
        replace(reading, clause=replace(reading.clause, span=Span(0, 0))),
        document,
    )


def _kind(utterance: Utterance, name: str) -> MatterKind:
    """Return what sort of matter is meant; "the one on calls" is of the sort that its line speaks of."""
    return kind_named_in(utterance.line.words if _OF_THE_LIST.match(name) else name)


def _speaker(utterance: Utterance, reading: Reading) -> Speaker:
    if reading.status is Status.CLOSED or is_inspectorates_word(utterance.words):
        return Speaker.INSPECTORATE
    return who_says(utterance.words, utterance.voice)
