"""The day of the meeting whose minutes a document is; what minutes tell was so on that day."""

import re

from askpcc.language.dates import find_dates
from askpcc.language.words import plain
from askpcc.model import Document

_HEAD_BLOCKS = 10
_LONGEST_TITLE = 160
"""In characters."""
_FULL_DATE = len("2023-06-06")
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
    return day if told and day and len(day) == _FULL_DATE else None
