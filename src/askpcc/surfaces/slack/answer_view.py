"""An answer in a view of its own, for who asked it or reviews it."""

from collections.abc import Iterator

from askpcc.model import Answer, Inquiry, RecordedAnswer
from askpcc.rendering.answers import number_citations
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block, Piece
from askpcc.surfaces.slack.answers.sources import list_sources
from askpcc.surfaces.slack.answers.statements import Numbers, quote, state_all
from askpcc.surfaces.slack.controls import actions, mention, moment, remark
from askpcc.surfaces.slack.review_views import offer_verdict
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line, plain

_LONGEST_QUESTION = 2_000
_MOST_BLOCKS = limits.BLOCKS_A_VIEW - 5
_SILENT = "The documents do not say."
_CUT_SHORT = "The rest stands in the answer itself."


def build_answer_view(inquiry: Inquiry, recorded: RecordedAnswer, *, reviewer: bool) -> Block:
    """Return the view of an answer: its question, what was said with the sources, when and to whom.

    reviewer: offer the form for a verdict.
    """
    asked = escape_line(cut(in_one_line(inquiry.words), _LONGEST_QUESTION))
    told = (
        f"Asked by {mention(inquiry.person)}, answered {moment(recorded.answered_at)}, answer {recorded.id}"
    )
    shown = [block for piece in _say(recorded.answer) for block in piece.blocks]
    rest = [remark(_CUT_SHORT)] if len(shown) > _MOST_BLOCKS else []
    rest += [actions([offer_verdict(recorded.id)])] if reviewer else []
    return {
        "type": "modal",
        "title": plain("Answer", limits.VIEW_TITLE),
        "close": plain("Close", limits.VIEW_BUTTON),
        "blocks": [section(f"*{asked}*"), *shown[:_MOST_BLOCKS], *rest, remark(told)],
    }


def _say(answer: Answer) -> Iterator[Piece]:
    numbers = number_citations(answer)
    if answer.note or answer.abstained:
        yield Piece((section(escape_line(answer.note or _SILENT)),))
    yield from state_all(answer.statements, numbers)
    yield from _quote_nearest(answer, numbers)
    yield from list_sources(numbers, {})


def _quote_nearest(answer: Answer, numbers: Numbers) -> Iterator[Piece]:
    for citation in answer.nearest:
        yield from quote(citation, numbers[citation])
