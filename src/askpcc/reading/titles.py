"""The title of the report that a document answers, or of the document where it answers none."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from askpcc.language.dates import find_dates
from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.reading.fields import Line, Sheet
from askpcc.reading.paragraphs import BOLD_LINE_LEVEL

_LABELS = re.compile(
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
_FURNITURE = re.compile(
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
_HEAD_LINES = 15
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
        if _LABELS.fullmatch(field.label) and len(field.value) > len("PEEL"):
            yield Fact(FactName.TITLE, field.value, field.span)


def _read_heading(sheet: Sheet) -> Iterator[Fact]:
    """Yield the first heading that names something; under the heading of an index, its only report."""
    headings = [
        line for line in sheet.lines if line.block.kind is BlockKind.HEADING and not _is_furniture(line)
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
    lines = [line for line in sheet.lines[:_HEAD_LINES] if not _is_furniture(line)]
    near = any(line.block.kind is BlockKind.HEADING for line in lines)
    letter = any(_SALUTATION.match(line.words) for line in lines)
    if lines and not near and not letter and _is_title(lines[0]):
        yield Fact(FactName.TITLE, _shorten(lines[0].words), lines[0].span)


def _read_subject(sheet: Sheet) -> Iterator[Fact]:
    """Yield the line under a letter's salutation, where it is no sentence."""
    for line, below in pairwise(sheet.lines[: 2 * _HEAD_LINES]):
        if _SALUTATION.match(line.words) and _is_title(below):
            yield Fact(FactName.TITLE, _shorten(below.words), below.span)


def _is_title(line: Line) -> bool:
    shape = len(line.words.split()) >= _FEWEST_WORDS and len(line.words) <= _LONGEST_TITLE
    prose = line.words.endswith((".", ",", ";", ":")) or _NO_TITLE.match(line.words)
    return shape and line.block.kind is BlockKind.PARAGRAPH and not prose and not find_dates(line.words)


def _opens(sheet: Sheet, heading: Line) -> bool:
    """Tell whether a line in bold stands at the head of the document and names no section."""
    before = sheet.lines[: sheet.lines.index(heading)]
    return len(before) <= _HEAD_LINES and not _OWN_SECTION.fullmatch(heading.words)


def _read_opening(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines[:_HEAD_LINES]:
        match = _NAMED.search(sheet.text, line.span.start, line.span.end)
        if match:
            yield Fact(
                FactName.TITLE, match["title"].rstrip(",. "), Span(match.start("title"), match.end("title"))
            )


def _is_furniture(line: Line) -> bool:
    words = line.words.strip(" :.")
    short = len(words) <= _LONGEST_TITLE
    return short and bool(_FURNITURE.fullmatch(words) or _LETTERHEAD.fullmatch(words))


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
