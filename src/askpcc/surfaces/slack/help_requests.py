"""A person is asked: what the reviewers see, and what the asker is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from askpcc.model import Citation, HelpRequest, Inquiry, RecordedAnswer
from askpcc.rendering.answers import number_citations
from askpcc.rendering.links import source_link, web_address
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.action_ids import OPEN_THREAD, RESOLVE, SHOW_ANSWER
from askpcc.surfaces.slack.answers.blocks import anchor, quotation, rich_text, words
from askpcc.surfaces.slack.answers.messages import Block, Message, Piece
from askpcc.surfaces.slack.answers.packing import fits
from askpcc.surfaces.slack.answers.statements import quoted_words
from askpcc.surfaces.slack.controls import actions, button, header, mention, moment, piece, remark
from askpcc.surfaces.slack.review_views import offer_verdict
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line, size

_MOST_STATEMENTS = 3
_MOST_QUOTES = 4
_LONGEST_QUESTION = 1_000
_LONGEST_STATEMENT = 400
_LONGEST_QUOTE = 600
_TITLE = "Somebody asks for a person"

PASSED_ON = "I have passed your question on to the people who review answers. They will reply in this thread."
PASSED_ON_BEFORE = "This question has been passed on already, to the people who review answers."
PASSED_ON_PRIVATELY = (
    "I have passed your question on to the people who review answers. "
    "I shall tell you in a direct message what comes of it."
)
NOBODY = "Nobody has been named to review answers yet, so I could not pass your question on."
RESOLVED_BEFORE = "This request had been resolved already."


@dataclass(frozen=True, slots=True)
class Plea:
    """A request with all that the reviewers need.  permalink: of the thread; None where there is none."""

    request: HelpRequest
    inquiry: Inquiry
    recorded: RecordedAnswer
    permalink: str | None = None


def build_request(plea: Plea) -> Message:
    """Return the message for the reviewers' channel."""
    return _compose(_TITLE, plea, [_offer(plea)])


def build_resolved(plea: Plea, person: str, at: datetime) -> Message:
    """Return what stands in its place once somebody has dealt with it."""
    done = f"Resolved by {mention(person)}, {moment(at)}"
    return _compose("Resolved", plea, [remark(done), actions([_open_answer(plea)])])


def note_resolved(person: str) -> str:
    """Return what the asker reads in the thread once a reviewer has dealt with it."""
    return f"{mention(person)} has looked at your question and marked it as resolved."


def note_resolved_privately(words: str, person: str) -> str:
    """Return what the asker of a private question reads in their messages; words: the question."""
    asked = escape_line(cut(in_one_line(words), _LONGEST_STATEMENT))
    return f"Your question “{asked}”: {mention(person)} has looked at it and marked it as resolved."


def _compose(title: str, plea: Plea, end: list[Block]) -> Message:
    pieces = _shorten_all([Piece((header(title),), (title,)), *_tell(plea)], Piece(tuple(end)))
    blocks = [block for one in pieces for block in one.blocks]
    text = "\n".join(line for one in pieces for line in one.words)
    return Message(cut(text, limits.MESSAGE_TEXT), blocks)


def _shorten_all(pieces: list[Piece], end: Piece) -> list[Piece]:
    """Return as many pieces as go into one message with its end; reviewers open the answer for the rest."""
    more = piece("The rest stands under “Open answer”.")
    if fits([*pieces, end]):
        return [*pieces, end]
    while not fits([*pieces, more, end]):
        pieces.pop()
    return [*pieces, more, end]


def _tell(plea: Plea) -> Iterator[Piece]:
    question = escape_line(cut(in_one_line(plea.inquiry.words), _LONGEST_QUESTION))
    yield piece(f"*Question*: {question}")
    yield piece(f"Asked by {mention(plea.request.person)}, {moment(plea.request.at)}")
    yield from _tell_answer(plea.recorded)


def _tell_answer(recorded: RecordedAnswer) -> Iterator[Piece]:
    answer = recorded.answer
    if answer.abstained:
        yield piece(f"*Answer*: {_shorten(answer.note or 'The documents do not say.')}")
        yield from _quote(answer.nearest, number_citations(answer))
        return
    for statement in answer.statements[:_MOST_STATEMENTS]:
        yield piece(f"*Answer*: {_shorten(statement.text or 'In the words of the documents:')}")
        yield from _quote(statement.citations, number_citations(answer))
    left = len(answer.statements) - _MOST_STATEMENTS
    if left > 0:
        yield piece(f"and {left} more, under “Open answer”")


def _shorten(text: str) -> str:
    return escape_line(cut(in_one_line(text), _LONGEST_STATEMENT))


def _quote(citations: tuple[Citation, ...], numbers: Mapping[Citation, int]) -> Iterator[Piece]:
    for citation in citations[:_MOST_QUOTES]:
        quote = cut(quoted_words(citation), _LONGEST_QUOTE)
        source = anchor(numbers[citation], source_link(citation))
        title = f" {cut(in_one_line(citation.title), _LONGEST_STATEMENT)} "
        shown = rich_text(quotation([words(quote), words(title), source]))
        yield Piece((shown,), (escape_line(quote),))


def _offer(plea: Plea) -> Block:
    resolve = button("Mark resolved", RESOLVE, plea.request.id, style="primary")
    verdict = offer_verdict(plea.recorded.id)
    return actions([resolve, verdict, _open_answer(plea), *_open_thread(plea.permalink)])


def _open_answer(plea: Plea) -> Block:
    return button("Open answer", SHOW_ANSWER, plea.recorded.id)


def _open_thread(permalink: str | None) -> Iterator[Block]:
    """Yield a button that leads to the thread; Slack sends an action for it that nobody needs."""
    address = web_address(permalink)
    if address and size(address) <= limits.BUTTON_URL:
        yield button("Open thread", OPEN_THREAD, "thread", url=address)
