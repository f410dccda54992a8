"""A stored text as paragraphs, with the cited words marked where they stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askpcc.model import BlockKind, Passage, Span, page_of

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*+(?:>[^\S\n]*+)?\n)+")
"""Also those of a block quote, on which nothing but its sign stands."""

_NO_WORDS = "> \t\r\n"

_MARKUP = re.compile(
    r"(?m)^[ \t]*#{1,6}[ \t]+"
    r"|^[ \t]*>[ \t]?"
    r"|^[ \t]*[-*+][ \t]+(?=\S)"
    r"|\*{2,3}|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)"
    r"|</?(?:sup|sub|b|i|u|em|strong|span)\b[^<>\n]*>"
    r"|\r(?=\n)"
)
_OF_THEIR_OWN = {BlockKind.BULLET, BlockKind.ROW}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph.  marked: they are the cited ones.  first: the cited words begin here."""

    words: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a text.  kind: "heading", "paragraph", "bullet" or "row".  page: where one begins."""

    kind: str
    runs: tuple[Run, ...]
    page: int | None = None


def lay_out(
    text: str, passages: Sequence[Passage], page_starts: tuple[int, ...], cited: Span | None
) -> list[Paragraph]:
    """Return all words of a text in order, without the marks of its format.

    passages: of this version in its order, which tell headings, bullets and rows; may be empty.
    """
    made: list[Paragraph] = []
    page, marked = None, False
    for span in cut(text, passages, page_starts):
        runs = tuple(_runs(text, span, cited, marked=marked))
        if not any(run.words.strip() for run in runs):
            continue
        now = page_of(page_starts, span.start)
        made.append(Paragraph(kind_of(span, text, passages), runs, now if now != page else None))
        page, marked = now, marked or any(run.marked for run in runs)
    return made


def cut(text: str, passages: Sequence[Passage], page_starts: tuple[int, ...]) -> Iterator[Span]:
    """Yield the places of paragraphs: cut at blank lines, pages, and lines that begin bullets and rows."""
    lines = {
        text.rfind("\n", 0, passage.span.start) + 1 for passage in passages if passage.kind in _OF_THEIR_OWN
    }
    blanks = {edge for found in _BLANK_LINES.finditer(text) for edge in found.span()}
    cuts = sorted({0, len(text), *lines, *blanks, *(start for start in page_starts if start < len(text))})
    for start, end in pairwise(cuts):
        words = text[start:end].lstrip("\r\n")
        if words.strip(_NO_WORDS):
            yield Span(end - len(words), end - len(words) + len(words.rstrip()))


def kind_of(span: Span, text: str, passages: Sequence[Passage]) -> str:
    """Return what a paragraph is: "heading", "paragraph", "bullet" or "row"."""
    at = bisect_right(passages, span.start, key=lambda passage: passage.span.end)
    if at < len(passages) and passages[at].span.overlaps(span):
        return str(passages[at].kind)
    return "heading" if span.of(text).lstrip().startswith("#") else "paragraph"


def _runs(text: str, span: Span, cited: Span | None, *, marked: bool) -> Iterator[Run]:
    """Yield the words of a span, cut where the cited ones begin and end; marks of the format are left out.

    marked: cited words stand before this span already.
    """
    inside = cited if cited and cited.overlaps(span) else Span(span.end, span.end)
    start, end = max(span.start, inside.start), min(span.end, inside.end)
    hidden = find_markup(text, span)
    for part in (Span(span.start, start), Span(start, end), Span(end, span.end)):
        words = _without(text, part, hidden)
        if words:
            is_cited = part.start == start and part.end == end and len(inside) > 0
            yield Run(words, is_cited, first=is_cited and not marked)


def find_markup(text: str, span: Span) -> list[Span]:
    """Return where a span holds marks of the format, which are not shown."""
    return [Span(span.start + m.start(), span.start + m.end()) for m in _MARKUP.finditer(span.of(text))]


def _without(text: str, part: Span, hidden: Sequence[Span]) -> str:
    """Return the words of a part without the hidden ones."""
    kept, at = [], part.start
    for gap in hidden:
        if gap.overlaps(part):
            kept.append(text[at : max(at, gap.start)])
            at = max(at, gap.end)
    return "".join([*kept, text[at : part.end]])
