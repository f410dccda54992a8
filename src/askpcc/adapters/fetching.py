"""Files from the web, from disk and from Slack."""

import asyncio
import os
import ssl
import stat
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from email.message import Message
from ipaddress import ip_address
from pathlib import Path, PurePosixPath
from socket import SOCK_STREAM, getaddrinfo
from typing import TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

import certifi
import httpx

from askpcc.downloads import (
    ACCEPTED_CODING,
    Body,
    Fetched,
    IPAddress,
    Reply,
    WebAddress,
    parse_web_address,
    redirected,
    refusal,
    suffix_for,
    too_large,
)
from askpcc.errors import BadDocument, FetchError
from askpcc.readers import FORMAT_NAMES

MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 5
TOTAL_SECONDS = 60.0
CONNECT_SECONDS = 10.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})

AGENT = "askpcc"
"""What it calls itself to servers, also in their robots.txt."""

_Read = TypeVar("_Read")
_Reader: TypeAlias = Callable[[WebAddress, httpx.Response], Awaitable[_Read]]

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
    limit.  approach: is called before each request, also of a redirect; what it raises ends the fetch.
    Not for use inside a running event loop.
    """

    today: Callable[[], date]
    allow_private: bool = False
    max_bytes: int = MAX_BYTES
    seconds: float = TOTAL_SECONDS
    resolve: Resolver = resolve_by_system
    trust: Callable[[], ssl.SSLContext] = trust_usual_authorities
    approach: Callable[[WebAddress], None] = lambda _: None

    def fetch(self, url: str) -> Fetched:
        """Get a file and the address that it was found at in the end."""
        return self._get(url, {}, self._read_answer)

    def ask(self, url: str, headers: Mapping[str, str]) -> Reply:
        """Get what a server answers, of whatever status and type; redirects are followed."""
        return self._get(url, headers, self._read_reply)

    def _get(self, url: str, headers: Mapping[str, str], read: _Reader[_Read]) -> _Read:
        address = parse_web_address(url)
        try:
            return asyncio.run(self._follow(address, headers, read))
        except TimeoutError as exc:
            raise FetchError(
                f"{address.url}: no whole answer in {self.seconds:g} seconds. Try again."
            ) from exc
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            reason = str(exc) or type(exc).__name__
            raise FetchError(f"{address.url}: the answer failed ({reason}). Try again later.") from exc

    async def _follow(self, start: WebAddress, headers: Mapping[str, str], read: _Reader[_Read]) -> _Read:
        address, context = start, self.trust()
        async with asyncio.timeout(self.seconds):
            for _ in range(MAX_REDIRECTS + 1):
                # On a thread: it may wait, and may fetch something itself.
                await asyncio.to_thread(self.approach, address)
                answer = await self._ask(_Request(address, headers, context), read)
                if not isinstance(answer, WebAddress):
                    return answer
                address = answer
        raise FetchError(
            f"{start.url}: more than {MAX_REDIRECTS} redirects. Give the address of the page itself."
        )

    async def _ask(self, request: "_Request", read: _Reader[_Read]) -> _Read | WebAddress:
        """Connect to the checked addresses in turn; names are looked up once for it."""
        address, failure = request.address, None
        for network_address in await self._checked_addresses(address):
            try:
                return await self._ask_at(network_address, request, read)
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
        self, network_address: IPAddress, request: "_Request", read: _Reader[_Read]
    ) -> _Read | WebAddress:
        address, timeout = request.address, httpx.Timeout(None, connect=CONNECT_SECONDS)
        headers = {"Host": address.authority, "User-Agent": AGENT, "Accept-Encoding": ACCEPTED_CODING}
        async with (
            httpx.AsyncClient(verify=request.context, trust_env=False, timeout=timeout) as client,
            client.stream(
                "GET",
                address.url_at(network_address),
                headers={**request.headers, **headers},
                extensions={"sni_hostname": address.host},
            ) as response,
        ):
            if response.status_code in REDIRECTS and "location" in response.headers:
                return redirected(address, response.headers["location"])
            return await read(address, response)

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
                f"Give the address of a file in one of these formats: {FORMAT_NAMES}."
            )
        data = (await self._read_body(address, response)).finish()
        charset = kind.get_content_charset()
        return Fetched(data, self.today().isoformat(), name, address.url, media_type, charset)

    async def _read_reply(self, address: WebAddress, response: httpx.Response) -> Reply:
        data = b""
        if response.status_code == httpx.codes.OK:
            data = (await self._read_body(address, response)).finish(may_be_empty=True)
        charset = _header(response, "content-type").get_content_charset()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(address.url, response.status_code, headers, data, charset)

    async def _read_body(self, address: WebAddress, response: httpx.Response) -> Body:
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > self.max_bytes:
            raise too_large(address.url, self.max_bytes)
        body = Body(address.url, response.headers.get("content-encoding", ""), self.max_bytes)
        async for piece in response.aiter_raw():
            body.feed(piece)
        return body


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked for, once names are looked up."""

    address: WebAddress
    headers: Mapping[str, str]
    context: ssl.SSLContext


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


# A pipe opened without it would wait for somebody to write.
NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class LocalFiles:
    """Reads ordinary files up to a size in bytes; BadDocument says what is wrong with another one."""

    today: Callable[[], date]
    max_bytes: int = MAX_BYTES

    def fetch(self, path: str) -> Fetched:
        """Read a file by its path, which may begin with ``~``."""
        try:
            data = self._read(Path(path).expanduser())
        except FileNotFoundError as exc:
            remedy = "Check its path; a web address begins with https://"
            raise BadDocument(path, "There is no such file.", remedy) from exc
        except (OSError, RuntimeError, ValueError) as exc:
            raise BadDocument(path, f"It cannot be read ({exc}).", "Check its path and permissions.") from exc
        if data is None:
            raise BadDocument(path, "It is a folder, a device or a pipe.", "Give one file.")
        if len(data) > self.max_bytes:
            raise BadDocument(
                path, f"It is larger than {self.max_bytes:,} bytes.", "Split it or save it smaller."
            )
        if not data:
            raise BadDocument(path, "It is empty.", "Save it again.")
        return Fetched(data, self.today().isoformat(), Path(path).name)

    def _read(self, path: Path) -> bytes | None:
        """Return the bytes, at most one more than allowed; None for what is no ordinary file."""
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with os.fdopen(os.open(path, os.O_RDONLY | NEVER_WAIT), "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            return file.read(self.max_bytes + 1) if regular else None


_SECONDS = 60.0
_OK = 200
_SLACKS = ".slack.com"


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """Fetches files.  api_url: where Slack's methods are; files may come from there and from slack.com."""

    token: str = field(repr=False)
    api_url: str

    def fetch(self, url: str, limit: int) -> bytes:
        """Return at most so many bytes; raises FetchError, without the address, which may name people."""
        if not self._is_slacks(url):
            raise FetchError("The file is not held by Slack itself. Upload it rather than share it.")
        try:
            with (
                httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client,
                client.stream("GET", url, headers={"Authorization": f"Bearer {self.token}"}) as response,
            ):
                return self._read(response, limit)
        except httpx.HTTPError as exc:
            raise FetchError("Slack did not hand the file over. Try again.") from exc

    @staticmethod
    def _read(response: httpx.Response, limit: int) -> bytes:
        if response.status_code != _OK:
            raise FetchError(f"Slack did not hand the file over (status {response.status_code}). Try again.")
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise FetchError(f"The file has more than {limit:,} bytes. Send the response alone.")
        return bytes(data)

    def _is_slacks(self, url: str) -> bool:
        own, other = urlsplit(self.api_url), urlsplit(url)
        if (own.scheme, own.netloc) == (other.scheme, other.netloc):
            return True
        # A loopback Slack in the place of the real one never gets the token out of this machine.
        real = (own.hostname or "").endswith("slack.com")
        return real and other.scheme == "https" and (other.hostname or "").endswith(_SLACKS)
