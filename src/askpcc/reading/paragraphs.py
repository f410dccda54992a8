"""The lines of one paragraph, told apart: rows of a form, bullets, lines in bold, prose."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from askpcc.model import Block, BlockKind, Span

BOLD_LINE_LEVEL = 7

_BOLD = re.compile(
    r"(?P<mark>\*\*\*?|___?)(?!\s)(?:(?!\*\*|__).)+(?P=mark)|<(?P<tag>b|strong)>(?:(?!</?(?P=tag)>).)+</(?P=tag)>",
    re.IGNORECASE | re.DOTALL,
)
_ITALIC = re.compile(
    r"\*(?![*\s])[^*]+\*|_(?![_\s])[^_]+_|<(?P<tag>i|em)>(?:(?!</?(?P=tag)>).)+</(?P=tag)>", re.IGNORECASE
)
_GLYPH = re.compile(r"[•‣◦▪▫●○■□➢➤►\u2043·\uf0b7\uf0a7\uf0d8](?:\s+|(?=\w))")
_MARKER = re.compile(r"(?:[-*\u2013\u2014]|o(?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)|\d{1,2}\.)\s+(?=\S)")
# A paragraph's number set off by a tab.  A bare number before a few words is a cell of a table.
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}(?=\s*\t[^\t]{40}))\s*\t[^\t]*\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:[*_]{2}|<(?:b|strong)>)?[A-Z][^:.?!;\t]{0,59}:(?:[*_]{2}|</(?:b|strong)>)?(?:\s|$)")
_LABEL_WORDS = 8


def is_bold(words: str) -> bool:
    """Tell whether Markdown or HTML marks make all of the words bold."""
    return bool(_BOLD.fullmatch(words))


def is_italic(words: str) -> bool:
    """Tell whether Markdown or HTML marks make all of the words italic."""
    return bool(_ITALIC.fullmatch(words))


def skip_glyph(words: str) -> int:
    """Return how many characters a bullet sign and the space after it take at the start; 0 for none."""
    glyph = _GLYPH.match(words)
    return glyph.end() if glyph and glyph.end() < len(words) else 0


def skip_marker(words: str) -> int:
    """Return how many characters a list's sign, number or letter takes at the start; 0 for none."""
    marker = _MARKER.match(words)
    return marker.end() if marker else skip_glyph(words)


def is_row(words: str) -> bool:
    """Tell whether a line holds cells separated by tabs, and not only a number set off by one."""
    return "\t" in words and not _NUMBER.match(words) and not skip_glyph(words)


def split_paragraph(
    text: str, lines: Sequence[Span], bold: Sequence[bool], *, quoted: bool = False
) -> Iterator[Block]:
    """Yield the blocks that the lines of one paragraph make.

    lines: trimmed, in order.  bold: for each line, whether all of it stands in bold.
    Lines with tabs between words are rows, and so are several lines that all read "Label: value".
    The last line of a quote, in italics, names the speaker and is a block of its own.
    """
    kinds = _tell_kinds(text, lines, bold)
    if quoted and len(lines) > 1 and is_italic(lines[-1].of(text)):
        kinds[-1] = (BlockKind.PARAGRAPH, len(lines))
    for (kind, _), numbers in groupby(range(len(lines)), key=kinds.__getitem__):
        group = [lines[number] for number in numbers]
        yield _make_block(text, kind, Span(group[0].start, group[-1].end), quoted=quoted)


def _make_block(text: str, kind: BlockKind, span: Span, *, quoted: bool) -> Block:
    if kind is BlockKind.BULLET:
        return Block(kind, Span(span.start + skip_glyph(span.of(text)), span.end), 1, quoted)
    return Block(kind, span, BOLD_LINE_LEVEL if kind is BlockKind.HEADING else 0, quoted)


def _tell_kinds(text: str, lines: Sequence[Span], bold: Sequence[bool]) -> list[tuple[BlockKind, int]]:
    """Return for each line its kind, and the number of the line that begins its block."""
    form = any(is_row(line.of(text)) for line in lines)
    labelled = len(lines) > 1 and all(_is_labelled(line.of(text)) for line in lines)
    kinds: list[tuple[BlockKind, int]] = []
    for number, line in enumerate(lines):
        kind = _tell_kind(text, line, labelled=labelled, form=form, bold=bold[number])
        before = kinds[-1] if kinds else None
        if kind is BlockKind.PARAGRAPH and before and before[0] in (BlockKind.BULLET, kind):
            kinds.append(before)
        else:
            kinds.append((kind, number))
    return kinds


def _tell_kind(text: str, line: Span, *, labelled: bool, form: bool, bold: bool) -> BlockKind:
    if labelled or (form and _touches_tab(text, line)):
        return BlockKind.ROW
    if skip_glyph(line.of(text)):
        return BlockKind.BULLET
    return BlockKind.HEADING if bold else BlockKind.PARAGRAPH


def _touches_tab(text: str, line: Span) -> bool:
    return "\t" in text[max(line.start - 1, 0) : line.end + 1] and not _NUMBER.match(line.of(text))


def _is_labelled(words: str) -> bool:
    label = _LABEL.match(words)
    return label is not None and len(label.group().split()) <= _LABEL_WORDS
