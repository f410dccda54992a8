"""Who signs or writes a response: a name and an office, never the words of somebody quoted."""

import re
from collections.abc import Iterator

from askpcc.language.words import plain
from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.reading.fields import Line, Sheet

_HONOUR = r"(?:OBE|MBE|CBE|KC|QC|QPM|KPM|DL|JP|MP|BEM|PhD)\b"
_HONOURS = rf"(?:,? {_HONOUR})*"
_STYLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Rt Hon|The Rt Hon)\.? )*"
_LETTER = r"[A-Za-z\u00c0-\u024f]"
_WORD = (
    rf"(?!{_HONOUR})[A-Z](?:{_LETTER}|['\u2019-])*{_LETTER}"
    r"(?<!Commissioner)(?<!Police)(?<!Crime)(?<!Mayor)"
)
NAME = rf"{_STYLE}{_WORD}(?: (?:[A-Z]\.? )*(?:(?:de|van|von|of) )?{_WORD}){{1,3}}"
_COMMISSIONER = r"(?:Police(?:,? Fire)?,? (?:(?:and |& )?Rescue )?(?:and|&) Crime Commissioner|PF?CC)"
# An office may also stand behind the name of its area.
_AREA_WORDS = r"[A-Z][\w-]+(?: (?:and |& )?[A-Z][\w-]+){0,3}"
_COMMISSIONER_FOR = r"Commissioner for Police, Fire (?:and|&) Rescue,? and Crime"
_MAYOR = r"(?:(?:Deputy )?Mayor (?:for|of) [A-Z][\w ,&'\u2019-]{3,60}?)"
_FORCE_NAME = (
    r"(?: (?:for|of) (?:the )?[A-Z][\w'\u2019-]*(?:,? (?:and |& |of |the |on )*[A-Z][\w'\u2019-]*)*)?"
)
_RANK = r"(?:(?:Deputy|Acting|Interim|Temporary|Assistant) )*"
OFFICE = rf"(?:{_RANK}{_COMMISSIONER}{_FORCE_NAME}|{_MAYOR})"
_INSPECTOR = r"(?:(?:His|Her) Majesty['\u2019]s|HM) (?:Chief )?Inspector of Constabulary"

_NAME_LINE = re.compile(rf"(?P<name>{NAME}){_HONOURS},?")
_OFFICE_LINE = re.compile(
    rf"(?:the )?(?P<office>{OFFICE}|{_AREA_WORDS} (?:{_COMMISSIONER}|{_COMMISSIONER_FOR})|{_INSPECTOR})[.,]?"
)
_BOTH = re.compile(
    rf"(?P<name>{NAME}){_HONOURS}(?:,| [-\u2013\u2014]|) ?(?:the )?(?P<office>{OFFICE}|{_INSPECTOR})[.,]?"
)
_BYLINE = re.compile(
    r"^(?:(?i:response|blog|statement|letter|comments|message|written) )?(?:[Bb]y|[Ff]rom)[: ]\s*(?:the )?"
    rf"(?:(?P<before>{OFFICE}),? )?(?P<name>{NAME}){_HONOURS}(?:,? (?:the )?(?P<office>{OFFICE}))?:?$"
)
_OWN_TEXT = re.compile(
    rf"^(?:the )?(?P<office>{OFFICE})?,? ?(?P<name>{NAME}?)['\u2019]s? (?:\w+ )?"
    r"(?:blog|message|statement|column|letter)\b"
)
_REPORT_OF = re.compile(r"^Report (?:of|by):? (?:the )?(?P<office>[A-Z][\w ,&'\u2019-]{3,80}?)[.:]?$")
_LABELS = re.compile(
    r"author|signed|signed by|signature|response by|written by|letter from|report of|report by|name"
)
_LONGEST_SIGNATURE = 140
# A name, and behind it at most a picture's description or honours before the office.
_LINES_TO_OFFICE = 2
_LINES_TO_SALUTATION = 30


def read_author(sheet: Sheet) -> Fact | None:
    """Read who signed or wrote a document, as "Name, Office"; the span is that of the name."""
    readings = (_read_field, _read_byline, _read_signature, _read_report_of)
    return next((fact for read in readings for fact in read(sheet)), None)


def _read_field(sheet: Sheet) -> Iterator[Fact]:
    for field in sheet.fields:
        if _LABELS.fullmatch(field.label):
            match = _BOTH.fullmatch(field.value) or _OFFICE_LINE.fullmatch(field.value)
            if match:
                yield _make_fact(sheet, field.span, match)


def _read_byline(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines:
        match = None if _is_quoted(line) else _BYLINE.search(line.words) or _OWN_TEXT.search(line.words)
        if match and match["name"] and any(match.groupdict().get(key) for key in ("office", "before")):
            yield _make_fact(sheet, line.span, match)


def _read_signature(sheet: Sheet) -> Iterator[Fact]:
    """Read the last signature: name and office in one line, or the office within two lines of the name."""
    found = []
    for number, line in enumerate(sheet.lines):
        if _is_quoted(line) or len(line.words) > _LONGEST_SIGNATURE:
            continue
        office = None
        match = _BOTH.fullmatch(line.words)
        if not match:
            match, office = _NAME_LINE.fullmatch(line.words), _office_below(sheet, number)
        if match and (office or "office" in match.groupdict()) and not _is_addressee(sheet, number):
            found.append(_make_fact(sheet, line.span, match, office))
    yield from reversed(found)


def _read_report_of(sheet: Sheet) -> Iterator[Fact]:
    for line in sheet.lines:
        match = _REPORT_OF.search(line.words)
        if match and not _is_quoted(line):
            yield _make_fact(sheet, line.span, match)


def _office_below(sheet: Sheet, number: int) -> str | None:
    for line in sheet.lines[number + 1 : number + 1 + _LINES_TO_OFFICE]:
        match = _OFFICE_LINE.fullmatch(line.words)
        if match and not _is_quoted(line):
            return match["office"]
    return None


def _is_quoted(line: Line) -> bool:
    return line.block.quoted or line.block.kind is BlockKind.BULLET


def _is_addressee(sheet: Sheet, number: int) -> bool:
    """Tell whether a name stands above a salutation to that person or to a commissioner."""
    for line in sheet.lines[number + 1 : number + 1 + _LINES_TO_SALUTATION]:
        if line.words.startswith("Dear "):
            greeted = {word.strip(",.:") for word in line.words.split()[1:]}
            return bool(greeted & {"Commissioner", "PCC", "PFCC", *sheet.lines[number].words.split()})
    return False


def _make_fact(sheet: Sheet, within: Span, match: re.Match[str], office: str | None = None) -> Fact:
    groups = match.groupdict()
    name = groups.get("name")
    title = office or groups.get("office") or groups.get("before")
    value = ", ".join(part for part in (name, title) if part)
    return Fact(FactName.AUTHOR, value, _place(sheet.text, within, name or title or ""))


def _place(text: str, within: Span, words: str) -> Span:
    """Return the place of plain words in a line; the whole line where markup divides them."""
    start = text.find(words, within.start, within.end)
    return Span(start, start + len(words)) if start >= 0 and plain(words) else within
