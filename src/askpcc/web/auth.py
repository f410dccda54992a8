"""Ways in: a one-time link, a header of a reverse proxy; and the check of each request."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from ipaddress import IPv4Network, IPv6Network, ip_address
from secrets import token_hex, token_urlsafe
from threading import Lock
from typing import Protocol
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from askpcc.errors import (
    AskpccError,
    IndexFailure,
    LedgerError,
    UnknownAnswer,
    UnknownDocument,
)
from askpcc.rendering.logs import EventLog
from askpcc.web.frame import Frame, Page, PageRequest
from askpcc.web.security import (
    Address,
    Cookies,
    Person,
    RoleTable,
    Session,
    Sessions,
    is_from_our_page,
)


@dataclass(frozen=True, slots=True)
class SignInHint:
    """What somebody is told who is not admitted.  path: where they can go; "" for nowhere."""

    words: str
    path: str = ""
    label: str = ""


class AuthMethod(Protocol):
    """How people come in.

    name: tells the sessions of one way from those of another.  can_sign_out: whether leaving means anything.
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


VALID = timedelta(minutes=10)
_PATH = "/enter"
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
        return f"{base}{_PATH}?token={self._token}"

    def routes(self) -> Sequence[Route]:
        """Return what the link leads to."""
        return [Route(_PATH, self._enter, methods=["GET"])]

    def admit(self, request: Request, known: Session | None) -> Session | None:  # noqa: ARG002 - as all ways
        """Admit whoever has a session."""
        return known

    def hint(self, request: Request) -> SignInHint:  # noqa: ARG002 - as all ways
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
            return self.now() - self._made <= VALID


TEAM = "proxy"
_LONGEST_NAME = 200
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

    def hint(self, request: Request) -> SignInHint:  # noqa: ARG002 - as all ways
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
        return Person(TEAM, name, name)

    def _is_proxy(self, request: Request) -> bool:
        try:
            address = ip_address(request.client.host) if request.client else None
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return mapped is not None and any(mapped in network for network in self.proxies)


_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 200
_SAFE = frozenset({"GET", "HEAD"})
_LOG = EventLog("web")


@dataclass(frozen=True, slots=True)
class AuthMiddleware:
    """Stands before every page."""

    way: AuthMethod
    sessions: Sessions
    cookies: Cookies
    roles: RoleTable
    frame: Frame
    address: Address

    def serve(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """Return what serves a page to those who may see it."""

        async def endpoint(request: Request) -> Response:
            form = _read_form(request, await request.body())
            return await run_in_threadpool(self._serve, page, request, form)

        return endpoint

    def _serve(self, page: Page, request: Request, form: Mapping[str, str] | None) -> Response:
        known = self.sessions.read(self.cookies.read_session(request))
        session = self.way.admit(request, known)
        if session is None:
            return self._refuse_entry(request)
        response = self._show(page, request, session, form)
        if session is not known or self.sessions.is_to_be_written(session):
            self.cookies.keep_session(response, self.sessions.write(session))
        return response

    def _refuse_entry(self, request: Request) -> Response:
        _LOG.warning("visit_refused", status=403, reason="no_session")
        hint = self.way.hint(request)
        return self.frame.render_outside("refused.html", 403, hint=hint)

    def _show(
        self, page: Page, request: Request, session: Session, form: Mapping[str, str] | None
    ) -> Response:
        visit = PageRequest(request, self.roles.name(session.person), session, self.frame, form or {})
        if not visit.visitor.may(page.role):
            _LOG.warning("visit_refused", status=403, reason="role")
            words = f"This page is for {page.role}s. Whoever runs askpcc can make you one."
            return visit.render("notice.html", 403, title="Not for you", words=words)
        if request.method not in _SAFE and not self._is_ours(visit, form):
            _LOG.warning("visit_refused", status=403, reason="forged")
            words = (
                "This form did not come from a page of this session. Go back, load the page again, send it."
            )
            return visit.render("notice.html", 403, title="Not accepted", words=words)
        return _try(page, visit)

    def _is_ours(self, visit: PageRequest, form: Mapping[str, str] | None) -> bool:
        if form is None or not is_from_our_page(visit.request, self.address):
            return False
        return visit.session.has_token(form.get("csrf", ""))


def _read_form(request: Request, body: bytes) -> Mapping[str, str] | None:
    """Return the fields of a form, the first of each name; None for what is no form."""
    if request.method in _SAFE:
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return dict(reversed(fields))


def _try(page: Page, visit: PageRequest) -> Response:
    """Show a page; what goes wrong is told with a reference, under which the log has the rest."""
    reference = token_hex(5)
    try:
        return page.show(visit)
    except (UnknownDocument, UnknownAnswer):
        words = "There is no such page, document, version or answer."
        return visit.render("notice.html", 404, title="Not found", words=words)
    except (IndexFailure, LedgerError) as exc:
        _LOG.failure("page_failed", exc, reference=reference, status=503)
        words = f"The index or the ledger cannot be used now. Tell whoever runs askpcc, with {reference}."
        return visit.render("notice.html", 503, title="Not available", words=words)
    except AskpccError as exc:
        return visit.render("notice.html", 400, title="That did not work", words=str(exc))
    except Exception as exc:  # noqa: BLE001 - the outer edge: every failure is told with its reference
        _LOG.failure("page_failed", exc, reference=reference, status=500)
        words = f"Something went wrong that should not. Tell whoever runs askpcc, with {reference}."
        return visit.render("notice.html", 500, title="Failed", words=words)
