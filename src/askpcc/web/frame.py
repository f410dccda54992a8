"""What every page stands in: its templates, its links, its user."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from askpcc.model import Citation
from askpcc.rendering.results import visible
from askpcc.text.dates import show_date
from askpcc.web.sessions import Role, Session, User

CITED = "cited"
"""The place on a page of a source to which a citation leads."""

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_A_YEAR = "public, max-age=31536000, immutable"


def source_path(citation: Citation) -> str:
    """Return the page of a cited document, at the cited words."""
    return place_path(citation.document, citation.version, citation.span.start, citation.span.end)


def place_path(document: str, version: str, start: int, end: int) -> str:
    """Return the page of a version of a document, at a place of its text."""
    query = urlencode({"version": version, "at": f"{start}:{end}"}, errors="replace")
    return f"/source/{_encode(document)}?{query}#{CITED}"


def text_path(document: str) -> str:
    """Return the page of the newest text of a document."""
    return f"/source/{_encode(document)}"


def document_path(document: str) -> str:
    """Return the page of what was read from a document."""
    return f"/documents/{_encode(document)}"


def _encode(document: str) -> str:
    return quote(document, safe="/", errors="replace")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request of somebody who is admitted.

    form: the fields of a POST, whose token and origin are checked already; the first of each name.
    """

    http: Request
    user: User
    session: Session
    frame: "Frame"
    form: Mapping[str, str]

    def path(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.http.path_params[name])

    def query(self, name: str) -> str | None:
        """Return a value of the query; None for none, and for one that is left empty."""
        return (self.http.query_params.get(name) or "").strip() or None

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
    show: Callable[[PageRequest], Response]
    role: Role = Role.ASKER
    methods: tuple[str, ...] = ("GET",)
    nav: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu."""

    label: str
    path: str
    role: Role


class Assets:
    """The files that come along, read once; no name from outside ever reaches the file system."""

    def __init__(self) -> None:
        found = [file for file in files("askpcc.web").joinpath("static").iterdir() if file.is_file()]
        self._files: Mapping[str, bytes] = {
            file.name: file.read_bytes() for file in found if file.name.rpartition(".")[2] in _TYPES
        }
        self._digests = {name: sha256(data).hexdigest()[:12] for name, data in self._files.items()}

    def address(self, name: str) -> str:
        """Return the address of a file, which changes with what is in it."""
        return f"/static/{name}?v={self._digests[name]}"

    async def serve(self, request: Request) -> Response:
        """Serve a file."""
        name = request.path_params["name"]
        data = self._files.get(name)
        if data is None:
            return PlainTextResponse("There is no such file.", 404)
        return Response(data, media_type=_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": _A_YEAR})


class Frame:
    """Renders templates; whatever they show is escaped, and shown without what turns or hides text."""

    def __init__(self, pages: Iterable[Page], *, can_sign_out: bool) -> None:
        self.assets = Assets()
        self._menu: Sequence[Entry] = [Entry(page.nav, page.path, page.role) for page in pages if page.nav]
        self._templates = Environment(
            loader=PackageLoader("askpcc.web"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"day": show_date, "moment": show_moment}
        self._templates.globals |= {
            "asset": self.assets.address,
            "can_sign_out": can_sign_out,
            "document_path": document_path,
            "text_path": text_path,
        }

    def render(self, template: str, request: PageRequest, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 - what templates show
        """Return a page for a request."""
        about = {
            "menu": [entry for entry in self._menu if request.user.may(entry.role)],
            "here": request.http.url.path,
            "user": request.user,
            "csrf": request.session.csrf,
        }
        return self._response(template, status, {**about, **values})

    def render_outside(self, template: str, status: int, **values: Any) -> Response:  # noqa: ANN401 - what templates show
        """Return a page for somebody who is not admitted."""
        about: dict[str, Any] = {"menu": [], "here": "", "user": None, "csrf": ""}
        return self._response(template, status, {**about, **values})

    def _response(self, template: str, status: int, values: Mapping[str, Any]) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(values), status)


def show_moment(at: datetime) -> str:
    """Write a time as people do, in UTC."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


def _finalize(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
