"""The structure of a document: which heading, numbered matter and introduction a block stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from askpcc.language.items import find_items
from askpcc.language.sentences import split_sentences
from askpcc.language.words import plain
from askpcc.model import Block, BlockKind, Document, Span
from askpcc.passages.item_scope import ITEM_LINE_LEVEL, ItemScope, is_item_line, lead_items
from askpcc.passages.numbered_rows import NumberedRows, split_row

_INTRODUCES = re.compile(r":\W*$|\b(?:the following|as follows|below)\b[^.]*\W*$", re.IGNORECASE)
# A sentence that introduces a list says so with its last words.
_LAST_WORDS = 200
# Characters.  What is longer names or introduces nothing, and each block beneath would have to carry it.
_LONGEST_LEAD = 2_000
_LONGEST_TITLE = 1_000
_FIRST_CELL = re.compile(r"[^\t|]*[^\s|]")


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block, and where in the document's structure it stands.

    sections: the headings above it, outermost first, each cut to _LONGEST_TITLE characters.
    items: the numbered matters it belongs to or, where it belongs to none, those it speaks of.
    lead: the place of the sentence that introduces it, of the bullet above a deeper one, or of the label
    that a table row continues.
    """

    block: Block
    sections: tuple[str, ...]
    items: tuple[str, ...]
    lead: Span | None


@dataclass(slots=True)
class _Walk:
    """What is open while the blocks of a document are read in order.

    bullets: depth, place and matters of those beneath which a deeper one would stand, outermost first.
    paragraph: the words of the latest one.
    """

    text: str
    scope: ItemScope = field(default_factory=ItemScope)
    headings: list[tuple[int, str]] = field(default_factory=list)
    introduction: Span | None = None
    bullets: list[tuple[int, Span | None, tuple[str, ...]]] = field(default_factory=list)
    row_label: Span | None = None
    rows: NumberedRows = field(default_factory=NumberedRows)
    paragraph: str = ""


def place_blocks(document: Document) -> Iterator[PlacedBlock]:
    """Yield every block of a document, in order, with its place in the structure."""
    walk = _Walk(document.text)
    for block in document.blocks:
        written = plain(block.span.of(document.text))
        level = _heading_level(block, written)
        if level:
            walk.rows.leave()
            walk.paragraph = ""
            above = tuple(title for rank, title in walk.headings if rank < level)
            _open_section(walk, level, written[:_LONGEST_TITLE])
            yield PlacedBlock(block, above, walk.scope.items(), None)
        else:
            yield _place(walk, block, written)


def _heading_level(block: Block, written: str) -> int:
    """Return the rank of a heading, or of a paragraph that only names a recommendation; 0 for others."""
    if block.kind is BlockKind.HEADING:
        return block.level
    return ITEM_LINE_LEVEL if block.kind is BlockKind.PARAGRAPH and is_item_line(written) else 0


def _open_section(walk: _Walk, level: int, title: str) -> None:
    walk.headings = [(rank, above) for rank, above in walk.headings if rank < level]
    walk.headings.append((level, title))
    walk.scope.open_heading(level, title)
    walk.introduction, walk.row_label = None, None
    walk.bullets.clear()


def _place(walk: _Walk, block: Block, written: str) -> PlacedBlock:
    sections = tuple(title for _, title in walk.headings)
    if block.kind is BlockKind.BULLET:
        walk.rows.leave()
        lead, items = _place_bullet(walk, block, written)
        return PlacedBlock(block, sections, items or find_items(written), lead)
    if block.kind is BlockKind.PARAGRAPH:
        walk.scope.open_label(written)
        walk.paragraph = written[:_LONGEST_LEAD]
    walk.bullets.clear()
    walk.introduction = _find_introduction(walk.text, block.span)
    lead = _label_of_row(walk, block)
    numbered = _read_row(walk, block)
    items = lead_items(written) or numbered or _items_of_lead(walk, lead) or walk.scope.items()
    return PlacedBlock(block, sections, items or find_items(written), lead)


def _read_row(walk: _Walk, block: Block) -> tuple[str, ...]:
    """Return the matter whose number a row holds in a column of numbers."""
    if block.kind is not BlockKind.ROW:
        walk.rows.leave()
        return ()
    line_start = walk.text.rfind("\n", 0, block.span.start) + 1
    cells = [plain(cell) for cell in split_row(walk.text[line_start : block.span.end])]
    titles = [title for _, title in reversed(walk.headings)]
    return walk.rows.read(cells, (walk.paragraph, *titles))


def _items_of_lead(walk: _Walk, lead: Span | None) -> tuple[str, ...]:
    return find_items(plain(lead.of(walk.text))) if lead else ()


def _find_introduction(text: str, span: Span) -> Span | None:
    """Return the last sentence of a block where it introduces a list."""
    last = split_sentences(text, span)[-1:]
    return _as_lead(last[0]) if last and _INTRODUCES.search(plain(last[0].of(text))[-_LAST_WORDS:]) else None


def _as_lead(span: Span) -> Span | None:
    return span if len(span) <= _LONGEST_LEAD else None


def _place_bullet(walk: _Walk, block: Block, written: str) -> tuple[Span | None, tuple[str, ...]]:
    """Return the lead of a bullet (the bullet above a deeper one, else the introduction) and its matters."""
    while walk.bullets and walk.bullets[-1][0] >= block.level:
        walk.bullets.pop()
    lead, inherited = walk.introduction, tuple[str, ...]()
    if walk.bullets:
        _, lead, inherited = walk.bullets[-1]
    items = lead_items(written) or inherited or _items_of_lead(walk, lead) or walk.scope.items()
    walk.bullets.append((block.level, _as_lead(block.span), items))
    return lead, items


def _label_of_row(walk: _Walk, block: Block) -> Span | None:
    """Return the label of the row above for a row whose first cell is empty: it continues that one."""
    if block.kind is not BlockKind.ROW:
        walk.row_label = None
        return None
    line_start = walk.text.rfind("\n", 0, block.span.start) + 1
    before = walk.text[line_start : block.span.start]
    if not before.strip(" |\t>") and ("\t" in before or before.count("|") > 1):
        return walk.row_label
    first_cell = _FIRST_CELL.match(block.span.of(walk.text))
    label = Span(block.span.start, block.span.start + first_cell.end()) if first_cell else None
    walk.row_label = _as_lead(label) if label else None
    return None
