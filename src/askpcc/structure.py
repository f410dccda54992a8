"""The structure of a document: which heading, numbered matter and introduction a block stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from askpcc.items import find_items
from askpcc.model import Block, BlockKind, Document, Span
from askpcc.sentences import split_sentences
from askpcc.words import plain

_LONGEST_ITEM_HEADING = 80
_ITEM_HEADING = re.compile(
    r"^[\W\d.]*(?:recommendation|area for improvement|afi|cause of concern)s?\b[^.]*$", re.IGNORECASE
)
_INTRODUCES = re.compile(r":\W*$|\b(?:the following|as follows|below)\b[^.]*\W*$", re.IGNORECASE)
_CONTINUES_ITEM = re.compile(
    r"^\W*(?:\S+\s+){0,4}(?:response|update|progress|action|comment)s?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block, and where in the document's structure it stands.

    sections: the headings above it, outermost first.  items: the numbered matters it belongs to.
    lead: the place of the sentence that introduces it, or of the label that a table row continues.
    """

    block: Block
    sections: tuple[str, ...]
    items: tuple[str, ...]
    lead: Span | None


@dataclass(slots=True)
class _Walk:
    """What is open while the blocks of a document are read in order."""

    text: str
    headings: list[tuple[int, str]] = field(default_factory=list)
    items: tuple[str, ...] = ()
    items_level: int = 0
    introduction: Span | None = None
    bullet_introductions: dict[int, Span] = field(default_factory=dict)
    row_label: Span | None = None


def place_blocks(document: Document) -> Iterator[PlacedBlock]:
    """Yield every block of a document, in order, with its place in the structure."""
    walk = _Walk(document.text)
    for block in document.blocks:
        heading = _as_heading(block, document.text)
        if heading.kind is BlockKind.HEADING:
            above = tuple(title for level, title in walk.headings if level < heading.level)
            _open_section(walk, heading)
            yield PlacedBlock(block, above, walk.items, None)
        else:
            yield PlacedBlock(block, _titles(walk), walk.items, _lead(walk, block))


def _titles(walk: _Walk) -> tuple[str, ...]:
    return tuple(title for _, title in walk.headings)


def _as_heading(block: Block, text: str) -> Block:
    """Take a short line that only names a recommendation ("2.1 Recommendation 5") as a heading."""
    if block.kind is not BlockKind.PARAGRAPH:
        return block
    written = plain(block.span.of(text))
    names_item = len(written) <= _LONGEST_ITEM_HEADING and _ITEM_HEADING.match(written)
    return replace(block, kind=BlockKind.HEADING, level=8) if names_item and find_items(written) else block


def _open_section(walk: _Walk, heading: Block) -> None:
    title = plain(heading.span.of(walk.text))
    walk.headings = [(level, above) for level, above in walk.headings if level < heading.level]
    walk.headings.append((heading.level, title))
    named = find_items(title)
    if named:
        walk.items, walk.items_level = named, heading.level
    elif heading.level <= walk.items_level and not _continues_item(title):
        walk.items, walk.items_level = (), 0
    walk.introduction, walk.row_label = None, None
    walk.bullet_introductions.clear()


def _continues_item(title: str) -> bool:
    """Tell whether a heading of the same rank belongs to the item above it ("Response:")."""
    return _CONTINUES_ITEM.match(title) is not None


def _lead(walk: _Walk, block: Block) -> Span | None:
    if block.kind is BlockKind.BULLET:
        return _lead_of_bullet(walk, block)
    walk.bullet_introductions.clear()
    if block.kind is BlockKind.ROW:
        return _label_of_row(walk, block)
    last = split_sentences(walk.text, block.span)[-1]
    walk.introduction = last if _INTRODUCES.search(plain(last.of(walk.text))) else None
    walk.row_label = None
    return None


def _lead_of_bullet(walk: _Walk, block: Block) -> Span | None:
    deeper = [level for level in walk.bullet_introductions if level >= block.level]
    for level in deeper:
        del walk.bullet_introductions[level]
    outer = max(walk.bullet_introductions, default=None)
    lead = walk.introduction if outer is None else walk.bullet_introductions[outer]
    if _INTRODUCES.search(plain(block.span.of(walk.text))):
        walk.bullet_introductions[block.level] = block.span
    return lead


def _label_of_row(walk: _Walk, block: Block) -> Span | None:
    """Return the label of the row above for a row whose first cell is empty: it continues that one."""
    line_start = walk.text.rfind("\n", 0, block.span.start) + 1
    if (
        walk.text[line_start : block.span.start].strip(" |") == ""
        and "\t" in (walk.text[line_start : block.span.start])
    ):
        return walk.row_label
    first_cell = re.match(r"[^\t|]+", block.span.of(walk.text))
    walk.row_label = Span(block.span.start, block.span.start + first_cell.end()) if first_cell else None
    return None
