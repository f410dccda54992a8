"""Tables without rules: told from columns of prose by the order in which they are drawn."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from askpcc.readers.pdf.drawn_rules import Box
from askpcc.readers.pdf.letters import Word
from askpcc.readers.pdf.sheets import make_row
from askpcc.readers.pdf.text_lines import Line, set_lines

_ALIGNED_SHARE = 0.7
"""Share of the cells of a table that begin at the height of the one before."""
_SAME_TOP = 0.45
"""In sizes of the letters: tops that lie nearer are at one height."""
_CONTINUED = 0.3
"""Share of lines with a small first letter from which on lines are prose: cells begin with a capital."""
_ROW_STEP = 1.25
"""In pitches of the lines: a larger step parts two rows of a table."""
_FEWEST_ROWS = 3
"""Two paragraphs of prose may end at one height by chance."""
_LINES_A_CELL = 1.3
"""Cells of one line each, a few of two: the file is drawn line by line, whatever stands in it."""


@dataclass(slots=True)
class _Run:
    """Lines that are drawn one after the other in one column."""

    column: int
    lines: list[Line] = field(default_factory=list)


def find_rows(
    columns: Sequence[Sequence[Word]],
    rules: Sequence[Box],
    known: tuple[float, ...] = (),
    *,
    drawn: bool = True,
) -> list[Line] | None:
    """Return the rows that columns of words make as a table; None where they are columns of prose.

    A column of prose is entered once; the columns of a table are entered again for each row, and the
    cells of a row begin at one height.  known: edges of the columns where they are known for a table's.
    drawn: whether the order in which the words are drawn is known; else only how they stand tells.
    """
    if any(word.row for column in columns for word in column):
        return None
    lines = [set_lines(column, prose=True) for column in columns]
    edges = known or tuple(min((line.left for line in column), default=0.0) for column in lines)
    rows = _part_at_rules(lines, rules)
    if not rows and not drawn:
        rows = _part_at_gaps(lines)
        rows = rows if known or _stand_in_rows(rows) else []
    if rows or not drawn:
        return list(_make_rows(rows, edges)) or None
    runs = _find_runs(lines)
    if known:
        return list(_make_rows(_group_runs(runs, len(columns)), edges))
    if len(runs) <= len(columns) + 1:
        return None
    if _share_aligned(runs) < _ALIGNED_SHARE and not _is_drawn_in_bands(runs, len(columns)):
        return None
    rows = _group(runs, lines)
    return list(_make_rows(rows, edges)) if rows else None


def _group(runs: "Sequence[_Run]", columns: Sequence[Sequence[Line]]) -> "list[Cells]":
    """Return the rows of a table; none where lines of prose are drawn across its columns."""
    by_run = _group_runs(runs, len(columns))
    if sum(len(run.lines) for run in runs) > _LINES_A_CELL * len(runs):
        return by_run
    parted = _part_at_gaps(columns)
    if len(parted) > 1 and _share_continued(parted) < _CONTINUED:
        return parted
    return [] if _share_continued([columns]) >= _CONTINUED else by_run


Cells = list[list[Line]]
"""Lines of a row by column."""


def _make_rows(rows: Sequence[Cells], edges: tuple[float, ...]) -> Iterator[Line]:
    for row in rows:
        filled = [line for cell in row for line in cell]
        if filled:
            box = (
                min(line.left for line in filled),
                min(line.top for line in filled),
                max(line.right for line in filled),
                max(line.bottom for line in filled),
            )
            yield make_row(tuple(map(tuple, row)), box, edges)


def _find_runs(columns: Sequence[Sequence[Line]]) -> list[_Run]:
    placed = sorted(
        ((line.order, number, line) for number, column in enumerate(columns) for line in column),
        key=lambda each: each[:2],
    )
    return [
        _Run(number, [line for *_, line in group])
        for number, group in groupby(placed, key=lambda each: each[1])
    ]


def _is_drawn_in_bands(runs: Sequence[_Run], columns: int) -> bool:
    """Tell whether blocks of lines are drawn row by row, each row below all that was drawn before it.

    So are texts that stand beside one another without beginning at one height.
    """
    if sum(len(run.lines) for run in runs) <= _LINES_A_CELL * len(runs):
        return False
    rows = [[line for cell in row for line in cell] for row in _group_runs(runs, columns)]
    filled = [row for row in rows if row]
    return all(
        max(line.bottom for line in row) <= min(line.bottom for line in below)
        for row, below in pairwise(filled)
    )


def _share_aligned(runs: Sequence[_Run]) -> float:
    """Return how many of the runs that lie right of the one before begin at the height of a line of it."""
    pairs = [(before, run) for before, run in pairwise(runs) if run.column > before.column]
    aligned = sum(_is_aligned(before, run) for before, run in pairs)
    return aligned / len(pairs) if pairs else 0.0


def _is_aligned(before: _Run, run: _Run) -> bool:
    return _begins_beside(before, run) or _is_centred(before, run)


def _begins_beside(before: _Run, run: _Run) -> bool:
    first = run.lines[0]
    return any(abs(line.bottom - first.bottom) <= _SAME_TOP * first.size for line in before.lines)


def _is_centred(before: _Run, run: _Run) -> bool:
    """Tell whether two cells have their middles at one height, whatever lines each has."""
    middles = [(each.lines[0].top + each.lines[-1].bottom) / 2 for each in (before, run)]
    return abs(middles[0] - middles[1]) <= _SAME_TOP * run.lines[0].size


def _group_runs(runs: Sequence[_Run], columns: int) -> list[Cells]:
    """Return rows: a new one begins where what is drawn goes back to the left."""
    rows: list[Cells] = []
    before: _Run | None = None
    for run in runs:
        if before is None or run.column <= before.column:
            rows.append([[] for _ in range(columns)])
        elif not _is_centred(before, run):
            _split_off(rows, before.column, run.lines[0])
        rows[-1][run.column].extend(run.lines)
        before = run
    return rows


def _split_off(rows: list[Cells], column: int, line: Line) -> None:
    """Make a row of its own of the lines above the height at which the next cell begins."""
    row = rows[-1]
    if sum(map(bool, row)) != 1:
        return
    above = [each for each in row[column] if each.bottom < line.bottom - _SAME_TOP * line.size]
    if above and len(above) < len(row[column]):
        row[column] = row[column][len(above) :]
        rows.insert(-1, [above if number == column else [] for number in range(len(row))])


def _part_at_rules(columns: Sequence[Sequence[Line]], rules: Sequence[Box]) -> list[Cells]:
    """Return rows where rules across all columns part them, two at least; else none."""
    lines = [line for column in columns for line in column]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    last_column = min((line.left for line in columns[-1]), default=right)
    heights = sorted(
        rule[1] for rule in rules if rule[0] <= left + 1 and rule[2] >= last_column and top < rule[1] < bottom
    )
    if len(heights) < 2:  # noqa: PLR2004 - one rule parts a heading from prose as well
        return []
    rows: list[Cells] = [[[] for _ in columns] for _ in range(len(heights) + 1)]
    for number, column in enumerate(columns):
        for line in column:
            middle = (line.top + line.bottom) / 2
            rows[bisect_left(heights, middle)][number].append(line)
    return [row for row in rows if any(row)]


def _part_at_gaps(columns: Sequence[Sequence[Line]]) -> list[Cells]:
    """Return rows where a gap across all columns parts them."""
    lines = sorted(
        ((line, number) for number, column in enumerate(columns) for line in column),
        key=lambda each: each[0].bottom,
    )
    steps = [after.bottom - before.bottom for column in columns for before, after in pairwise(column)]
    pitch = median(steps) if steps else 0.0
    rows: list[Cells] = []
    before = None
    for line, number in lines:
        if before is None or line.bottom - before > _ROW_STEP * pitch:
            rows.append([[] for _ in columns])
        rows[-1][number].append(line)
        before = line.bottom
    return rows


def _stand_in_rows(rows: Sequence[Cells]) -> bool:
    """Tell whether cells beside one another are level, and no gaps part them within, as they do prose."""
    beside = [cells for row in rows if len(cells := [cell for cell in row if cell]) > 1]
    level = sum(all(_is_level(cells[0], cell) for cell in cells) for cells in beside)
    if len(beside) < _FEWEST_ROWS or level < _ALIGNED_SHARE * len(beside):
        return False
    # Lines of two columns that are not told apart yet stand nearer than one below the other.
    cells = [cell for row in rows for cell in row]
    steps = [
        after.bottom - before.bottom
        for cell in cells
        for before, after in pairwise(cell)
        if after.bottom - before.bottom >= after.size
    ]
    gaps = sum(step > _ROW_STEP * median(steps) for step in steps)
    return gaps < len(rows) - 1 and _share_continued(rows) < _CONTINUED


def _is_level(cell: Sequence[Line], other: Sequence[Line]) -> bool:
    """Tell whether two cells begin at one height, or have their middles there."""
    off = min(
        abs(cell[0].bottom - other[0].bottom),
        abs(cell[0].top + cell[-1].bottom - other[0].top - other[-1].bottom) / 2,
    )
    return off <= _SAME_TOP * cell[0].size


def _share_continued(rows: Sequence[Sequence[Sequence[Line]]]) -> float:
    """Return how many cells, or lines where rows is one of whole columns, begin with a small letter."""
    if len(rows) == 1:
        begins = [line.text[:1] for column in rows[0] for line in column]
    else:
        begins = [cell[0].text[:1] for row in rows for cell in row if cell]
    return sum(begin.islower() for begin in begins) / len(begins) if begins else 0.0
