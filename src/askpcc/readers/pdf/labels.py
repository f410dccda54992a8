"""Printed numbers of paragraphs and list items: they stand before a block, not in it."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from askpcc.model import Block, BlockKind, Span, StoredText
from askpcc.readers.pdf.continuing import Start

_LABEL = re.compile(
    r"(?P<label>\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]"
    r"|\d{1,3}(?:\.\d{1,3})+(?=\s+[A-Z\u2018\u201c\"']))\s+(?=\S)"
)
"""A bare "2.1" is a number of a paragraph where a sentence begins after it: 2.5 million is none."""

_BULLET = "- "
_LABELLED = (BlockKind.BULLET, BlockKind.PARAGRAPH)


def put_labels_before(stored: StoredText, starts: Mapping[int, Start]) -> StoredText:
    """Return the text with each printed number before its block, in place of the sign of a bullet.

    starts: pages that begin within a block, with the number of the block and the offset in it.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length, end = 0, 0
    for block in stored.blocks:
        gap, words = stored.text[end : block.span.start], block.span.of(stored.text)
        label = _LABEL.match(words) if block.kind in _LABELLED else None
        if label:
            gap = f"{gap.removesuffix(_BULLET)}{label['label']} "
            words = words[label.end() :]
        parts += (gap, words)
        start = length + len(gap)
        length, end = start + len(words), block.span.end
        blocks.append(replace(block, span=Span(start, length)))
    text = "".join(parts) + stored.text[end:]
    pages = _find_pages(stored, blocks, text, starts)
    return replace(stored, text=text, blocks=tuple(blocks), page_starts=pages)


def _find_pages(
    stored: StoredText, blocks: Sequence[Block], text: str, starts: Mapping[int, Start]
) -> tuple[int, ...]:
    pages: list[int] = []
    begins = [block.span.start for block in stored.blocks]
    for number, offset in enumerate(stored.page_starts):
        start = starts.get(number)
        if start is not None:
            old, new = stored.blocks[start.piece].span, blocks[start.piece].span
            # Counted from the end of the block, since a number may be gone from its beginning.
            pages.append(max(new.end - (len(old) - start.offset), new.start))
            continue
        following = bisect_left(begins, offset)
        if following < len(blocks):
            pages.append(text.rfind("\n", 0, blocks[following].span.start) + 1)
        else:
            pages.append(blocks[-1].span.end if blocks else 0)
    return tuple(pages)
