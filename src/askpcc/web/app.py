"""All pages as one application, and what each request passes before a page sees it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askpcc.errors import (
    AskpccError,
    IndexFailure,
    LedgerError,
    UnknownAnswer,
    UnknownDocument,
    new_reference,
)
from askpcc.rendering.logs import EventLog
from askpcc.web.frame import Frame, Page, PageRequest, go_to
from askpcc.web.sessions import Address, Cookies, RoleTable, Session, Sessions
from askpcc.web.sign_in import AuthMethod

LARGEST_BODY = 100_000
"""Bytes; the longest question has 2,000 characters, and the longest comment as many."""

SECONDS_FOR_A_BODY = 10.0
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 200
_SAFE = frozenset({"GET", "HEAD"})
_ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
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
_LOG = EventLog("web")


@dataclass(frozen=True, slots=True)
class AuthSetup:
    """How people come in, who may do what, and under which address."""

    method: AuthMethod
    sessions: Sessions
    cookies: Cookies
    roles: RoleTable
    address: Address


def build_asgi(auth: AuthSetup, pages: Sequence[Page]) -> Starlette:
    """Build the application.  pages: in the order of the menu; each is shown to those who have its role.

    Whatever has no page is refused without a session and not found with one.
    """
    frame = Frame(pages, can_sign_out=auth.method.can_sign_out)
    checks = PageAccess(auth, frame)
    own = [Page("/sign-out", _sign_out(auth), methods=("POST",))]
    nowhere = Page("/{path:path}", _find_nothing, methods=_ALL_METHODS)
    app = Starlette(
        routes=[
            Route("/static/{name}", frame.assets.serve, methods=["GET"]),
            *auth.method.routes(),
            *(
                Route(page.path, checks.serve(page), methods=list(page.methods))
                for page in (*pages, *own, nowhere)
            ),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=_write_hosts(auth.address), www_redirect=False),
            Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY),
        ],
    )
    app.router.redirect_slashes = False
    return app


def _write_hosts(address: Address) -> list[str]:
    """Return the hosts as a header has them, addresses of IPv6 in brackets."""
    return [f"[{host}]" if ":" in host else host for host in address.hosts]


def _sign_out(auth: AuthSetup) -> Callable[[PageRequest], Response]:
    def sign_out(request: PageRequest) -> Response:
        auth.sessions.end(request.session)
        response = go_to("/")
        auth.cookies.drop_session(response)
        return response

    return sign_out


def _find_nothing(request: PageRequest) -> Response:
    raise UnknownDocument(f"There is no page {request.http.url.path!a}.")


class SecurityHeaders:
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


@dataclass(frozen=True, slots=True)
class PageAccess:
    """Refuses each request without a session, without the role that its page needs, or with a forged form.

    seconds_for_a_body: within which a form must have come.
    """

    auth: AuthSetup
    frame: Frame
    seconds_for_a_body: float = SECONDS_FOR_A_BODY

    def serve(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """Return what serves a page to those who may see it."""

        async def endpoint(http: Request) -> Response:
            # Starlette limits how large a body is, and not how long somebody without a session sends it.
            try:
                async with asyncio.timeout(self.seconds_for_a_body):
                    body = await http.body()
            except (TimeoutError, ClientDisconnect):
                return PlainTextResponse("The request did not come whole.", 408)
            return await run_in_threadpool(self._serve, page, http, _read_form(http, body))

        return endpoint

    def _serve(self, page: Page, http: Request, form: Mapping[str, str] | None) -> Response:
        auth = self.auth
        known = auth.sessions.read(auth.cookies.read_session(http))
        session = auth.method.admit(http, known)
        if session is None:
            return self._refuse_entry(http)
        response = self._show(page, http, session, form)
        if session is not known or auth.sessions.is_to_be_written(session):
            auth.cookies.keep_session(response, auth.sessions.write(session))
        return response

    def _refuse_entry(self, http: Request) -> Response:
        _LOG.warning("visit_refused", status=403, reason="no_session")
        hint = self.auth.method.hint(http)
        return self.frame.render_outside("refused.html", 403, hint=hint)

    def _show(self, page: Page, http: Request, session: Session, form: Mapping[str, str] | None) -> Response:
        user = self.auth.roles.assign(session.person)
        request = PageRequest(http, user, session, self.frame, form or {})
        if not user.may(page.role):
            _LOG.warning("visit_refused", status=403, reason="role")
            words = f"This page is for {page.role}s. Whoever runs askpcc can make you one."
            return request.render("notice.html", 403, title="Not for you", words=words)
        if http.method not in _SAFE and not self._is_ours(request, form):
            _LOG.warning("visit_refused", status=403, reason="forged")
            words = (
                "This form did not come from a page of this session. Go back, load the page again, send it."
            )
            return request.render("notice.html", 403, title="Not accepted", words=words)
        return _show_or_explain(page, request)

    def _is_ours(self, request: PageRequest, form: Mapping[str, str] | None) -> bool:
        if form is None or not _is_from_our_page(request.http, self.auth.address):
            return False
        return request.session.has_token(form.get("csrf", ""))


def _is_from_our_page(http: Request, address: Address) -> bool:
    """Tell whether a form was sent by a page of ours, as far as the browser tells."""
    origin = http.headers.get("origin")
    if origin is not None:
        return origin == address.origin_of(http)
    return http.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _read_form(http: Request, body: bytes) -> Mapping[str, str] | None:
    """Return the fields of a form, the first of each name; None for what is no form."""
    if http.method in _SAFE:
        return {}
    if http.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return dict(reversed(fields))


def _show_or_explain(page: Page, request: PageRequest) -> Response:
    """Show a page; what goes wrong is told with a reference, under which the log has the rest."""
    reference = new_reference()
    try:
        return page.show(request)
    except (UnknownDocument, UnknownAnswer):
        words = "There is no such page, document, version or answer."
        return request.render("notice.html", 404, title="Not found", words=words)
    except (IndexFailure, LedgerError) as exc:
        _LOG.failure("page_failed", exc, reference=reference, status=503)
        words = f"The index or the ledger cannot be used now. Tell whoever runs askpcc, with {reference}."
        return request.render("notice.html", 503, title="Not available", words=words)
    except AskpccError as exc:
        return request.render("notice.html", 400, title="That did not work", words=str(exc))
    except Exception as exc:  # noqa: BLE001 - the outer edge: every failure is told with its reference
        _LOG.failure("page_failed", exc, reference=reference, status=500)
        words = f"Something went wrong that should not. Tell whoever runs askpcc, with {reference}."
        return request.render("notice.html", 500, title="Failed", words=words)
