"""What Home offers to reviewers and administrators besides."""

from collections.abc import Iterator

from askpcc.model import Act, HelpRequest
from askpcc.surfaces.slack.action_ids import REINDEX, RESOLVE, SHOW_ANSWER
from askpcc.surfaces.slack.answers.blocks import section
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.controls import actions, button, confirm, count, header, mention, moment, remark
from askpcc.surfaces.slack.home_view import HomeView
from askpcc.surfaces.slack.review_views import Case, build_case, offer_verdict, say_why
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line

_MOST_REQUESTS = 8
_MOST_CASES = 8
_MOST_ACTS = 8
_LONGEST_WORDS = 300
_LONGEST_PART = 150


def list_queue(view: HomeView) -> Iterator[Block]:
    """Yield what waits for a reviewer."""
    yield header("Waiting for a reviewer")
    if not view.requests and not view.cases:
        yield section("Nothing waits for you.")
    waiting = {case.recorded.id: case for case in view.cases}
    for request, words in view.requests[:_MOST_REQUESTS]:
        yield from _show_request(request, words, waiting.get(request.answer))
    asked = {request.answer for request, _ in view.requests[:_MOST_REQUESTS]}
    others = [case for case in view.cases if case.recorded.id not in asked]
    for case in others[:_MOST_CASES]:
        yield from build_case(case).blocks
    left = max(0, len(view.requests) - _MOST_REQUESTS) + max(0, len(others) - _MOST_CASES)
    if left:
        yield remark(f"and {count(left, 'further one', 'further ones')}")


def _show_request(request: HelpRequest, words: str, case: Case | None) -> Iterator[Block]:
    asked = f"{mention(request.person)} asked for a person, {moment(request.at)}"
    why = say_why(case) if case else ""
    yield section("\n".join(part for part in (_say_words(words), asked, why) if part))
    yield actions(
        [
            button("Mark resolved", RESOLVE, request.id, style="primary"),
            offer_verdict(request.answer),
            button("Open answer", SHOW_ANSWER, request.answer),
        ]
    )


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
