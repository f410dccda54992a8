"""A stored text put together from pieces, for formats whose files are not text themselves."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from askpcc.model import Block, BlockKind, Span, StoredText
from askpcc.reading.paragraphs import BOLD_LINE_LEVEL, split_paragraph
from askpcc.reading.places import find_lines

_SPACES = re.compile(r"[^\S\t]+")
_LISTED = (BlockKind.BULLET, BlockKind.ROW)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block to be: its words, trimmed and not empty, and what it is (as in Block)."""

    kind: BlockKind
    text: str
    level: int = 0
    quoted: bool = False


def break_lines(words: Iterable[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Yield the lines of one paragraph, or of several where empty lines part them.

    words: stretches of text, and whether each is bold; a line feed ends a line.  A line comes with its
    white space collapsed, but for tabs, and is bold where all that can be read in it is.
    """
    lines: list[list[tuple[str, bool]]] = [[]]
    for part, bold in words:
        first, *others = part.split("\n")
        lines[-1].append((first, bold))
        lines.extend([(other, bold)] for other in others)
    for filled, group in groupby(map(_join_line, lines), key=lambda line: bool(line[0])):
        if filled:
            yield list(group)


def _join_line(parts: Sequence[tuple[str, bool]]) -> tuple[str, bool]:
    readable = [bold for words, bold in parts if any(map(str.isalnum, words))]
    text = _SPACES.sub(" ", "".join(words for words, _ in parts)).strip()
    return text, bool(readable) and all(readable)


def divide(text: str, bold: Sequence[bool], *, quoted: bool = False) -> Iterator[Piece]:
    """Yield the pieces that one paragraph makes; text has trimmed lines, and bold tells of each."""
    lines = find_lines(text)
    if all(bold):
        lines, bold = [Span(0, len(text))], [True]
    for block in split_paragraph(text, lines, bold, quoted=quoted):
        yield Piece(block.kind, block.span.of(text), block.level, block.quoted)


def compose(pages: Iterable[Sequence[Piece]], *, paged: bool = False) -> StoredText:
    """Put the pieces of all pages together, with marks that make the text pleasant to read.

    Blank lines part the pieces, but rows of a table and bullets of a list follow line by line.
    paged: keep the offset at which each page begins; a page without words begins where the next does.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    starts: list[int] = []
    length, before = 0, None
    for page in pages:
        starts.append(length)
        for number, piece in enumerate(page):
            gap = _gap(before, piece)
            mark = _mark(piece)
            if number == 0:
                starts[-1] = length + len(gap)
            start = length + len(gap) + len(mark)
            blocks.append(Block(piece.kind, Span(start, start + len(piece.text)), piece.level, piece.quoted))
            parts += (gap, mark, piece.text)
            length, before = start + len(piece.text), piece
    return StoredText("".join(parts) + "\n", tuple(blocks), page_starts=tuple(starts) if paged else ())


def _gap(before: Piece | None, piece: Piece) -> str:
    if before is None:
        return ""
    return "\n" if piece.kind in _LISTED and before.kind is piece.kind else "\n\n"


def _mark(piece: Piece) -> str:
    quote = "> " if piece.quoted else ""
    if piece.kind is BlockKind.HEADING and piece.level < BOLD_LINE_LEVEL:
        return f"{quote}{'#' * piece.level} "
    if piece.kind is BlockKind.BULLET:
        return f"{quote}{'  ' * min(piece.level - 1, 8)}- "
    return quote
