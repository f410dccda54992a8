"""The lines of a document as somebody reads them: each block with what stands above and before it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from askpcc.language.sentences import split_sentences
from askpcc.language.words import plain
from askpcc.model import Block, BlockKind, Document, Passage, Span

_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)+\.?|\d{1,2}\.|\([a-z0-9]{1,3}\))\s+(?=\S)")
_INTRODUCES = re.compile(r":\W*$")
# A line that introduces something says so at its very end.
_LAST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A block of a document.

    span: without a paragraph number.  titles: the headings above it, outermost first.  marker: what
    stands before it on its line ("-").  lead: the place of the sentence that introduces a bullet.
    """

    span: Span
    kind: BlockKind
    words: str
    titles: tuple[str, ...]
    items: tuple[str, ...]
    marker: str
    quoted: bool = False
    lead: Span | None = None

    @property
    def is_heading(self) -> bool:
        """Tell whether the line is a heading."""
        return self.kind is BlockKind.HEADING


def read_lines(document: Document, passages: Sequence[Passage]) -> list[Line]:
    """Return the lines of a document; a block whose passages were cut at sentences is one line."""
    firsts: dict[int, Passage] = {}
    starts = sorted(block.span.start for block in document.blocks)
    by_block = {block.span.start: block for block in document.blocks}
    for passage in passages:
        place = bisect_right(starts, passage.span.start)
        if place:
            firsts.setdefault(starts[place - 1], passage)
    lines = [_read_line(document.text, by_block[start], passage) for start, passage in sorted(firsts.items())]
    return _with_leads(document.text, _with_headings(lines))


def _read_line(text: str, block: Block, passage: Passage) -> Line:
    row = block.kind is BlockKind.ROW
    numbering = None if row else _NUMBERING.match(text, block.span.start, block.span.end)
    span = Span(numbering.end() if numbering else block.span.start, block.span.end)
    line_start = text.rfind("\n", 0, block.span.start) + 1
    marker = re.sub(r"\d+", "1", text[line_start : block.span.start].strip(" \t>|"))
    titles = tuple(passage.section.split(" / ")) if passage.section else ()
    return Line(
        span, passage.kind, plain(span.of(text)), titles, passage.items, marker, passage.quoted, passage.lead
    )


def _with_headings(lines: list[Line]) -> list[Line]:
    """Take a paragraph that the lines after it stand under for the heading that it is."""
    following = [*lines[1:], None]
    return [
        replace(line, kind=BlockKind.HEADING) if _titles_next(line, after) else line
        for line, after in zip(lines, following, strict=True)
    ]


def _titles_next(line: Line, following: Line | None) -> bool:
    if line.kind is not BlockKind.PARAGRAPH or following is None or not following.titles:
        return False
    return following.titles[-1].endswith(line.words) and following.titles != line.titles


def _with_leads(text: str, lines: list[Line]) -> list[Line]:
    """Give a bullet its introduction where only its marker shows that the line before introduces it."""
    led: list[Line] = []
    lead: Span | None = None
    lead_marker = marker = ""
    for line in lines:
        bullet = line.kind is BlockKind.BULLET and line.lead is None and line.marker != lead_marker
        if lead and bullet and line.marker == (marker or line.marker):
            marker = line.marker
            led.append(replace(line, lead=lead))
            continue
        led.append(line)
        introduces = bool(_INTRODUCES.search(line.words[-_LAST_WORDS:])) and not line.is_heading
        lead = split_sentences(text, line.span)[-1] if introduces else None
        lead_marker, marker = line.marker, ""
    return led
