"""All pages as one application."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from askpcc.errors import UnknownDocument
from askpcc.web.auth import AuthMethod, AuthMiddleware
from askpcc.web.frame import (
    Frame,
    Page,
    PageRequest,
    go_to,
)
from askpcc.web.security import (
    Address,
    BodyLimit,
    Cookies,
    Headers,
    Hosts,
    RoleTable,
    Sessions,
)

_ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class AuthSetup:
    """How people come in, who may do what, and under which address."""

    way: AuthMethod
    sessions: Sessions
    cookies: Cookies
    roles: RoleTable
    address: Address


def build_asgi(entrance: AuthSetup, pages: Sequence[Page]) -> Starlette:
    """Build the application.  pages: in the order of the menu; each is shown to those who have its role.

    Whatever has no page is refused without a session and not found with one.
    """
    frame = Frame(pages, can_sign_out=entrance.way.can_sign_out)
    guard = AuthMiddleware(
        entrance.way, entrance.sessions, entrance.cookies, entrance.roles, frame, entrance.address
    )
    own = [Page("/sign-out", _sign_out(entrance), methods=("POST",))]
    nowhere = Page("/{path:path}", _find_nothing, methods=_ALL_METHODS)
    app = Starlette(
        routes=[
            Route("/static/{name}", frame.assets.serve, methods=["GET"]),
            *entrance.way.routes(),
            *(
                Route(page.path, guard.serve(page), methods=list(page.methods))
                for page in (*pages, *own, nowhere)
            ),
        ],
        middleware=[
            Middleware(Headers),
            Middleware(Hosts, hosts=entrance.address.hosts),
            Middleware(BodyLimit),
        ],
    )
    app.router.redirect_slashes = False
    return app


def _sign_out(entrance: AuthSetup) -> Callable[[PageRequest], Response]:
    def sign_out(visit: PageRequest) -> Response:
        entrance.sessions.end(visit.session)
        response = go_to("/")
        entrance.cookies.drop_session(response)
        return response

    return sign_out


def _find_nothing(visit: PageRequest) -> Response:
    raise UnknownDocument(f"There is no page {visit.request.url.path!a}.")
