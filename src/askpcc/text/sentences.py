"""Sentences, their clauses, and the cues in them: demand, hope, negation and the like."""

import re
from dataclasses import dataclass
from functools import lru_cache

from askpcc.model import Span
from askpcc.text.dates import find_dates
from askpcc.text.references import without_items
from askpcc.text.words import load_data, load_patterns

_NOTE = r"\[\d{1,3}\]|<sup>\s*\[?\d{1,3}\]?\s*</sup>"
_END = re.compile(rf"(?<![.!?…])[.!?…]++(?:[\"'”’)\]*_]|</\w{{1,10}}>|{_NOTE})*+(?=\s|<|$)", re.IGNORECASE)
_STARTS_NEXT = re.compile(r"(?:<[^<>]*>|[^\w<]|[_<])*+(?:[A-ZÀ-ÖØ-Þ0-9]|[a-z][A-Z])")
_BEFORE = r"(?:^|[\s(\[“\"'‘*_>])"
_TITLE = re.compile(
    rf"{_BEFORE}(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rt|Hon|St|Sgt|Insp|Supt|Det|Cllr|Sir|e\.g|i\.e|cf|vs?|al|approx)\.$"
)
_ABBREVIATION = re.compile(
    rf"{_BEFORE}(?:dept|etc|[Ii]nc|Ltd|(?:[A-Z]\.)*[A-Z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_REFERENCE = re.compile(rf"{_BEFORE}(?:nos?|paras?|pp?|ch|sec|fig)\.$", re.IGNORECASE)
_NUMBER_NEXT = re.compile(r"\s*\(?\d")
_COMMON_START = re.compile(
    r"\W*(?:The|This|These|That|Those|They|There|Then|We|It|Its|In|I|He|She|His|Her|My|Our|Their|A|An|As|At|All"
    r"|By|For|On|To|Of|With|From|And|But|So|Also|Both|If|When|While|Where|Since|After|Following|However|No|Not)\b"
)
_NUMBER = re.compile(r"\W*\d+(?:\.\d+)*\.\W*")
_NUMBERED_ITEM = re.compile(
    r"\W*(?:Recommendation|Area for improvement|AFI|Cause of concern) \d+(?:\.\d+)*\.\W*", re.IGNORECASE
)
# An abbreviation or a number with its mark-up is shorter, and so is the mark-up before the next sentence.
_LOOKED_AT = 60
_PARAGRAPH_NUMBER = re.compile(r"\A\W*(?:\d+\.)+\d*\s")
_NOT_A_NAME = (
    "The|This|These|That|Those|Police|Chief|Home|Crime|Fire|Her|His|Their|Violence|Action|National|Report|Deputy|Next"
    "|Force|Constabulary|Commissioner|Act|Response|Constable|Secretary|Office|Council|Authority|Service|Board"
    "|Programme|Unit|Team|Plan|Committee|Recommendation|Area|Cause|January|February|March|April|May|June|July"
    "|August|September|October|November|December"
)
_CAPITALISED = rf"(?!(?:{_NOT_A_NAME})\b)[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?"
_FULL_NAME = re.compile(rf"\b{_CAPITALISED} (?:[A-Z]\. |de |van |Mc|Mac|O['’])?{_CAPITALISED}\b")


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the places of the sentences inside a place of a text, trimmed of white space.

    A stop after a title, an initial, an abbreviation or a number that opens a paragraph ends nothing,
    nor does one before a lower-case word; initials and abbreviations do end a sentence before a word
    that commonly begins one.  Together the sentences hold every character that is not white space.
    """
    found = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ends_sentence(text, Span(start, match.end()), span):
            found.append(_trim(text, start, match.end()))
            start = match.end()
    found.append(_trim(text, start, span.end))
    return [sentence for sentence in found if len(sentence)]


def _ends_sentence(text: str, sentence: Span, whole: Span) -> bool:
    rest = text[sentence.end : min(whole.end, sentence.end + _LOOKED_AT)]
    if not rest.strip():
        return True
    if not _STARTS_NEXT.match(rest):
        return False
    written = text[max(sentence.start, sentence.end - _LOOKED_AT) : sentence.end]
    if _NUMBER.fullmatch(written) or (sentence.start == whole.start and _NUMBERED_ITEM.fullmatch(written)):
        return False
    if _TITLE.search(written) or (_REFERENCE.search(written) and _NUMBER_NEXT.match(rest)):
        return False
    return not _ABBREVIATION.search(written) or _COMMON_START.match(rest) is not None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def holds_number(sentence: str) -> bool:
    """Tell whether a sentence holds a quantity, in digits or in words.

    Dates and years, the number of a recommendation and that of a paragraph ("2.1 The force") are none.
    """
    sentence = _PARAGRAPH_NUMBER.sub("", without_items(sentence))
    for found in reversed(find_dates(sentence, years=True)):
        sentence = f"{sentence[: found.span.start]} {sentence[found.span.end :]}"
    return _has("number", sentence)


def asks_money(question: str) -> bool:
    """Tell whether a question asks for a sum of money."""
    return _has("asks_money", question)


def holds_money(sentence: str) -> bool:
    """Tell whether a sentence holds a sum of money."""
    return _has("money", sentence)


def holds_date(sentence: str) -> bool:
    """Tell whether a sentence holds a date or a period of time."""
    return _has("period", sentence) or bool(find_dates(sentence))


def names_person(sentence: str) -> bool:
    """Tell whether a sentence holds a person's name."""
    return _FULL_NAME.search(sentence) is not None or _has("names", sentence)


def holds_person(sentence: str) -> bool:
    """Tell whether a sentence names a person, or an office or duty that somebody holds."""
    return _has("role", sentence) or names_person(sentence)


def demands(sentence: str) -> bool:
    """Tell whether a sentence says what should be done, which is not what is done."""
    return _has("demand", sentence)


def is_attached(sentence: str) -> bool:
    """Tell whether a sentence says that something stands in an attachment."""
    return _has("attached", sentence)


def is_limited(sentence: str) -> bool:
    """Tell whether a sentence says that what it or the one before it says holds of a part only."""
    return _has("limited", sentence)


def _has(kind: str, sentence: str) -> bool:
    return load_patterns("clauses")[kind].search(sentence) is not None


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
