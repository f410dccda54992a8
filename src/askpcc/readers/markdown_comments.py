"""Comments in a Markdown file, which no reader of it is shown."""

import re
from collections.abc import Iterator

from askpcc.model import Span

_OPENING = re.compile(r"(?<!\\)<!--|(?<![`\\])`++|^ {0,3}~{3,}", re.MULTILINE)
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_FENCE = 3
"""Signs that begin a block of code, at least."""


def remove_comments(text: str, start: int) -> str:
    """Return a text without its comments from an offset on; those shown as code stay.

    A comment that is not closed stays: its words may be all that the file holds.
    """
    kept: list[str] = []
    done = 0
    for comment in _find_comments(text, start):
        kept.append(text[done : comment.start])
        # Of the two spaces around it one is left, and none where it began a line.
        before = text[max(comment.start - 1, 0) : comment.start]
        joined = before in ("", " ", "\n", "\r") and text[comment.end : comment.end + 1] == " "
        done = comment.end + joined
    return "".join([*kept, text[done:]])


def _find_comments(text: str, start: int) -> Iterator[Span]:
    # Runs of backticks that nothing closes, by their length: else a file of many would be searched for each.
    unclosed: set[int] = set()
    place = start
    while opening := _OPENING.search(text, place):
        place = opening.end()
        if opening[0] == "<!--":
            end = text.find("-->", opening.start() + 2)
            if end < 0:
                return
            place = end + len("-->")
            yield Span(opening.start(), place)
            continue
        signs = opening[0].strip()
        if len(signs) >= _FENCE and _begins_line(text, opening.start()):
            fence = re.compile(rf"^[ >]*{signs[0]}{{{len(signs)},}}[ \t]*$", re.MULTILINE)
            closing = fence.search(text, place)
            if closing is None:
                return
            place = closing.end()
        elif signs[0] == "`" and len(signs) not in unclosed:
            place = _skip_code(text, place, len(signs), unclosed)


def _begins_line(text: str, place: int) -> bool:
    while place and text[place - 1] in " >":
        place -= 1
    return not place or text[place - 1] in "\n\r"


def _skip_code(text: str, place: int, length: int, unclosed: set[int]) -> int:
    """Return where words shown as code end; where they begin if nothing in their paragraph closes them."""
    closing = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(text, place)
    if closing is None:
        unclosed.add(length)
        return place
    return place if _BLANK_LINE.search(text, place, closing.start()) else closing.end()
