"""A row of a table: one line of cells, or, where a table only lays out a page, the pieces of its cells."""

from collections.abc import Sequence
from itertools import groupby

from askpcc.model import BlockKind
from askpcc.reading.composing import Piece

# A row above this size is read as prose laid out side by side.
MAX_ROW_CHARACTERS = 1_000
# A cell with several paragraphs may stay one cell up to this size (an address, two dates).
MAX_CELL_CHARACTERS = 300


def make_row(cells: Sequence[Sequence[Piece]], *, quoted: bool = False) -> list[Piece]:
    """Return a row as one piece with a tab between cells, or as the pieces of its cells one by one.

    Broken up are a row of one cell, a long one, and one whose cells hold lists, headings, tables or
    long paragraphs; neighbouring short cells of it (a date, a report) stay one row.  Empty cells keep
    their place, so that values stay under their column.
    """
    if not any(cells):
        return []
    if len(cells) > 1 and not _is_layout(cells):
        return [_join(cells, quoted=quoted)]
    pieces: list[Piece] = []
    for short, group in groupby((cell for cell in cells if cell), key=_is_short):
        neighbours = list(group)
        if short and len(neighbours) > 1:
            pieces.append(_join(neighbours, quoted=quoted))
        else:
            pieces.extend(piece for cell in neighbours for piece in cell)
    return pieces


def _join(cells: Sequence[Sequence[Piece]], *, quoted: bool) -> Piece:
    words = "\t".join(" ".join(" ".join(piece.text.split()) for piece in cell) for cell in cells)
    return Piece(BlockKind.ROW, words.strip(), quoted=quoted)


def _is_short(cell: Sequence[Piece]) -> bool:
    return not _is_divided(cell) and sum(len(piece.text) for piece in cell) <= MAX_CELL_CHARACTERS


def _is_layout(cells: Sequence[Sequence[Piece]]) -> bool:
    size = sum(len(piece.text) for cell in cells for piece in cell)
    return size > MAX_ROW_CHARACTERS or any(map(_is_divided, cells))


def _is_divided(cell: Sequence[Piece]) -> bool:
    """Tell whether a cell holds more than one cell's worth."""
    if len(cell) <= 1:
        return False
    size = sum(len(piece.text) for piece in cell)
    bullets = sum(piece.kind is BlockKind.BULLET for piece in cell)
    rows = any(piece.kind is BlockKind.ROW for piece in cell)
    return size > MAX_CELL_CHARACTERS or bullets > 1 or rows
