"""Reading order of a page: columns of prose one after the other, tables without rules row by row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from askpcc.readers.pdf.drawn_rules import Box
from askpcc.readers.pdf.gutters import GUTTER, STEP, TABLE_LINES, Grid
from askpcc.readers.pdf.letters import Word
from askpcc.readers.pdf.text_lines import Line, group_lines, set_lines
from askpcc.readers.pdf.unruled_tables import find_rows
from askpcc.readers.text_blocks import skip_marker

_TIGHT_GUTTER = 0.4
"""The same in a table, whose cells begin under one another: wider than a word space is enough."""
_PROSE_LINES = 6
"""Columns of prose have this many lines each; gaps between words do not stand under one another so often."""
_EDGE = 2.0
"""In points: lines that begin this near to one another begin at one edge."""
_TABLE_EDGE_SHARE, _PROSE_EDGE_SHARE = 0.7, 0.5
"""Share of the lines beside a gutter that begin at its edge; paragraphs and bullets may be indented."""
_NEAR = 12.0
"""In points: a gutter stands this near before the edge of its column."""
_MARKER_LENGTH = 6
"""Characters of "(viii)", the longest number before a paragraph."""
_PAIR = 2
_MAX_DEPTH = 12
"""Of columns within columns and tables above one another; a page that has more was made to harm."""


@dataclass(slots=True)
class Flow:
    """Lines that are read from top to bottom.  column: left and right edge where it is a column of prose."""

    lines: list[Line] = field(default_factory=list)
    column: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the pages before have shown: edges of the table that the last one ends with, columns of prose.

    drawn: whether the order in which the words of this page are drawn is known.
    """

    edges: tuple[float, ...] = ()
    columns: frozenset[tuple[float, float]] = frozenset()
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows of words, first to last, that are free of words at each of the gutters, from left to right."""

    first: int
    last: int
    gutters: tuple[float, ...]


def arrange(words: Sequence[Word], rules: Sequence[Box], hints: Hints) -> list[Flow]:
    """Put the words of a page in order; a row of a ruled table stands among them as one word."""
    continued, words = _take_continued(words, rules, hints)
    flows = [Flow(continued)]
    for flow in _Arranging(rules, hints).arrange(words, 0):
        if flow.column is None and flows[-1].column is None:
            flows[-1].lines.extend(flow.lines)
        else:
            flows.append(flow)
    return [flow for flow in flows if flow.lines]


@dataclass(frozen=True, slots=True)
class _Arranging:
    rules: Sequence[Box]
    hints: Hints

    def arrange(
        self, words: Sequence[Word], depth: int, column: tuple[float, float] | None = None
    ) -> Iterator[Flow]:
        rows = group_lines(words)
        band = _find_band(rows, self.hints.edges) if depth < _MAX_DEPTH else None
        if band is None:
            if words:
                yield self._make_flow(words, column)
            return
        above = [word for row in rows[: band.first] for word in row]
        below = [word for row in rows[band.last + 1 :] for word in row]
        inside = [word for row in rows[band.first : band.last + 1] for word in row]
        yield from self.arrange(above, depth + 1, column)
        yield from self._read_band(inside, band.gutters, depth)
        yield from self.arrange(below, depth + 1, column)

    def _make_flow(self, words: Sequence[Word], column: tuple[float, float] | None) -> Flow:
        left, right = min(word.left for word in words), max(word.right for word in words)
        for known in (column, *self.hints.columns):
            if known and known[0] - _EDGE <= left and right <= known[1] + _EDGE:
                return Flow(set_lines(words, prose=True), known)
        return Flow(sorted(set_lines(words), key=lambda line: (line.top, line.left)))

    def _read_band(self, words: Sequence[Word], gutters: Sequence[float], depth: int) -> Iterator[Flow]:
        columns = _part(words, gutters)
        table = find_rows(columns, self.rules, drawn=self.hints.drawn)
        if table is not None:
            tight = _find_tight_gutters(words, gutters)
            inner = find_rows(_part(words, tight), self.rules, drawn=self.hints.drawn) if tight else None
            table = inner or table
            yield from _part_at_titles(table)
            return
        for column in columns:
            if column:
                edges = min(word.left for word in column), max(word.right for word in column)
                yield from self.arrange(column, depth + 1, edges)


def _part_at_titles(table: Sequence[Line]) -> Iterator[Flow]:
    """Yield the rows of a table; apart what stands above it, and what stands alone between pairs of cells."""
    begun = False
    for alone, rows in groupby(table, key=lambda row: not any(row.cells[1:])):
        group = list(rows)
        pairs = len(group[0].cells) == _PAIR
        if alone and (pairs or not begun):
            for row in group:
                yield Flow(list(row.cells[0]))
        else:
            yield Flow(group)
        begun = begun or not alone


def _take_continued(
    words: Sequence[Word], rules: Sequence[Box], hints: Hints
) -> tuple[list[Line], list[Word]]:
    """Return the rows with which a table without rules goes on from the page before, and the other words."""
    rows = group_lines(words)
    gutters = [edge - _EDGE for edge in hints.edges[1:]]
    count = 0
    while count < len(rows) and gutters and _fits(rows[count], hints.edges):
        count += 1
    latest = max((w.order for row in rows[:count] for w in row if w.left >= gutters[0]), default=-1)
    while count and rows[count - 1][0].order > latest and rows[count - 1][-1].left < gutters[0]:
        count -= 1
    inside = [word for row in rows[:count] for word in row]
    table = find_rows(_part(inside, gutters), rules, hints.edges) if inside else None
    if not table:
        return [], list(words)
    return table, [word for row in rows[count:] for word in row]


def _fits(row: Sequence[Word], edges: Sequence[float]) -> bool:
    """Tell whether words stand in the columns of a table, in each from its edge on."""
    right = 0.0
    for number, cell in enumerate(_part(row, [edge - _EDGE for edge in edges[1:]])):
        if not cell:
            continue
        beside = right and cell[0].left - right < _TIGHT_GUTTER * cell[0].size
        if beside or any(word.row for word in cell) or abs(cell[0].left - edges[number]) > _EDGE:
            return False
        right = cell[-1].right
    return True


def _part(words: Sequence[Word], gutters: Sequence[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in words:
        columns[sum(word.left >= gutter for gutter in gutters)].append(word)
    return columns


def _find_band(rows: Sequence[Sequence[Word]], edges: Sequence[float]) -> _Band | None:
    """Return the rows that stand in columns, the most telling ones of a page; None where none do."""
    if len(rows) < 2:  # noqa: PLR2004 - one row has no columns
        return None
    grid = Grid.of(rows)
    for gutter, first, last in grid.find_gutters(edges):
        band = _Band(first, last, (gutter,))
        if _is_gutter(rows, band, edges):
            return _trim(rows, _widen(rows, _add_gutters(grid, rows, band, edges)), edges)
    return None


def _is_gutter(rows: Sequence[Sequence[Word]], band: _Band, edges: Sequence[float]) -> bool:
    gutter = band.gutters[0]
    sides = [_beside(row, gutter) for row in rows[band.first : band.last + 1]]
    if not any(_is_more_than_marker(left) for left, _ in sides if left):
        return False
    if any(0 <= edge - gutter <= _NEAR for edge in edges[1:]):
        return True
    begins = [min(word.left for word in right) for _, right in sides if right]
    share = _share_at_edge(begins)
    least = min(sum(bool(left) for left, _ in sides), sum(bool(right) for _, right in sides))
    if least >= _PROSE_LINES and share >= _PROSE_EDGE_SHARE:
        return True
    return least >= TABLE_LINES and share >= _TABLE_EDGE_SHARE


def _beside(row: Sequence[Word], gutter: float) -> tuple[list[Word], list[Word]]:
    return [word for word in row if word.left < gutter], [word for word in row if word.left >= gutter]


def _is_more_than_marker(words: Sequence[Word]) -> bool:
    """Tell whether words are more than the sign, number or letter before a paragraph."""
    text = " ".join(word.text for word in words)
    if len(words) > 1 or words[0].row or len(text) > _MARKER_LENGTH:
        return True
    number = text.strip("().").replace(".", "")
    return not (skip_marker(f"{text} x") or number.isdecimal() or not any(map(str.isalnum, text)))


def _share_at_edge(begins: Sequence[float]) -> float:
    if not begins:
        return 0.0
    times = Counter(round(begin / _EDGE) for begin in begins)
    return max(times[place - 1] + count + times[place + 1] for place, count in times.items()) / len(begins)


def _add_gutters(grid: Grid, rows: Sequence[Sequence[Word]], band: _Band, edges: Sequence[float]) -> _Band:
    """Return the band with all gutters that run through those of its rows that have words on both sides."""
    both = [
        number for number in range(band.first, band.last + 1) if all(_beside(rows[number], band.gutters[0]))
    ]
    if not both:
        return band
    first, last = both[0], both[-1]
    gutters = [band.gutters[0]]
    for gutter in grid.through(first, last):
        if min(abs(gutter - other) for other in gutters) > 3 * STEP and _is_gutter(
            rows, _Band(first, last, (gutter,)), edges
        ):
            gutters.append(gutter)
    return _Band(band.first, band.last, tuple(sorted(gutters)))


def _widen(rows: Sequence[Sequence[Word]], band: _Band) -> _Band:
    """Return the band without rows at its ends that run across a gutter, and with those that fit its columns.

    A cell that is full may leave less than a gutter's width before the next one.
    """
    both = [
        number
        for number in range(band.first, band.last + 1)
        if any(all(_beside(rows[number], gutter)) for gutter in band.gutters)
        and not _runs_across(rows[number], band.gutters)
    ]
    if not both:
        return band
    columns = _part([word for row in rows[both[0] : both[-1] + 1] for word in row], band.gutters)
    if not all(columns):
        return band
    edges = [min(word.left for word in column) for column in columns]
    gutters = [edge - _EDGE for edge in edges[1:]]
    first, last = both[0], both[-1]
    while first > band.first and not _runs_across(rows[first - 1], band.gutters):
        first -= 1
    while last < band.last and not _runs_across(rows[last + 1], band.gutters):
        last += 1
    while first > 0 and rows[first - 1][-1].left >= gutters[0] and _fits(rows[first - 1], edges):
        first -= 1
    end = last
    while end + 1 < len(rows) and _fits(rows[end + 1], edges):
        end += 1
        last = end if rows[end][-1].left >= gutters[0] else last
    return _Band(first, last, tuple(gutters) if last > band.last or first < band.first else band.gutters)


def _find_tight_gutters(words: Sequence[Word], gutters: Sequence[float]) -> list[float]:
    """Return the gutters of a table with those that full cells leave little room for; none where none is."""
    rows = group_lines(words)
    begins: Counter[int] = Counter()
    for row in rows:
        for before, word in pairwise(row):
            if word.left - before.right >= _TIGHT_GUTTER * word.size:
                begins[round(word.left)] += 1
    found = [min((word.left for word in column), default=0.0) for column in _part(words, gutters)]
    for left, _ in sorted(begins.items(), key=lambda counted: -counted[1]):
        if sum(begins[left + beside] for beside in (-1, 0, 1)) < TABLE_LINES:
            continue
        apart = min(abs(left - other) for other in found) > _NEAR
        crossed = any(word.left < left - _EDGE and word.right > left - 1 for word in words)
        if apart and not crossed:
            found.append(left)
    return sorted(left - _EDGE for left in found)[1:] if len(found) > len(gutters) + 1 else []


def _runs_across(row: Sequence[Word], gutters: Sequence[float]) -> bool:
    """Tell whether no more than the space between two words of a row, or a word, lies at a gutter."""
    for gutter in gutters:
        left, right = _beside(row, gutter)
        if left and left[-1].right > gutter:
            return True
        if left and right and right[0].left - left[-1].right < GUTTER * left[-1].size:
            return True
    return False


def _trim(rows: Sequence[Sequence[Word]], band: _Band, edges: Sequence[float]) -> _Band:
    """Leave out rows at the ends of a band that do not belong to its columns.

    Above, rows that stand on the right alone, such as a date.  Below, rows on the left that are drawn
    after the last column, such as a signature.
    """
    gutter = band.gutters[0]
    sides = {number: _beside(rows[number], gutter) for number in range(band.first, band.last + 1)}
    lefts = [number for number, (left, _) in sides.items() if left]
    rights = [number for number, (_, right) in sides.items() if right]
    begun, ended = max(lefts[0], rights[0]), min(lefts[-1], rights[-1])
    drawn = [word.order for number in lefts for word in sides[number][0]]
    latest = max(word.order for number in rights for word in sides[number][1])
    first, last = band.first, band.last
    while last > ended and not sides[last][1] and min(word.order for word in rows[last]) > latest:
        last -= 1
    pitch = _pitch(rows[begun : ended + 1])
    while first < begun and (
        _is_apart(rows, first, begun, pitch)
        if sides[first][0]
        else not edges and max(word.order for word in rows[first]) < min(drawn)
    ):
        first += 1
    return _Band(first, last, band.gutters)


def _is_apart(rows: Sequence[Sequence[Word]], number: int, first: int, pitch: float) -> bool:
    """Tell whether a gap parts a row from the first one that has words on both sides."""
    between = rows[number : first + 1]
    return any(after[0].middle - before[0].middle > 1.5 * pitch for before, after in pairwise(between))


def _pitch(rows: Sequence[Sequence[Word]]) -> float:
    steps = [after[0].middle - before[0].middle for before, after in pairwise(rows)]
    return median(steps) if steps else max((word.size for row in rows for word in row), default=0.0)
