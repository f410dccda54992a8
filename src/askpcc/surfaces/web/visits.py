"""Pages, and the visit that one is shown to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from askpcc.surfaces.web.access import Role, Visitor
from askpcc.surfaces.web.sessions import Session

if TYPE_CHECKING:
    from askpcc.surfaces.web.frame import Frame


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is admitted.

    form: the fields of a POST, whose token and origin are checked already; the first of each name.
    """

    request: Request
    visitor: Visitor
    session: Session
    frame: "Frame"
    form: Mapping[str, str]

    def path(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str | None:
        """Return a value of the query; None for none, and for one that is left empty."""
        return (self.request.query_params.get(name) or "").strip() or None

    def render(self, template: str, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 - what templates show
        """Return a page."""
        return self.frame.render(template, self, status, **values)


def go_to(path: str) -> Response:
    """Return what sends a browser on to a page of ours, after a form."""
    return RedirectResponse(path, 303)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or what takes its forms.

    path: as Starlette writes it.  show: runs in a thread, so that it may wait for files and databases.
    role: who may see it.  nav: what the menu calls it; "" for none.
    """

    path: str
    show: Callable[[Visit], Response]
    role: Role = Role.ASKER
    methods: tuple[str, ...] = ("GET",)
    nav: str = ""
