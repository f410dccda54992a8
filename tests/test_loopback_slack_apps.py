"""A real Bolt app gets on with the loopback Slack, over sockets and over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from slack_bolt.adapter.starlette import SlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loopback_slack import LoopbackSlack, View
from loopback_slack.sample_app import make_app, make_client, running_app


@pytest.fixture
def slack() -> Iterator[LoopbackSlack]:
    with LoopbackSlack() as slack:
        yield slack


@pytest.fixture
def app(slack: LoopbackSlack) -> Iterator[None]:
    with running_app(slack):
        yield


@pytest.fixture
def address(slack: LoopbackSlack) -> Iterator[str]:
    handler = SlackRequestHandler(make_app(make_client(slack.api_url, slack.bot_token), slack.signing_secret))

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route("/slack/events", take, methods=["POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_config=None, ws="none"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        slack.send_to(url := f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events")
        yield url
        server.should_exit = True
        thread.join()


def converse(slack: LoopbackSlack) -> View:
    """Ask, press, submit in vain: return the modal."""
    question = slack.say("asker", "general", f"{slack.mention} what?")
    answer = slack.wait_for_replies(question)[0]
    assert answer.thread_ts == question.ts
    slack.press("asker", answer, "why")
    modal = slack.wait_for(lambda: slack.modal("asker"))
    slack.submit(modal, {"words": "no"})
    slack.wait_for(lambda: modal.errors == {"why": "Say more"})
    return modal


@pytest.mark.usefixtures("app")
def test_an_app_talks_over_a_socket(slack: LoopbackSlack) -> None:
    modal = converse(slack)
    slack.submit(modal, {"why": "because"})
    slack.wait_for(lambda: modal.closed)
    assert slack.modal("asker") is None


@pytest.mark.usefixtures("address")
def test_an_app_talks_over_http(slack: LoopbackSlack) -> None:
    modal = converse(slack)
    slack.submit(modal, {"why": "because"})
    slack.wait_for(lambda: modal.closed)


@pytest.mark.usefixtures("app")
def test_a_mention_arrives_as_two_events(slack: LoopbackSlack) -> None:
    question = slack.say("asker", "general", f"{slack.mention} what?")
    slack.wait_until_delivered()
    (mention,) = slack.deliveries_of("app_mention")
    message = slack.deliveries_of("message")[0]
    assert mention.event_id != message.event_id
    assert mention.payload["event"]["ts"] == message.payload["event"]["ts"] == question.ts


@pytest.mark.usefixtures("app")
def test_a_direct_message_has_no_thread(slack: LoopbackSlack) -> None:
    question = slack.say("reader", slack.dm("reader"), "what?")
    assert slack.wait_for_replies(question)
    event = slack.deliveries_of("message")[0].payload["event"]
    assert event["channel_type"] == "im"
    assert "thread_ts" not in event


@pytest.mark.usefixtures("app")
def test_a_command_is_answered_through_its_response_url(slack: LoopbackSlack) -> None:
    slack.command("asker", "random", "/sample", "hello")
    assert slack.wait_for(lambda: slack.ephemerals("asker"))[0].text == "You said hello"


@pytest.mark.usefixtures("app")
def test_a_home_tab_is_shown_to_who_opened_it(slack: LoopbackSlack) -> None:
    slack.open_home("reader")
    assert slack.wait_for(lambda: slack.home("reader"))
    assert slack.home("asker") is None


@pytest.mark.usefixtures("app")
def test_a_button_that_is_not_there_cannot_be_pressed(slack: LoopbackSlack) -> None:
    answer = slack.wait_for_replies(slack.say("asker", "general", slack.mention))[0]
    with pytest.raises(AssertionError, match="there are \\['why'\\]"):
        slack.press("asker", answer, "other")
    with pytest.raises(AssertionError, match="does not see"):
        slack.press("stranger", answer, "why")


def test_a_request_is_taken_only_with_the_right_signature(slack: LoopbackSlack, address: str) -> None:
    body = b'{"type": "event_callback", "event": {"type": "other"}}'
    assert slack.post_signed(address, body) == 200
    assert slack.post_badly_signed(address, body) == 401
    assert slack.post_unsigned(address, body) == 401
    assert slack.post_stale(address, body) == 401


def test_a_killed_app_gets_its_event_again_once_it_is_back(slack: LoopbackSlack) -> None:
    with slack.hold("chat.postMessage") as gate:
        first = start_process(slack)
        slack.wait_for_connections(1, 30)
        slack.say("asker", "general", f"{slack.mention} what?")
        assert gate.arrived.wait(10)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        slack.wait_for(lambda: slack.connections == 0)
        question = slack.say("asker", "general", f"{slack.mention} and this?")
    second = start_process(slack)
    assert slack.wait_for_replies(question, seconds=30)
    second.kill()
    second.wait()


def start_process(slack: LoopbackSlack) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "loopback_slack.sample_app"]
    return subprocess.Popen(  # noqa: S603 # our own module
        [*command, slack.api_url, slack.bot_token, slack.app_token], cwd=Path(__file__).parent
    )
