"""Heads, feet and page numbers, which a paged document repeats on most of its pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askpcc.reading.pdf_lines import Line

# Share of a page's height, at its top and at its foot, in which they stand.
MARGIN = 0.12
# A line is a running one where it stands on this share of the pages, and on two at least.
RUNNING = 0.6

_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014|\s]*(?:page\s*)?(?:\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[ivxl]{1,6})[-\u2013\u2014|\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page from top to bottom, and its height in points."""

    lines: Sequence[Line]
    height: float


def drop_running_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page without heads, feet and page numbers; digits in them may differ."""
    seen = Counter(words for page in pages for words in {_say(line) for line in _marginal(page)})
    least = max(2, RUNNING * len(pages))
    return [_keep_own(page, seen, least) for page in pages]


def _keep_own(page: Page, seen: Counter[str], least: float) -> list[Line]:
    running = [
        line
        for line in _marginal(page)
        if seen[_say(line)] >= least or _PAGE_NUMBER.fullmatch(line.text.strip())
    ]
    return [line for line in page.lines if line not in running]


def _marginal(page: Page) -> Iterator[Line]:
    for line in page.lines:
        if not line.cells and (line.bottom < MARGIN * page.height or line.top > (1 - MARGIN) * page.height):
            yield line


def _say(line: Line) -> str:
    """Return what a line says on every page: heads name the chapter and, across the page, its number."""
    numbered = re.fullmatch(r"\d{1,4}\t.*|.*\t\d{1,4}", line.text)
    return "\t#" if numbered else re.sub(r"\d+", "#", line.text)
