"""What goes on over the end of a page or a column: tables, rows and paragraphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askpcc.model import BlockKind
from askpcc.readers.pdf.columns import Flow
from askpcc.readers.pdf.paragraphs import SENTENCE_END, Mend, Setting, differs, make_pieces
from askpcc.readers.pdf.sheets import make_row
from askpcc.readers.pdf.text_lines import Line
from askpcc.readers.text_blocks import Piece

_SAME_EDGE = 4.0
"""In points: columns of a table that begin this near to those of the page before are the same."""
_HEAD_ROWS = 3
"""A head that is printed again stands among the first rows of its table: a title may stand above it."""
_FULL_LINE = 0.85
"""A line that reaches this share of its column's width was broken because the next word had no room."""
_LEAST_WORDS = 4
"""A line or a cell of fewer words may be a title, a name or a status, which ends without a full stop."""

_LONGEST = 10_000
"""Characters: a paragraph that is longer has no end that a page could part from it."""

Pages = list[list[Flow]]


def join_tables(pages: Pages) -> None:
    """Make one table of those that go on over a page: without repeated heads, cut rows put together."""
    head: list[str] = []
    table: tuple[float, ...] = ()
    for number, flows in enumerate(pages):
        last = _last_line(pages[:number])
        if last and flows and _continues(last, flows[0].lines[0]):
            _join_table(flows[0], last, pages[:number], head)
            pages[number] = [flow for flow in flows if flow.lines]
        for flow in pages[number]:
            for line in flow.lines:
                if not line.cells or not _same_edges(table, line.edges):
                    head, table = [], line.edges
                if line.cells and len(head) < _HEAD_ROWS:
                    head.append(line.text)


def _last_line(pages: Pages) -> Line | None:
    flows = pages[-1] if pages else []
    return flows[-1].lines[-1] if flows else None


def _continues(last: Line, first: Line) -> bool:
    return bool(last.cells and first.cells) and _same_edges(last.edges, first.edges)


def _same_edges(edges: Sequence[float], others: Sequence[float]) -> bool:
    """Compare the edges of columns, wherever the margin of the page is."""
    if not edges or len(edges) != len(others):
        return False
    return all(
        abs((one - edges[0]) - (other - others[0])) <= _SAME_EDGE
        for one, other in zip(edges, others, strict=True)
    )


def _join_table(flow: Flow, last: Line, before: Pages, head: Sequence[str]) -> None:
    while flow.lines and flow.lines[0].cells and flow.lines[0].text in head:
        flow.lines.pop(0)
    if flow.lines and flow.lines[0].cells and _is_cut(last, flow.lines[0]):
        before[-1][-1].lines[-1] = _join_rows(last, flow.lines.pop(0))


def _is_cut(row: Line, after: Line) -> bool:
    """Tell whether a row goes on with what the top of the next page holds."""
    filled = [number for number, cell in enumerate(after.cells) if cell]
    if any(not row.cells[number] for number in filled):
        return False
    if 0 not in filled and len(filled) == 1:
        return True
    if 0 in filled and not _may_go_on(row.cells[0], after.cells[0]):
        return False
    return any(_goes_on_in(row.cells[number], after.cells[number]) for number in filled)


def _may_go_on(cell: Sequence[Line], after: Sequence[Line]) -> bool:
    begins = after[0].text[:1]
    return begins.islower() or (_is_long(cell) and not _ends(cell) and not begins.isdecimal())


def _goes_on_in(cell: Sequence[Line], after: Sequence[Line]) -> bool:
    return (_is_long(cell) or _is_long(after)) and not _ends(cell) and after[0].text[:1].islower()


def _is_long(cell: Sequence[Line]) -> bool:
    return sum(len(line.text.split()) for line in cell) >= _LEAST_WORDS


def _ends(cell: Sequence[Line]) -> bool:
    return cell[-1].text.endswith(SENTENCE_END)


def _join_rows(row: Line, after: Line) -> Line:
    cells = tuple(_stack(cell, other) for cell, other in zip(row.cells, after.cells, strict=True))
    return make_row(cells, (row.left, row.top, row.right, row.bottom), row.edges)


def _stack(cell: Sequence[Line], other: Sequence[Line]) -> tuple[Line, ...]:
    """Set the lines of the next page beneath those of this one, as if the page had not ended."""
    if not cell or not other:
        return (*cell, *other)
    pitch = cell[-1].bottom - cell[-2].bottom if len(cell) > 1 else other[0].size
    down = cell[-1].bottom + pitch - other[0].bottom
    return (*cell, *(replace(line, top=line.top + down, bottom=line.bottom + down) for line in other))


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: in which piece, and at which character of its text."""

    piece: int
    offset: int = 0


@dataclass(slots=True)
class _Open:
    """The last flow that was read: what the next may go on with."""

    line: Line
    setting: Setting


def make_document(
    pages: Sequence[Sequence[Flow]], setting: Setting, mend: Mend
) -> tuple[list[list[Piece]], dict[int, Start]]:
    """Return the pieces of each page, and the starts of pages that begin within a piece of an earlier one."""
    made: list[list[Piece]] = []
    starts: dict[int, Start] = {}
    count = 0
    open_: _Open | None = None
    for number, flows in enumerate(pages):
        made.append([])
        for flow in flows:
            own = setting.of(flow)
            pieces = make_pieces(flow.lines, own, mend)
            if not pieces:
                continue
            last = next((page for page in reversed(made) if page), None)
            if last and open_ and _goes_on(last[-1], open_, pieces[0], flow.lines[0]):
                joined, offset = _join(last[-1], pieces.pop(0), mend)
                if not made[-1] and number not in starts:
                    starts[number] = Start(count - 1, offset)
                last[-1] = joined
            made[-1].extend(pieces)
            count += len(pieces)
            open_ = _Open(flow.lines[-1], own)
    return made, starts


def _goes_on(piece: Piece, before: _Open, after: Piece, line: Line) -> bool:
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET) or after.kind is not BlockKind.PARAGRAPH:
        return False
    if before.line.cells or before.line.bold != line.bold or differs(before.line.size, line.size):
        return False
    if (
        len(piece.text) > _LONGEST
        or piece.text.endswith(SENTENCE_END)
        or "\t" in piece.text
        or "\t" in after.text.split("\n")[0]
    ):
        return False
    if after.text[:1].islower():
        return True
    setting = before.setting
    full = before.line.right >= setting.left + _FULL_LINE * (setting.right - setting.left)
    return full and len(before.line.text.split()) >= _LEAST_WORDS


def _join(piece: Piece, after: Piece, mend: Mend) -> tuple[Piece, int]:
    """Put two pieces together; return also where in the text the second one begins."""
    text = mend(f"{piece.text}\n{after.text}")
    # Where a broken word was put together, the page begins after it: words of the end stay as they are.
    return replace(piece, text=text), len(text) - len(after.text)


def texts_of(pages: Sequence[Sequence[Flow]]) -> Iterator[str]:
    """Yield the lines of each flow and each cell as one text."""
    for flows in pages:
        for flow in flows:
            yield "\n".join(line.text for line in flow.lines if not line.cells)
            for line in flow.lines:
                yield from ("\n".join(each.text for each in cell) for cell in line.cells)
