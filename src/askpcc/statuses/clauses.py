"""Clauses of a sentence: where each begins, and whom it is about."""

import re
from dataclasses import dataclass
from enum import StrEnum

from askpcc.model import Span
from askpcc.statuses.rules import load_rules

_SUBJECT_FOLLOWS = (
    r"(?=(?:the|a|an|it|they|this|these|that|those|we|he|she|all|there|I|my|our|its|their|his|her|no|none|so|each|every"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)(?! (?:is|are|was|were|has|have)\b)|some|most|many|officers|staff|supervisors|residents"
    r"|applications|victims|children)\b)"
)
_VERB_FOLLOWS = (
    r"(?=(?:will|has|have|is|are|was|were|had|should|must|cannot|can|does|do|did|moved|went|came)\b)"
)
_BREAK = re.compile(
    r"[;.!?](?=\s|$)|:(?=\s)|\s[–—-](?=\s)|,?\s+(?=(?:but|however|although|though|whereas)\b)", re.IGNORECASE
)
_JOINT = re.compile(
    r",?\s+(?=(?:because|whether|unless|until|once|when|while|if|which|who|where)\b)"
    rf"|,\s+(?:and|so|or|yet)\s+|\s+and\s+{_VERB_FOLLOWS}|\s+and\s+{_SUBJECT_FOLLOWS}",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^[\s,;:–—\"“”'‘’-]*(?:(?:and|but|so|or|yet|however|although|though|whereas|while|that|moreover|meanwhile|therefore|also"
    r"|in addition|at present|so far|to date|currently|since then|as a result|as well|nevertheless|following this|finally|first"
    r"|(?:in|on|by|from|during|after|since|until|before|for|within|under|at|as part of|through|following|later)\b[^,]{1,60},"
    r"|later this year|this year"
    r"|(?:the )?(?:assistant |deputy |temporary |acting )*(?:chief constable|commissioner)\b[^;.]{0,40}?\b(?:said|reported|answered|told \w+|tells \w+|tells me|says|explained|confirmed|confirms|reports) that"
    r"|(?:I|we|she|he|the (?:\w+ ){0,4}commissioner)\b[^,;.]{0,50}?\b(?:aware|learn|report|hear|confirm|understand|noted|advised|told|know|announce|informed)(?:, too,)?(?: that|(?= (?:there|the|many|all|some|most)\b)))[\s,]+)*",
    re.IGNORECASE,
)  # fmt: skip
_NO_SUBJECT = re.compile(
    r"^(?:will|shall|has|have|had|is|are|was|were|should|must|cannot|can|does|do|did|which|who|moved|went|came|being|not)\b",
    re.IGNORECASE,
)


class About(StrEnum):
    """Whom a clause is about, as far as its first words show."""

    INSPECTORATE = "inspectorate"
    OFFICE = "office"
    FORCE = "force"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence.

    reach: where the main clause begins that it hangs on, as far back as a hope or a question governs.
    subject: where its subject begins; the subject of an earlier clause when it has none of its own.
    """

    span: Span
    reach: int
    subject: int
    about: About


def split_clauses(sentence: str) -> list[Clause]:
    """Return the clauses of a sentence that is plain words, in order."""
    breaks = [match.end() for match in _BREAK.finditer(sentence)]
    joints = [match.start() for match in _JOINT.finditer(sentence)]
    starts = sorted({0, *breaks, *joints})
    clauses: list[Clause] = []
    for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
        if sentence[start:end].strip(" .;:!?"):
            reach = max((place for place in [0, *breaks] if place <= start), default=0)
            clauses.append(_read_clause(sentence, Span(start, end), reach, clauses))
    return clauses


def _read_clause(sentence: str, span: Span, reach: int, earlier: list[Clause]) -> Clause:
    opening = _OPENING.match(sentence[span.start : span.end])
    subject = span.start + (opening.end() if opening else 0)
    if earlier and _NO_SUBJECT.match(sentence[subject : span.end]):
        return Clause(span, reach, earlier[-1].subject, earlier[-1].about)
    return Clause(span, reach, subject, _about(sentence[subject : span.end]))


def _about(words: str) -> About:
    subjects = load_rules().subjects
    for about in (About.INSPECTORATE, About.OFFICE, About.FORCE):
        if subjects[about].match(words):
            return about
    return About.OTHER
