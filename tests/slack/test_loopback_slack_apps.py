"""A real Bolt app gets on with the loopback Slack, over sockets and over HTTP."""

import socket
import threading
from collections.abc import Iterator

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
