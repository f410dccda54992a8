"""What goes wrong at Slack goes wrong here: retries, doubles, dropped sockets, limits, streams that die."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from loopback_slack import HANG, LoopbackSlack, RetryRule, Rules
from loopback_slack.sample_app import make_client

QUICK = RetryRule(ack_seconds=0.3, delays=(0.0, 0.0, 0.0))


@contextmanager
def listening(slack: LoopbackSlack, hear: Callable[[SocketModeRequest], bool]) -> Iterator[SocketModeClient]:
    """Open a socket without Bolt; it acknowledges what `hear` returns true for."""
    client = SocketModeClient(slack.app_token, web_client=make_client(slack.api_url, slack.bot_token))

    def take(socket: Any, request: SocketModeRequest) -> None:  # noqa: ANN401 # any client of the SDK
        if hear(request):
            socket.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    client.socket_mode_request_listeners.append(take)
    before = slack.connections
    client.connect()
    slack.wait_for_connections(before + 1)
    try:
        yield client
    finally:
        client.auto_reconnect_enabled = False
        slack.drop_sockets()  # so that closing need not wait until reading times out
        client.close()


def test_an_event_without_ack_comes_four_times() -> None:
    heard: list[SocketModeRequest] = []
    with (
        LoopbackSlack(ack=QUICK) as slack,
        listening(slack, lambda request: _keep(heard, request, ack=False)),
    ):
        slack.say("asker", "general", "hello")
        slack.wait_until_delivered()
    assert [request.retry_attempt for request in heard] == [0, 1, 2, 3]
    assert [request.retry_reason for request in heard] == ["", "timeout", "timeout", "timeout"]
    assert len({request.payload["event_id"] for request in heard}) == 1
    assert len({request.envelope_id for request in heard}) == 4


def test_an_event_goes_to_another_socket_when_its_own_is_cut() -> None:
    came = threading.Event()
    with LoopbackSlack() as slack:

        def keep_silent(_: SocketModeRequest) -> bool:
            came.set()
            return False

        with listening(slack, keep_silent) as first:
            slack.say("asker", "general", "hello")
            assert came.wait(HANG)
            first.auto_reconnect_enabled = False
            with listening(slack, lambda _: True):
                slack.drop_sockets(count=1)
                slack.wait_until_delivered()
        attempts = slack.deliveries[0].attempts
    assert [attempt.connection for attempt in attempts] == [1, 2]
    assert attempts[1].acked


def test_a_button_without_ack_is_no_second_time_pressed_but_noted() -> None:
    with LoopbackSlack(ack=QUICK) as slack, listening(slack, lambda _: False):
        delivery = slack.shortcut("asker", "nobody-listens")
        slack.wait_for(lambda: delivery.ended)
        assert len(delivery.attempts) == 1
        assert [each.kind for each in slack.take_violations()] == ["unacknowledged"]


def test_a_rate_limit_is_waited_for() -> None:
    with LoopbackSlack() as slack:
        client = make_client(slack.api_url, slack.bot_token)
        client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
        slack.fail("chat.postMessage", "ratelimited", retry_after=1)
        assert client.chat_postMessage(channel="C0GENERAL", text="hello")["ok"]
        assert [call.status for call in slack.calls("chat.postMessage")] == [429, 200]


def test_real_rates_let_twenty_streams_start_a_minute() -> None:
    with LoopbackSlack(rules=Rules(real_rates=True, echo=False)) as slack:
        client, root = make_client(slack.api_url, slack.bot_token), slack.say("asker", "general", "hello")
        for _ in range(20):
            start_stream(client, root.ts)
        with pytest.raises(SlackApiError, match="ratelimited"):
            start_stream(client, root.ts)


def test_a_lost_reply_is_a_message_all_the_same() -> None:
    with LoopbackSlack() as slack:
        slack.lose_reply("chat.postMessage")
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        with pytest.raises(OSError):  # noqa: PT011 # the wording is the operating system's
            client.chat_postMessage(channel="C0GENERAL", text="hello")
        assert [message.text for message in slack.messages("general")] == ["hello"]


@pytest.mark.parametrize("expire", [LoopbackSlack.expire_streams, None])
def test_a_dead_stream_takes_nothing_but_an_update(expire: Callable[[LoopbackSlack], None] | None) -> None:
    rules = Rules(stream_seconds=300 if expire else 0.0)
    with LoopbackSlack(rules=rules) as slack:
        client, root = make_client(slack.api_url, slack.bot_token), slack.say("asker", "general", "hello")
        ts = start_stream(client, root.ts)
        if expire:
            expire(slack)
        for call in (client.chat_appendStream, client.chat_stopStream):
            with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
                call(channel="C0GENERAL", ts=ts, markdown_text="more")
        assert client.chat_update(channel="C0GENERAL", ts=ts, markdown_text="whole")["ok"]
        assert slack.replies_by_bot(root)[0].text == "whole"


def _keep(heard: list[SocketModeRequest], request: SocketModeRequest, *, ack: bool) -> bool:
    heard.append(request)
    return ack


def start_stream(client: WebClient, root: str) -> str:
    answer = client.chat_startStream(
        channel="C0GENERAL",
        thread_ts=root,
        recipient_team_id="T0LOOPBACK",
        recipient_user_id="U0ASKER",
        markdown_text="begun",
    )
    return str(answer["ts"])
