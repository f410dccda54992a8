"""Lines of a PDF become blocks: by the space between them, their letters and their marks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askpcc.model import BlockKind
from askpcc.reading.composing import Piece, divide
from askpcc.reading.paragraphs import skip_glyph, skip_marker
from askpcc.reading.pdf_lines import Line
from askpcc.reading.tables import make_row

# Letters this much larger than those of the text make a heading.
HEADING_SIZE = 1.15
# A longer stretch in large letters is text in large letters.
MAX_HEADING_CHARACTERS = 250
# From line to line, in sizes of the letters: what most writers set, and the widest that is one paragraph.
USUAL_PITCH, WIDEST_PITCH = 1.25, 2.0
# A step from one line to the next this much larger than usual parts two paragraphs.
PARAGRAPH_STEP = 1.2
# A last line of a paragraph is shorter than this share of the widest line.
SHORT_LINE = 0.8
# Bullets whose signs stand nearer than this, in points, are on one level.
INDENT = 8.0

_SENTENCE_END = (".", ":", ";", "?", "!")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: sizes of its headings, pitch and width of its lines."""

    headings: tuple[float, ...]
    pitch: float
    right: float


def measure_type(pages: Sequence[Sequence[Line]]) -> Setting:
    """Measure how most of a document is set."""
    lines = [line for page in pages for line in page if not line.cells]
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    headings = sorted((each for each in sizes if each >= HEADING_SIZE * size), reverse=True)
    steps = Counter(step for page in pages for step in _steps(page))
    common = [step for step, times in steps.items() if times >= sum(steps.values()) / 5]
    return Setting(
        tuple(headings),
        min(common, default=USUAL_PITCH),
        max((line.right for line in lines), default=0),
    )


def _steps(page: Sequence[Line]) -> Iterator[float]:
    """Yield the pitch from line to line, in sizes of the letters, where it can be that of one paragraph."""
    for before, line in pairwise(page):
        step = round((line.bottom - before.bottom) / line.size, 1) if line.size else 0
        if before.size == line.size and 0 < step <= WIDEST_PITCH and not (line.cells or before.cells):
            yield step


def make_pieces(lines: Sequence[Line], setting: Setting) -> list[Piece]:
    """Return the blocks that the lines of one page make, in order."""
    margins: list[float] = []
    pieces: list[Piece] = []
    for group in _group(lines, setting):
        if group[0].cells:
            cells = [make_pieces(cell, setting) for cell in group[0].cells]
            pieces.extend(make_row(cells))
        else:
            pieces.extend(_make_group(group, setting, margins))
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
    if line.cells or before.cells or line.bold != before.bold or _differs(before.size, line.size):
        return True
    if line.bottom - before.bottom > setting.pitch * PARAGRAPH_STEP * line.size or line.top < before.top:
        return True
    if skip_glyph(line.text):
        return True
    listed = bool(skip_marker(group[0].text)) or before.text.endswith(":")
    if skip_marker(line.text) and (listed or abs(line.left - before.left) > INDENT):
        return True
    ended = before.text.endswith(_SENTENCE_END) and before.right < SHORT_LINE * setting.right
    return ended and line.text[:1].isupper() and "\t" not in line.text


def _differs(size: float, other: float) -> bool:
    return max(size, other) >= HEADING_SIZE * min(size, other)


def _make_group(group: Sequence[Line], setting: Setting, margins: list[float]) -> Iterator[Piece]:
    text = "\n".join(line.text for line in group)
    marker = skip_marker(text)
    if group[0].size in setting.headings and len(text) <= MAX_HEADING_CHARACTERS:
        level = min(setting.headings.index(group[0].size) + 1, 6)
        yield Piece(BlockKind.HEADING, re.sub(r"\s+", " ", text), level)
    elif marker and not all(line.bold for line in group):
        yield Piece(BlockKind.BULLET, text[marker:], _find_level(group[0].left, margins))
    else:
        margins.clear()
        yield from divide(text, [line.bold for line in group])


def _find_level(left: float, margins: list[float]) -> int:
    """Return the depth of a bullet by where its sign stands; margins: of the open levels, kept up to date."""
    while margins and left < margins[-1] - INDENT:
        margins.pop()
    if not margins or left > margins[-1] + INDENT:
        margins.append(left)
    return len(margins)
