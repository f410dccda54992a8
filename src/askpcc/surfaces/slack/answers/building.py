"""An answer becomes messages: status first, quotations with numbers, sources, buttons, its age."""

import re
from collections.abc import Iterator

from askpcc.model import Answer, RecordedAnswer
from askpcc.rendering.answers import number_citations
from askpcc.surfaces.slack.answers.ageing import say_freshness_at
from askpcc.surfaces.slack.answers.blocks import context, section
from askpcc.surfaces.slack.answers.buttons import ask_opinion, offer_actions, offer_sources
from askpcc.surfaces.slack.answers.messages import Message, Piece, Shown
from askpcc.surfaces.slack.answers.packing import fits, pack
from askpcc.surfaces.slack.answers.sources import list_sources
from askpcc.surfaces.slack.answers.statements import Numbers, quote, state_all
from askpcc.surfaces.slack.answers.tables import tabulate
from askpcc.surfaces.slack.text import cut, escape_line, mrkdwn, plain

_PERSON = re.compile(r"[UW][A-Z0-9]{2,30}")
_LONGEST_NOTE = 600
_SILENT = "The documents do not say."
_NEAREST = "The nearest that the documents say:"
_PRIVATE = "Only you can see this."


def build_answer(recorded: RecordedAnswer, shown: Shown) -> list[Message]:
    """Return the messages of an answer, in their order; the last one has all buttons."""
    answer = recorded.answer
    numbers = number_citations(answer)
    pieces = [*_mention(shown.person), *_say(answer, numbers), *_remark(shown)]
    return pack([*pieces, *_end(recorded, shown, numbers)])


def _mention(person: str | None) -> Iterator[Piece]:
    """Mention somebody; what is no id of Slack's is left out."""
    if person and _PERSON.fullmatch(person):
        yield Piece((section(f"<@{person}>"),), (f"<@{person}>",))


def _say(answer: Answer, numbers: Numbers) -> Iterator[Piece]:
    if answer.abstained:
        yield _paragraph(answer.note.strip() or _SILENT)
    yield from tabulate(answer, numbers) or state_all(answer.statements, numbers)
    if answer.note.strip() and not answer.abstained:
        yield _paragraph(answer.note)
    if answer.nearest:
        quoted = [quote(one, numbers[one]) for one in answer.nearest]
        first, *others = (piece for pieces in quoted for piece in pieces)
        yield Piece((section(_NEAREST), *first.blocks), (_NEAREST, *first.words))
        yield from others
    if answer.withheld:
        were = "was" if answer.withheld == 1 else "were"
        yield _paragraph(
            f"{answer.withheld} of the statements found did not pass the checks and {were} withheld."
        )


def _paragraph(text: str) -> Piece:
    words = escape_line(text)
    return Piece((section(words),), (words,))


def _remark(shown: Shown) -> Iterator[Piece]:
    """Yield what people did with the answer, and who sees it."""
    for note in (*shown.notes, *([_PRIVATE] if shown.private else [])):
        if note.strip():
            words = cut(escape_line(note), _LONGEST_NOTE)
            yield Piece((context([mrkdwn(words)]),), (words,))


def _end(recorded: RecordedAnswer, shown: Shown, numbers: Numbers) -> Iterator[Piece]:
    """Yield sources and buttons: in one piece where they go into one message, so that they stay together."""
    menus, buttons = offer_sources(recorded.id, numbers)
    age = f"{say_freshness_at(shown.freshness, recorded.answered_at)} Answer {recorded.id}"
    last = Piece(
        (
            offer_actions(recorded.id, buttons, shown),
            ask_opinion(recorded.id),
            context([plain(age)]),
        ),
        (f"Answer {escape_line(recorded.id)}",),
    )
    pieces = [*list_sources(numbers, shown.dates), *menus, last]
    if fits(pieces):
        blocks = tuple(block for piece in pieces for block in piece.blocks)
        pieces = [Piece(blocks, tuple(line for piece in pieces for line in piece.words))]
    yield from pieces
