"""The Bolt application, and the clients with which we speak to Slack."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from askpcc.errors import SlackError, UnknownAnswer
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.listeners import everything_else
from askpcc.surfaces.slack.posting import Postbox, only_for
from askpcc.surfaces.slack.refusals import told
from askpcc.surfaces.slack.requests import read_press

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient

_LOG = EventLog("slack")
_THREADS = 32
"""Listeners that run at once.  Answers are not among them, so that a button never waits behind one."""

_RETRIES = 3
_SECONDS = 30


class Listeners(Protocol):
    """Listens to some of what Slack sends."""

    def register(self, app: "App") -> None:
        """Listen."""


def build_client(token: str, api_url: str, *, patient: bool = True) -> "WebClient":
    """Build a client of the Web API.

    patient: it waits as long as Slack asks when a rate limit is reached, three times at most.
    """
    from slack_sdk import WebClient
    from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

    from askpcc.surfaces.slack.retrying import ReconnectingHandler

    limited = [RateLimitErrorRetryHandler(max_retry_count=_RETRIES)] if patient else []
    handlers = [ReconnectingHandler(), *limited]
    return WebClient(token=token, base_url=api_url, timeout=_SECONDS, retry_handlers=handlers)


def find_bot(client: "WebClient") -> tuple[str, str]:
    """Return the user id of the bot and the workspace it is installed in; raises SlackError."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        found = client.auth_test()
    except SlackApiError as exc:
        raise told(exc) from exc
    except (SlackClientError, OSError) as exc:
        raise SlackError("Slack cannot be reached. Check the network, or run: askpcc doctor") from exc
    return str(found["user_id"]), str(found["team_id"])


def build_bolt(client: "WebClient", listeners: Iterable[Listeners], new_id: Callable[[], str]) -> "App":
    """Build the application that hands what Slack sends to the listeners.

    Requests over HTTP are checked for their signature before they come here.
    """
    from slack_bolt import App

    app = App(
        client=client,
        listener_executor=ThreadPoolExecutor(_THREADS, thread_name_prefix="listener"),
        request_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )
    for one in listeners:
        one.register(app)
    everything_else.register(app)
    app.error(_Failures(Postbox(client, lambda _: None), new_id).tell)
    return app


class _Failures:
    """Logs what failed in a listener and tells whoever pressed or typed, with a reference."""

    def __init__(self, postbox: Postbox, new_id: Callable[[], str]) -> None:
        self._postbox = postbox
        self._new_id = new_id

    def tell(self, error: Exception, body: Mapping[str, Any]) -> None:
        reference = self._new_id()
        _LOG.failure("listener_failed", error, reference=reference)
        press = read_press(body)
        if not press.user or not press.channel:
            return
        words = notices.GONE if isinstance(error, UnknownAnswer) else notices.failed(reference)
        try:
            self._postbox.post(only_for(press.user, press.channel, press.thread), Message(words, []))
        except SlackError as exc:
            _LOG.failure("failure_not_told", exc, reference=reference)
