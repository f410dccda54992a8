"""Strips of a page without words, between columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from askpcc.readers.pdf.letters import Word

if TYPE_CHECKING:
    import numpy as np

    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Counts = np.ndarray[Any, np.dtype[np.int_]]

GUTTER = 0.7
"""Width of the space between two columns, in sizes of the letters; word spaces have 0.25 to 0.35."""
STEP = 2.0
"""In points, from one place that is tried for a gutter to the next."""
TABLE_LINES = 3
"""A table without rules shows by as few, where its columns begin at the same place in each."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of words by places across the page: which are taken, and which have words left and right."""

    places: "np.ndarray[Any, np.dtype[np.float64]]"
    taken: "Flags"
    left: "Flags"
    right: "Flags"

    @classmethod
    def of(cls, rows: Sequence[Sequence[Word]]) -> "Grid":
        """Lay a grid over rows of words, of which there is one at least."""
        import numpy as np

        words = [word for row in rows for word in row]
        half = GUTTER / 2 * median(word.size for word in words)
        start, end = min(word.left for word in words), max(word.right for word in words)
        places = np.arange(start + half, end, STEP)
        taken = np.zeros((len(rows), len(places)), dtype=bool)
        left, right = taken.copy(), taken.copy()
        for number, row in enumerate(rows):
            for word in row:
                taken[
                    number, _index(word.left - half, start + half) : _index(word.right + half, start + half)
                ] = True
            left[number] = places - half >= min(word.right for word in row)
            right[number] = places + half <= max(word.left for word in row)
        return cls(places, taken, left, right)

    def find_gutters(self, edges: Sequence[float]) -> Iterator[tuple[float, int, int]]:
        """Yield places with the first and the last row of the run that is free there; best runs first."""
        scores, starts, ends = self._find_runs()
        least = 1 if edges else TABLE_LINES
        good = [place for place in range(len(self.places)) if scores[place] >= least]
        runs = []
        for _, group in groupby(enumerate(good), key=lambda numbered: numbered[1] - numbered[0]):
            members = [place for _, place in group]
            best = max(int(scores[place]) for place in members)
            widest = [place for place in members if scores[place] == best]
            place = widest[-1]
            runs.append((best, place))
        for _, place in sorted(runs, reverse=True):
            yield float(self.places[place]), int(starts[place]), int(ends[place])

    def _find_runs(self) -> "tuple[Counts, Counts, Counts]":
        import numpy as np

        count = len(self.places)
        start, lefts, rights = (np.zeros(count, dtype=int) for _ in range(3))
        scores, starts, ends = (np.zeros(count, dtype=int) for _ in range(3))
        for number in range(len(self.taken)):
            taken = self.taken[number]
            lefts = np.where(taken, 0, lefts + self.left[number])
            rights = np.where(taken, 0, rights + self.right[number])
            start = np.where(taken, number + 1, start)
            score = np.minimum(lefts, rights)
            better = ~taken & (score > scores)
            same = ~taken & (score == scores) & (starts == start) & (scores > 0)
            scores = np.where(better, score, scores)
            starts = np.where(better, start, starts)
            ends = np.where(better | same, number, ends)
        return scores, starts, ends

    def through(self, first: int, last: int) -> list[float]:
        """Return the places that are free in all rows from first to last, one for each gutter."""
        import numpy as np

        free = ~np.any(self.taken[first : last + 1], axis=0)
        sides = np.any(self.left[first : last + 1], axis=0) & np.any(self.right[first : last + 1], axis=0)
        good = np.flatnonzero(free & sides).tolist()
        return [
            float(self.places[[place for _, place in group][-1]])
            for _, group in groupby(enumerate(good), key=lambda numbered: numbered[1] - numbered[0])
        ]


def _index(place: float, start: float) -> int:
    return max(int(-(-(place - start) // STEP)), 0)
