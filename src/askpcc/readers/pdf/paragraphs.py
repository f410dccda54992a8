"""Paragraphs, bullets, headings and rows that the lines of a page make."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from askpcc.model import BlockKind
from askpcc.readers.pdf.columns import Flow
from askpcc.readers.pdf.text_lines import Line
from askpcc.readers.text_blocks import Piece, divide, make_row, skip_glyph, skip_marker

_HEADING_SIZE = 1.15
"""Letters this much larger than those of the text make a heading."""
MAX_HEADING_CHARACTERS = 250
_STOP = re.compile(r"[.;]\W*$")
_FEWEST_WORDS = 4
"""Large words that end with a full stop are text set large, but for a word or two ("Update.")."""
"""A longer stretch in large letters is text in large letters."""
_TEXT_SHARE = 0.15
"""Share of the characters outside of tables from which on they say how large the text is."""
_USUAL_PITCH, _WIDEST_PITCH = 1.25, 2.0
"""From line to line, in sizes of the letters: what most writers set, and the widest that is one paragraph."""
_PARAGRAPH_STEP = 1.2
"""A step from one line to the next this much larger than usual parts two paragraphs."""
_SHORT_LINE = 0.8
"""A last line of a paragraph is shorter than this share of the widest line."""
_INDENT = 8.0
"""Bullets whose signs stand nearer than this, in points, are on one level."""
SENTENCE_END = (".", ":", ";", "?", "!")

_SIGN = re.compile(r"[-*\u2013\u2014o]\s")
"""Signs of bullets that are letters or punctuation elsewhere; numbers and letters of a list are kept."""

Mend = Callable[[str], str]
"""Puts the words of lines together that a hyphen parts."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: sizes of its headings, pitch and width of its lines.

    bold: most of it is, so that bold letters head nothing.
    """

    headings: tuple[float, ...]
    pitch: float
    right: float
    left: float = 0.0
    bold: bool = False

    def is_short(self, line: Line) -> bool:
        """Tell whether a line ends well before most lines do."""
        return line.right < self.left + _SHORT_LINE * (self.right - self.left)

    def of(self, flow: Flow) -> "Setting":
        """Return the setting of a flow: a column of prose has edges of its own."""
        return replace(self, left=flow.column[0], right=flow.column[1]) if flow.column else self


def measure_type(pages: Sequence[Sequence[Line]]) -> Setting:
    """Measure how most of a document is set; pages: lines that are read from top to bottom."""
    lines = [line for page in pages for line in page if not line.cells]
    everything = [line for page in pages for line in page]
    sizes, outside = _count_sizes(everything), _count_sizes(lines)
    telling = outside if outside.total() >= _TEXT_SHARE * sizes.total() else sizes
    size = telling.most_common(1)[0][0] if telling else 0.0
    headings = sorted((each for each in sizes if each >= _HEADING_SIZE * size), reverse=True)
    steps = Counter(step for page in pages for step in _steps(page))
    common = [step for step, times in steps.items() if times >= sum(steps.values()) / 5]
    return Setting(
        tuple(headings),
        min(common, default=_USUAL_PITCH),
        max((line.right for line in lines), default=0),
        bold=sum(len(line.text) for line in everything if line.bold) > sizes.total() / 2,
    )


def _count_sizes(lines: Iterable[Line]) -> Counter[float]:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes


def _steps(page: Sequence[Line]) -> Iterator[float]:
    """Yield the pitch from line to line, in sizes of the letters, where it can be that of one paragraph."""
    for before, line in pairwise(page):
        step = round((line.bottom - before.bottom) / line.size, 1) if line.size else 0
        if before.size == line.size and 0 < step <= _WIDEST_PITCH and not (line.cells or before.cells):
            yield step


def make_pieces(lines: Sequence[Line], setting: Setting, mend: Mend) -> list[Piece]:
    """Return the blocks that lines make, in order; the number of a list item stands in its text."""
    margins: list[float] = []
    pieces: list[Piece] = []
    for group in _group(lines, setting):
        if group[0].cells:
            cells = [make_pieces(cell, setting, mend) for cell in group[0].cells]
            pieces.extend(make_row(cells))
        else:
            pieces.extend(_make_group(group, setting, margins, mend))
    return pieces


def _group(lines: Sequence[Line], setting: Setting) -> Iterator[list[Line]]:
    """Yield the lines that make one paragraph, bullet, heading or row."""
    group: list[Line] = []
    for line in lines:
        if group and _parts(group, line, setting):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(group: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Tell whether a line begins something new."""
    before = group[-1]
    if line.cells or before.cells or line.bold != before.bold or differs(before.size, line.size):
        return True
    # Headings are set with the usual pitch even where the text is set without any space between lines.
    pitch = max(setting.pitch, _USUAL_PITCH) if line.size in setting.headings else setting.pitch
    if line.bottom - before.bottom > pitch * _PARAGRAPH_STEP * line.size or line.top < before.top:
        return True
    if skip_glyph(line.text):
        return True
    listed = bool(skip_marker(group[0].text)) or before.text.endswith(":")
    if skip_marker(line.text) and (listed or abs(line.left - before.left) > _INDENT):
        return True
    ended = before.text.endswith(SENTENCE_END) and setting.is_short(before)
    return ended and line.text[:1].isupper() and "\t" not in line.text


def differs(size: float, other: float) -> bool:
    """Tell whether two sizes of letters are those of a heading and of text."""
    return max(size, other) >= _HEADING_SIZE * min(size, other)


def _can_be_heading(text: str) -> bool:
    sentence = _STOP.search(text) is not None and len(text.split()) >= _FEWEST_WORDS
    return len(text) <= MAX_HEADING_CHARACTERS and not sentence


def _make_group(group: Sequence[Line], setting: Setting, margins: list[float], mend: Mend) -> Iterator[Piece]:
    text = "\n".join(line.text for line in group)
    marker = skip_marker(text)
    if group[0].size in setting.headings and _can_be_heading(text):
        level = min(setting.headings.index(group[0].size) + 1, 6)
        yield Piece(BlockKind.HEADING, re.sub(r"\s+", " ", mend(text)), level)
    elif marker and (setting.bold or not all(line.bold for line in group)):
        sign = marker if skip_glyph(text) or _SIGN.match(text) else 0
        yield Piece(BlockKind.BULLET, mend(text[sign:]), _find_level(group[0].left, margins))
    else:
        margins.clear()
        for piece in divide(text, [line.bold and not setting.bold for line in group]):
            yield replace(piece, text=mend(piece.text))


def _find_level(left: float, margins: list[float]) -> int:
    """Return the depth of a bullet by where its sign stands; margins: of the open levels, kept up to date."""
    while margins and left < margins[-1] - _INDENT:
        margins.pop()
    if not margins or left > margins[-1] + _INDENT:
        margins.append(left)
    return len(margins)
