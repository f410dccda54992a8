"""When a report was published, answered, and due to be answered."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.metadata.fields import COMMITTEE_PAPER, GUIDANCE, INSPECTORATE_PAGE, Field, Line, Sheet
from askpcc.model import (
    BlockKind,
    Fact,
    FactName,
    Span,
)
from askpcc.text.dates import FULL_DATE, FoundDate, find_dates, parse_date
from askpcc.text.words import plain

_REPORT_NOUN = r"(?:hmic\w* )?(?:inspection|report)(?: report)?"
_LABELS = re.compile(
    rf"(?:date )?(?:the )?{_REPORT_NOUN}(?: was)? (?:published|publication)(?: date)?"
    rf"|(?:date|publication date) of (?:the )?{_REPORT_NOUN}(?: publication)?"
    r"|(?:date )?published by hmic\w*|date hmic\w* published"
)
# Said by themselves, these mean the report only in a form about one report or on the inspectorate's page.
_SHORT_LABELS = re.compile(r"(?:date )?published(?: on)?|publication date|date of publication")
_NAMES_REPORT = re.compile(r"(?:title|name) of .*|(?:hmic\w* )?(?:inspection|report)(?: report)? title")
_HEAD_FIELDS = 5
_LONGEST_PART = 500  # characters of a sentence before or behind a date that are looked at

_INSPECTORATE = (
    r"(?:hmic\w*|(?:his|her) majesty's inspectorate[\w ,&()]{0,60}|(?:the )?inspectorate|inspectors)"
)
_VERB = r"(?:published|issued|released|launched|came out|appeared)"
_ON = r"(?: (?:on|in|at the end of|during))?(?: the)?(?: \w+day,?)?$"
_CUE = re.compile(rf"\b(?P<cue>{_VERB})(?: (?:jointly )?by [\w' ]{{2,40}}?)?,?{_ON}", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:hmic\w*|inspect\w+|thematic|national|the|its|their)\b[^.]{0,60}?"
    r"\b(?P<cue>report (?:of|dated|from))(?: the)?$",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    rf"\b{_INSPECTORATE} (?:has |have |jointly )?(?P<cue>published|issued|released)"
    rf" (?P<object>[^.;]{{2,160}}?){_ON}",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"^,? {_INSPECTORATE} (?:has |have )?(?:published|issued|released)"
    r" (?:its|their|a|an|the|this)\b[^.]{0,80}?\b(?:report|findings|review)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:reports?|inspections?|thematic|spotlight|reviews?|findings|assessment|super-complaint|it$"
    r"|state of policing)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?<!in )(?:response|comments|reply)\b|\b(?:plans?|strategy|statement|guidance|letter|inquiry|data"
    r"|figures|policy|framework|code|survey|standards?|dashboard|consultation|note|blog|page|act|bill"
    r"|budget|toolkit|training)\b",
    re.IGNORECASE,
)
# "report on vetting standards": what the report is on is not what was published.
_TOPIC = re.compile(
    r"\b(report|inspection|review)s? (?:on|into|about|of)\b.*?"
    r"(?=$|\bwhich\b|\bthat\b|\bwas\b|\bwere\b|(?:\band|\bbut|,) (?:our|my|the|its|their|a)\b)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:previous|earlier|last|original|initial|first|interim|prior)"
    r" (?:\w+ ){0,2}(?:report|inspection|review|visit)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\b(?:further to|following|follows|after|since|progress on)\b", re.IGNORECASE)
_FOLLOW_UP = re.compile(
    r"post[- ]inspection|re-?visit|follow[- ]?up|progress report|re-?inspection|update", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been)\b[^.]{0,15}$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:which|that)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'\u2019\u201d)]*\s+(?=[A-Z\"'\u2018\u201c*_])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A date, and what its sentence says before and behind it, in plain words."""

    date: FoundDate
    start: int
    before: str
    behind: str


def read_published(sheet: Sheet, title: str, source_kind: str | None) -> Fact | None:
    """Read the date of the inspection report from a row of a form, or a sentence that says so.

    Dates of earlier reports are left alone; where sentences contradict each other nothing is read.
    """
    for reading in (_read_rows(sheet, source_kind), _read_sentences(sheet, title)):
        found = _agree(list(reading))
        if found:
            return found
    return None


def _read_rows(sheet: Sheet, source_kind: str | None) -> Iterator[Fact]:
    form = any(_NAMES_REPORT.fullmatch(field.label) for field in sheet.fields)
    inspectorate = source_kind == INSPECTORATE_PAGE
    for number, field in enumerate(sheet.fields):
        short = form or (inspectorate and number < _HEAD_FIELDS)
        if _LABELS.fullmatch(field.label) or (short and _SHORT_LABELS.fullmatch(field.label)):
            yield from _read_value(sheet.text, field.span, field.row)


def _read_value(text: str, value: Span, row: Span) -> Iterator[Fact]:
    dates = find_dates(value.of(text))
    if dates and dates[0].value:
        yield Fact(FactName.PUBLISHED, dates[0].value, row)


def _read_sentences(sheet: Sheet, title: str) -> Iterator[Fact]:
    follow_up = bool(_FOLLOW_UP.search(title))
    for sentence in _find_sentences(sheet):
        start = _published_from(sentence, follow_up=follow_up)
        if start is not None and sentence.date.value:
            yield Fact(FactName.PUBLISHED, sentence.date.value, _span_from(sheet.text, sentence, start))


def _find_sentences(sheet: Sheet) -> Iterator[_Sentence]:
    for block in sheet.stored.blocks:
        if block.kind is BlockKind.ROW:
            continue
        text = block.span.of(sheet.text)
        ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
        for date in find_dates(text):
            start = max(ends[bisect_right(ends, date.span.start) - 1], date.span.start - _LONGEST_PART)
            end = min(ends[bisect_left(ends, date.span.end)], date.span.end + _LONGEST_PART)
            place = Span(block.span.start + date.span.start, block.span.start + date.span.end)
            before, behind = plain(text[start : date.span.start]), plain("-" + text[date.span.end : end])
            found = FoundDate(place, date.value)
            yield _Sentence(found, block.span.start + start, before, behind.removeprefix("-"))


def _published_from(sentence: _Sentence, *, follow_up: bool) -> str | None:
    """Return the word with which a sentence begins to say when the report was published, else None."""
    before = sentence.before.replace("\u2019", "'")
    if _BEHIND.match(sentence.behind) and not _EARLIER.search(sentence.behind):
        return ""
    match = _ACTIVE.search(before) or _CUE.search(before) or _DATED.search(before)
    if not match:
        return None
    words = match["cue"].split()[0]
    if match.re is _ACTIVE:
        follow_up = follow_up and not _FOLLOW_UP.search(match["object"])
        subject = before[: match.start()] + match["object"]
    else:
        subject = before[: match.end("cue") if match.re is _DATED else match.start("cue")]
    return words if _is_about_report(subject, follow_up=follow_up) else None


def _is_about_report(subject: str, *, follow_up: bool) -> bool:
    subject = _TOPIC.sub(r"\1 ", subject)
    reports = list(_REPORT.finditer(subject))
    others = [match.start() for match in _OTHER.finditer(subject)]
    if not reports or (others and others[-1] > reports[-1].start()) or _EARLIER.search(subject):
        return False
    responded = (
        bool(others) and bool(_PASSIVE.search(subject)) and not _RELATIVE.search(subject[others[-1] :])
    )
    earlier = _FOLLOWING.search(subject) and (follow_up or _FOLLOW_UP.search(subject))
    return not responded and not earlier


def _span_from(text: str, sentence: _Sentence, word: str) -> Span:
    start = text.rfind(word, sentence.start, sentence.date.span.start) if word else -1
    return Span(start if start >= 0 else sentence.date.span.start, sentence.date.span.end)


def _agree(facts: Sequence[Fact]) -> Fact | None:
    """Return the most precise of the dates if none contradicts the first, else None."""
    if not facts or not all(_compatible(fact.value, facts[0].value) for fact in facts):
        return None
    return max(facts, key=lambda fact: len(fact.value))


def _compatible(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


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
    if dates and dates[0].value and len(dates[0].value) == FULL_DATE:
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
            if label and date.value and len(date.value) == FULL_DATE:
                place = Span(line.span.start, line.span.start + date.span.end)
                yield Fact(FactName.RESPONDED, date.value, place)


def _read_date_line(sheet: Sheet) -> Iterator[Fact]:
    """Read a line that is only a date: at the head of a letter, under a title, or below a signature."""
    head = _HEAD_LINES if any(_LETTER.match(line.words) for line in sheet.lines) else _TOP_LINES
    tail = sheet.lines[max(head, len(sheet.lines) - _TAIL_LINES) :]
    for line in (*sheet.lines[: 0 if _is_form(sheet) else head], *tail):
        value = parse_date(_DAY_NAME.sub("", line.words))
        if value and len(value) == FULL_DATE and line.block.kind is not BlockKind.BULLET:
            yield Fact(FactName.RESPONDED, value, line.span)


def _is_form(sheet: Sheet) -> bool:
    return any(field.label.startswith("title of") for field in sheet.fields)


def _own_prose(sheet: Sheet) -> Iterator[Line]:
    """Yield whole blocks, so that a sentence may run over lines, without what is quoted."""
    for block in sheet.stored.blocks:
        if block.kind is not BlockKind.ROW and not block.quoted:
            yield Line("", block.span, block)
