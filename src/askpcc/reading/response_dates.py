"""When a response was due, and when it was given."""

import re
from collections.abc import Iterator

from askpcc.language.dates import find_dates, parse_date
from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.reading.fields import Field, Line, Sheet
from askpcc.reading.source_kinds import COMMITTEE_PAPER, GUIDANCE, INSPECTORATE_PAGE

_WHOSE = r"(?:the |this |our |my |pcc's |pfcc's |commissioner's )?"
_DUE_LABELS = re.compile(
    r"(?:response |statutory |56[- ]day |publication )*deadline"
    r"(?: (?:for|of) (?:the )?(?:\w+ )?(?:response|publication))?"
    rf"|(?:date )?{_WHOSE}response (?:is )?(?:due|required)(?: (?:by|date|on))?|due date(?: for response)?"
)
_GIVEN_LABELS = re.compile(
    rf"(?:date )?(?:of )?{_WHOSE}(?:response|comments|reply|letter|note|statement)"
    r"(?: was)?(?: (?:sent|submitted|published|issued|dated|date))?(?: on)?|date (?:sent|submitted|of letter)"
)

_WITHIN = re.compile(
    r"\b(?:response|responses|comments|respond|reply)\b[^.\n]{0,100}?"
    r"\b(?P<limit>within (?:a period of )?(?P<days>\d{1,3})(?P<working> working)?(?: calendar)? days\b"
    r"(?: of [^.\n,;()]{0,60})?)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\b(?:(?:sent|published|submitted|issued|wrote) (?:this|the attached|the following|my|our)"
    r" (?:letter|response|reply|comments|statement)"
    r"|(?:this|the following|my) (?:letter|response|reply|statement)(?: below| above)? (?:was|is) (?:\w+ )?"
    r"(?:sent|published|submitted|issued))\b[^.]{0,120}?\b(?:on|dated)(?: the)? $",
    re.IGNORECASE,
)
_DAY_NAME = re.compile(
    r"^(?:date[d:]?:?\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?", re.IGNORECASE
)
_PUBLISHED_LINE = re.compile(r"(?:published|posted|issued|dated?)(?: on)?:?\s+$", re.IGNORECASE)
_LETTER = re.compile(r"Dear\b|I (?:write|am writing|reply) |Yours (?:sincerely|faithfully)|(?:Rt|Right) Hon")
_NOT_ANSWERS = frozenset({COMMITTEE_PAPER, INSPECTORATE_PAGE, GUIDANCE})
_LONGEST_CLAUSE = 300  # characters before a date that may say that the response was sent then
_FULL_DATE = len("2023-06-06")
_HEAD_LINES, _TOP_LINES, _TAIL_LINES = 14, 4, 6


def read_deadline(sheet: Sheet, source_kind: str | None) -> Fact | None:
    """Read the deadline that the document itself states: a date, or a number of days ("56 days")."""
    if source_kind == GUIDANCE:
        return None
    return next((fact for read in (_read_due_row, _read_within) for fact in read(sheet)), None)


def read_responded(sheet: Sheet, source_kind: str | None) -> Fact | None:
    """Read the date of the response: of the letter, of the row that says so, of the page itself."""
    if source_kind in _NOT_ANSWERS:
        return None
    readings = (_read_given_row, _read_sent, _read_published_page, _read_date_line)
    return next((fact for read in readings for fact in read(sheet)), None)


def _read_due_row(sheet: Sheet) -> Iterator[Fact]:
    for field in sheet.fields:
        if _DUE_LABELS.fullmatch(field.label):
            yield from _read_dated(sheet, field, FactName.DEADLINE)


def _read_dated(sheet: Sheet, field: Field, name: FactName) -> Iterator[Fact]:
    dates = find_dates(field.span.of(sheet.text))
    if dates and dates[0].value and len(dates[0].value) == _FULL_DATE:
        yield Fact(name, dates[0].value, field.row)


def _read_within(sheet: Sheet) -> Iterator[Fact]:
    for line in _own_prose(sheet):
        match = _WITHIN.search(sheet.text, line.span.start, line.span.end)
        if match:
            value = f"{match['days']}{(match['working'] or '').lower()} days"
            yield Fact(FactName.DEADLINE, value, Span(match.start("limit"), match.end("limit")))


def _read_given_row(sheet: Sheet) -> Iterator[Fact]:
    for field in sheet.fields:
        if _GIVEN_LABELS.fullmatch(field.label):
            yield from _read_dated(sheet, field, FactName.RESPONDED)


def _read_sent(sheet: Sheet) -> Iterator[Fact]:
    for line in _own_prose(sheet):
        words = line.span.of(sheet.text)
        for date in find_dates(words):
            window = max(0, date.span.start - _LONGEST_CLAUSE)
            match = _SENT.search(words[window : date.span.start].replace("\n", " "))
            if match and date.value:
                start = line.span.start + window + match.start()
                place = Span(start, line.span.start + date.span.end)
                yield Fact(FactName.RESPONDED, date.value, place)


def _read_published_page(sheet: Sheet) -> Iterator[Fact]:
    """Read "Published 14 March 2019" at the top of a page that is not a form: the page is the answer."""
    if _is_form(sheet):
        return
    for line in sheet.lines[:_TOP_LINES]:
        for date in find_dates(line.span.of(sheet.text))[:1]:
            label = _PUBLISHED_LINE.fullmatch(line.span.of(sheet.text)[: date.span.start])
            if label and date.value and len(date.value) == _FULL_DATE:
                place = Span(line.span.start, line.span.start + date.span.end)
                yield Fact(FactName.RESPONDED, date.value, place)


def _read_date_line(sheet: Sheet) -> Iterator[Fact]:
    """Read a line that is only a date: at the head of a letter, under a title, or below a signature."""
    head = _HEAD_LINES if any(_LETTER.match(line.words) for line in sheet.lines) else _TOP_LINES
    tail = sheet.lines[max(head, len(sheet.lines) - _TAIL_LINES) :]
    for line in (*sheet.lines[: 0 if _is_form(sheet) else head], *tail):
        value = parse_date(_DAY_NAME.sub("", line.words))
        if value and len(value) == _FULL_DATE and line.block.kind is not BlockKind.BULLET:
            yield Fact(FactName.RESPONDED, value, line.span)


def _is_form(sheet: Sheet) -> bool:
    return any(field.label.startswith("title of") for field in sheet.fields)


def _own_prose(sheet: Sheet) -> Iterator[Line]:
    """Yield whole blocks, so that a sentence may run over lines, without what is quoted."""
    for block in sheet.stored.blocks:
        if block.kind is not BlockKind.ROW and not block.quoted:
            yield Line("", block.span, block)
