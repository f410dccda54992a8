"""The loopback Slack refuses what Slack refuses, and notes what a bot should not do."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from loopback_slack import BOT_SCOPES, LoopbackSlack, Rules, RulesBroken
from loopback_slack.sample_app import MODAL

Act = Callable[[WebClient], object]
GENERAL = "C0GENERAL"


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        yield slack


@pytest.fixture
def client(slack: LoopbackSlack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url)


def post(client: WebClient, **more: Any) -> Any:  # noqa: ANN401 # whatever the SDK takes and gives
    return client.chat_postMessage(**{"channel": GENERAL, "text": "hello", **more})


REFUSED: list[tuple[str, Act]] = [
    ("unknown_method", lambda client: client.api_call("chat.shout")),
    ("invalid_arguments", lambda client: post(client, colour="red")),
    ("invalid_arguments", lambda client: client.api_call("chat.postMessage", json={"text": "hello"})),
    ("no_text", lambda client: client.api_call("chat.postMessage", json={"channel": GENERAL})),
    ("channel_not_found", lambda client: post(client, channel="C0NOWHERE")),
    ("channel_not_found", lambda client: post(client, channel="C0SECRET")),
    ("not_in_channel", lambda client: post(client, channel="C0RANDOM")),
    ("not_in_channel", lambda client: client.conversations_history(channel="C0RANDOM")),
    ("thread_not_found", lambda client: client.conversations_replies(channel=GENERAL, ts="1.000001")),
    ("message_not_found", lambda client: client.chat_update(channel=GENERAL, ts="1.000001", text="a")),
    ("msg_too_long", lambda client: post(client, text="x" * 40_001)),
    ("msg_too_long", lambda client: post(client, text=None, markdown_text="x" * 12_001)),
    ("markdown_text_conflict", lambda client: post(client, markdown_text="a")),
    ("invalid_blocks", lambda client: post(client, blocks=[{"type": "nope"}])),
    ("invalid_blocks", lambda client: post(client, blocks=[{"type": "divider"}] * 51)),
    (
        "msg_blocks_too_long",
        lambda client: post(
            client, blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 5
        ),
    ),
    ("missing_scope", lambda client: post(client, username="Somebody")),
    ("user_not_found", lambda client: client.users_info(user="U0NOBODY")),
    (
        "user_not_in_channel",
        lambda client: client.chat_postEphemeral(channel=GENERAL, user="U0STRANGER", text="a"),
    ),
    ("invalid_trigger_id", lambda client: client.views_open(trigger_id="1", view=MODAL)),
    ("invalid_arguments", lambda client: client.views_publish(user_id="U0ASKER", view=MODAL)),
    (
        "missing_recipient_team_id",
        lambda client: client.chat_startStream(channel=GENERAL, thread_ts="1.000001", markdown_text="a"),
    ),
    ("invalid_metadata_format", lambda client: post(client, metadata={"event_type": "a"})),
]


def test_it_refuses(slack: LoopbackSlack, client: WebClient) -> None:
    for error, act in REFUSED:
        with pytest.raises(SlackApiError) as refused:
            act(client)
        assert refused.value.response["error"] == error
        slack.take_violations()


NOTED: list[tuple[str, Act]] = [
    ("mention", lambda client: post(client, text="<!channel> look")),
    ("mention", lambda client: post(client, text="<!here|here> look")),
    ("mention", lambda client: post(client, text="<!subteam^S0REVIEWERS> look")),
    ("mention", lambda client: post(client, text="<@U0ASKER> look")),
    (
        "mention",
        lambda client: post(client, text="look", blocks=[{"type": "markdown", "text": "<!everyone>"}]),
    ),
    ("spoofed_link", lambda client: post(client, text="<https://a.example|b|c>", unfurl_links=False)),
    ("unfurl", lambda client: post(client, text="https://a.example")),
    (
        "no_fallback",
        lambda client: client.api_call(
            "chat.postMessage", json={"channel": GENERAL, "blocks": [{"type": "divider"}]}
        ),
    ),
    ("invalid_arguments", lambda client: post(client, colour="red")),
    ("invalid_blocks", lambda client: post(client, blocks=[{"type": "nope"}])),
    ("unknown_method", lambda client: client.api_call("chat.shout")),
    (
        "silent_failure",
        lambda client: client.assistant_threads_setSuggestedPrompts(
            channel_id=client.conversations_open(users="U0ASKER")["channel"]["id"],
            thread_ts="1.000001",
            prompts=[{"title": "a", "message": "b"}],
        ),
    ),
]


def test_it_raises_at_the_end_what_it_noted() -> None:
    for kind, act in NOTED:
        with pytest.raises(RulesBroken, match=kind), LoopbackSlack() as slack:
            act_anyway(act, WebClient(slack.bot_token, base_url=slack.api_url))


def act_anyway(act: Act, client: WebClient) -> None:
    """Act, be it refused or not."""
    with suppress(SlackApiError):
        act(client)


def test_a_missing_scope_is_named() -> None:
    acts: dict[str, Act] = {
        "chat:write": post,
        "users:read": lambda client: client.users_info(user="U0ASKER"),
        "channels:history": lambda client: client.conversations_history(channel=GENERAL),
    }
    for scope, act in acts.items():
        with LoopbackSlack(rules=Rules(scopes=BOT_SCOPES - {scope})) as slack:
            with pytest.raises(SlackApiError) as refused:
                act(WebClient(slack.bot_token, base_url=slack.api_url))
            assert refused.value.response["error"] == "missing_scope"
            assert refused.value.response["needed"] == scope


def test_another_token_opens_nothing(slack: LoopbackSlack) -> None:
    for token in ["xoxb-other", "xapp-loopback-app"]:
        with pytest.raises(SlackApiError, match="invalid_auth"):
            WebClient(token, base_url=slack.api_url).auth_test()


def test_a_reply_below_a_deleted_question_lands_in_the_channel(
    slack: LoopbackSlack, client: WebClient
) -> None:
    question = slack.say("asker", "general", "hello")
    slack.delete(question)
    assert "thread_ts" not in post(client, thread_ts=question.ts)["message"]


def test_a_trigger_lives_three_seconds_and_opens_once(slack: LoopbackSlack, client: WebClient) -> None:
    client.views_open(trigger_id=slack.make_trigger("U0ASKER"), view=MODAL)
    old = slack.make_trigger("U0ASKER")
    slack.expire_triggers()
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=old, view=MODAL)


def test_a_response_url_takes_five_answers(slack: LoopbackSlack) -> None:
    payload = slack.command("asker", "random", "/askpcc", "").payload
    webhook = WebhookClient(payload["response_url"])
    answers = [webhook.send(text="hello").status_code for _ in range(6)]
    assert answers == [200] * 5 + [404]
    assert len(slack.ephemerals("asker")) == 5


def test_a_file_is_fetched_with_the_token_only(slack: LoopbackSlack, client: WebClient) -> None:
    message = slack.share_file("asker", "general", "plan.pdf", b"%PDF-", mimetype="application/pdf")
    info = client.files_info(file=message.files[0]["id"])["file"]
    assert info["mimetype"] == "application/pdf"
    fetched = [download(info["url_private"], token) for token in (slack.bot_token, "xoxb-other")]
    assert fetched[0] == b"%PDF-"
    assert b"Sign in" in fetched[1]


def download(url: str, token: str) -> bytes:
    from urllib.request import Request, urlopen

    with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"})) as response:  # noqa: S310 # loopback
        return bytes(response.read())
