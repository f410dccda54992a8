"""Heads, feet and page numbers, which run through a document and are no part of its text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askpcc.readers.pdf.letters import Word
from askpcc.readers.pdf.sheets import Sheet
from askpcc.readers.pdf.text_lines import Line, group_lines, make_line
from askpcc.readers.text_blocks import is_labelled

_MARGIN = 0.12
"""Share of a page's height, at its top and at its foot, in which they stand."""
_RUNNING = 0.6
"""A line is a running one where it stands on this share of the pages, and on two at least."""

_LARGER = 1.1
"""In sizes of a line's letters: a larger line above it heads it."""

_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014|\s]*(?:page\s*)?(?:\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[ivxl]{1,6})[-\u2013\u2014|\s]*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:^|\t|[|\u2013\u2014]\s*|\bpage\s+|\bp\.\s*)(?P<number>\d{1,4})(?=$|\t|\s*[|\u2013\u2014]|\s+of\b|/)",
    re.IGNORECASE,
)
"""A number that can be that of the page."""


@dataclass(frozen=True, slots=True)
class _Marginal:
    line: Line
    words: Sequence[Word]

    page: int

    def says(self) -> set[str]:
        """Return what it says on every page, in each way of reading its numbers.

        A number may count the pages where it stands apart or is called a page; else it is part of a
        name, as in "Recommendation 2" at the top of a page.  Heads name the chapter and, across the
        page, its number.
        """
        text = self.line.text
        found = {text}
        for number in _COUNTED.finditer(text):
            ahead = int(number["number"]) - self.page
            found.add(f"{text[: number.start()]}#{ahead}{text[number.end() :]}")
            if "\t" in number.group():
                found.add(f"\t#{ahead}")
        return found


def drop_running_lines(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the pages without heads, feet and page numbers; digits in them may differ."""
    marginal = [list(_find_marginal(sheet)) for sheet in sheets]
    seen = Counter(words for page in marginal for words in {said for each in page for said in each.says()})
    least = max(2, _RUNNING * len(sheets))
    fixed = Counter(_place(word) for page in marginal for each in page for word in each.words)
    stamped = [_without_stamps(sheet, fixed, least) for sheet in sheets]
    return [_drop(sheet, page, seen, least) for sheet, page in zip(stamped, marginal, strict=True)]


def _place(word: Word) -> tuple[str, int, int]:
    return word.text, round(word.left), round(word.top)


def _without_stamps(sheet: Sheet, fixed: Counter[tuple[str, int, int]], least: float) -> Sheet:
    """Return a page without the words that stand on most pages at one place, and here upon other words."""
    repeated = [word for word in sheet.words if fixed[_place(word)] >= least]
    upon = {word.order for word in repeated if any(_covers(word, other) for other in sheet.words)}
    return replace(sheet, words=tuple(word for word in sheet.words if word.order not in upon))


def _covers(word: Word, other: Word) -> bool:
    """Tell whether two words are printed one upon the other."""
    across = min(word.right, other.right) - max(word.left, other.left)
    along = min(word.bottom, other.bottom) - max(word.top, other.top)
    return word.order != other.order and across > word.size / 2 and along > word.size / 2


def _find_marginal(sheet: Sheet) -> Iterator[_Marginal]:
    top, foot = _MARGIN * sheet.height, (1 - _MARGIN) * sheet.height
    words = [word for word in sheet.words if word.bottom < top or word.top > foot]
    for line in group_lines(words):
        yield _Marginal(make_line(line), line, sheet.number)


def _drop(sheet: Sheet, marginal: Sequence[_Marginal], seen: Counter[str], least: float) -> Sheet:
    repeated = [
        any(seen[said] >= least for said in each.says())
        or _PAGE_NUMBER.fullmatch(each.line.text.strip()) is not None
        for each in marginal
    ]
    running = {
        word.order
        for number, each in enumerate(marginal)
        if repeated[number] and not _is_of_text(sheet, marginal, repeated, number)
        for word in each.words
    }
    if not running:
        return sheet
    return replace(sheet, words=tuple(word for word in sheet.words if word.order not in running))


def _is_of_text(sheet: Sheet, marginal: Sequence[_Marginal], repeated: Sequence[bool], number: int) -> bool:
    """Tell whether a line that most pages have belongs to the text, as "Status: Complete" under a heading.

    A head stands above the text: what stands beneath a line of this page alone is none where it reads as a
    label with its value, or that line is larger, as a heading is.  A foot is set apart from the text.
    """
    line = marginal[number].line
    labelled = is_labelled(line.text)
    if line.bottom < sheet.height / 2:
        above = [other.line for place, other in enumerate(marginal[:number]) if not repeated[place]]
        return any(labelled or other.size > _LARGER * line.size for other in above)
    beside = (word for word in sheet.words if word.bottom < line.bottom - line.size / 2)
    return labelled and line.top - max((word.bottom for word in beside), default=0.0) < line.size
