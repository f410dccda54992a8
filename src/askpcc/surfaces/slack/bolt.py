"""The Bolt application, and the clients with which we speak to Slack."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from askpcc.errors import SlackError, UnknownAnswer
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack import notices
from askpcc.surfaces.slack.answers.messages import Message
from askpcc.surfaces.slack.listeners import everything_else
from askpcc.surfaces.slack.posting import Postbox, Spot, only_for
from askpcc.surfaces.slack.refusals import told
from askpcc.surfaces.slack.requests import Press, read_press

if TYPE_CHECKING:
    from slack_bolt import App, BoltResponse
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
    """Logs what failed in a listener and tells whoever pressed or typed, with a reference.

    An event that could not be written down is not acknowledged, so that Slack sends it again; a form that
    could not be is not either, so that Slack keeps it open with what was typed.
    """

    def __init__(self, postbox: Postbox, new_id: Callable[[], str]) -> None:
        self._postbox = postbox
        self._new_id = new_id

    def tell(self, error: Exception, body: Mapping[str, Any]) -> "BoltResponse | None":
        """Tell it; return what acknowledges an act whose failure was told, None for anything else."""
        from slack_bolt import BoltResponse

        reference = self._new_id()
        _LOG.failure("listener_failed", error, reference=reference)
        words = notices.GONE if isinstance(error, UnknownAnswer) else notices.failed(reference)
        if "command" in body:
            return BoltResponse(status=200, body={"text": words, "response_type": "ephemeral"})
        press = read_press(body)
        if not press.user:
            return None
        self._say(press, words, reference)
        return None if body.get("type") == "view_submission" else BoltResponse(status=200)

    def _say(self, press: Press, words: str, reference: str) -> None:
        """Say it where the button stands; below one of Home, in the conversation with the person."""
        spot = only_for(press.user, press.channel, press.thread) if press.channel else Spot(press.user)
        try:
            self._postbox.post(spot, Message(words, []))
        except SlackError as exc:
            _LOG.failure("failure_not_told", exc, reference=reference)
