"""The Bolt app, its client, and the requests that Slack sends over HTTP."""

import asyncio
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from askpcc.errors import SlackError, UnknownAnswer
from askpcc.rendering.logs import EventLog
from askpcc.slack import notices
from askpcc.slack.blocks import Message
from askpcc.slack.client import (
    SlackMessenger,
    Target,
    only_for,
    told,
)
from askpcc.slack.payloads import (
    PATH,
    Press,
    read_press,
    read_request,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slack_bolt import Ack, App, BoltResponse
    from slack_sdk import WebClient


_RECONNECTS = 2
_POSTS = ("/chat.postMessage", "/chat.postEphemeral", "/chat.startStream", "/chat.appendStream")
"""What would stand there twice if it was done and the connection broke before Slack could say so."""


class ReconnectingHandler(ConnectionErrorRetryHandler):
    """Makes calls again, but none that posts: a worker looks first whether it was posted."""

    def __init__(self) -> None:
        super().__init__(max_retry_count=_RECONNECTS)

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        posts = (request.url or "").partition("?")[0].endswith(_POSTS)
        return not posts and super()._can_retry(state=state, request=request, response=response, error=error)


_ANY = re.compile(".*", re.DOTALL)


def register(app: "App") -> None:
    """Listen, after all others."""
    app.event(_ANY)(_leave)
    app.action(_ANY)(_acknowledge)
    app.view(_ANY)(_acknowledge)
    app.view_closed(_ANY)(_acknowledge)
    app.options(_ANY)(_offer_nothing)
    app.shortcut(_ANY)(_acknowledge)
    app.command(_ANY)(_tell_unknown)


def _leave() -> None:
    """Do nothing; Bolt has acknowledged it."""


def _acknowledge(ack: "Ack") -> None:
    ack()


def _offer_nothing(ack: "Ack") -> None:
    ack(options=[])


def _tell_unknown(ack: "Ack") -> None:
    ack(text=notices.GREETING, response_type="ephemeral")


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
    register(app)
    app.error(_Failures(SlackMessenger(client, lambda _: None), new_id).tell)
    return app


class _Failures:
    """Logs what failed in a listener and tells whoever pressed or typed, with a reference.

    An event that could not be written down is not acknowledged, so that Slack sends it again; a form that
    could not be is not either, so that Slack keeps it open with what was typed.
    """

    def __init__(self, postbox: SlackMessenger, new_id: Callable[[], str]) -> None:
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
        spot = only_for(press.user, press.channel, press.thread) if press.channel else Target(press.user)
        try:
            self._postbox.post(spot, Message(words, []))
        except SlackError as exc:
            _LOG.failure("failure_not_told", exc, reference=reference)


LARGEST_BODY = 1_000_000
"""Bytes; a message is at most 40,000 characters, and Slack sends few things twice over."""

SECONDS_FOR_A_BODY = 10.0
_OLDEST = 300
"""Seconds; docs.slack.dev/authentication/verifying-requests-from-slack."""

_TIME = "x-slack-request-timestamp"
_SIGNATURE = "x-slack-signature"
_PASSED_ON = ("x-slack-retry-num", "x-slack-retry-reason")
"""The signature covers the body only, and Bolt obeys some headers of its own."""

_BROKEN = 500
_HTTP_LOG = EventLog("slack.http")


def build_asgi(
    bolt_app: "App", signing_secret: str, now: Callable[[], float], patience: float = SECONDS_FOR_A_BODY
) -> Starlette:
    """Build what serves Slack's requests of all kinds at /slack/events.

    now: seconds since 1970.  patience: seconds that a body may take.  Answers 401 to what is not signed or
    not of the last five minutes, before anything of it is parsed; 400 to what has no shape of Slack's; 413
    to what is too large, 408 to what is too slow; 503, so that Slack sends it again, where a listener fails
    before it has answered.
    """
    guard = _Guard(bolt_app, signing_secret.encode(), now, patience)
    app = Starlette(routes=[Route(PATH, guard.receive, methods=["POST"])])
    app.router.redirect_slashes = False
    return app


class _Guard:
    def __init__(self, bolt_app: "App", secret: bytes, now: Callable[[], float], patience: float) -> None:
        self._bolt_app = bolt_app
        self._secret = secret
        self._now = now
        self._patience = patience

    async def receive(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(self._patience):
                body = await _read_body(request)
        except (TimeoutError, ClientDisconnect):
            return _refuse(408, "incomplete")
        if body is None:
            return _refuse(413, "too_large")
        if not self._is_signed(request, body):
            return _refuse(401, "not_signed")
        found = read_request(body, request.headers.get("content-type", ""))
        if found is None:
            return _refuse(400, "not_understood")
        return await run_in_threadpool(self._pass_on, request, found)

    def _is_signed(self, request: Request, body: bytes) -> bool:
        """Tell whether Slack signed a body within the last minutes."""
        written = request.headers.get(_TIME, "")
        if not re.fullmatch("[0-9]{1,12}", written) or abs(self._now() - int(written)) > _OLDEST:
            return False
        signed = hmac.new(self._secret, b"v0:" + written.encode() + b":" + body, sha256).hexdigest()
        return hmac.compare_digest(f"v0={signed}".encode(), request.headers.get(_SIGNATURE, "").encode())

    def _pass_on(self, request: Request, found: "Mapping[str, Any]") -> Response:
        """Let Bolt answer what was read.

        Read by Bolt, a command that has the word "payload" in its text is lost, so that it gets what was read
        here, in the way of Socket Mode, in which it looks for no signature.
        """
        from slack_bolt import BoltRequest
        from slack_bolt.adapter.starlette.handler import to_starlette_response

        headers: dict[str, str | Sequence[str]] = {
            name: request.headers[name] for name in _PASSED_ON if name in request.headers
        }
        try:
            bolt_request = BoltRequest(body=dict(found), headers=headers, mode="socket_mode")
        except Exception as exc:  # noqa: BLE001 - Bolt reads the shapes here, and fails in ways of any kind
            _HTTP_LOG.failure("request_not_read", exc, status=400)
            return PlainTextResponse("not_understood", 400)
        return _mend(self._bolt_app.dispatch(bolt_request), to_starlette_response)


def _mend(answer: "BoltResponse", convert: "Callable[[BoltResponse], Response]") -> Response:
    """Return Bolt's answer; where a listener failed, Slack is asked to send it again."""
    return _refuse(503, "try_again") if answer.status >= _BROKEN else convert(answer)


async def _read_body(request: Request) -> bytes | None:
    """Return the body, or None for one that is too large, of which no more is read."""
    declared = request.headers.get("content-length", "0")
    if not re.fullmatch("[0-9]{1,12}", declared) or int(declared) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _refuse(status: int, reason: str) -> Response:
    _HTTP_LOG.warning("request_refused", status=status, reason=reason)
    return PlainTextResponse(reason, status)
