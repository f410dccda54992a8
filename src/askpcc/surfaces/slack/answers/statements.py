"""Statements as status, quotation and numbers: the status in bold, then the very words."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from askpcc.language.words import plain
from askpcc.model import Citation, Statement
from askpcc.rendering.links import source_link
from askpcc.surfaces.slack.answers.blocks import anchor, paragraph, quotation, rich_text, section, words
from askpcc.surfaces.slack.answers.messages import Block, Piece
from askpcc.surfaces.slack.text import escape_line, in_one_line, split

_ABOVE = "Quoted above: "
_LONGEST_PART = 2_000
_STATUS_WORDS = re.compile(r"(Earlier: )?([^,;:]+)(.*)", re.DOTALL)
Numbers = Mapping[Citation, int]


def state_all(statements: Sequence[Statement], numbers: Numbers) -> Iterator[Piece]:
    """Yield the pieces of each statement; words that stand above are not quoted a second time."""
    quoted: set[Citation] = set()
    for statement in statements:
        yield from _state(statement, numbers, quoted)
        quoted.update(statement.citations)


def _state(statement: Statement, numbers: Numbers, quoted: set[Citation]) -> Iterator[Piece]:
    label = escape_line(statement.text)
    pieces = [piece for one in statement.citations for piece in _cite(one, numbers[one], quoted)]
    if not label:
        yield from pieces
        return
    first, *others = pieces or [Piece((), ("",))]
    line = f"{label}: {first.words[0]}" if first.words[0] else label
    yield Piece((section(embolden(statement)), *first.blocks), (line,))
    yield from others


def _cite(citation: Citation, number: int, quoted: Container[Citation]) -> list[Piece]:
    if citation not in quoted:
        return quote(citation, number)
    source = anchor(number, source_link(citation))
    return [Piece((rich_text(paragraph([words(_ABOVE), source])),), (f"{_ABOVE}[{number}]",))]


def quote(citation: Citation, number: int) -> list[Piece]:
    """Return the words of a citation with its number, in as many quotations as Slack's limits need."""
    *earlier, last = split(quoted_words(citation), _LONGEST_PART)
    numbered = quotation([words(last), words(" "), anchor(number, source_link(citation))])
    return [
        *(Piece((rich_text(quotation([words(part)])),), (escape_line(part),)) for part in earlier),
        Piece((rich_text(numbered),), (f"{escape_line(last)} [{number}]",)),
    ]


def quoted_words(citation: Citation) -> str:
    """Return the words of a citation as people read them, in one line and in quotation marks."""
    return f"“{in_one_line(plain(citation.quote))}”"


def embolden(statement: Statement) -> str:
    """Return what a statement says before its quotations, with its status in bold."""
    text = in_one_line(statement.text)
    found = _STATUS_WORDS.fullmatch(text) if statement.status else None
    if not found or not found[2].strip():
        return escape_line(text)
    return f"{found[1] or ''}*{escape_line(found[2])}*{_escape_rest(found[3])}"


def _escape_rest(text: str) -> str:
    """Escape words that go on a line."""
    return escape_line(f".{text}")[1:]


def say_statement(statement: Statement, numbers: Numbers) -> str:
    """Return a statement in words, escaped: status first, then quotations and numbers."""
    cited = " ".join(f"{escape_line(quoted_words(one))} [{numbers[one]}]" for one in statement.citations)
    label = escape_line(statement.text)
    return f"{label}: {cited}" if label and cited else label or cited


def anchors(citations: Sequence[Citation], numbers: Numbers) -> Block:
    """Return the numbers of several sources as one paragraph."""
    elements: list[Block] = []
    for one in dict.fromkeys(citations):
        elements += [words(" "), anchor(numbers[one], source_link(one))]
    return paragraph(elements[1:])
