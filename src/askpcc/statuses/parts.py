"""Sentences that tell of several matters, taken apart so that each keeps its own status and date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from askpcc.model import Span
from askpcc.statuses.naming import name_matters
from askpcc.statuses.places import Reading
from askpcc.statuses.readings import read_clause, read_cues
from askpcc.statuses.rules import load_rules
from askpcc.statuses.utterances import Utterance

_JOINT = re.compile(r"[\s,;:–—-]*(?:(?:and|but|while|whereas|although|though)\s+)?", re.IGNORECASE)
_COUNT = re.compile(
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
    if reading and _COUNT.match(part.words[reading.clause.subject :]):
        return ()
    if reading is None or reading.status not in {one.status for one in group}:
        return ()
    return name_matters(part.words, reading)
