"""As of when a claim holds, when it is due, and to whom a matter is addressed."""

import re

from askpcc.model import Document, FactName, Status
from askpcc.text.dates import FULL_DATE, FoundDate, find_dates
from askpcc.text.words import plain

_HEAD_BLOCKS = 10
_LONGEST_TITLE = 160
"""In characters."""
_INTRODUCTION = 120
"""Characters before a date; the longest introduction that is looked for has some 40."""
_MINUTES = re.compile(
    r"\W*(?:[\w’'&,–:-]+\s+){0,12}?(?:draft\s+)?minutes\b(?!\s+(?:to|later|after|ago)\b)", re.IGNORECASE
)
_OF_MEETING = re.compile(r"\b(?:meeting|held|minutes)\b|^\W*(?:date|on)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:previous|last|earlier|preceding|next|following|future|approv\w+|agreed|confirm\w+|signed"
    r"|publi\w+|inspect\w+|reports?|letters?)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?", re.IGNORECASE)


def read_meeting(document: Document) -> str | None:
    """Return the day on which the meeting was held whose minutes a document is; None for any other document.

    Minutes say so at their head, and name there the day of their own meeting.
    """
    blocks = document.blocks[:_HEAD_BLOCKS]
    lines = [line for block in blocks for line in block.span.of(document.text).splitlines()]
    heads = [plain(line) for line in lines[:_HEAD_BLOCKS] if len(line) <= _LONGEST_TITLE]
    if not any(_MINUTES.match(words) and not _OF_OTHERS.search(words) for words in heads):
        return None
    return next((day for words in heads if (day := _read_day(words))), None)


def _read_day(words: str) -> str | None:
    """Return the day of the meeting that a line at the head names."""
    dates = find_dates(words)
    if not dates or _OF_OTHERS.search(words):
        return None
    day = dates[0].value
    alone = _DAY.fullmatch(words[: dates[0].span.start]) is not None
    told = alone or _OF_MEETING.search(words) is not None
    return day if told and day and len(day) == FULL_DATE else None


_BEFORE_EVENT = re.compile(
    r"(?:\b(?:in|on|since|from|at|of)(?: the)?(?: early| late| mid)?[\s-]*|\()$", re.IGNORECASE
)
_BEFORE_DUE = re.compile(
    r"\b(?:by|before|until|for|in|on|and|from|to|no later than)(?: the)?"
    r"(?: end of| early| late| start of| close of)?(?: the)?[\s-]*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|until|no later than)(?: the)?(?: end of| early| late| start of)?(?: the)?[\s-]*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|shall|due|expected|planned|scheduled|set|to be|intends?)\b", re.IGNORECASE)
_OF_DOCUMENT = re.compile(
    r"\b(?:published|issued|dated|inspected|inspection|reported|report|letter|wrote|said|told|visit(?:ed)?)\b[^,;.]{0,25}$",
    re.IGNORECASE,
)
_BEFORE_DEMAND = re.compile(r"\b(?:by|before|no later than|until)(?: the)?(?: end of)?[\s-]*$", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r",\s+and\s+(?:an?|the|its|their)\s", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|began|begun|started|in the year to|as of|on)\b[^,;.]{0,12}$", re.IGNORECASE)

STATED, RESPONDED, PUBLISHED = "stated in the text", "response dated", "report published"
DATED = "document dated"
MEETING = "meeting held"


def read_as_of(words: str, status: Status, document: Document) -> tuple[str | None, str]:
    """Return since when a claim holds, and what that date is: the text's, the response's, the report's."""
    if status in (Status.COMPLETE, Status.CLOSED):
        # What another subject did on a day, after "and", dates nothing here; nor does the day of a report.
        after = _OTHER_SUBJECT.search(words)
        stated = _first_after(words[: after.start() if after else None], _BEFORE_EVENT)
        if stated:
            return stated, STATED
    return document_date(document)


def document_date(document: Document) -> tuple[str | None, str]:
    """Return the date of a document, and what it is the date of; of minutes, the day of their meeting."""
    meeting = read_meeting(document)
    if meeting:
        return meeting, MEETING
    for name, origin in (
        (FactName.RESPONDED, RESPONDED),
        (FactName.DATED, DATED),
        (FactName.PUBLISHED, PUBLISHED),
    ):
        fact = document.fact(name)
        if fact:
            return fact.value, origin
    return None, ""


def read_due(words: str, status: Status) -> str | None:
    """Return the date by which a promise is to be kept; None when it names none."""
    if status not in (Status.PLANNED, Status.IN_PROGRESS):
        return None
    ahead = _AHEAD.search(words)
    promised = ahead.end() if ahead else len(words)
    due = [found.value for found in find_dates(words, years=True) if _is_due(found, words, status, promised)]
    return max((value for value in due if value), default=None)


def _is_due(found: FoundDate, words: str, status: Status, promised: int) -> bool:
    """Tell whether a date is a due one.  promised: where the words begin to speak of what is ahead."""
    before = _introduce(found, words)
    if _OF_DOCUMENT.search(before):
        return False
    if status is Status.IN_PROGRESS:
        expected = promised <= found.span.start and _BEFORE_DUE.search(before)
        return _BY.search(before) is not None or bool(expected)
    return _BEFORE_DUE.search(before) is not None and not _SINCE.search(before)


def read_demanded(words: str) -> str | None:
    """Return the date that a recommendation sets; None when it sets none."""
    return _first_after(words, _BEFORE_DEMAND)


def _introduce(found: FoundDate, words: str) -> str:
    """Return what stands right before a date; a whole text before each of very many would take too long."""
    return words[max(0, found.span.start - _INTRODUCTION) : found.span.start]


def _first_after(words: str, introduction: re.Pattern[str]) -> str | None:
    for found in find_dates(words, years=True):
        before = _introduce(found, words)
        if found.value and introduction.search(before) and not _OF_DOCUMENT.search(before):
            return found.value
    return None


_OPENING = re.compile(
    r"^\W*(?:that\s+)?"
    r"(?:(?:by|within|before|no later than|immediately|with immediate effect)\b[^,]{0,40},\s*)?",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"(?P<whom>[^.;:]{3,90}?)\s+(?:should|must|needs? to|(?:is|are) (?:asked|required|expected) to)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\basks?\s+(?P<whom>(?:all |every |each )?"
    r"(?:chief constables?|forces|the (?:force|constabulary)|police and crime commissioners))\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:force|forces|constables?|constabulary|police|commissioners?|office|government|department|ministry|college|council|cps|service|board|secretary|officers?|inspectorate|npcc|bodies|leads?|coordinator)\b",
    re.IGNORECASE,
)


def read_addressee(text: str) -> str | None:
    """Return whom the text of a recommendation says is to act; None when it does not say."""
    opening = _OPENING.match(text)
    match = _ASKS.search(text) or _SHOULD.match(text, opening.end() if opening else 0)
    if not match:
        match = _SHOULD.match(text[opening.end() :]) if opening else None
    whom = match["whom"].strip(" ,") if match else ""
    return whom if _SOMEBODY.search(whom) else None
