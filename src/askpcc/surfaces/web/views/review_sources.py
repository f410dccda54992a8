"""Sources beside an answer: whole texts in which the words of several citations are marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askpcc.model import Document, Passage, Span, page_of
from askpcc.surfaces.web.views.texts import cut, find_markup, kind_of

Cited = Mapping[int, Span]
"""Places of a text by the numbers of the citations."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text.  start: their place in it.  numbers: of the citations that they belong to.

    opens: the numbers of those that begin here.
    """

    words: str
    start: int
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; kind and page as those of a paragraph of a source."""

    kind: str
    pieces: tuple[Piece, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document beside an answer.  blocks: none where that version is not held any more.

    numbers: of the citations in it.  path: our page of it.
    """

    document: str
    version: str
    title: str
    path: str
    numbers: tuple[int, ...]
    blocks: tuple[Block, ...] = ()
    is_held: bool = True
    is_newest: bool = True


def mark_text(document: Document, passages: Sequence[Passage], cited: Cited) -> tuple[Block, ...]:
    """Return all words of a text in order, without the marks of its format, with the cited ones marked."""
    opened: set[int] = set()
    blocks: list[Block] = []
    page = None
    for span in cut(document.text, passages, document.page_starts):
        pieces = tuple(_cut_pieces(document.text, span, cited, opened))
        if not any(piece.words.strip() for piece in pieces):
            continue
        now = page_of(document.page_starts, span.start)
        kind = kind_of(span, document.text, passages)
        blocks.append(Block(kind, pieces, now if now != page else None))
        page = now
    return tuple(blocks)


def _cut_pieces(text: str, span: Span, cited: Cited, opened: set[int]) -> Iterator[Piece]:
    """Yield the shown words of a span, cut where cited ones begin and end.  opened: citations that began."""
    hidden = find_markup(text, span)
    edges = {edge for one in [*cited.values(), *hidden] for edge in (one.start, one.end)}
    cuts = sorted({span.start, span.end, *(edge for edge in edges if span.start < edge < span.end)})
    for start, end in pairwise(cuts):
        part = Span(start, end)
        if any(gap.overlaps(part) for gap in hidden):
            continue
        numbers = tuple(number for number, place in cited.items() if place.overlaps(part))
        opens = tuple(number for number in numbers if number not in opened)
        opened.update(opens)
        yield Piece(part.of(text), start, numbers, opens)
