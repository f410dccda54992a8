"""The date of a document that states no date of a response: of a meeting, a page's last change, a note.

Each form that dates a document is listed; a day in any other is of something else, and a wrong day is worse
than none.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from askpcc.metadata.fields import Line, Sheet
from askpcc.model import BlockKind, Fact, FactName, Span
from askpcc.text.dates import FULL_DATE, FoundDate, find_dates
from askpcc.text.words import plain

_CHANGE = (
    r"(?:this )?(?:page |website )?(?:was )?(?:first |last )?"
    r"(?:updated|changed|edited|reviewed|revised|checked|modified|posted|issued)(?: here)?(?: on)?"
)
_LABELS = re.compile(
    rf"dated?|(?:date of )?(?:the )?meeting(?: date)?|date of (?:issue|letter|response|paper)|{_CHANGE}"
    r"|this (?:paper|note|response|page)|date (?:issued|posted|sent)[a-z ]{0,60}|embargoed until"
    r"|for immediate release|published (?:here|on)(?: on)?|first published"
)
_CHANGED = re.compile(rf"\W*{_CHANGE}\W*", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:committee|panel|board|meeting|minutes|agenda|issue|newsletter|newsroom|news|column|statement|note|log"
    r"|briefing|press|release|bulletin|tracker|update|issued|presented|laid|embargo\w*|response|accountability)\b",
    re.IGNORECASE,
)
"""What names a paper, a page or a meeting, beside its date."""
_OF_OTHERS = re.compile(
    r"\bhmic\w*|\binspect\w+|\bvisit\w*|\bfindings?\b|\bdeadline\b|\blast day\b|\b(?:over)?due\b|\brequired\b"
    r"|\bbetween\b|(?<!embargoed )\buntil\b|\breport (?:was )?(?:of|dated|published)\b|\bperiod\b|\bquarter\b"
    r"|\b(?:its|their|your|previous|last|earlier|next|following) (?:\w+ )?"
    r"(?:meeting|minutes|paper|report|letter|response|update|statement)\b"
    r"|\b(?:next|again|target|expires?|closes|ends|elected|appointed|approval|week of|responses? to)\b"
    r"|[\"“”‘]",
    re.IGNORECASE,
)
_POSITION = re.compile(r"\b(?:position|as) (?:as )?at\s*$", re.IGNORECASE)
_OF_A_SPAN = re.compile(r"\b(?:from|to|by|before|after|since|at|the)\W*$|[\w(]$", re.IGNORECASE)
"""Before a date that ends or begins something, or with a sign that cannot be read right before it."""
_VERBS = re.compile(
    r"\b(?:is|was|are|were|be|been|has|have|had|will|would|should|must|can|could|may|did|does|do)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)?\W*", re.IGNORECASE)
_PARTS = re.compile(r"(?<=[.;])\s+|[ \u00a0]{3,}|\t+|\s[\u00b7|\u2023\u203a\u00bb]\s")
"""Between the parts of a line, each of which tells something of its own."""
_HEAD_LINES, _TAIL_LINES = 16, 4
_MOST_WORDS = 14
"""Words of a part that dates a document, beside the date; longer ones are sentences of its text."""

_Part = tuple[str, FoundDate, Span]
"""The words of a part, its only date, and the place of its line."""


def read_own_date(sheet: Sheet, others: frozenset[str]) -> Fact | None:
    """Read the day of a document that states no day of a response; None where it has none of its own.

    A label comes first, then the newest change that a line tells, then a title or a few words with a date at
    the head or the end, at last a position "as at" a day.  others: ISO dates that are of something else, such
    as the report's.
    """
    short = [line for line in sheet.lines if len(line.words.split()) <= 2 * _MOST_WORDS]
    changes = list(_keep(_read_parts(sheet.text, short, others), _tells_change))
    placed = list(_read_parts(sheet.text, _find_placed(sheet), others))
    readings: Iterable[Iterable[Fact]] = (
        _read_labelled(sheet, others),
        sorted(changes, key=lambda fact: fact.value, reverse=True),
        _keep(placed, _dates_document),
        _keep(placed, _tells_position),
    )
    return next((fact for reading in readings for fact in reading), None)


def _read_labelled(sheet: Sheet, others: frozenset[str]) -> Iterator[Fact]:
    for field in sheet.fields[: 2 * _HEAD_LINES]:
        dates = _find_full(field.value)
        if dates and dates[0].value not in others and _LABELS.fullmatch(field.label):
            yield Fact(FactName.DATED, dates[0].value or "", field.row)


def _find_placed(sheet: Sheet) -> Iterator[Line]:
    """Yield the lines at the head and at the end that may date a document."""
    for number, line in enumerate(sheet.lines):
        head, tail = number < _HEAD_LINES, number >= len(sheet.lines) - _TAIL_LINES
        brief = len(line.words.split()) <= (2 * _MOST_WORDS if head else _MOST_WORDS)
        set_apart = not line.block.quoted and line.block.kind not in {BlockKind.ROW, BlockKind.BULLET}
        if (head or tail) and brief and set_apart:
            yield line


def _read_parts(text: str, lines: Iterable[Line], others: frozenset[str]) -> Iterator[_Part]:
    """Yield the parts of lines that have one date, which is of nothing else."""
    for line in lines:
        for part in _PARTS.split(line.span.of(text)):
            words = plain(part)
            dates = _find_full(words)
            if len(dates) == 1 and dates[0].value not in others:
                yield words, dates[0], line.span


def _keep(parts: Iterable[_Part], tells: Callable[[str, str], bool]) -> Iterator[Fact]:
    for words, found, place in parts:
        before, behind = words[: found.span.start], words[found.span.end :]
        if len(f"{before} {behind}".split()) <= _MOST_WORDS and tells(before, behind):
            yield Fact(FactName.DATED, found.value or "", place)


def _tells_change(before: str, _: str) -> bool:
    return _CHANGED.fullmatch(before) is not None


def _dates_document(before: str, behind: str) -> bool:
    told = f"{before} {behind}"
    alone = _WEEKDAY.fullmatch(before) is not None and not behind.strip(" .*_")
    others = _VERBS.search(told) or _OF_OTHERS.search(told) or _OF_A_SPAN.search(before)
    return not others and (alone or _OWN.search(told) is not None)


def _tells_position(before: str, behind: str) -> bool:
    return _POSITION.search(before) is not None and not _VERBS.search(f"{before} {behind}")


def _find_full(words: str) -> list[FoundDate]:
    return [one for one in find_dates(words) if one.value and len(one.value) == FULL_DATE]
