"""A link that works once: for the person at the machine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from askpcc.surfaces.web.access import Person
from askpcc.surfaces.web.cookies import Cookies
from askpcc.surfaces.web.sessions import Session, Sessions
from askpcc.surfaces.web.ways import Hint

VALID = timedelta(minutes=10)
_PATH = "/enter"
_HINT = Hint(
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

    def hint(self, request: Request) -> Hint:  # noqa: ARG002 - as all ways
        """Say where the link is."""
        return _HINT

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
