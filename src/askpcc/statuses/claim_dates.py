"""The dates of a claim: since when it is so, and by when it is to be done."""

import re

from askpcc.language.dates import FoundDate, find_dates
from askpcc.model import Document, FactName, Status
from askpcc.statuses.meetings import read_meeting
from askpcc.statuses.places import Reading

_BEFORE_EVENT = re.compile(
    r"(?:\b(?:in|on|since|from|at|of)(?: the)?(?: early| late| mid)?[\s-]*|\()$", re.IGNORECASE
)
_BEFORE_DUE = re.compile(
    r"\b(?:by|before|until|for|in|on|and|from|to|no later than)(?: the)?"
    r"(?: end of| early| late| start of| close of)?(?: the)?[\s-]*$",
    re.IGNORECASE,
)
_BEFORE_DEMAND = re.compile(r"\b(?:by|before|no later than|until)(?: the)?(?: end of)?[\s-]*$", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r",\s+and\s+(?:an?|the|its|their)\s", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|began|begun|started|in the year to|as of|on)\b[^,;.]{0,12}$", re.IGNORECASE)

STATED, RESPONDED, PUBLISHED = "stated in the text", "response dated", "report published"
MEETING = "meeting held"


def read_as_of(words: str, reading: Reading | None, document: Document) -> tuple[str | None, str]:
    """Return since when a claim holds, and what that date is: the text's, the response's, the report's."""
    if reading and reading.status in (Status.COMPLETE, Status.CLOSED):
        # What another subject did on a day, after "and", dates nothing here.
        after = _OTHER_SUBJECT.search(words, reading.cue.end)
        clause = words[reading.clause.span.start : after.start() if after else None]
        stated = _first_after(clause, _BEFORE_EVENT)
        if stated:
            return stated, STATED
    return document_date(document)


def document_date(document: Document) -> tuple[str | None, str]:
    """Return the date of a document, and what it is the date of; of minutes, the day of their meeting."""
    meeting = read_meeting(document)
    if meeting:
        return meeting, MEETING
    for name, origin in ((FactName.RESPONDED, RESPONDED), (FactName.PUBLISHED, PUBLISHED)):
        fact = document.fact(name)
        if fact:
            return fact.value, origin
    return None, ""


def read_due(words: str, reading: Reading) -> str | None:
    """Return the date by which a promise is to be kept; None when it names none."""
    if reading.status not in (Status.PLANNED, Status.IN_PROGRESS):
        return None
    after = words[reading.cue.start :]
    due = [found.value for found in find_dates(after, years=True) if _is_due(found, after, reading)]
    return max((value for value in due if value), default=None)


def _is_due(found: FoundDate, words: str, reading: Reading) -> bool:
    before = words[: found.span.start]
    since = reading.status is Status.IN_PROGRESS and _SINCE.search(before)
    return _BEFORE_DUE.search(before) is not None and not since


def read_demanded(words: str) -> str | None:
    """Return the date that a recommendation sets; None when it sets none."""
    return _first_after(words, _BEFORE_DEMAND)


def _first_after(words: str, introduction: re.Pattern[str]) -> str | None:
    found: list[FoundDate] = find_dates(words, years=True)
    return next(
        (date.value for date in found if date.value and introduction.search(words[: date.span.start])), None
    )
