"""Where the clauses of a sentence meet, and where the subject of each begins."""

import re
from dataclasses import dataclass
from functools import lru_cache

from askpcc.model import Span
from askpcc.text.words import load_data

_BREAK = re.compile(
    r"[;.!?](?=\s|$)|:(?=\s)|\s[–—-](?=\s)|,?\s+(?=(?:but|however|although|though|whereas)\b)", re.IGNORECASE
)
_JOINED = r"(?:because|whether|unless|until|once|when|while|if|which|who|where)\b"
_LONGEST_SUBJECT = 6
_ASKED = re.compile(r"\b(?:what|how|why|whether|that|which|who)\b", re.IGNORECASE)
_QUOTES = r"[\s,;:–—\"“”'‘’-]*"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence.

    subject: where its subject begins; the subject of an earlier clause when it has none of its own.
    """

    span: Span
    subject: int


@dataclass(frozen=True, slots=True)
class _Joints:
    """Expressions for where clauses meet.  opening: what stands before a subject."""

    joint: re.Pattern[str]
    subject_joint: re.Pattern[str]
    verb: re.Pattern[str]
    opening: re.Pattern[str]
    no_subject: re.Pattern[str]


@lru_cache(maxsize=1)
def _joints() -> _Joints:
    words = {name: f"(?:{'|'.join(listed)})" for name, listed in load_data("clause_joints").items()}
    openings = words["openings"]
    for name, listed in words.items():
        openings = openings.replace(f"{{{name}}}", listed)
    verb, subject = rf"(?={words['verb_follows']}\b)", rf"(?={words['subject_begins']}\b)"
    joint = rf",?\s+(?={_JOINED})|,\s+(?:and|so|or|yet)\s+|\s+and\s+{verb}"
    finite = rf"\b(?:{words['auxiliaries']}|{words['verb_follows']}|\w+ed|now)\b"
    finite += rf"|^\W*(?:the )?(?:{words['pronouns']}) \w+"
    return _Joints(
        re.compile(joint, re.IGNORECASE),
        re.compile(rf"\s+and\s+{subject}", re.IGNORECASE),
        re.compile(finite, re.IGNORECASE),
        re.compile(rf"^{_QUOTES}(?:{openings}[\s,]+)*", re.IGNORECASE),
        re.compile(rf"^(?:{words['verb_follows']}|shall|which|who|being|not)\b", re.IGNORECASE),
    )


def split_clauses(sentence: str) -> list[Clause]:
    """Return the clauses of a sentence that is plain words, in order; at least one."""
    breaks = [match.end() for match in _BREAK.finditer(sentence)]
    joints = [match.start() for match in _joints().joint.finditer(sentence)]
    joints += [
        match.start()
        for match in _joints().subject_joint.finditer(sentence)
        if _has_verb(sentence[max(at for at in (0, *breaks, *joints) if at <= match.start()) : match.start()])
    ]
    starts = [start for start in sorted({0, *breaks, *joints}) if start == 0 or sentence[start:].strip()]
    clauses: list[Clause] = []
    for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
        clauses.append(_read_clause(sentence, Span(start, end), clauses))
    return clauses


def _has_verb(words: str) -> bool:
    """Tell whether words before "and the ..." are a clause; "the vans and the cars" are one subject."""
    words = _ASKED.split(words)[-1]
    return len(words.split()) > _LONGEST_SUBJECT or _joints().verb.search(words) is not None


def _read_clause(sentence: str, span: Span, earlier: list[Clause]) -> Clause:
    opening = _joints().opening.match(sentence[span.start : span.end])
    subject = span.start + (opening.end() if opening else 0)
    if earlier and _joints().no_subject.match(sentence[subject : span.end]):
        return Clause(span, earlier[-1].subject)
    return Clause(span, subject)
