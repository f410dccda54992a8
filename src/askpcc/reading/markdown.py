"""Markdown: the stored text is the file itself, and the blocks are places in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from askpcc.model import Block, BlockKind, Span, StoredText
from askpcc.reading.frontmatter import read_front_matter
from askpcc.reading.paragraphs import is_bold, split_paragraph
from askpcc.reading.places import find_lines, trim

# What is nested more deeply than this comes out as paragraphs, by _sweep.
MAX_NESTING = 50
# A line of hyphens under a longer paragraph was meant as a rule, not as the underline of a heading.
MAX_UNDERLINED_CHARACTERS = 200

_MARKERS = re.compile(r"(?:\s|>|(?:[-*+]|\d{1,9}[.)])(?=\s|$)|#{1,6}(?=\s|$))*")
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
_TEXT_TOKENS = ("inline", "code_block", "html_block", "fence")


def read_markdown(path: str, text: str) -> StoredText:
    """Read a Markdown file (CommonMark with pipe tables).

    Indented text is never code here, and a link definition is a paragraph: nothing written is lost.
    Raises BadDocument where the front matter cannot be read.
    """
    front = read_front_matter(path, text)
    outline = _Outline(text.replace("\0", "\ufffd"), find_lines(text, front.end))
    for token in _parse(text[front.end :]):
        outline.take(token)
    return StoredText(text, tuple(outline.finish()), declared=front.declared)


def _parse(body: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable("reference")
    # Inline markup stays as written, so reading it would cost time for nothing.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse(body)


@dataclass
class _Outline:
    """The blocks met so far, and which lists, quotes, tables and headings are open.

    lines: of the body; the line numbers of tokens count from its first.
    silent: numbers of lines that hold no words (rules, underlines, the line below a table's head).
    """

    text: str
    lines: Sequence[Span]
    blocks: list[Block] = field(default_factory=list)
    silent: set[int] = field(default_factory=set)
    lists: int = 0
    quotes: int = 0
    tables: int = 0
    heading: Token | None = None

    def take(self, token: Token) -> None:
        """Take in the next token of the file."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                self.lists += token.nesting
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "table_open" | "table_close":
                self.tables += token.nesting
                self._silence(token)
            case "heading_open" | "heading_close":
                self.heading = token if token.nesting == 1 else None
                self._silence(token)
            case "tr_open":
                self._add_row(token)
            case "hr":
                self._silence(token)
            case kind if kind in _TEXT_TOKENS and not self.tables:
                self._add_text(token)

    def finish(self) -> list[Block]:
        """Return all blocks in order, with what no token told of."""
        return sorted([*self.blocks, *self._sweep()], key=lambda block: block.span)

    def _silence(self, token: Token) -> None:
        if token.map:
            self.silent.update(range(*token.map))

    def _add_text(self, token: Token) -> None:
        for lines in _locate(self.text, self._lines_of(token), token.content):
            self._add_paragraph(lines)
        if token.type == "fence" or _COMMENT.fullmatch(token.content):
            self._silence(token)

    def _lines_of(self, token: Token) -> Sequence[Span]:
        first, behind = token.map or (0, 0)
        return self.lines[first:behind]

    def _add_paragraph(self, lines: Sequence[Span]) -> None:
        span, quoted = Span(lines[0].start, lines[-1].end), self.quotes > 0
        if _COMMENT.fullmatch(span.of(self.text)):
            return
        if self.heading and not self._underlines_prose(span, lines):
            self.blocks.append(Block(BlockKind.HEADING, span, int(self.heading.tag[1:]), quoted))
        elif self.lists:
            self.blocks.append(Block(BlockKind.BULLET, span, self.lists, quoted))
        else:
            lines = [span] if is_bold(span.of(self.text)) else lines
            bold = [is_bold(line.of(self.text)) for line in lines]
            self.blocks.extend(split_paragraph(self.text, lines, bold, quoted=quoted))

    def _underlines_prose(self, span: Span, lines: Sequence[Span]) -> bool:
        underlined = self.heading is not None and self.heading.markup in ("-", "=")
        return underlined and (len(lines) > 1 or len(span) > MAX_UNDERLINED_CHARACTERS)

    def _add_row(self, token: Token) -> None:
        """Add a row of a pipe table, from its first word to its last, pipes between cells included."""
        for line in self._lines_of(token):
            start, end = line.start, line.end
            start = min(end, start + _skip_markers(line.of(self.text)))
            row = self.text[start:end]
            start += len(row) - len(row.lstrip("| \t"))
            span = trim(self.text, start, start + len(self.text[start:end].rstrip("| \t")))
            if span:
                self.blocks.append(Block(BlockKind.ROW, span, quoted=self.quotes > 0))

    def _sweep(self) -> Iterator[Block]:
        """Yield a paragraph for each line with words that no block covers and that is not silent."""
        spans = sorted(block.span for block in self.blocks)
        starts = [span.start for span in spans]
        for number, line in enumerate(self.lines):
            before = bisect_right(starts, line.end) - 1
            covered = before >= 0 and spans[before].end >= line.start
            if covered or number in self.silent:
                continue
            span = trim(self.text, line.start + _skip_markers(line.of(self.text)), line.end)
            if span:
                yield Block(BlockKind.PARAGRAPH, span)


def _skip_markers(line: str) -> int:
    markers = _MARKERS.match(line)
    return markers.end() if markers else 0


def _locate(text: str, lines: Sequence[Span], content: str) -> Iterator[list[Span]]:
    """Yield the places of a token's lines in the file, one list for each stretch without a blank line.

    A token's content has lost the markers and the indent of its lines; what is left ends a line.
    """
    remaining = iter(lines)
    group: list[Span] = []
    for wanted in content.split("\n"):
        words = wanted.strip()
        found = _find_words(text, remaining, words) if words else None
        if found:
            group.append(found)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _find_words(text: str, remaining: Iterator[Span], words: str) -> Span | None:
    """Return the place of the words in the next line that holds them."""
    for line in remaining:
        # From the right, since what stands to the left of the words are markers; a heading may be
        # closed by number signs.
        start = text.rfind(words, line.start, line.end)
        if start >= 0:
            return Span(start, start + len(words))
    return None
