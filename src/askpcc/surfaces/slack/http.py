"""Slack's requests over HTTP, checked before anything reads them."""

import asyncio
import hmac
import re
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack.request_shape import PATH, read_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slack_bolt import App, BoltResponse

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
_LOG = EventLog("slack.http")


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
            _LOG.failure("request_not_read", exc, status=400)
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
    _LOG.warning("request_refused", status=status, reason=reason)
    return PlainTextResponse(reason, status)
