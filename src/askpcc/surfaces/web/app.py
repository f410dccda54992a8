"""All pages as one application."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from askpcc.errors import UnknownDocument
from askpcc.surfaces.web.access import RoleTable
from askpcc.surfaces.web.cookies import Cookies
from askpcc.surfaces.web.frame import Frame
from askpcc.surfaces.web.guarding import Guard
from askpcc.surfaces.web.security import Address, BodyLimit, Headers, Hosts
from askpcc.surfaces.web.sessions import Sessions
from askpcc.surfaces.web.visits import Page, Visit, go_to
from askpcc.surfaces.web.ways import Way

_ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Entrance:
    """How people come in, who may do what, and under which address."""

    way: Way
    sessions: Sessions
    cookies: Cookies
    roles: RoleTable
    address: Address


def build_asgi(entrance: Entrance, pages: Sequence[Page]) -> Starlette:
    """Build the application.  pages: in the order of the menu; each is shown to those who have its role.

    Whatever has no page is refused without a session and not found with one.
    """
    frame = Frame(pages, can_sign_out=entrance.way.can_sign_out)
    guard = Guard(entrance.way, entrance.sessions, entrance.cookies, entrance.roles, frame, entrance.address)
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


def _sign_out(entrance: Entrance) -> Callable[[Visit], Response]:
    def sign_out(visit: Visit) -> Response:
        entrance.sessions.end(visit.session)
        response = go_to("/")
        entrance.cookies.drop_session(response)
        return response

    return sign_out


def _find_nothing(visit: Visit) -> Response:
    raise UnknownDocument(f"There is no page {visit.request.url.path!a}.")
