"""Claims read from sentences, and from the sentence that introduces a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from askpcc.model import (
    BlockKind,
    Document,
    MatterKind,
    Span,
    Speaker,
    Status,
)
from askpcc.statuses.claim_dates import document_date, read_as_of, read_due
from askpcc.statuses.document_model import (
    NamedItem,
    Utterance,
    is_inspectorates_word,
    who_says,
)
from askpcc.statuses.naming import (
    find_matter_words,
    matter_words,
    name_matters,
    names_only_work,
    shorten,
)
from askpcc.statuses.rules import (
    Place,
    Reading,
    combine,
    load_rules,
    read_clause,
    read_cues,
)
from askpcc.text.words import plain

_KINDS = (
    (MatterKind.AREA_FOR_IMPROVEMENT, re.compile(r"\b(?:areas? for improvement|AFIs?)\b", re.IGNORECASE)),
    (MatterKind.CAUSE_OF_CONCERN, re.compile(r"\b(?:causes?|areas?) of concern\b", re.IGNORECASE)),
    (MatterKind.RECOMMENDATION, re.compile(r"\b(?:recommendations?|recs?)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One status of one matter, or of the items that are answered together.

    evidence: places that together say it, the most telling first.  number: of a tracker's entry.
    """

    status: Status
    matter: str
    evidence: tuple[Span, ...]
    said_by: Speaker
    kind: MatterKind = MatterKind.IMPROVEMENT
    items: tuple[NamedItem, ...] = ()
    number: str | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None


def kind_named_in(words: str) -> MatterKind:
    """Return what sort of matter words speak of; an improvement when they name no other."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), MatterKind.IMPROVEMENT)


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


_JOINT = re.compile(r"[\s,;:–—-]*(?:(?:and|but|while|whereas|although|though)\s+)?", re.IGNORECASE)
_PART_COUNT = re.compile(
    r"(?:the (?:other|rest|remain|last|first)|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
    r"(?! (?:new|additional|more|extra))(?= (?:\w+ )?(?:is|are|has|have|was|were)\b|.*\bof (?:them|these)\b)",
    re.IGNORECASE,
)
_END = " ,;:–—-"


def split_utterance(text: str, utterance: Utterance) -> Sequence[Utterance]:
    """Return the parts of a sentence that each tell of another matter; the sentence itself for most.

    A sentence stays whole where it answers a named matter, where it leaves something undone beside what
    it calls done, where a part does not name what it is about, or does not say alone what it says there.
    """
    whole = [utterance]
    if utterance.answers or utterance.span.of(text) != utterance.words:
        return whole
    if load_rules().holds("guards", "left_undone", utterance.words):
        return whole
    groups = list(_by_subject(utterance))
    if len(groups) < 2:  # noqa: PLR2004 - one part is the sentence
        return whole
    starts = [min(reading.clause.span.start for reading in group) for group in groups]
    starts[0] = groups[0][0].clause.reach
    bounds = pairwise([*starts, len(utterance.words)])
    parts = [_part(utterance, start, end) for start, end in bounds]
    told = [_tell(part, group) for part, group in zip(parts, groups, strict=True)]
    names = [name for names in told for name in names]
    return parts if all(told) and len(set(names)) == len(names) else whole


def _by_subject(utterance: Utterance) -> Iterator[list[Reading]]:
    """Yield the readings of a sentence by the subject that they share; a pronoun has the one before."""
    found = [reading for reading in read_cues(utterance.words, utterance.place) if not reading.rule.weak]
    found.sort(key=lambda reading: reading.cue.start)
    latest: list[Reading] = []
    for _, group in groupby(found, key=lambda reading: reading.clause.subject):
        readings = list(group)
        pronoun = load_rules().begins("places", "continues", utterance.words[readings[0].clause.subject :])
        if latest and not pronoun:
            yield latest
            latest = []
        latest += readings
    if latest:
        yield latest


def _part(utterance: Utterance, start: int, end: int) -> Utterance:
    joint = _JOINT.match(utterance.words, start) if start else None
    begin = joint.end() if joint else start
    words = utterance.words[begin:end].rstrip(_END)
    place = Span(utterance.span.start + begin, utterance.span.start + begin + len(words))
    return replace(utterance, span=place, words=words)


def _tell(part: Utterance, group: Sequence[Reading]) -> tuple[str, ...]:
    """Return what a part names; nothing unless it alone says what it says in its sentence."""
    reading = read_clause(part.words, part.place)
    if reading and _PART_COUNT.match(part.words[reading.clause.subject :]):
        return ()
    if reading is None or reading.status not in {one.status for one in group}:
        return ()
    return name_matters(part.words, reading)


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
