"""Blocks of a stored text: paragraphs, list items, rows of tables, and the text that they make up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from askpcc.model import (
    Block,
    BlockKind,
    Span,
    StoredText,
)

BOLD_LINE_LEVEL = 7
"""Rank of a line in bold that stands as a heading."""

# Only these three end a line in a file; str.splitlines would also break at form feeds and the like.
_LINE_END = re.compile(r"\r\n|\r|\n")
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
MAX_LABEL_CHARACTERS, MAX_LABEL_WORDS = 60, 8
"""What a label has at most ("Date on which the report was published"); longer words are a sentence."""

_SPACES = re.compile(r"[^\S\t]+")
_LISTED = (BlockKind.BULLET, BlockKind.ROW)
# A row above this size is read as prose laid out side by side.
_MAX_ROW_CHARACTERS = 1_000
# A cell with several paragraphs may stay one cell up to this size (an address, two dates).
_MAX_CELL_CHARACTERS = 300
_FILE_NAME = re.compile(
    r"(?:microsoft \w+ - )?(?P<name>.*?)(?:\.(?:docx?|pdf|rtf|odt|pub|xlsx?))?", re.IGNORECASE | re.DOTALL
)
_EMPTY_NAMES = ("untitled", "document", "word document", "powerpoint presentation", "insert title here")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block to be: its words, trimmed and not empty, and what it is (as in Block).

    label: what stands before its words on their line and is not among them: an enumerator ("2.1", "(a)"),
    or a tab for each empty cell before the first of a row.
    """

    kind: BlockKind
    text: str
    level: int = 0
    quoted: bool = False
    label: str = ""


def find_lines(text: str, start: int = 0) -> list[Span]:
    """Return the span of each line from an offset on, without its line end."""
    lines = []
    for end in _LINE_END.finditer(text, start):
        lines.append(Span(start, end.start()))
        start = end.end()
    lines.append(Span(start, len(text)))
    return lines


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the stretch without white space at its ends; None where nothing else is there."""
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    right = end - len(words) + len(words.rstrip())
    return Span(left, right) if left < right else None


def is_bold(words: str) -> bool:
    """Tell whether Markdown or HTML marks make all of the words bold."""
    return bool(_BOLD.fullmatch(words))


def _is_italic(words: str) -> bool:
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


def _is_row(words: str) -> bool:
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
    kinds = _find_kinds(text, lines, bold)
    if quoted and len(lines) > 1 and _is_italic(lines[-1].of(text)):
        kinds[-1] = (BlockKind.PARAGRAPH, len(lines))
    for (kind, _), numbers in groupby(range(len(lines)), key=kinds.__getitem__):
        group = [lines[number] for number in numbers]
        yield _make_block(text, kind, Span(group[0].start, group[-1].end), quoted=quoted)


def _make_block(text: str, kind: BlockKind, span: Span, *, quoted: bool) -> Block:
    if kind is BlockKind.BULLET:
        return Block(kind, Span(span.start + skip_glyph(span.of(text)), span.end), 1, quoted)
    return Block(kind, span, BOLD_LINE_LEVEL if kind is BlockKind.HEADING else 0, quoted)


def _find_kinds(text: str, lines: Sequence[Span], bold: Sequence[bool]) -> list[tuple[BlockKind, int]]:
    """Return for each line its kind, and the number of the line that begins its block."""
    form = any(_is_row(line.of(text)) for line in lines)
    labelled = len(lines) > 1 and all(is_labelled(line.of(text)) for line in lines)
    kinds: list[tuple[BlockKind, int]] = []
    for number, line in enumerate(lines):
        kind = _find_kind(text, line, labelled=labelled, form=form, bold=bold[number])
        before = kinds[-1] if kinds else None
        if kind is BlockKind.PARAGRAPH and before and before[0] in (BlockKind.BULLET, kind):
            kinds.append(before)
        else:
            kinds.append((kind, number))
    return kinds


def _find_kind(text: str, line: Span, *, labelled: bool, form: bool, bold: bool) -> BlockKind:
    if labelled or (form and _touches_tab(text, line)):
        return BlockKind.ROW
    if skip_glyph(line.of(text)):
        return BlockKind.BULLET
    return BlockKind.HEADING if bold else BlockKind.PARAGRAPH


def _touches_tab(text: str, line: Span) -> bool:
    return "\t" in text[max(line.start - 1, 0) : line.end + 1] and not _NUMBER.match(line.of(text))


def is_labelled(words: str) -> bool:
    """Tell whether a line reads "Label: value"."""
    label = _LABEL.match(words)
    return label is not None and len(label.group().split()) <= MAX_LABEL_WORDS


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
    label = f"{piece.label} " if piece.label.strip() else piece.label
    if piece.kind is BlockKind.HEADING and piece.level < BOLD_LINE_LEVEL:
        return f"{quote}{'#' * piece.level} {label}"
    if piece.kind is BlockKind.BULLET:
        return f"{quote}{'  ' * min(piece.level - 1, 8)}{label or '- '}"
    return f"{quote}{label}"


def label_first(pieces: Iterable[Piece], label: str) -> Iterator[Piece]:
    """Yield the pieces of one paragraph, the first of them with the paragraph's enumerator."""
    for piece in pieces:
        yield replace(piece, label=label) if label else piece
        label = ""


def make_row(cells: Sequence[Sequence[Piece] | None], *, quoted: bool = False) -> list[Piece]:
    """Return a row as one piece with a tab between cells, or as the pieces of its cells one by one.

    cells: None is a column without a cell of its own, since a merged one reaches over it.
    Broken up are a row of one cell, a long one, and one whose cells hold lists, headings, tables or
    long paragraphs; neighbouring short cells of it (a date, a report) stay one row.  Empty cells keep
    their place, so that values stay under their column.
    """
    columns = [cell or () for cell in cells]
    if not any(columns):
        return []
    if sum(cell is not None for cell in cells) > 1 and not _is_layout(columns):
        return [_join(columns, quoted=quoted)]
    pieces: list[Piece] = []
    for short, group in groupby(columns, key=_is_short):
        neighbours = list(group)
        if short and sum(map(bool, neighbours)) > 1:
            pieces.append(_join(neighbours, quoted=quoted))
        else:
            pieces.extend(piece for cell in neighbours for piece in cell)
    return pieces


def _join(cells: Sequence[Sequence[Piece]], *, quoted: bool) -> Piece:
    words = "\t".join(" ".join(_word(piece) for piece in cell) for cell in cells)
    row = words.strip()
    # A block begins with a word, and the columns are counted on its whole line.
    return Piece(BlockKind.ROW, row, quoted=quoted, label="\t" * words[: words.find(row)].count("\t"))


def _word(piece: Piece) -> str:
    """Return the words of a piece on one line; in a cell an enumerator is one of them."""
    return " ".join(f"{piece.label} {piece.text}".split())


def _is_short(cell: Sequence[Piece]) -> bool:
    return not _is_divided(cell) and sum(len(piece.text) for piece in cell) <= _MAX_CELL_CHARACTERS


def _is_layout(cells: Sequence[Sequence[Piece]]) -> bool:
    size = sum(len(piece.text) for cell in cells for piece in cell)
    return size > _MAX_ROW_CHARACTERS or any(map(_is_divided, cells))


def _is_divided(cell: Sequence[Piece]) -> bool:
    """Tell whether a cell holds more than one cell's worth."""
    if len(cell) <= 1:
        return False
    size = sum(len(piece.text) for piece in cell)
    bullets = sum(piece.kind is BlockKind.BULLET for piece in cell)
    rows = any(piece.kind is BlockKind.ROW for piece in cell)
    return size > _MAX_CELL_CHARACTERS or bullets > 1 or rows


def clean_title(title: object) -> str | None:
    """Return the title of the properties, unless it is the name of a file or of nothing."""
    words = " ".join(title.split()) if isinstance(title, str) else ""
    name = _FILE_NAME.fullmatch(words)
    named_a_file = name is None or name.group("name") != words
    return None if named_a_file or " " not in words or words.lower().startswith(_EMPTY_NAMES) else words
