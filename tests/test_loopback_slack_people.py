"""What people do at the loopback Slack reaches the app as Slack would send it."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

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


@pytest.mark.parametrize(
    ("channel", "kind"),
    [("general", "channel"), ("private", "group"), ("group", "mpim"), ("shared", "channel")],
)
def test_a_message_says_what_channel_it_stands_in(slack: LoopbackSlack, channel: str, kind: str) -> None:
    slack.say("asker", channel, "hello")
    assert last_event(slack)["channel_type"] == kind


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


def test_a_shared_channel_is_marked_and_its_stranger_too(slack: LoopbackSlack, client: WebClient) -> None:
    slack.say("stranger", "shared", "hello")
    assert slack.deliveries[-1].payload["is_ext_shared_channel"]
    assert last_event(slack)["user_team"] == "T0ELSEWHERE"
    assert client.users_info(user="U0STRANGER")["user"]["is_stranger"]


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("guest", "is_restricted"),
        ("visitor", "is_ultra_restricted"),
        ("leaver", "deleted"),
        ("admin", "is_admin"),
    ],
)
def test_each_sort_of_user_is_known(client: WebClient, name: str, flag: str) -> None:
    assert client.users_info(user=f"U0{name.upper()}")["user"][flag]


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


def test_a_deletion_tells_what_is_gone(slack: LoopbackSlack) -> None:
    message = slack.say("asker", "general", "one")
    slack.delete(message)
    assert (last_event(slack)["subtype"], last_event(slack)["deleted_ts"]) == ("message_deleted", message.ts)
    assert slack.messages("general") == []


def test_a_file_comes_as_message_and_event(slack: LoopbackSlack) -> None:
    slack.share_file("asker", "general", "plan.pdf", b"%PDF-", "read this")
    message, shared = (each.payload["event"] for each in slack.deliveries)
    assert (message["subtype"], message["files"][0]["name"]) == ("file_share", "plan.pdf")
    assert shared["file_id"] == message["files"][0]["id"]


def test_events_not_subscribed_to_do_not_come() -> None:
    with LoopbackSlack(rules=Rules(subscriptions=frozenset({"app_mention"}))) as slack:
        slack.say("asker", "general", f"{slack.mention} hello")
        assert [each.event_type for each in slack.deliveries] == ["app_mention"]


def test_the_app_hears_of_its_own_messages() -> None:
    with LoopbackSlack() as slack:
        make_client(slack.api_url, slack.bot_token).chat_postMessage(channel="C0GENERAL", text="hello")
        assert last_event(slack)["bot_id"] == "B0ASKPCC"


def test_an_opened_home_tells_its_tab(slack: LoopbackSlack) -> None:
    slack.open_home("asker", "messages")
    event = last_event(slack)
    assert (event["tab"], event["channel"]) == ("messages", slack.dm("asker"))


def test_a_vote_carries_its_value(slack: LoopbackSlack, client: WebClient) -> None:
    message = posted(slack, client, FEEDBACK)
    (action,) = slack.press("asker", message, "vote", value="bad").payload["actions"]
    assert (action["type"], action["value"]) == ("feedback_buttons", "bad")
    with pytest.raises(AssertionError, match="no value"):
        slack.press("asker", message, "vote", value="middling")


def test_a_choice_carries_its_option(slack: LoopbackSlack, client: WebClient) -> None:
    message = posted(slack, client, MENU)
    (action,) = slack.choose("asker", message, "why", "old").payload["actions"]
    assert action["selected_option"]["text"]["text"] == "Old"
    with pytest.raises(AssertionError, match="no option"):
        slack.choose("asker", message, "why", "new")


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


def test_modals_stack_three_deep(slack: LoopbackSlack, client: WebClient) -> None:
    client.views_open(trigger_id=slack.make_trigger("U0ASKER"), view=REASON)
    for _ in range(2):
        client.views_push(trigger_id=slack.make_trigger("U0ASKER"), view=REASON)
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=slack.make_trigger("U0ASKER"), view=REASON)


def test_a_message_shortcut_carries_the_message(slack: LoopbackSlack) -> None:
    message = slack.say("reader", "general", "what of this?")
    payload = slack.shortcut("asker", "ask_about", message).payload
    assert (payload["type"], payload["message"]["text"]) == ("message_action", "what of this?")


def test_a_status_is_cleared_by_the_next_message(slack: LoopbackSlack, client: WebClient) -> None:
    question = slack.say("asker", "general", "hello")
    client.assistant_threads_setStatus(channel_id="C0GENERAL", thread_ts=question.ts, status="Reading")
    assert slack.shown_status(question) == "Reading"
    client.chat_postMessage(channel="C0GENERAL", thread_ts=question.ts, text="Answer")
    assert slack.shown_status(question) == ""
    assert slack.thread_statuses(question) == ["Reading"]
