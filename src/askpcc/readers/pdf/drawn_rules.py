"""Rules of tables in a picture of a page: where they run, what it is without them, the cells they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[np.uint8]]
    """Greys, one row of pixels a line."""
    Dark = np.ndarray[Any, np.dtype[np.bool_]]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_DARKER = 48
"""Of 255 greys, than the paper: a thin rule is scanned much paler than letters."""
_SHORTEST = 1 / 2
"""In inches: the longest dark stretch of a letter or a dash is half as long."""
_THICKEST = 1 / 24
"""In inches, three points: a ground is thicker."""
_FRINGE = 2
"""Pixels beside a rule that are dark because of it."""
_MOST_RULES = 1_000
"""A table of a page has a hundred; what has more is a pattern."""
_MOST_MEETING = 3_000
"""Places where two rules meet: a hundred rows of twenty-nine columns."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a picture, in pixels: those that run across it, and those that run down."""

    across: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()


NO_RULES = Rules()


def take_rules(picture: "Picture", dots: float) -> tuple["Picture", Rules]:
    """Return a picture without its rules, which are read as letters else, and where they run.

    dots: pixels an inch.
    """
    import numpy as np

    if not picture.size:
        return picture, NO_RULES
    paper = int(np.bincount(picture.ravel(), minlength=256).argmax())
    dark = picture < paper - _DARKER
    across = _find(dark, dots)
    down = [(left, top, right, bottom) for top, left, bottom, right in _find(dark.T.copy(), dots)]
    if not across + down or len(across) + len(down) > _MOST_RULES:
        return picture, NO_RULES
    cleaned = picture.copy()
    for left, top, right, bottom in across + down:
        rows = slice(max(int(top) - _FRINGE, 0), int(bottom) + _FRINGE)
        cleaned[rows, max(int(left) - _FRINGE, 0) : int(right) + _FRINGE] = paper
    return cleaned, Rules(tuple(across), tuple(down))


def find_tables(rules: Rules, near: float) -> list[list[Box]]:
    """Return the cells of each table that rules make; not of a frame with one column.

    near: rules that end this near to each other meet.
    """
    from pdfplumber import table

    edges = [_edge(rule, across=True) for rule in rules.across]
    edges += [_edge(rule, across=False) for rule in rules.down]
    joined = table.merge_edges(edges, near, near, near, near)
    meeting = table.edges_to_intersections(joined, near, near)
    if len(meeting) > _MOST_MEETING:
        return []
    tables = table.cells_to_tables(table.intersections_to_cells(meeting))
    return [cells for cells in tables if len({cell[0] for cell in cells}) > 1]


def _edge(rule: Box, *, across: bool) -> dict[str, float | str]:
    """Return the middle of a rule as pdfplumber has edges."""
    left, top, right, bottom = rule
    if across:
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {"x0": left, "top": top, "x1": right, "bottom": bottom, "orientation": "h" if across else "v"}


def _find(dark: "Dark", dots: float) -> list[Box]:
    """Return the thin dark stretches that run across."""
    return [box for box in _stretches(dark, int(_SHORTEST * dots)) if box[3] - box[1] <= _THICKEST * dots]


def _stretches(dark: "Dark", length: int) -> Iterator[Box]:
    """Yield boxes of stretches that are dark over so many pixels; those one below the other are one."""
    open_: list[Box] = []
    for row, runs in _runs(dark, length):
        going: list[Box] = []
        for left, right in runs:
            above = [box for box in open_ if box[3] == row and box[0] < right and left < box[2]]
            open_ = [box for box in open_ if box not in above]
            lefts, rights = [box[0] for box in above], [box[2] for box in above]
            top = min((box[1] for box in above), default=row)
            going.append((min([left, *lefts]), top, max([right, *rights]), row + 1))
        yield from open_
        open_ = going
    yield from open_


def _runs(dark: "Dark", length: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the rows that have dark stretches of a length at least, with where each begins and ends."""
    import numpy as np

    if dark.shape[1] < length:
        return
    counted = np.zeros((dark.shape[0], dark.shape[1] + 1), np.int32)
    np.cumsum(dark, axis=1, out=counted[:, 1:])
    whole = counted[:, length:] - counted[:, :-length] == length
    for row in np.flatnonzero(whole.any(axis=1)):
        steps = np.diff(np.concatenate(([False], whole[row], [False])).astype(np.int8))
        begins, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        runs = [(int(begin), int(end) + length - 1) for begin, end in zip(begins, ends, strict=True)]
        yield int(row), runs
