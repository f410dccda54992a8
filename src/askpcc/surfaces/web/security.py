"""What holds for every request and response: hosts, sizes, headers, where a form comes from."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 100_000
"""Bytes; the longest question has 2,000 characters, and the longest comment as many."""

SECONDS_FOR_A_BODY = 10.0
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Address:
    """How browsers reach the pages.

    origin: scheme, host and port; "" on loopback, where it is what the browser says.  hosts: names that a
    request may be for, so that no other site's name can be pointed at this machine.
    """

    origin: str = ""
    hosts: frozenset[str] = field(default=LOOPBACK_HOSTS)

    @property
    def is_encrypted(self) -> bool:
        """Tell whether cookies can be kept off unencrypted lines."""
        return self.origin.startswith("https://")

    def origin_of(self, request: Request) -> str:
        """Return the origin that the pages have for a browser."""
        return self.origin or f"http://{request.headers.get('host', '')}"


def is_from_our_page(request: Request, address: Address) -> bool:
    """Tell whether a form was sent by a page of ours, as far as the browser tells."""
    origin = request.headers.get("origin")
    if origin is not None:
        return origin == address.origin_of(request)
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


class Headers:
    """Puts the headers on every response; nothing is to be cached that does not say otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Hosts:
    """Refuses what is meant for another host."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and _host(Request(scope)) not in self._hosts:
            refusal = PlainTextResponse("This is not the address of these pages.", 400)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _host(request: Request) -> str | None:
    written = request.headers.getlist("host")
    try:
        return urlsplit(f"//{written[0]}").hostname if len(written) == 1 else None
    except ValueError:
        return None


class BodyLimit:
    """Reads the body before anything else does, and refuses what is too large or too slow."""

    def __init__(
        self, app: ASGIApp, largest: int = LARGEST_BODY, patience: float = SECONDS_FOR_A_BODY
    ) -> None:
        self._app = app
        self._largest = largest
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._patience):
                body = await self._read(Request(scope, receive))
        except (TimeoutError, ClientDisconnect):
            await PlainTextResponse("The request did not come whole.", 408)(scope, receive, send)
            return
        if body is None:
            await PlainTextResponse("The request is too large.", 413)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, request: Request) -> bytes | None:
        declared = request.headers.get("content-length", "0")
        if not re.fullmatch("[0-9]{1,12}", declared) or int(declared) > self._largest:
            return None
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._largest:
                return None
        return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body once, and then whatever else comes."""
    waiting = [body]

    async def receive_again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return receive_again
