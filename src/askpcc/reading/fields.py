"""Lines of a stored text, and what its forms say as label and value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askpcc.model import Block, BlockKind, Span, StoredText
from askpcc.words import plain

_MARKS = r"(?:\s|[*_`>]|</?[a-zA-Z][^<>]*>|&nbsp;)+"
_LEADING, _TRAILING = re.compile(_MARKS), re.compile(_MARKS + r"\Z")
_CELL_END = re.compile(r"\t|(?<!\\)\|")
_LABEL = re.compile(
    r"(?P<label>[^:\n]{2,70}):(?:[*_]{1,3}|</\w+>)*(?:[ \t]+|\n|(?=<))(?P<value>.*\S)", re.DOTALL
)
_TICK = re.compile(r"yes|no|y|n|n/a|[\u2610-\u2612\u2713-\u2718]", re.IGNORECASE)
_LONGEST_PLAIN_FIELD = 250


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block, a row being one line.  words: without markup; span: without marks at its ends."""

    words: str
    span: Span
    block: Block


@dataclass(frozen=True, slots=True)
class Field:
    """What a form says.  label: lower case, without colon; span: of the value; row: label to value."""

    label: str
    value: str
    span: Span
    row: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stored text laid out for reading facts: its lines and fields, in order."""

    stored: StoredText
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]

    @property
    def text(self) -> str:
        """Return the stored text."""
        return self.stored.text


def lay_out(stored: StoredText) -> Sheet:
    """Cut a stored text into lines and fields."""
    lines = tuple(line for block in stored.blocks for line in _read_lines(stored.text, block))
    fields = tuple(field for line in lines for field in _read_fields(stored.text, line))
    return Sheet(stored, lines, fields)


def trim_marks(text: str, span: Span) -> Span:
    """Return the span without blanks and marks of emphasis at its ends."""
    leading = _LEADING.match(text, span.start, span.end)
    start = leading.end() if leading else span.start
    trailing = _TRAILING.search(text, start, span.end)
    return Span(start, trailing.start() if trailing else span.end)


def _read_lines(text: str, block: Block) -> Iterator[Line]:
    if block.kind is BlockKind.ROW:
        yield Line(plain(block.span.of(text)), trim_marks(text, block.span), block)
        return
    for match in re.finditer(r"[^\r\n]+", block.span.of(text)):
        span = Span(block.span.start + match.start(), block.span.start + match.end())
        trimmed = trim_marks(text, span)
        if len(trimmed):
            yield Line(plain(trimmed.of(text)), trimmed, block)


def _read_fields(text: str, line: Line) -> Iterator[Field]:
    cells = list(_read_cells(text, line.span)) if line.block.kind is BlockKind.ROW else [line.span]
    for label, value in _pair_cells(text, cells):
        yield _make_field(text, label, value)
    if len(cells) > 1 or len(line.words) <= _LONGEST_PLAIN_FIELD:
        for cell in cells:
            yield from _read_labelled(text, cell)


def _read_cells(text: str, row: Span) -> Iterator[Span]:
    start = row.start
    ends = [match.start() for match in _CELL_END.finditer(text, row.start, row.end)]
    for end in (*ends, row.end):
        cell = trim_marks(text, Span(start, max(start, end)))
        if len(cell):
            yield cell
        start = min(end + 1, row.end)


def _pair_cells(text: str, cells: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield labels with their values: two by two, or in an odd row, a label before a tick or a yes or no."""
    if len(cells) % 2 == 0:
        yield from zip(cells[::2], cells[1::2], strict=True)
    else:
        yield from (pair for pair in pairwise(cells) if _TICK.fullmatch(plain(pair[1].of(text))))


def _read_labelled(text: str, cell: Span) -> Iterator[Field]:
    """Read "Label: value" within one cell or line."""
    match = _LABEL.fullmatch(text, cell.start, cell.end)
    if match:
        value = trim_marks(text, Span(match.start("value"), match.end("value")))
        yield _make_field(text, Span(match.start("label"), match.end("label")), value)


def _make_field(text: str, label: Span, value: Span) -> Field:
    name = plain(label.of(text)).lower().replace("\u2019", "'").strip(" :?*_-")
    return Field(name, plain(value.of(text)), value, Span(label.start, value.end))
