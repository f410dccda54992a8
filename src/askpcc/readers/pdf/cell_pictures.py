"""Cells of ruled tables as pictures of their own, one below the other, so that none is read across others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from askpcc.readers.pdf.drawn_rules import Box
from askpcc.readers.tesseract import SeenLine

if TYPE_CHECKING:
    from askpcc.readers.pdf.drawn_rules import Picture

_BETWEEN = 60
"""Pixels between two cells, and around them: more than from line to line."""
_HIGHEST = 12_000
"""Pixels of one picture: a column of half a page's width makes it as large as a page of A3."""
_LEAST_INK = 20
"""Pixels: a full stop has as many."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A picture of cells.  places: each cell's own place, and how far it was moved right and down."""

    picture: "Picture"
    places: tuple[tuple[Box, float, float], ...]

    def put_back(self, lines: Sequence[SeenLine], paragraphs: int) -> Iterator[SeenLine]:
        """Yield lines in the places from which their cells were taken.  paragraphs: from which they count."""
        for line in lines:
            middle = (line.words[0].top + line.words[0].bottom) / 2
            for (_, top, _, bottom), right, down in self.places:
                if top + down <= middle < bottom + down:
                    words = tuple(
                        replace(
                            word,
                            left=word.left - right,
                            right=word.right - right,
                            top=word.top - down,
                            bottom=word.bottom - down,
                        )
                        for word in line.words
                    )
                    yield replace(
                        line,
                        words=words,
                        left=line.left - right,
                        right=line.right - right,
                        base=line.base - down,
                        paragraph=line.paragraph + paragraphs,
                    )
                    break


def stack_cells(picture: "Picture", cells: Sequence[Box]) -> Iterator[Stack]:
    """Yield pictures of those cells that hold something, and take them out of a picture."""
    import numpy as np

    paper = int(np.bincount(picture.ravel(), minlength=256).argmax())
    taken: list[tuple[Box, Picture]] = []
    height = 0
    for cell in cells:
        left, top, right, bottom = (round(side) for side in cell)
        inside = picture[top:bottom, left:right]
        if (inside < paper / 2).sum() < _LEAST_INK:
            continue
        if taken and height + inside.shape[0] > _HIGHEST:
            yield _stack(taken, paper)
            taken, height = [], 0
        taken.append(((left, top, right, bottom), inside.copy()))
        height += inside.shape[0] + _BETWEEN
        picture[top:bottom, left:right] = paper
    if taken:
        yield _stack(taken, paper)


def _stack(taken: "Sequence[tuple[Box, Picture]]", paper: int) -> Stack:
    import numpy as np

    height = sum(cell.shape[0] + _BETWEEN for _, cell in taken) + _BETWEEN
    width = max(cell.shape[1] for _, cell in taken) + 2 * _BETWEEN
    picture = np.full((height, width), paper, np.uint8)
    places = []
    top = _BETWEEN
    for box, cell in taken:
        picture[top : top + cell.shape[0], _BETWEEN : _BETWEEN + cell.shape[1]] = cell
        places.append((box, _BETWEEN - box[0], top - box[1]))
        top += cell.shape[0] + _BETWEEN
    return Stack(picture, tuple(places))
