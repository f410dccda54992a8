"""Somebody asks for a person: what reviewers and askers see."""

import json

from hypothesis import given, settings

from askpcc.slack.blocks import Message
from askpcc.slack.views.review_forms import (
    Escalation,
    build_request,
    build_resolved,
    format_resolved,
)
from loopback_slack.blocks import check_blocks, check_message
from support.slack_nouns import (
    AT,
    hostile_texts,
    live_parts,
    make_abstaining,
    make_inquiry,
    make_recorded,
    make_request,
)

THREAD = "https://workspace.slack.example/archives/C1/p1"
ESCALATION = Escalation(make_request("U123"), make_inquiry(), make_recorded(), THREAD)


def fine(message: Message) -> bool:
    return bool(message.text) and check_blocks(message.blocks) + check_message(message.blocks) == []


def buttons(message: Message) -> dict[str, str]:
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return {one["action_id"]: one["value"] for one in elements}


def test_reviewers_see_question_answer_passages_and_who_asks() -> None:
    message = build_request(ESCALATION)
    assert fine(message)
    for words in ("*Question*: is rec 4 done?", "<@U123>", "Complete, says the force", "“It is done.”"):
        assert words in message.text
    assert "https://a.example/0#" in json.dumps(message.blocks)


def test_reviewers_can_resolve_open_the_answer_and_the_thread() -> None:
    assert buttons(build_request(ESCALATION)) == {
        "askpcc_resolve": "h1",
        "askpcc_verdict": "a1",
        "askpcc_show_answer": "a1",
        "askpcc_open_thread": "thread",
    }


def test_an_answer_that_abstains_shows_the_nearest_words() -> None:
    message = build_request(Escalation(make_request(), make_inquiry(), make_abstaining()))
    assert fine(message)
    assert "The documents do not say." in message.text
    assert "“Near by.”" in message.text


def test_a_long_answer_is_shortened_into_one_message() -> None:
    message = build_request(
        Escalation(make_request(), make_inquiry("why " * 900), make_recorded("so " * 900, "it " * 900, 9))
    )
    assert fine(message)
    assert "under “Open answer”" in json.dumps(message.blocks, ensure_ascii=False)


def test_a_resolved_request_names_who_and_cannot_be_resolved_again() -> None:
    message = build_resolved(ESCALATION, "U456", AT)
    assert fine(message)
    assert message.text.startswith("Resolved\n")
    assert "Resolved by <@U456>" in json.dumps(message.blocks)
    assert list(buttons(message)) == ["askpcc_show_answer"]


def test_the_asker_is_told_who_resolved_it() -> None:
    assert format_resolved("U456") == "<@U456> has looked at your question and marked it as resolved."
    assert format_resolved("<!channel>").startswith("somebody has")


@settings(deadline=None, max_examples=30, derandomize=True)
@given(hostile_texts)
def test_hostile_words_stay_words_in_a_request(text: str) -> None:
    for recorded in (make_recorded(text, text, 5), make_abstaining(text, text)):
        escalation = Escalation(make_request(text), make_inquiry(text), recorded, text)
        for message in (build_request(escalation), build_resolved(escalation, text, AT)):
            assert fine(message)
            assert live_parts(message.blocks, message.text) == []
