"""Statements as status, quotation and numbers: the status in bold, then the very words."""

from collections.abc import Iterator, Mapping, Sequence

from askpcc.language.words import plain
from askpcc.model import Citation, Statement
from askpcc.rendering.answers import follow_quotations, split_label
from askpcc.rendering.links import source_link
from askpcc.surfaces.slack.answers.blocks import anchor, paragraph, quotation, rich_text, section, words
from askpcc.surfaces.slack.answers.messages import Block, Piece
from askpcc.surfaces.slack.text import escape_line, in_one_line, split

_ABOVE = "Quoted above: "
_LONGEST_PART = 2_000
Numbers = Mapping[Citation, int]


def state_all(statements: Sequence[Statement], numbers: Numbers) -> Iterator[Piece]:
    """Yield the pieces of each statement; words that stand above are not quoted a second time."""
    for statement, citations in follow_quotations(statements):
        pieces = [piece for one, again in citations for piece in _cite(one, numbers[one], again=again)]
        yield from _state(statement, pieces)


def _state(statement: Statement, pieces: Sequence[Piece]) -> Iterator[Piece]:
    label = escape_line(statement.text)
    if not label:
        yield from pieces
        return
    first, *others = pieces or [Piece((), ("",))]
    line = f"{label}: {first.words[0]}" if first.words[0] else label
    yield Piece((section(embolden(statement)), *first.blocks), (line,))
    yield from others


def _cite(citation: Citation, number: int, *, again: bool) -> list[Piece]:
    if not again:
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
    before, status, rest = split_label(text, statement.status)
    return f"{before}*{escape_line(status)}*{_escape_rest(rest)}" if status else escape_line(text)


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
