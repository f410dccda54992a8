"""Which kind of source a document is: not every page about a report is the response that the law asks for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.reading.fields import Line, Sheet

STATUTORY_RESPONSE = "statutory response"
STATEMENT = "statement"
COMMITTEE_PAPER = "committee paper"
INSPECTORATE_PAGE = "inspectorate page"
GUIDANCE = "guidance"
SOURCE_KINDS = (STATUTORY_RESPONSE, STATEMENT, COMMITTEE_PAPER, INSPECTORATE_PAGE, GUIDANCE)

_INSPECTORATE_HOSTS = re.compile(r"(?:^|\.)(?:hmicfrs|justiceinspectorates)\.")
_HEAD_LINES = 8
_HEADING_LINES = 4  # at the head, a line among others may be one as well
_MOST_WORDS = 11  # of a line that may be a heading in a file without headings
_OFFICE = r"(?:commissioner|pf?cc|deputy mayor|mayor)(?:['\u2019]?s)?['\u2019]?"
_BODY = r"(?:hmic\w*|his majesty|her majesty|(?:the )?(?:inspectorate|inspectors?|inspections?|reports?))"


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words that show a kind of source, and the lines to look for them in."""

    kind: str
    words: str
    lines: Callable[[Sheet], Iterator[Line]]


def read_source_kind(sheet: Sheet) -> Fact | None:
    """Read the kind of source, and the words that show it; None where nothing shows it plainly."""
    if sheet.stored.url and _INSPECTORATE_HOSTS.search(urlsplit(sheet.stored.url).netloc.lower()):
        return Fact(FactName.SOURCE_KIND, INSPECTORATE_PAGE, None)
    return next((fact for sign in _SIGNS for fact in _find_sign(sheet, sign)), None)


def _find_sign(sheet: Sheet, sign: _Sign) -> Iterator[Fact]:
    pattern = re.compile(sign.words, re.IGNORECASE)
    for line in sign.lines(sheet):
        match = pattern.search(line.span.of(sheet.text))
        if match:
            place = Span(line.span.start + match.start(), line.span.start + match.end())
            yield Fact(FactName.SOURCE_KIND, sign.kind, place)


def _head(sheet: Sheet) -> Iterator[Line]:
    return (line for line in sheet.lines[:_HEAD_LINES] if not line.block.quoted)


def _first(sheet: Sheet) -> Iterator[Line]:
    return (line for line in sheet.lines[:1])


def _headings(sheet: Sheet) -> Iterator[Line]:
    """Yield headings, and short lines of which other files might have made one."""
    for line in sheet.lines:
        short = line.span == line.block.span and len(line.words.split()) <= _MOST_WORDS
        in_head = line in sheet.lines[:_HEADING_LINES] and len(line.words.split()) <= _MOST_WORDS
        stands_alone = (
            line.block.kind is BlockKind.PARAGRAPH and (short or in_head) and line.words[-1:] not in ".,"
        )
        if line.block.kind is BlockKind.HEADING or stands_alone:
            yield line


def _labels(sheet: Sheet) -> Iterator[Line]:
    return (line for line in sheet.lines if line.block.kind is BlockKind.ROW)


def _own_words(sheet: Sheet) -> Iterator[Line]:
    return (line for line in sheet.lines if not line.block.quoted)


def _own_words_of_nobody(sheet: Sheet) -> Iterator[Line]:
    """Yield the lines of a document in which no single person speaks."""
    lines = list(_own_words(sheet))
    personal = any(re.search(r"\b(?:I|[Mm]y) [a-z]", line.words) for line in lines)
    return iter(()) if personal else iter(lines)


# In this order: a paper for a committee may quote a response, a blog may mention one.
_SIGNS = (
    _Sign(
        COMMITTEE_PAPER,
        r"^minutes\b(?: of\b.*)?:?|^report of (?:the )?\w+.*|^purpose of (?:the )?report",
        _headings,
    ),
    _Sign(
        COMMITTEE_PAPER,
        r"agenda item\b|(?:sub-)?committee (?:received|noted|considered)\b|^resolved\b",
        _head,
    ),
    _Sign(
        STATEMENT, r"\bblog\b|^message from\b.*|\bpress release\b|\bnews release\b|^news\b(?=\W*\d)", _head
    ),
    _Sign(
        STATEMENT,
        rf"^(?:[\w-]+ )?{_OFFICE} (?:holding|interim) (?:response|reply)\b|^holding response\b"
        rf"|^(?:[\w-]+ )?{_OFFICE} statement\b|^statement (?:from|by|on)\b",
        _headings,
    ),
    _Sign(
        GUIDANCE, r"^section \d+\w*(?:\(\w+\))* of the\b.*|\bguidance\b|^how [\w ]+ works? with\b.*", _first
    ),
    _Sign(STATUTORY_RESPONSE, r"title of (?:the )?inspection|date (?:inspection|report) published", _labels),
    _Sign(
        STATUTORY_RESPONSE,
        r"I (?:write|am writing|wrote) (?:to you )?in (?:my )?response to|these are my comments"
        r"|(?:purposes of|(?:my|our) (?:response|comments) under|as required by|in accordance with)"
        r" section 55\b"
        r"|(?:provide|set out|enclose|attach) my (?:formal )?(?:response|comments)\b"
        r"|(?:this is|here is|below is) my (?:formal )?(?:response|comments)? (?:to|on)\b",
        _own_words,
    ),
    _Sign(
        STATUTORY_RESPONSE,
        rf"{_OFFICE} (?:formal |statutory |full )?(?:response|comments|reply)\b(?: to\b)?"
        rf"|response (?:by|of|from) (?:the )?[\w ,&\u2019']*(?:commissioner|mayor)\b"
        rf"|responses? to (?:the )?(?:[\w-]+ )?{_BODY}|^response by\b.*",
        _headings,
    ),
    _Sign(STATUTORY_RESPONSE, r"response by [\w ,&'\u2019-]*(?:commissioner|pf?cc|mayor for)\b", _own_words),
    _Sign(
        INSPECTORATE_PAGE,
        r"\bour (?:last |previous )?inspections?\b|\bour inspectors\b"
        r"|\bwe (?:inspect(?:ed)?|found that|graded|now make|make \d+)\b|\bcomments on our reports?\b",
        _own_words_of_nobody,
    ),
    _Sign(
        STATEMENT,
        rf"\b{_OFFICE} (?:has )?(?:respond(?:s|ed)|reacts?|reacted|welcomes|welcomed)\b|\bstatement\b",
        _headings,
    ),
    _Sign(STATEMENT, rf"\b{_OFFICE}[\w ,]{{0,40}}\bsaid:", _own_words),
)
