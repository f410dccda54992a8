"""Dates as British offices write them, found in text together with the words that say them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from askpcc.model import Span

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Markup and blanks that may stand inside a date, at most one line break among them.
_BLANK = r"(?:<[^<>\n]{1,40}>|[*_]{1,3}|&nbsp;|[ \u00a0\u2007\u2009\u202f]){0,6}"
_GAP = rf"{_BLANK}(?:\r?\n[ >]{{0,6}}{_BLANK})?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = rf"(?<![\d/.£])(?P<day>\d{{1,2}})(?!\d)(?:{_BLANK}(?:st|nd|rd|th)(?![a-z]))?"
_YEAR = r"(?P<year>\d{3,4}|['\u2019]\d{2})(?!\d)"
_NUMERIC = r"(?<![\w/.\-])"
_NUMERIC_END = r"(?![\d/\-]|\.\d)"

_FLAGS = re.IGNORECASE | re.ASCII  # digits of other scripts are no British date

_DAY_FIRST = re.compile(
    rf"{_DAY}{_GAP}(?:(?:day{_GAP})?of{_GAP})?{_MONTH},?(?:{_GAP},?{_BLANK}{_YEAR})?", _FLAGS
)
_MONTH_FIRST = re.compile(rf"(?<![a-z]){_MONTH}{_GAP}{_DAY},?{_GAP}{_YEAR}", _FLAGS)
_MONTH_YEAR = re.compile(rf"(?<![a-z]){_MONTH},?{_GAP}(?P<year>\d{{4}})(?!\d)", _FLAGS)
_SLASHED = re.compile(
    rf"{_NUMERIC}(?P<day>\d{{1,2}})(?P<sep>[/.\-])(?P<number>\d{{1,2}})(?P=sep)"
    rf"(?P<year>\d{{4}}|\d{{2}}){_NUMERIC_END}",
    re.ASCII,
)
_ISO = re.compile(
    rf"{_NUMERIC}(?P<year>\d{{4}})(?P<sep>[/\-])(?P<number>\d{{2}})(?P=sep)(?P<day>\d{{2}}){_NUMERIC_END}",
    re.ASCII,
)
_BARE_YEAR = re.compile(r"(?<![\w/.\-£])(?P<year>(?:19[5-9]|20\d)\d)(?![\w/\-]|\.\d)", re.ASCII)

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_SHORT = 2  # digits of a year without its century, and of a day written in full
_CENTURY_TURN = 70  # a two-digit year from 70 belongs to the last century
_ISO_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_ISO_VALUE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

FULL_DATE = len("2023-06-06")
"""Characters of an ISO date that tells the day."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.  value: ISO, as precise as stated; None where no such date can be."""

    span: Span
    value: str | None
    doubtful: bool = False


def find_dates(text: str, *, years: bool = False) -> list[FoundDate]:
    """Find full dates and months with a year, in the order of the text; bare years only when asked.

    Numeric dates are read in British order, day first.  An impossible date is reported as doubtful,
    without a value, and never corrected.
    """
    patterns = (_DAY_FIRST, _MONTH_FIRST, _ISO, _SLASHED, _MONTH_YEAR, *((_BARE_YEAR,) if years else ()))
    found: list[FoundDate] = []
    for pattern in patterns:
        taken = {offset for date_ in found for offset in range(date_.span.start, date_.span.end)}
        found.extend(
            read
            for read in _read_matches(pattern, text)
            if read.span.start not in taken and read.span.end - 1 not in taken
        )
    return sorted(found, key=lambda read: read.span)


def parse_date(words: str) -> str | None:
    """Return the ISO value of words that are one date and nothing else (also 2022-05 and 2022), else None."""
    bare = words.strip()
    if _ISO_MONTH.fullmatch(bare):
        return bare
    found = find_dates(bare, years=True)
    whole = len(found) == 1 and found[0].span == Span(0, len(bare))
    return found[0].value if whole else None


def day_count_deadline(published: date, days: int = 56) -> date:
    """Return the last of a number of days of which the day of publication is the first.

    56 is the number in section 55(5A) of the Police Act 1996.
    """
    return published + timedelta(days=days - 1)


def show_date(iso: str) -> str:
    """Write an ISO date, month or year as people do ("6 June 2023"); other words stay as they are."""
    match = _ISO_VALUE.fullmatch(iso)
    if not match:
        return iso
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is None or year is None or not 1 <= month <= len(MONTHS):
        return iso
    return " ".join(str(part) for part in (day, MONTHS[month - 1], year) if part is not None)


def _read_matches(pattern: re.Pattern[str], text: str) -> Iterator[FoundDate]:
    for match in pattern.finditer(text):
        read = _read_match(match)
        if read is not None:
            yield read


def _read_match(match: re.Match[str]) -> FoundDate | None:
    parts = match.groupdict()
    span = Span(match.start(), match.end())
    if parts.get("sep") == "." and _is_section_number(parts):
        return None
    if parts["year"] is None:
        return FoundDate(span, None, doubtful=True) if _never_a_day(parts) else None
    value = _iso_value(parts)
    return FoundDate(span, value, doubtful=value is None)


def _is_section_number(parts: dict[str, str | None]) -> bool:
    """Take 2.10.15 for a section number: with dots and a short year, both numbers need two digits."""
    year, day, number = (len(parts[name] or "") for name in ("year", "day", "number"))
    return year == _SHORT and (day, number) != (_SHORT, _SHORT)


def _never_a_day(parts: dict[str, str | None]) -> bool:
    """Tell whether a day without its year cannot be, in a leap year either."""
    month = parts["month"] or ""
    return month[:1].isupper() and _iso_value({**parts, "year": "2000"}) is None


def _iso_value(parts: dict[str, str | None]) -> str | None:
    year = _read_year(parts["year"] or "")
    if year is None:
        return None
    named, number, day = parts.get("month"), parts.get("number"), parts.get("day")
    if not named and not number:
        return str(year)
    month = _month_number(named) if named else int(number or 0)
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return None


def _read_year(digits: str) -> int | None:
    digits = digits.lstrip("'\u2019")
    if len(digits) == _SHORT:
        return int(digits) + (1900 if int(digits) >= _CENTURY_TURN else 2000)
    return int(digits) if _FIRST_YEAR <= int(digits) <= _LAST_YEAR else None


def _month_number(name: str) -> int:
    prefix = name[:3].lower()
    return next(number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(prefix))
