"""Markdown and plain text, with their front matter."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from askpcc.errors import BadDocument
from askpcc.model import (
    Block,
    BlockKind,
    Span,
    StoredText,
)
from askpcc.readers.markdown_comments import remove_comments
from askpcc.readers.text_blocks import (
    find_lines,
    is_bold,
    skip_marker,
    split_paragraph,
    trim,
)

_MAX_CHARACTERS = 20_000

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"\s*[A-Za-z][\w -]{0,40}:(?:\s|$)")
_REMEDY = (
    "Write one 'key: value' a line between two lines of '---', "
    "and put a value that holds a colon in quotation marks."
)
# Longer lines are sentences, whatever stands around them.
MAX_HEADING_CHARACTERS = 100

_RULE = re.compile(r"([=\-_*~#])\1{2,}")
_UNDERLINE = re.compile(r"([=\-~])\1{2,}")
# Fewer are an abbreviation or a reference.
_MIN_CAPITALS = 4
_SENTENCE_END = tuple(".!?;:,…")
_GREETING = re.compile(r"(?:dear|yours|sincerely|kind regards|regards|from|to|cc|ref|date)\b", re.IGNORECASE)
# What is nested more deeply than this comes out as paragraphs, by _sweep.
_MAX_NESTING = 50
# A line of hyphens under a longer paragraph was meant as a rule, not as the underline of a heading.
_MAX_UNDERLINED_CHARACTERS = 200

_MARKERS = re.compile(r"(?:\s|>|(?:[-*+]|\d{1,9}[.)])(?=\s|$)|#{1,6}(?=\s|$))*")
_TEXT_TOKENS = ("inline", "code_block", "html_block", "fence")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file declares, each value with its span in the stored text; end: where the body begins."""

    declared: Mapping[str, tuple[str, Span]] = field(default_factory=dict)
    end: int = 0


def read_front_matter(path: str, text: str) -> FrontMatter:
    """Read the front matter at the start of a text; without one, nothing is declared and end is 0.

    Values stay as written (a date is not turned into one); a list is joined with commas; a key without
    a value is left out.  Raises BadDocument where it is begun and cannot be read.
    """
    opening = _FENCE.match(text)
    if not opening:
        return FrontMatter()
    start = opening.end()
    closing = _find_closing(text, start)
    begun = bool(_KEY.match(text, start))
    if closing is None:
        if begun:
            raise BadDocument(path, "Its front matter has no closing line of '---'.", _REMEDY)
        return FrontMatter()
    node = _compose(path, text[start : closing.start], begun=begun)
    if not isinstance(node, yaml.MappingNode):
        return FrontMatter()
    return FrontMatter(_declare(path, text, node, start), closing.end)


def _find_closing(text: str, start: int) -> Span | None:
    # "$" of a multiline pattern knows "\n" only; a carriage return before it must not hide the fence.
    shown = text[start : start + _MAX_CHARACTERS].replace("\r", "\n")
    found = _CLOSING.search(shown)
    return Span(start + found.start(), start + found.end()) if found else None


def _compose(path: str, source: str, *, begun: bool) -> yaml.Node | None:
    """Return the tree of the YAML, which holds words only: no tag in it makes an object."""
    try:
        # compose() of the safe loader keeps the places of the values, which safe_load() forgets.
        node: yaml.Node | None = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as exc:
        if not begun:
            return None
        raise BadDocument(path, f"Its front matter is not YAML: {_say(exc)}.", _REMEDY) from exc
    return node


def _say(problem: Exception) -> str:
    if isinstance(problem, yaml.MarkedYAMLError) and problem.problem:
        line = f" (line {problem.problem_mark.line + 2})" if problem.problem_mark else ""
        return f"{problem.problem}{line}"
    return "it is nested too deeply" if isinstance(problem, RecursionError) else "it holds odd characters"


def _declare(path: str, text: str, node: yaml.MappingNode, offset: int) -> dict[str, tuple[str, Span]]:
    declared: dict[str, tuple[str, Span]] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value).strip().lower() if isinstance(key_node, yaml.ScalarNode) else ""
        if not key or key in declared:
            raise BadDocument(path, f"Its front matter gives no name or one name twice: '{key}'.", _REMEDY)
        span = _place(text, value_node, offset)
        value = _word(value_node, "" if span is None else span.of(text))
        if span is not None and value:
            declared[key] = (value, span)
    return declared


def _word(node: yaml.Node, source: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return ", ".join(str(item.value).strip() for item in node.value)
    return source


def _place(text: str, node: yaml.Node, offset: int) -> Span | None:
    start, end = offset + node.start_mark.index, offset + node.end_mark.index
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    if style in ("'", '"'):
        return trim(text, start + 1, end - 1)
    if style in ("|", ">"):
        # The sign of a block scalar, and what stands behind it, is not part of the value.
        break_at = re.compile(r"[\r\n]").search(text, start, end)
        start = break_at.start() if break_at else end
    return trim(text, start, end)


def read_plain_text(path: str, text: str) -> StoredText:
    """Read a plain text file: blank lines part its paragraphs.

    Raises BadDocument where the front matter cannot be read.
    """
    front = read_front_matter(path, text)
    chunks = list(_split_chunks(text, find_lines(text, front.end)))
    blocks: list[Block] = []
    for chunk, following in pairwise([*chunks, []]):
        blocks.extend(_read_chunk(text, chunk, following))
    return StoredText(text, tuple(blocks), declared=front.declared)


def _split_chunks(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the trimmed lines between blank ones."""
    chunk: list[Span] = []
    for line in lines:
        span = trim(text, line.start, line.end)
        if span:
            chunk.append(span)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _read_chunk(text: str, chunk: Sequence[Span], following: Sequence[Span]) -> Iterator[Block]:
    if len(chunk) > 1 and _UNDERLINE.fullmatch(chunk[1].of(text)) and _is_short(text, chunk[0]):
        level = 1 if text[chunk[1].start] == "=" else 2
        yield Block(BlockKind.HEADING, chunk[0], level)
        chunk = chunk[2:]
    chunk = [line for line in chunk if not _RULE.fullmatch(line.of(text))]
    if len(chunk) == 1 and _is_heading(text, chunk[0], following):
        yield Block(BlockKind.HEADING, chunk[0], 2)
        return
    for group in _split_at_bullets(text, chunk):
        yield from _read_group(text, group)


def _split_at_bullets(text: str, chunk: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the lines before the first bullet, then the lines of each."""
    group: list[Span] = []
    for line in chunk:
        if group and skip_marker(line.of(text)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _read_group(text: str, group: Sequence[Span]) -> Iterator[Block]:
    marker = skip_marker(group[0].of(text))
    if not marker:
        yield from split_paragraph(text, group, [False] * len(group))
        return
    yield Block(BlockKind.BULLET, Span(group[0].start + marker, group[-1].end), _depth(text, group[0]))


def _depth(text: str, line: Span) -> int:
    """Return the nesting depth that the indent of a bullet shows: two to four spaces or a tab a step."""
    margin = re.search(r"[ \t]*\Z", text[max(line.start - 40, 0) : line.start])
    indent = len((margin.group() if margin else "").expandtabs(4))
    return 1 + min(indent // 4, 5)


def _is_short(text: str, line: Span) -> bool:
    return len(line) <= MAX_HEADING_CHARACTERS and "\t" not in line.of(text)


def _is_heading(text: str, line: Span, following: Sequence[Span]) -> bool:
    """Tell whether a line that stands alone heads what follows it.

    Sure are capitals throughout, and a line without closing punctuation above a full sentence that is
    not the greeting, a date or an address line of a letter.
    """
    words = line.of(text)
    if not following or not _is_short(text, line) or skip_marker(words):
        return False
    if words.isupper() and sum(map(str.isalpha, words)) >= _MIN_CAPITALS:
        return True
    titled = words[0].isupper() and not words.endswith(_SENTENCE_END) and not _GREETING.match(words)
    dated = bool(re.search(r"\d{1,2}\S* \w+ \d{4}$|\d{2}/\d{2}/\d{2,4}$", words))
    return titled and not dated and text[following[-1].end - 1] in '.:;!?”"' and len(words.split()) > 1


def read_markdown(path: str, text: str) -> StoredText:
    """Read a Markdown file (CommonMark with pipe tables).

    Indented text is never code here, and a link definition is a paragraph: nothing that is written to be
    read is lost.  Comments are not part of the text.
    Raises BadDocument where the front matter cannot be read.
    """
    front = read_front_matter(path, text)
    text = remove_comments(text, front.end)
    outline = _Outline(text.replace("\0", "\ufffd"), find_lines(text, front.end))
    for token in _parse(text[front.end :]):
        outline.take(token)
    return StoredText(text, tuple(outline.finish()), declared=front.declared)


def _parse(body: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table").disable("reference")
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
        if token.type == "fence":
            self._silence(token)

    def _lines_of(self, token: Token) -> Sequence[Span]:
        first, behind = token.map or (0, 0)
        return self.lines[first:behind]

    def _add_paragraph(self, lines: Sequence[Span]) -> None:
        span, quoted = Span(lines[0].start, lines[-1].end), self.quotes > 0
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
        return underlined and (len(lines) > 1 or len(span) > _MAX_UNDERLINED_CHARACTERS)

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
