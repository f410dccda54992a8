"""When an answer says that the documents do not say, and in which words."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from askpcc.model import (
    Draft,
    Passage,
    Question,
    Ranked,
    Reason,
    Wanted,
)
from askpcc.text.dates import MONTHS
from askpcc.text.sentences import is_attached
from askpcc.text.words import (
    STOPWORDS,
    plain,
    stem,
    stems,
)

_OFFICE = r"(?:pcc|pfcc|commissioner|mayor|chief constable|chief|deputy)s?"
_HOLDS_NOW = re.compile(
    rf"\bwho(?:'?s| is| are)\b.{{0,40}}\b{_OFFICE}\b(?!.{{0,60}}\b(?:lead|responsib|own|chair|in charge))"
    r"|\bwho\b.*\b(?:now|today|current(?:ly)?|these days)\b",
    re.IGNORECASE,
)

_NAMED_FORCE = re.compile(
    r"\b(?P<area>[a-z][a-z-]{3,})(?:'s)? (?:police(?! (?:and|officers?|staff))|constabulary|o?pf?cc)\b",
    re.IGNORECASE,
)

_NAME = r"[A-Z][a-z]{3,}(?:-[A-Za-z]+){0,4}"
_IN_PLACE_OF_FORCE = re.compile(
    rf"^(?:[Hh]as|Have|Had|[Dd]id|[Dd]oes|[Ii]s|[Ww]as|Were|[Ww]ill|Can) (?P<subject>{_NAME}) (?=[a-z])"
    rf"|\b(?:has|have|did|does|is|was|will|in|for|by|at) (?P<place>{_NAME})"
    r"(?=[?.!,]|$| (?:accept|agree|done|made|doing|reduced?|responded?|finished|completed?|closed?)\b)"
)
"""The subject of a question, or the place at its end: has Midsomer done it, was it done in Midsomer."""

_LACKING = {
    Wanted.COUNT: "number",
    Wanted.WHEN: "date",
    Wanted.DEADLINE: "date or period",
    Wanted.WHO: "name or office",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Why there is no answer, as a reason and a sentence."""

    reason: Reason
    sentence: str


def find_force_gap(question: Question, held: Collection[str]) -> Gap | None:
    """Say so when a named force has no document."""
    missing = [force for force in question.forces if force not in held]
    if not missing:
        return None
    return Gap(Reason.NO_SUCH_DOCUMENT, f"The corpus holds no response of {' or '.join(missing)}.")


def find_unknown_force(question: Question, frequency_of: Callable[[str], int]) -> Gap | None:
    """Say so when the word before "police" or "PCC" is one that no document holds: a force without any.

    frequency_of: how many passages hold a Porter stem.
    """
    if question.forces:
        return None
    named = [match["area"] for match in _NAMED_FORCE.finditer(question.words)]
    unknown = [
        area for area in named if area.lower() not in STOPWORDS and not frequency_of(stem(area.lower()))
    ]
    if not unknown:
        return None
    return Gap(
        Reason.NO_SUCH_DOCUMENT, f"The corpus holds no response of a force called {unknown[0].title()}."
    )


def find_unknown_name(question: Question, frequency_of: Callable[[str], int]) -> Gap | None:
    """Say so when a capitalised name stands where a force would, and no document holds a word of it.

    frequency_of: how many passages hold a Porter stem.
    """
    if question.forces:
        return None
    for match in _IN_PLACE_OF_FORCE.finditer(question.words):
        name = match["subject"] or match["place"]
        parts = stems(name.replace("-", " "))
        if name not in MONTHS and parts and not any(map(frequency_of, parts)):
            return Gap(
                Reason.NO_SUCH_DOCUMENT,
                f"No document has the name {name}: the corpus holds no response of a force called so.",
            )
    return None


def find_item_gap(question: Question, passages: Sequence[Passage]) -> Gap | None:
    """Say so when none of the passages belongs to the recommendation that the question names."""
    known = {item for passage in passages for item in passage.items}
    missing = [item for item in question.items if item not in known]
    if not question.items or len(missing) < len(question.items):
        return None
    named = " or ".join(missing)
    return Gap(Reason.DOCUMENT_SILENT, f"The documents say nothing of {named} on this subject.")


def find_unsafe(question: Question) -> Gap | None:
    """Say so when a question asks who holds an office now: a document tells who signed then."""
    if question.wanted is not Wanted.WHO or not _HOLDS_NOW.search(question.words):
        return None
    return Gap(
        Reason.UNSAFE_TO_GUESS,
        "The documents tell who held an office when they were written, not who holds it now.",
    )


def lack_of(question: Question) -> Gap:
    """Say that the sort of thing asked for is not in the words found."""
    what = _LACKING.get(question.sought, "answer")
    return Gap(Reason.DOCUMENT_SILENT, f"The documents give no {what} for this.")


def find_attached(question: Question, ranked: Sequence[Ranked], drafts: Sequence[Draft]) -> Gap | None:
    """Say so when what is asked for stands in an attachment, which is not held, and no status is stated."""
    if question.sought not in {Wanted.LIST, Wanted.FACT} or is_attached(question.words):
        return None
    if any(draft.status for draft in drafts):
        return None
    if not any(is_attached(plain(found.sentence.quote)) for found in ranked[:2]):
        return None
    return Gap(Reason.DOCUMENT_SILENT, "The document says that this is attached; the attachment is not held.")
