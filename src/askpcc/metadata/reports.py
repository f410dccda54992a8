"""Which report a document answers, and what kind of source it is."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from askpcc.metadata.fields import (
    COMMITTEE_PAPER,
    GUIDANCE,
    INSPECTORATE_PAGE,
    STATEMENT,
    STATUTORY_RESPONSE,
    Line,
    Sheet,
)
from askpcc.model import (
    BlockKind,
    Fact,
    FactName,
    Span,
)
from askpcc.readers.text_blocks import BOLD_LINE_LEVEL
from askpcc.text.dates import find_dates

_TITLE_LABELS = re.compile(
    r"(?:title|name) of (?:the )?(?:\w+ )?(?:inspection|report|publication)(?: report)?"
    r"|(?:hmic\w* )?(?:inspection|report)(?: report)? title"
    r"|(?:hmic\w* )?(?:inspection|report)(?: name)?|title|subject|re"
)
_PREFIX = (
    r"^(?:the )?(?:[\w'\u2019&-]+ ){0,6}?(?:commissioner|pf?cc|mayor)(?:['\u2019]?s)?['\u2019]? "
    r"(?:formal |statutory |full )?(?:response|comments|reply)s? (?:to|on) (?:the )?"
)
_ANSWERED = re.compile(
    rf"{_PREFIX}(?:[\w-]+ ){{0,3}}?(?:report|inspection|review)s?"
    r"\s*(?::|[\u2013\u2014-]\s|(?= ['\u2018\"\u201c]))",
    re.IGNORECASE,
)
_ANSWERED_NOUN = re.compile(
    rf"{_PREFIX}(?=(?:[\w-]+ ){{0,4}}?(?:report|inspection|review) (?:of|into|on) \w)", re.IGNORECASE
)
_BOILERPLATE = re.compile(
    r"(?:further |site )?information|contents|menu|navigation|cookies?.*|search|home|news|inspection details"
    r"|downloads?|skip to .*|share.*|minutes|agenda|dear .*|private and confidential|official(?: sensitive)?",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"(?!.*(?:respon|report|inspect|review|comment|message|statement|blog))(?:from )?(?:the )?"
    r"(?:[\w ,&'\u2019-]*(?:crime commissioner|mayor['\u2019]s office|\w+ authority)"
    r"[\w ,&'\u2019-]*|(?:[\w&-]+ ){0,3}o?pf?cc)",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"(?:hmic\w* |inspection |our |published )*(?:reports?|inspections?|responses?)"
    r"(?: and (?:our )?(?:responses?|reports?))?"
    r"(?: to (?:hmic\w*|inspections?|reports?)(?: (?:inspections?|reports?))?)?(?: (?:for )?[\d/\u2013-]+)?",
    re.IGNORECASE,
)
_OWN_SECTION = re.compile(
    r"(?:\d[\d.]*\s*)?(?:(?:recommendation|area for improvement|afi|cause of concern|appendix|annex|section"
    r"|part|next steps|overview|introduction|summary|background|conclusion|response)\b.*"
    r"|.*\b(?:comments|responses?)\W*)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:report|inspection|review|thematic)(?:,| on| of \w+ \d{4},?|:| entitled| called| titled)?"
    r" ?['\u2018\"\u201c](?P<title>[A-Z][^'\u2018\u2019\"\u201c\u201d]{8,160})['\u2019\"\u201d]",
)
_QUOTES = "'\"\u2018\u2019\u201c\u201d"
_SALUTATION = re.compile(r"Dear\b")
_NO_TITLE = re.compile(
    r"(?:Rt|The Rt|Mr|Mrs|Ms|Dr|Sir|Dame|Our|Your|I|We|My|Thank|\d|.*\b[A-Z]{1,2}\d\w? ?\d[A-Z]{2}\b)\b"
)
_TITLE_LINES = 15
_FEWEST_WORDS, _LONGEST_TITLE = 3, 160


def read_title(path: str, sheet: Sheet) -> Fact:
    """Read the title; the span covers the words as written, the value leaves boilerplate out.

    Taken in this order: a form's row, a heading (or a letter's subject in bold), a title named in the
    opening, what the file's own data says, and the file's name.
    """
    readings = (_read_field, _read_first_line, _read_heading, _read_subject, _read_opening)
    found = next((fact for read in readings for fact in read(sheet)), None)
    return found or Fact(FactName.TITLE, _fallback(path, sheet), None)


def _read_field(sheet: Sheet) -> Iterator[Fact]:
    for field in sheet.fields:
        if _TITLE_LABELS.fullmatch(field.label) and len(field.value) > len("PEEL"):
            yield Fact(FactName.TITLE, field.value, field.span)


def _read_heading(sheet: Sheet) -> Iterator[Fact]:
    """Yield the first heading that names something; under the heading of an index, its only report."""
    headings = [
        line for line in sheet.lines if line.block.kind is BlockKind.HEADING and not _is_boilerplate(line)
    ]
    if not headings:
        return
    first = headings[0]
    if _INDEX.fullmatch(first.words):
        below = [line for line in headings[1:] if not _OWN_SECTION.fullmatch(line.words)]
        level = min((line.block.level for line in below), default=0)
        reports = [line for line in below if line.block.level == level]
        first = reports[0] if len(reports) == 1 else first
    if first.block.level < BOLD_LINE_LEVEL or _opens(sheet, first):
        yield Fact(FactName.TITLE, _shorten(first.words), first.span)


def _read_first_line(sheet: Sheet) -> Iterator[Fact]:
    """Yield the first line of a plain text, where it stands as a title does and no heading is near."""
    lines = [line for line in sheet.lines[:_TITLE_LINES] if not _is_boilerplate(line)]
    near = any(line.block.kind is BlockKind.HEADING for line in lines)
    letter = any(_SALUTATION.match(line.words) for line in lines)
    if lines and not near and not letter and _is_title(lines[0]):
        yield Fact(FactName.TITLE, _shorten(lines[0].words), lines[0].span)


def _read_subject(sheet: Sheet) -> Iterator[Fact]:
    """Yield the line under a letter's salutation, where it is no sentence."""
    for line, below in pairwise(sheet.lines[: 2 * _TITLE_LINES]):
        if _SALUTATION.match(line.words) and _is_title(below):
            yield Fact(FactName.TITLE, _shorten(below.words), below.span)


def _is_title(line: Line) -> bool:
    shape = len(line.words.split()) >= _FEWEST_WORDS and len(line.words) <= _LONGEST_TITLE
    prose = line.words.endswith((".", ",", ";", ":")) or _NO_TITLE.match(line.words)
    return shape and line.block.kind is BlockKind.PARAGRAPH and not prose and not find_dates(line.words)


def _opens(sheet: Sheet, heading: Line) -> bool:
    """Tell whether a line in bold stands at the head of the document and names no section."""
    before = sheet.lines[: sheet.lines.index(heading)]
    return len(before) <= _TITLE_LINES and not _OWN_SECTION.fullmatch(heading.words)


def _read_opening(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines[:_TITLE_LINES]:
        match = _NAMED.search(sheet.text, line.span.start, line.span.end)
        if match:
            yield Fact(
                FactName.TITLE, match["title"].rstrip(",. "), Span(match.start("title"), match.end("title"))
            )


def _is_boilerplate(line: Line) -> bool:
    words = line.words.strip(" :.")
    short = len(words) <= _LONGEST_TITLE
    return short and bool(_BOILERPLATE.fullmatch(words) or _LETTERHEAD.fullmatch(words))


def _shorten(words: str) -> str:
    """Return a title without "Commissioner's response to HMICFRS report:" and the quotes around the rest."""
    match = _ANSWERED.match(words) or _ANSWERED_NOUN.match(words)
    title = words[match.end() :].strip() if match else words
    inner = title.strip(_QUOTES)
    quoted = title[:1] in _QUOTES and title[-1:] in _QUOTES and not set(inner) & set("'\"\u2018\u201c")
    title = inner if quoted else title
    return title[:1].upper() + title[1:]


def _fallback(path: str, sheet: Sheet) -> str:
    if sheet.stored.title and sheet.stored.title.strip():
        return re.split(r"\s+[|\u2013\u2014-]\s+", sheet.stored.title.strip())[0]
    return " ".join(re.split(r"[\s_-]+", PurePosixPath(path).stem)).strip() or path


_INSPECTORATE_HOSTS = re.compile(r"(?:^|\.)(?:hmicfrs|justiceinspectorates)\.")
_KIND_LINES = 8
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
    return (line for line in sheet.lines[:_KIND_LINES] if not line.block.quoted)


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


_REPORT = r"(?:inspections?|reports?|reviews?|programme|assessments?)"
# The more special kind comes first: a spotlight report belongs to PEEL, a post-inspection review to NCPI.
_REPORT_KINDS: Mapping[str, str] = {
    "super-complaint": r"super-?complaints?",
    "State of Policing": r"[Ss]tate of [Pp]olicing",
    "joint targeted area inspection": r"(?i:joint targeted area inspections?)|JTAI",
    "post-inspection review": r"(?i:post[- ]inspection (?:review|report|visit|update))",
    "revisit letter": r"(?i:re-?visit (?:letter|report|inspection)|letter on (?:our|the|a) re-?visit)",
    "national child protection inspection": r"(?i:(?:national )?child protection inspections?)|NCPI",
    "spotlight": r"(?i:spotlight (?:report|inspection)s?)",
    "custody": (
        r"(?i:(?:inspection|visit|report)[^.\n]{0,60}\bcustody\b(?: (?:suites?|facilities|services))?"
        r"|\bcustody (?:inspection|report)s?)"
    ),
    "thematic": rf"(?i:thematic(?: (?:national )?{_REPORT})?)",
    "PEEL": r"PEEL\b(?:[: ](?:\w+ ){0,3}(?i:inspections?|reports?|assessments?))?|"
    r"(?i:police effectiveness, efficiency and legitimacy)",
    "national": r"(?i:(?:this|the|a|its) national (?:inspection|report)\b)",
}
_IN_PROSE: Mapping[str, str] = {
    **_REPORT_KINDS,
    "custody": r"(?i:\bcustody (?:inspection|report)s?|inspection of (?:police )?custody(?: suites?)?)",
    "thematic": rf"(?i:thematic (?:national )?{_REPORT})",
    "PEEL": rf"PEEL (?:\d{{4}} )?(?i:{_REPORT})",
    "monitoring decision": (
        r"(?i:\b(?:mov|return|gone|went|go|put|plac|enter|remov|monitor)\w*\b[^.\n]{0,60}?"
        r"\b(?:engage|scan|enhanced|default)(?: engage)? (?:phase|process|level|stage)"
        r"(?: of (?:enhanced )?monitoring)?)"
    ),
}
_KIND_LABELS = frozenset({"type of inspection", "inspection type", "type of report", "report type"})
_LEGISLATION = re.compile(r"(?i:section \d+[A-Z]?(?:\(\d+\w?\))* of the [\w ]{3,40}? Act \d{4})")
_OPENING_LINES = 12


def read_report_kind(sheet: Sheet, title: Span | None, source_kind: str | None) -> Iterator[Fact]:
    """Read the kind of report from the title, a form's row, or else the opening of the document."""
    if source_kind == GUIDANCE:
        yield from _read_guidance_kind(sheet)
        return
    rows = (field.span for field in sheet.fields if field.label in _KIND_LABELS and "/" not in field.value)
    heads = (line.span for line in sheet.lines[:_OPENING_LINES] if line.block.kind is BlockKind.HEADING)
    for span in (*((title,) if title else ()), *rows, *heads):
        yield from _find_kind(sheet.text, span, _REPORT_KINDS)
    for line in sheet.lines[:_OPENING_LINES]:
        if line.block.kind is not BlockKind.ROW:
            yield from _find_kind(sheet.text, line.span, _IN_PROSE)


def _find_kind(text: str, span: Span, kinds: Mapping[str, str]) -> Iterator[Fact]:
    for kind, pattern in kinds.items():
        match = re.compile(pattern).search(text, span.start, span.end)
        if match:
            yield Fact(FactName.REPORT_KIND, kind, Span(match.start(), match.end()))


def _read_guidance_kind(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines[:1]:
        match = _LEGISLATION.search(sheet.text, line.span.start, line.span.end)
        if match:
            yield Fact(FactName.REPORT_KIND, "legislation", Span(match.start(), match.end()))
        else:
            yield Fact(FactName.REPORT_KIND, "guidance", line.span)
