"""Sign in with Slack: the authorization code flow of OpenID Connect.

https://docs.slack.dev/authentication/sign-in-with-slack.  There is no PKCE in it: Slack has that only for
apps that are made public clients for good, and this one keeps a secret.  The nonce ties the code to the
browser that asked for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe
from urllib.parse import urlencode

from itsdangerous import BadData, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from askpcc.errors import SlackError
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.web.access import Person
from askpcc.surfaces.web.cookies import Cookies
from askpcc.surfaces.web.sessions import Session, Sessions
from askpcc.surfaces.web.ways import Hint
from askpcc.surfaces.web.ways.slack_identity import SlackApp, SlackIdentity

_BEGIN, _RETURN, _FAILED_PATH = "/sign-in", "/sign-in/return", "/sign-in/failed"
_VALID = timedelta(minutes=10)
_LONGEST_PATH = 500
_WELCOME = "Sign in to ask and read."
_FAILED = "Slack did not confirm who you are, or you belong to another workspace. You can try again."
_LOG = EventLog("web.sign_in")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun.  then: the path of ours that was wanted."""

    state: str
    nonce: str
    then: str
    at: float


class SlackSignIn:
    """Admits members of one workspace.  origin: of our pages, to which Slack sends people back."""

    name = "slack"
    can_sign_out = True

    def __init__(
        self,
        app: SlackApp,
        origin: str,
        secret: str,
        sessions: Sessions,
        cookies: Cookies,
        now: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._back = origin + _RETURN
        self._identity = SlackIdentity(app)
        self._signed = URLSafeSerializer(secret, salt="askpcc sign-in")
        self._sessions = sessions
        self._cookies = cookies
        self._now = now

    def routes(self) -> Sequence[Route]:
        """Return where a sign-in begins and ends."""
        return [
            Route(_BEGIN, self._begin, methods=["GET"]),
            Route(_RETURN, self._end, methods=["GET"]),
        ]

    def admit(self, request: Request, known: Session | None) -> Session | None:  # noqa: ARG002 - as all ways
        """Admit whoever has a session."""
        return known

    def hint(self, request: Request) -> Hint:
        """Offer to sign in, and to go on to what was wanted."""
        query = urlencode({"then": _read_path(request)})
        failed = request.url.path == _FAILED_PATH
        return Hint(_FAILED if failed else _WELCOME, f"{_BEGIN}?{query}", "Sign in with Slack")

    async def _begin(self, request: Request) -> Response:
        then = _keep_own(request.query_params.get("then", "/"))
        begun = Begun(token_urlsafe(24), token_urlsafe(24), then, self._now().timestamp())
        asked = {
            "response_type": "code",
            "scope": "openid profile",
            "client_id": self._app.client_id,
            "redirect_uri": self._back,
            "state": begun.state,
            "nonce": begun.nonce,
            "team": self._app.team,
        }
        response = RedirectResponse(f"{self._app.authorize_url}?{urlencode(asked)}", 303)
        written = {"state": begun.state, "nonce": begun.nonce, "then": begun.then, "at": begun.at}
        self._cookies.keep_sign_in(response, str(self._signed.dumps(written)))
        return response

    async def _end(self, request: Request) -> Response:
        begun = self._read_begun(request)
        person = await run_in_threadpool(self._identify, request, begun) if begun else None
        if begun is None or person is None:
            response: Response = RedirectResponse(_FAILED_PATH, 303)
        else:
            response = RedirectResponse(begun.then, 303)
            self._cookies.keep_session(response, self._sessions.write(self._sessions.begin(person)))
        self._cookies.drop_sign_in(response)
        return response

    def _identify(self, request: Request, begun: Begun) -> Person | None:
        code = request.query_params.get("code", "")
        try:
            return self._identity.identify(code, begun.nonce, self._back) if code else None
        except SlackError as exc:
            _LOG.failure("sign_in_failed", exc)
            return None

    def _read_begun(self, request: Request) -> Begun | None:
        """Return the sign-in that this browser began, if what comes back belongs to it and is not old."""
        try:
            begun = Begun(**self._signed.loads(self._cookies.read_sign_in(request) or ""))
        except (BadData, TypeError):
            return None
        state = request.query_params.get("state", "")
        same = compare_digest(begun.state.encode(), state.encode("utf-8", "replace"))
        return begun if same and self._now().timestamp() - begun.at <= _VALID.total_seconds() else None


def _read_path(request: Request) -> str:
    if request.method != "GET" or request.url.path.startswith(_BEGIN):
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"


def _keep_own(path: str) -> str:
    """Return a path of ours; "/" for anything that a browser could take for another site."""
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if own and len(path) <= _LONGEST_PATH and "\\" not in path else "/"
