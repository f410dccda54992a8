"""What Home offers to reviewers and administrators besides."""

from collections.abc import Iterator

from askpcc.model import Act, Fault, Feedback, HelpRequest
from askpcc.surfaces.slack.action_names import REINDEX, RESOLVE, SHOW_ANSWER
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.controls import actions, button, confirm, count, header, mention, moment, remark
from askpcc.surfaces.slack.home_view import HomeView
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line

_MOST_REQUESTS = 8
_MOST_BAD = 8
_MOST_ACTS = 8
_LONGEST_WORDS = 300
_LONGEST_PART = 150

_FAULTS = {
    Fault.WRONG_STATUS: "the status is wrong",
    Fault.WRONG_SOURCE: "the source is wrong",
    Fault.OUT_OF_DATE: "it is out of date",
    Fault.NOT_ANSWERED: "it does not answer the question",
    Fault.OTHER: "something else is wrong",
}


def list_queue(view: HomeView) -> Iterator[Block]:
    """Yield what waits for a reviewer."""
    yield header("Waiting for a reviewer")
    if not view.requests and not view.bad:
        yield section("Nothing waits for you.")
    for request, words in view.requests[:_MOST_REQUESTS]:
        yield from _show_request(request, words)
    for feedback, words in view.bad[:_MOST_BAD]:
        yield _show_bad(feedback, words)
    left = max(0, len(view.requests) - _MOST_REQUESTS) + max(0, len(view.bad) - _MOST_BAD)
    if left:
        yield remark(f"and {count(left, 'further one', 'further ones')}")


def _show_request(request: HelpRequest, words: str) -> Iterator[Block]:
    yield section(f"{_say_words(words)}\n{mention(request.person)} asked for a person, {moment(request.at)}")
    yield actions(
        [
            button("Mark resolved", RESOLVE, request.id, style="primary"),
            button("Open answer", SHOW_ANSWER, request.answer),
        ]
    )


def _show_bad(feedback: Feedback, words: str) -> Block:
    fault = _FAULTS[feedback.fault] if feedback.fault else "no reason given"
    comment = escape_line(cut(in_one_line(feedback.comment), _LONGEST_WORDS))
    said = f": “{comment}”" if comment else ""
    line = f"{_say_words(words)}\n{mention(feedback.person)}: {fault}{said}, {moment(feedback.at)}"
    return {**section(line), "accessory": button("Open answer", SHOW_ANSWER, feedback.answer)}


def _say_words(words: str) -> str:
    return f"*{escape_line(cut(in_one_line(words), _LONGEST_WORDS)) or '(no words)'}*"


def list_admin(view: HomeView) -> Iterator[Block]:
    """Yield what an administrator may do, and what was done of late."""
    yield header("Administration")
    ask = confirm(
        "Re-index all documents?",
        "New and changed files are read, and files that are gone leave the index. "
        "Questions are answered from the present index until it is done.",
        "Re-index",
    )
    yield actions([button("Re-index", REINDEX, "reindex", confirm=ask)])
    yield remark("To add a response, put its file into our conversation under *Messages*.")
    if view.acts:
        yield section("\n".join(["*Done of late*", *map(_say_act, view.acts[:_MOST_ACTS])]))


def _say_act(act: Act) -> str:
    parts = [escape_line(cut(in_one_line(one), _LONGEST_PART)) for one in (act.did, act.about, act.result)]
    return f"{moment(act.at)}, {mention(act.person)}: {', '.join(one for one in parts if one)}"
