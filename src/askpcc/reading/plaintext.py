"""Plain text: the stored text is the file itself; paragraphs, lists and headings by how they are laid out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from askpcc.model import Block, BlockKind, Span, StoredText
from askpcc.reading.frontmatter import read_front_matter
from askpcc.reading.paragraphs import skip_marker, split_paragraph
from askpcc.reading.places import find_lines, trim

# Longer lines are sentences, whatever stands around them.
MAX_HEADING_CHARACTERS = 100

_RULE = re.compile(r"([=\-_*~#])\1{2,}")
_UNDERLINE = re.compile(r"([=\-~])\1{2,}")
# Fewer are an abbreviation or a reference.
_MIN_CAPITALS = 4
_SENTENCE_END = tuple(".!?;:,…")
_GREETING = re.compile(r"(?:dear|yours|sincerely|kind regards|regards|from|to|cc|ref|date)\b", re.IGNORECASE)


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
