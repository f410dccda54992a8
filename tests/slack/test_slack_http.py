"""Requests over HTTP: what Slack signed reaches a real Bolt app, in a real server."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from queue import Queue
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

import pytest

from askpcc.errors import SettingsError
from askpcc.server import HttpServer
from askpcc.slack.app import build_asgi
from loopback_slack.http_events import FORM, encode
from support.http_bot import WAIT, Bot, serving_bot


@pytest.fixture(scope="module")
def bot() -> Iterator[Bot]:
    with serving_bot() as bot:
        yield bot


def test_a_message_reaches_its_listener(bot: Bot) -> None:
    bot.slack.say("asker", bot.slack.dm("asker"), "What has Borsetshire Police accepted?")
    assert bot.heard.get(timeout=WAIT) == ("message", "What has Borsetshire Police accepted?")


COMMAND = {
    "command": "/askpcc",
    "text": "status",
    "user_id": "U0ASKER",
    "team_id": "T0LOOPBACK",
    "channel_id": "C0GENERAL",
}


def test_a_command_is_answered_at_once(bot: Bot) -> None:
    for text in ["status", "", "what of the payload of drones?", "{} & = % +"]:
        assert bot.post("slash_commands", COMMAND | {"text": text}) == (200, "Taken.")
        assert bot.heard.get(timeout=WAIT) == ("command", text)


def test_a_button_is_answered_at_once(bot: Bot) -> None:
    pressed = {
        "type": "block_actions",
        "user": {"id": "U0ASKER", "team_id": "T0LOOPBACK"},
        "team": {"id": "T0LOOPBACK"},
        "actions": [{"type": "button", "action_id": "pressed", "block_id": "b", "value": "7"}],
    }
    assert bot.post("interactive", pressed)[0] == 200
    assert bot.heard.get(timeout=WAIT) == ("action", "7")


def test_slack_can_verify_the_address(bot: Bot) -> None:
    status, text = bot.post("events_api", {"type": "url_verification", "challenge": "c-1"})
    assert (status, json.loads(text)) == (200, {"challenge": "c-1"})


def test_a_retry_reaches_the_listener_too_since_the_first_try_may_have_been_lost(bot: Bot) -> None:
    bot.slack.say("asker", bot.slack.dm("asker"), "once", redeliver=True)
    assert [bot.heard.get(timeout=WAIT) for _ in range(2)] == [("message", "once")] * 2


def test_a_failing_listener_makes_slack_send_it_again(bot: Bot) -> None:
    bot.failing = True
    try:
        assert bot.post("slash_commands", COMMAND) == (503, "try_again")
    finally:
        bot.failing = False


def test_another_method_is_405(bot: Bot) -> None:
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]:
        assert bot.send(b"", {}, method)[0] == 405


def test_another_path_is_404(bot: Bot) -> None:
    for path in ["/", "/slack", "/slack/events/", "/slack/install", "/healthz", "/metrics"]:
        assert bot.send(b"", {}, path=path)[0] == 404


def test_serving_ends_when_it_is_told_to_and_answers_what_had_begun(bot: Bot) -> None:
    begun, go_on = Event(), Event()
    app = bot.app()

    @app.command("/slow")
    def slow(ack: Any) -> None:  # noqa: ANN401 - Bolt's own
        begun.set()
        go_on.wait(WAIT)
        ack("Done.")

    answers: Queue[tuple[int, str]] = Queue()
    with ExitStack() as served:
        asgi = build_asgi(app, bot.slack.signing_secret)
        other = Bot(bot.slack, served.enter_context(HttpServer(asgi, "127.0.0.1", 0)).port)
        asking = Thread(
            target=lambda: answers.put(other.post("slash_commands", COMMAND | {"command": "/slow"}))
        )
        asking.start()
        assert begun.wait(WAIT)
        ending = Thread(target=served.close)
        ending.start()
        go_on.set()
        assert answers.get(timeout=WAIT) == (200, "Done.")
        ending.join(WAIT)
        asking.join(WAIT)
        assert not ending.is_alive()
    with pytest.raises(ConnectionRefusedError):
        other.post("slash_commands", COMMAND)


def test_a_port_that_is_taken_is_told(bot: Bot) -> None:
    with (
        pytest.raises(SettingsError, match=rf"Port {bot.port} of 127\.0\.0\.1 cannot be had"),
        HttpServer(build_asgi(bot.app(), "secret"), "127.0.0.1", bot.port),
    ):
        raise AssertionError


def test_a_form_is_encoded_as_slack_does() -> None:
    assert encode("slash_commands", COMMAND) == (urlencode(COMMAND).encode(), FORM)
