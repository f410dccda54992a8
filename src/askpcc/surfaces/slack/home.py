"""Home: how fresh the index is, the register in short, one's own questions, and what one may do."""

from collections.abc import Iterator, Sequence
from typing import Any

from askpcc.model import Inquiry, Reason, RecordedAnswer
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.action_ids import PROMPT, SHOW_ANSWER
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.controls import button, count, divider, header, moment, name_file, remark
from askpcc.surfaces.slack.home_register import list_register
from askpcc.surfaces.slack.home_staff import list_admin, list_queue
from askpcc.surfaces.slack.home_view import HomeView, IndexState
from askpcc.surfaces.slack.prompts import Prompt
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line

_MOST_STALE = 5
_MOST_RECENT = 10
_MOST_PROMPTS = 4
_LONGEST_WORDS = 150
_LONGEST_REASON = 200

_WELCOME = (
    "I answer questions about published responses to police inspections, from these documents only and with "
    "their exact words. Write to me under *Messages*, mention me in a channel, or type `/askpcc` and a "
    "question."
)
_MAY = (
    "You can ask, say whether an answer was right, and ask a person where it is not enough. "
    "Which documents are held is for the administrators to decide; please ask one of them if a response is "
    "missing."
)


def build_home(view: HomeView) -> dict[str, Any]:
    """Return the view for views.publish: at most 100 blocks."""
    return {"type": "home", "blocks": list(_list_parts(view))[: limits.BLOCKS_A_VIEW]}


def _list_parts(view: HomeView) -> Iterator[Block]:
    yield header("askpcc")
    if view.refused:
        yield section(escape_line(cut(view.refused, _LONGEST_REASON * 3)))
        return
    yield section(_WELCOME)
    yield from _tell_index(view.index)
    if view.admin:
        yield from list_admin(view)
    if view.reviewer:
        yield from list_queue(view)
    yield from _list_prompts(view.prompts[:_MOST_PROMPTS])
    yield from _list_recent(view.recent[:_MOST_RECENT])
    yield divider()
    yield from list_register(view.rows, view.filters)
    if not (view.admin or view.reviewer):
        yield divider()
        yield remark(_MAY)


def _tell_index(index: IndexState) -> Iterator[Block]:
    if index.built_at is None:
        yield section("No response has been indexed yet, so there is nothing to answer from.")
    else:
        held = f"{count(index.documents, 'document')}, {count(index.passages, 'passage')}"
        yield section(f"*Index* built {moment(index.built_at)}: {held}.")
    if index.running:
        yield remark("It is being built anew at the moment. Questions are answered from the earlier one.")
    if index.stale:
        yield section("\n".join(_tell_stale(index.stale)))


def _tell_stale(stale: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "*Not up to date*: the newest file could not be read, so an earlier version answers."
    for path, reason in stale[:_MOST_STALE]:
        yield f"{name_file(path)}: {escape_line(cut(in_one_line(reason), _LONGEST_REASON))}"
    if len(stale) > _MOST_STALE:
        yield f"and {count(len(stale) - _MOST_STALE, 'further document')}"


def _list_prompts(prompts: Sequence[Prompt]) -> Iterator[Block]:
    if prompts:
        yield header("You could ask")
    for prompt in prompts:
        message = cut(prompt.message, limits.BUTTON_VALUE)
        words = escape_line(cut(prompt.message, _LONGEST_WORDS * 2))
        yield {**section(words), "accessory": button("Ask", PROMPT, message)}


def _list_recent(recent: Sequence[tuple[Inquiry, RecordedAnswer]]) -> Iterator[Block]:
    yield header("My recent questions")
    if not recent:
        yield section("You have not asked anything yet.")
    for inquiry, recorded in recent:
        words = escape_line(cut(in_one_line(inquiry.words), _LONGEST_WORDS)) or "(no words)"
        line = f"{words}\n{_say_outcome(recorded)}, {moment(recorded.answered_at)}"
        yield {**section(line), "accessory": button("Show", SHOW_ANSWER, recorded.id)}


def _say_outcome(recorded: RecordedAnswer) -> str:
    if recorded.answer.reason is Reason.OUT_OF_SCOPE:
        return "No question for the documents"
    if recorded.answer.abstained:
        return "The documents do not say"
    statuses = [one.status for one in recorded.answer.statements if one.status]
    return f"*{statuses[0].replace('_', ' ')}*" if statuses else "Answered"
