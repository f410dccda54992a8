"""What people do at the loopback Slack reaches the app as Slack would send it."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from loopback_slack import LoopbackSlack, Message, Rules
from loopback_slack.sample_app import make_client

Json = dict[str, Any]
MENU: Json = {
    "type": "actions",
    "elements": [
        {
            "type": "static_select",
            "action_id": "why",
            "options": [
                {"text": {"type": "plain_text", "text": "Wrong"}, "value": "wrong"},
                {"text": {"type": "plain_text", "text": "Old"}, "value": "old"},
            ],
        }
    ],
}
FEEDBACK = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "vote",
            "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
            "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
        }
    ],
}
REASON = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "kind",
            "label": {"type": "plain_text", "text": "Kind"},
            "element": {**MENU["elements"][0], "type": "radio_buttons"},
        },
        {
            "type": "input",
            "block_id": "words",
            "optional": True,
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "typed", "max_length": 10},
        },
    ],
}


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack(rules=Rules(echo=False)) as slack:
        yield slack


@pytest.fixture
def client(slack: LoopbackSlack) -> WebClient:
    return make_client(slack.api_url, slack.bot_token)


def last_event(slack: LoopbackSlack) -> Json:
    return dict(slack.deliveries[-1].payload["event"])


def posted(slack: LoopbackSlack, client: WebClient, *blocks: Json) -> Message:
    client.chat_postMessage(channel="C0GENERAL", text="hello", blocks=list(blocks))
    return slack.messages("general")[-1]


def test_nothing_comes_from_where_the_bot_is_not(slack: LoopbackSlack) -> None:
    slack.say("asker", "random", f"{slack.mention} hello")
    assert slack.deliveries == []
    slack.invite("asker", "random")
    slack.say("asker", "random", f"{slack.mention} hello")
    assert [each.event_type for each in slack.deliveries] == [
        "member_joined_channel",
        "message",
        "app_mention",
    ]


def test_whoever_is_not_in_a_channel_cannot_speak_there(slack: LoopbackSlack) -> None:
    for name, channel in (("guest", "random"), ("leaver", "general"), ("stranger", "general")):
        with pytest.raises(AssertionError, match="is not in"):
            slack.say(name, channel, "hello")


def test_an_edit_tells_before_and_after(slack: LoopbackSlack) -> None:
    slack.edit(slack.say("asker", "general", "one"), "two")
    event = last_event(slack)
    assert (event["subtype"], event["channel_type"]) == ("message_changed", "channel")
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("one", "two")
    assert event["message"]["edited"]["user"] == "U0ASKER"


def test_an_ephemeral_is_pressed_without_its_message(slack: LoopbackSlack, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0GENERAL", user="U0ASKER", text="hello", blocks=[FEEDBACK])
    (message,) = slack.ephemerals("asker")
    payload = slack.press("asker", message, "vote", value="good").payload
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    with pytest.raises(AssertionError, match="does not see"):
        slack.press("reader", message, "vote", value="good")


def test_a_modal_is_filled_in_as_its_inputs_allow(slack: LoopbackSlack, client: WebClient) -> None:
    client.views_open(trigger_id=slack.make_trigger("U0ASKER"), view=REASON)
    modal = slack.modal("asker")
    assert modal
    for values, wrong in (({}, "has to be"), ({"kind": "new"}, "no option"), ({"other": "a"}, "no input")):
        with pytest.raises(AssertionError, match=wrong):
            slack.submit(modal, {"kind": "old", **values} if "other" in values else values)
    with pytest.raises(AssertionError, match="0 to 10"):
        slack.submit(modal, {"kind": "old", "words": "x" * 11})
    state = slack.submit(modal, {"kind": "old", "typed": "because"}).payload["view"]["state"]["values"]
    assert state["kind"]["why"]["selected_option"]["value"] == "old"
    assert state["words"]["typed"]["value"] == "because"
