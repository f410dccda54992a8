"""Places of lines and of trimmed words in a stored text."""

import re

from askpcc.model import Span

# Only these three end a line in a file; str.splitlines would also break at form feeds and the like.
_LINE_END = re.compile(r"\r\n|\r|\n")


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
