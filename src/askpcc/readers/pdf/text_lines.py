"""Lines of a page, made of words that stand at one height."""

from collections.abc import Sequence
from dataclasses import dataclass

from askpcc.readers.pdf.letters import Word

COLUMN_GAP = 2.5
"""A wider gap between two words, in sizes of their letters, is the gap between two columns of a form."""

_WORD_GAP = 0.1
"""A narrower one lies within a word whose font changes: 11 and its raised th."""
_SAME_LINE = 0.45
"""Words whose middles lie nearer than this, in sizes of their letters, stand on one line."""
_RAISED = 2.0
"""A raised letter has half the size of its line at least; one more than twice as large is no part of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in points from the page's upper left corner.

    cells: of a table's row, as lines again, an empty one where the row has none in a column.
    edges: where that table's columns begin.  order: its place among what the file draws.
    """

    text: str
    top: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool = False
    cells: tuple[tuple["Line", ...], ...] = ()
    edges: tuple[float, ...] = ()
    order: int = 0


def group_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Put words on lines, from top to bottom, those of a line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and _is_on(word, lines[-1][0]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _is_on(word: Word, first: Word) -> bool:
    if word.row is not None or first.row is not None:
        return False
    small, large = sorted((word.size, first.size))
    size = small if large > _RAISED * small else large
    return word.middle - first.middle < _SAME_LINE * size


def set_lines(words: Sequence[Word], *, prose: bool = False) -> list[Line]:
    """Return the lines that words make, from top to bottom; prose: where no gap parts two cells."""
    return [line[0].row or make_line(line, prose=prose) for line in group_lines(words)]


def make_line(words: Sequence[Word], *, prose: bool = False) -> Line:
    """Return the line that words make, from left to right."""
    readable = [word for word in words if any(map(str.isalnum, word.text))] or words
    sizes = sorted(word.size for word in readable for _ in word.text)
    return Line(
        text=_join(words, prose=prose),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        left=words[0].left,
        right=max(word.right for word in words),
        size=round(sizes[len(sizes) // 2], 1),
        bold=all(word.bold for word in readable),
        order=min(word.order for word in words),
    )


def _join(words: Sequence[Word], *, prose: bool) -> str:
    text, right = "", 0.0
    for word in words:
        gap = word.left - right
        if text and gap > COLUMN_GAP * word.size and not prose:
            text += "\t"
        elif text and (gap > _WORD_GAP * word.size or word.text[0].isspace()):
            text += " "
        text += word.text
        right = word.right
    return text
