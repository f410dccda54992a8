"""Fetching one response from the web, from the very addresses that were checked, within limits.

Proxies and credentials of the environment (HTTP_PROXY, .netrc) are not used: behind a proxy it would not
be us who connects, and the check of the address would be worth nothing.  Certificates are checked against
those that come with certifi and those of the system, so that an office's own authority is known.
"""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import Message
from ipaddress import ip_address
from pathlib import PurePosixPath
from socket import SOCK_STREAM, getaddrinfo
from urllib.parse import unquote

import certifi
import httpx

from askpcc.adding.fetched import Fetched, suffix_for
from askpcc.adding.web_addresses import IPAddress, WebAddress, parse_web_address, redirected, refusal
from askpcc.adding.web_body import ACCEPTED_CODING, Body, too_large
from askpcc.errors import FetchError

MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 5
TOTAL_SECONDS = 60.0
CONNECT_SECONDS = 10.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Network addresses of a host, as text; OSError where there are none.
Resolver = Callable[[str, int], Sequence[str]]


def resolve_by_system(host: str, port: int) -> list[str]:
    """Look a host up as every program of this machine does."""
    return [str(entry[4][0]) for entry in getaddrinfo(host, port, type=SOCK_STREAM)]


def trust_usual_authorities() -> ssl.SSLContext:
    """Trust the authorities that come with certifi, and those of the system."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context


@dataclass(frozen=True)
class WebFetcher:
    """Fetches over http and https; FetchError says what failed, for which address, and what to do.

    allow_private: networks of an office and this machine may be reached too.  max_bytes: of the body, as
    sent and as unpacked.  seconds: for everything but the system's look-up of names, which has its own
    limit.  Not for use inside a running event loop.
    """

    today: Callable[[], date]
    allow_private: bool = False
    max_bytes: int = MAX_BYTES
    seconds: float = TOTAL_SECONDS
    resolve: Resolver = resolve_by_system
    trust: Callable[[], ssl.SSLContext] = trust_usual_authorities

    def fetch(self, url: str) -> Fetched:
        """Get a file and the address that it was found at in the end."""
        address = parse_web_address(url)
        try:
            return asyncio.run(self._follow(address))
        except TimeoutError as exc:
            raise FetchError(
                f"{address.url}: no whole answer in {self.seconds:g} seconds. Try again."
            ) from exc
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            reason = str(exc) or type(exc).__name__
            raise FetchError(f"{address.url}: the answer failed ({reason}). Try again later.") from exc

    async def _follow(self, start: WebAddress) -> Fetched:
        address, context = start, self.trust()
        async with asyncio.timeout(self.seconds):
            for _ in range(MAX_REDIRECTS + 1):
                answer = await self._ask(address, context)
                if isinstance(answer, Fetched):
                    return answer
                address = answer
        raise FetchError(
            f"{start.url}: more than {MAX_REDIRECTS} redirects. Give the address of the page itself."
        )

    async def _ask(self, address: WebAddress, context: ssl.SSLContext) -> Fetched | WebAddress:
        """Connect to the checked addresses in turn; names are looked up once for it."""
        failure: Exception | None = None
        for network_address in await self._checked_addresses(address):
            try:
                return await self._ask_at(network_address, address, context)
            except (httpx.ConnectError, httpx.ConnectTimeout) as exc:
                failure = exc
        raise FetchError(
            f"{address.url}: no connection ({failure or 'no address'}). Check the address or try again later."
        ) from failure

    async def _checked_addresses(self, address: WebAddress) -> list[IPAddress]:
        try:
            found = await asyncio.to_thread(self.resolve, address.host, address.port)
        except (OSError, UnicodeError) as exc:
            raise FetchError(
                f"{address.url}: no host of that name was found ({exc}). Check its spelling."
            ) from exc
        checked = [ip_address(text) for text in dict.fromkeys(found)]
        for network_address in checked:
            self._refuse(address, network_address)
        return checked

    def _refuse(self, address: WebAddress, network_address: IPAddress) -> None:
        wrong = refusal(network_address, self.allow_private)
        if wrong is not None:
            remedy = (
                "If you trust it, add: --allow-private." if "private" in wrong else "It cannot be fetched."
            )
            raise FetchError(f"{address.url}: {address.host} is {network_address}, {wrong}. {remedy}")

    async def _ask_at(
        self, network_address: IPAddress, address: WebAddress, context: ssl.SSLContext
    ) -> Fetched | WebAddress:
        timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
        headers = {"Host": address.authority, "User-Agent": "askpcc", "Accept-Encoding": ACCEPTED_CODING}
        async with (
            httpx.AsyncClient(verify=context, trust_env=False, timeout=timeout) as client,
            client.stream(
                "GET",
                address.url_at(network_address),
                headers=headers,
                extensions={"sni_hostname": address.host},
            ) as response,
        ):
            if response.status_code in REDIRECTS and "location" in response.headers:
                return redirected(address, response.headers["location"])
            return await self._read_answer(address, response)

    async def _read_answer(self, address: WebAddress, response: httpx.Response) -> Fetched:
        if response.status_code != httpx.codes.OK:
            status = f"{response.status_code} {response.reason_phrase}".strip()
            raise FetchError(f"{address.url}: the server answered {status}. Check the address in a browser.")
        kind = _header(response, "content-type")
        media_type = kind.get_content_type() if "content-type" in response.headers else None
        name = _filename_of(address, response)
        if suffix_for(media_type, name) is None:
            raise FetchError(
                f"{address.url}: {media_type or 'a file of no stated type'} cannot be read. "
                "Give the address of a page, a PDF, a Word (.docx) or a text file."
            )
        data = await self._read_body(address, response)
        charset = kind.get_content_charset()
        return Fetched(data, self.today().isoformat(), name, address.url, media_type, charset)

    async def _read_body(self, address: WebAddress, response: httpx.Response) -> bytes:
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > self.max_bytes:
            raise too_large(address.url, self.max_bytes)
        body = Body(address.url, response.headers.get("content-encoding", ""), self.max_bytes)
        async for piece in response.aiter_raw():
            body.feed(piece)
        return body.finish()


def _header(response: httpx.Response, name: str) -> Message:
    """Read a header with parameters; email.message knows its quoting and encodings (RFC 2231)."""
    message = Message()
    message[name] = response.headers.get(name, "")
    return message


def _filename_of(address: WebAddress, response: httpx.Response) -> str:
    """Return the name that the server gives the file, else the last part of the address, else the host."""
    given = _header(response, "content-disposition").get_filename()
    path = unquote(address.target.partition("?")[0])
    return PurePosixPath((given or "").replace("\\", "/")).name or PurePosixPath(path).name or address.host
