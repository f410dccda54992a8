"""How people come in: by a one-time link, or by a header of a reverse proxy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from ipaddress import IPv4Network, IPv6Network, ip_address
from secrets import token_urlsafe
from threading import Lock
from typing import Protocol

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from askpcc.web.sessions import Cookies, Person, Session, Sessions

_VALID = timedelta(minutes=10)
_LINK_PATH = "/enter"
_TEAM = "proxy"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SignInHint:
    """What somebody is told who is not admitted.  path: where they can go; "" for nowhere."""

    words: str
    path: str = ""
    label: str = ""


class AuthMethod(Protocol):
    """How people come in.

    name: tells its sessions from those of others.  can_sign_out: whether leaving means anything.
    routes: what it serves to those who are not in yet.  admit: the session of a request; known is the one
    of its cookie.  hint: for those who are not admitted.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - explained above
    @property
    def can_sign_out(self) -> bool: ...  # noqa: D102 - explained above
    def routes(self) -> Sequence[Route]: ...  # noqa: D102 - explained above
    def admit(self, request: Request, known: Session | None) -> Session | None: ...  # noqa: D102 - explained above
    def hint(self, request: Request) -> SignInHint: ...  # noqa: D102 - explained above


_LINK_HINT = SignInHint(
    "Open the link that askpcc web printed when it was started. It works once, within ten minutes; "
    "start askpcc web again for another one."
)


@dataclass
class OneTimeLink:
    """Admits whoever opens the link first, as one person."""

    person: Person
    sessions: Sessions
    cookies: Cookies
    now: Callable[[], datetime]
    name: str = "link"
    can_sign_out: bool = True
    _token: str | None = field(default_factory=lambda: token_urlsafe(32), repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self._made = self.now()

    def link(self, base: str) -> str:
        """Return the link.  base: scheme, host and port."""
        return f"{base}{_LINK_PATH}?token={self._token}"

    def routes(self) -> Sequence[Route]:
        """Return what the link leads to."""
        return [Route(_LINK_PATH, self._enter, methods=["GET"])]

    def admit(self, request: Request, known: Session | None) -> Session | None:  # noqa: ARG002 - as all methods
        """Admit whoever has a session."""
        return known

    def hint(self, request: Request) -> SignInHint:  # noqa: ARG002 - as all methods
        """Say where the link is."""
        return _LINK_HINT

    def _enter(self, request: Request) -> Response:
        response = RedirectResponse("/", 303)  # where somebody without a session is told how to get in
        # Programs that look at links ask for the head only, and must not use this one up.
        if request.method != "GET" or not self._use(request.query_params.get("token", "")):
            return response
        self.cookies.keep_session(response, self.sessions.write(self.sessions.begin(self.person)))
        return response

    def _use(self, token: str) -> bool:
        """Tell whether a token is the one, and let it work no more."""
        with self._lock:
            if self._token is None or not compare_digest(
                self._token.encode(), token.encode("utf-8", "replace")
            ):
                return False
            self._token = None
            return self.now() - self._made <= _VALID


_PROXY_HINT = SignInHint(
    "These pages are reached through the proxy of your organisation, which signs you in."
)


@dataclass(frozen=True, slots=True)
class ProxyHeader:
    """Believes one header of requests that come from the proxy's own addresses, and of no others.

    The person is told anew with each request; the session holds the token of their forms.
    """

    header: str
    proxies: tuple[IPv4Network | IPv6Network, ...]
    sessions: Sessions
    name: str = "proxy"
    can_sign_out: bool = False

    def routes(self) -> Sequence[Route]:
        """Return nothing: the proxy has its own pages for signing in."""
        return ()

    def admit(self, request: Request, known: Session | None) -> Session | None:
        """Admit whom the proxy names."""
        person = self._read_person(request)
        if person is None:
            return None
        return known if known and known.person == person else self.sessions.begin(person)

    def hint(self, request: Request) -> SignInHint:  # noqa: ARG002 - as all methods
        """Say where to go."""
        return _PROXY_HINT

    def _read_person(self, request: Request) -> Person | None:
        """Return the person; None from elsewhere, and where the header is not there exactly once.

        Two of them, or a list in one, are what comes of a header that was sent along to the proxy.
        """
        if not self._is_proxy(request):
            return None
        written = request.headers.getlist(self.header)
        name = written[0].strip() if len(written) == 1 else ""
        if not name or not name.isprintable() or "," in name or len(name) > _LONGEST_NAME:
            return None
        return Person(_TEAM, name, name)

    def _is_proxy(self, request: Request) -> bool:
        try:
            address = ip_address(request.client.host) if request.client else None
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return mapped is not None and any(mapped in network for network in self.proxies)
