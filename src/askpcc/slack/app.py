"""The Bolt app, its client, and the requests that Slack sends over HTTP."""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from askpcc.errors import SlackError, UnknownAnswer, new_reference
from askpcc.rendering.logs import EventLog
from askpcc.slack import notices
from askpcc.slack.blocks import Message
from askpcc.slack.client import SlackMessenger, Target, only_for, to_slack_error
from askpcc.slack.payloads import PATH, Press, read_press, read_request

LARGEST_BODY = 1_000_000
"""Bytes; a message is at most 40,000 characters, and Slack sends few things twice over."""

SECONDS_FOR_A_BODY = 10.0

_RECONNECTS = 2
_POSTS = ("/chat.postMessage", "/chat.postEphemeral", "/chat.startStream", "/chat.appendStream")
"""What would stand there twice if it was done and the connection broke before Slack could say so."""

_RATE_LIMIT_RETRIES = 3
_SECONDS_FOR_A_CALL = 30
_THREADS = 32
"""Listeners that run at once.  Answers are not among them, so that a button never waits behind one."""

_ANY = re.compile(".*", re.DOTALL)
_TIME, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_PASSED_ON = ("x-slack-retry-num", "x-slack-retry-reason")
"""The signature covers the body only, and Bolt obeys some headers of its own."""

_BROKEN = 500
_LOG = EventLog("slack")
_HTTP_LOG = EventLog("slack.http")


class Listeners(Protocol):
    """Listens to some of what Slack sends."""

    def register(self, app: App) -> None:
        """Listen."""


def build_client(token: str, api_url: str, *, patient: bool = True) -> WebClient:
    """Build a client of the Web API.

    patient: it waits as long as Slack asks when a rate limit is reached, three times at most.
    """
    limited = [RateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES)] if patient else []
    handlers = [ReconnectingHandler(), *limited]
    return WebClient(token=token, base_url=api_url, timeout=_SECONDS_FOR_A_CALL, retry_handlers=handlers)


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


def find_bot(client: WebClient) -> tuple[str, str]:
    """Return the user id of the bot and the workspace it is installed in; raises SlackError."""
    try:
        found = client.auth_test()
    except SlackApiError as exc:
        raise to_slack_error(exc) from exc
    except (SlackClientError, OSError) as exc:
        raise SlackError("Slack cannot be reached. Check the network, or run: askpcc doctor") from exc
    return str(found["user_id"]), str(found["team_id"])


def build_bolt(client: WebClient, listeners: Iterable[Listeners]) -> App:
    """Build the application that hands what Slack sends to the listeners.

    Requests over HTTP are checked for their signature before they come here.
    """
    app = App(
        client=client,
        listener_executor=ThreadPoolExecutor(_THREADS, thread_name_prefix="listener"),
        request_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )
    for one in listeners:
        one.register(app)
    _register_fallback(app)
    app.error(_FailureHandler(SlackMessenger(client, lambda _: None)).handle)
    return app


def _register_fallback(app: App) -> None:
    """Acknowledge, after all other listeners, what none of them takes."""
    app.event(_ANY)(_ignore)
    app.action(_ANY)(_acknowledge)
    app.view(_ANY)(_acknowledge)
    app.view_closed(_ANY)(_acknowledge)
    app.options(_ANY)(_offer_nothing)
    app.shortcut(_ANY)(_acknowledge)
    app.command(_ANY)(_greet)


def _ignore() -> None:
    """Do nothing; Bolt has acknowledged it."""


def _acknowledge(ack: Ack) -> None:
    ack()


def _offer_nothing(ack: Ack) -> None:
    ack(options=[])


def _greet(ack: Ack) -> None:
    ack(text=notices.GREETING, response_type="ephemeral")


class _FailureHandler:
    """Logs what failed in a listener and tells whoever pressed or typed, with a reference.

    An event that could not be written down is not acknowledged, so that Slack sends it again; a form that
    could not be is not either, so that Slack keeps it open with what was typed.
    """

    def __init__(self, messenger: SlackMessenger) -> None:
        self._messenger = messenger

    def handle(self, error: Exception, body: Mapping[str, Any]) -> BoltResponse | None:
        """Return what acknowledges an act whose failure was told, None for anything else."""
        reference = new_reference()
        _LOG.failure("listener_failed", error, reference=reference)
        words = notices.GONE if isinstance(error, UnknownAnswer) else notices.format_failure(reference)
        if "command" in body:
            return BoltResponse(status=200, body={"text": words, "response_type": "ephemeral"})
        press = read_press(body)
        if not press.user:
            return None
        self._notify(press, words, reference)
        return None if body.get("type") == "view_submission" else BoltResponse(status=200)

    def _notify(self, press: Press, words: str, reference: str) -> None:
        """Post it where the button stands; below one of Home, in the conversation with the person."""
        target = only_for(press.user, press.channel, press.thread) if press.channel else Target(press.user)
        try:
            self._messenger.post(target, Message(words, []))
        except SlackError as exc:
            _LOG.failure("failure_not_told", exc, reference=reference)


def build_asgi(bolt_app: App, signing_secret: str, patience: float = SECONDS_FOR_A_BODY) -> Starlette:
    """Build what serves Slack's requests of all kinds at /slack/events.

    patience: seconds that a body may take.  Answers 401 to what is not signed or not of the last five
    minutes, before anything of it is parsed; 400 to what has no shape of Slack's; 413 to what is too large,
    408 to what is too slow; 503, so that Slack sends it again, where a listener fails before it has answered.
    """
    receiver = _RequestReceiver(bolt_app, SignatureVerifier(signing_secret), patience)
    app = Starlette(routes=[Route(PATH, receiver.receive, methods=["POST"], max_body_size=LARGEST_BODY)])
    app.router.redirect_slashes = False
    return app


class _RequestReceiver:
    def __init__(self, bolt_app: App, verifier: SignatureVerifier, patience: float) -> None:
        self._bolt_app = bolt_app
        self._verifier = verifier
        self._patience = patience

    async def receive(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(self._patience):
                body = await request.body()
        except (TimeoutError, ClientDisconnect):
            return _refuse(408, "incomplete")
        except HTTPException as exc:
            return _refuse(exc.status_code, "too_large")
        if not self._is_signed(request, body):
            return _refuse(401, "not_signed")
        found = read_request(body, request.headers.get("content-type", ""))
        if found is None:
            return _refuse(400, "not_understood")
        return await run_in_threadpool(self._pass_on, request, found)

    def _is_signed(self, request: Request, body: bytes) -> bool:
        """Tell whether Slack signed a body within the last five minutes.

        The verifier takes for a time what Python reads as a number, and raises for other times, for
        signatures that are not ASCII and for bodies that are not UTF-8: none of them is Slack's.
        """
        time, signature = request.headers.get(_TIME, ""), request.headers.get(_SIGNATURE, "")
        if not re.fullmatch("[0-9]{1,12}", time) or not signature.isascii():
            return False
        try:
            return self._verifier.is_valid(body, time, signature)
        except UnicodeDecodeError:
            return False

    def _pass_on(self, request: Request, found: Mapping[str, Any]) -> Response:
        """Let Bolt answer what was read.

        Read by Bolt, a command that has the word "payload" in its text is lost, so that it gets what was read
        here, in the way of Socket Mode, in which it looks for no signature.
        """
        headers: dict[str, str | Sequence[str]] = {
            name: request.headers[name] for name in _PASSED_ON if name in request.headers
        }
        try:
            bolt_request = BoltRequest(body=dict(found), headers=headers, mode="socket_mode")
        except Exception as exc:  # noqa: BLE001 - Bolt reads the shapes here, and fails in ways of any kind
            _HTTP_LOG.failure("request_not_read", exc, status=400)
            return PlainTextResponse("not_understood", 400)
        response = self._bolt_app.dispatch(bolt_request)
        return _refuse(503, "try_again") if response.status >= _BROKEN else to_starlette_response(response)


def _refuse(status: int, reason: str) -> Response:
    _HTTP_LOG.warning("request_refused", status=status, reason=reason)
    return PlainTextResponse(reason, status)
