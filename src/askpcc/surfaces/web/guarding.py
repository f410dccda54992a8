"""Lets people in: who they are, what they may do, and where their forms come from."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from askpcc.errors import AskpccError, IndexFailure, LedgerError, UnknownAnswer, UnknownDocument
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.web.access import RoleTable
from askpcc.surfaces.web.cookies import Cookies
from askpcc.surfaces.web.frame import Frame
from askpcc.surfaces.web.security import Address, is_from_our_page
from askpcc.surfaces.web.sessions import Session, Sessions
from askpcc.surfaces.web.visits import Page, Visit
from askpcc.surfaces.web.ways import Way

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 200
_SAFE = frozenset({"GET", "HEAD"})
_LOG = EventLog("web")


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before every page."""

    way: Way
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
        visit = Visit(request, self.roles.name(session.person), session, self.frame, form or {})
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

    def _is_ours(self, visit: Visit, form: Mapping[str, str] | None) -> bool:
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


def _try(page: Page, visit: Visit) -> Response:
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
