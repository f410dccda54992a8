"""Sign in with Slack."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt
from itsdangerous import BadData, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from askpcc.errors import SlackError
from askpcc.rendering.logs import EventLog
from askpcc.web.auth import SignInHint
from askpcc.web.sessions import (
    Cookies,
    Person,
    Session,
    Sessions,
)

SLACK = "https://slack.com/"
_TEAM, _USER = "https://slack.com/team_id", "https://slack.com/user_id"
_REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce", _TEAM, _USER]
_USER_ID = re.compile("[UW][A-Z0-9]{2,30}")
_SECONDS = 10.0
_LEEWAY = 60
_KEYS_LAST = 3_600.0
_KEYS_LAST_AT_LEAST = 60.0
_LONGEST_NAME = 200
_NO_KEY = (jwt.PyJWKClientError, jwt.PyJWKSetError, OSError, ValueError, TypeError, AttributeError)
"""Also what PyJWT lets through of an answer that holds no keys."""

_BEGIN, _RETURN, _FAILED_PATH = "/sign-in", "/sign-in/return", "/sign-in/failed"
_VALID = timedelta(minutes=10)
_LONGEST_PATH = 500
_WELCOME = "Sign in to ask and read."
_FAILED = "Slack did not confirm who you are, or you belong to another workspace. You can try again."
_LOG = EventLog("web.sign_in")


@dataclass(frozen=True, slots=True)
class SlackApp:
    """The app that people sign in with.  team: the only workspace let in.  base: ends with a slash."""

    client_id: str
    client_secret: str = field(repr=False)
    team: str
    base: str = SLACK

    @property
    def issuer(self) -> str:
        """Return who signs."""
        return self.base.rstrip("/")

    @property
    def authorize_url(self) -> str:
        """Return where people say yes."""
        return f"{self.base}openid/connect/authorize"

    @property
    def token_url(self) -> str:
        """Return where a code becomes a token."""
        return f"{self.base}api/openid.connect.token"

    @property
    def keys_url(self) -> str:
        """Return where the public keys are."""
        return f"{self.base}openid/connect/keys"


class SlackIdentity:
    """Turns the code that a browser brings back into a person.  Safe in several threads."""

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        self._keys = jwt.PyJWKClient(
            app.keys_url,
            lifespan=_KEYS_LAST,
            cooldown_duration=_KEYS_LAST_AT_LEAST,
            timeout=_SECONDS,
            ssl_context=httpx.create_ssl_context(),  # the authorities of the other request, not urllib's
        )

    def identify(self, code: str, nonce: str, redirect_uri: str) -> Person:
        """Return who signed in; SlackError where Slack does not say so, or not in a way to be believed."""
        return self._check(self._exchange(code, redirect_uri), nonce)

    def _exchange(self, code: str, redirect_uri: str) -> str:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": self._app.client_id,
            "client_secret": self._app.client_secret,
        }
        shape = _post(self._app.token_url, sent)
        token = shape.get("id_token")
        if shape.get("ok") is not True or not isinstance(token, str):
            raise SlackError("Slack gave no token for a sign-in. Try again.")
        return token

    def _check(self, token: str, nonce: str) -> Person:
        try:
            claims = jwt.decode(
                token,
                self._find_key(token),
                algorithms=["RS256"],
                audience=self._app.client_id,
                issuer=self._app.issuer,
                leeway=_LEEWAY,
                options={"require": _REQUIRED, "strict_aud": True},
            )
        except jwt.PyJWTError as exc:
            raise SlackError(
                f"Slack's token was not accepted ({type(exc).__name__}). Sign in again."
            ) from exc
        if not compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
            raise SlackError("Slack's token is for another sign-in. Sign in again.")
        if claims[_TEAM] != self._app.team:
            raise SlackError("Somebody of another workspace tried to sign in.")
        return self._read_person(claims)

    def _find_key(self, token: str) -> jwt.PyJWK:
        try:
            return self._keys.get_signing_key_from_jwt(token)
        except _NO_KEY as exc:
            raise SlackError(f"Slack shows no key for its token ({type(exc).__name__}). Try again.") from exc

    def _read_person(self, claims: dict[str, Any]) -> Person:
        user = str(claims[_USER])
        if not _USER_ID.fullmatch(user):
            raise SlackError("Slack's token names no person. Sign in again.")
        name = " ".join(str(claims.get("name") or user).split())[:_LONGEST_NAME]
        return Person(self._app.team, user, name)


def _post(url: str, form: dict[str, str]) -> dict[str, Any]:
    try:
        answer = httpx.post(url, data=form, timeout=_SECONDS, follow_redirects=False)
        shape = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as exc:
        raise SlackError(
            f"Slack could not be reached for a sign-in ({type(exc).__name__}). Try again."
        ) from exc
    if not isinstance(shape, dict):
        raise SlackError("Slack answered a sign-in with something else. Try again.")
    return shape


@dataclass(frozen=True, slots=True)
class PendingSignIn:
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

    def admit(self, request: Request, known: Session | None) -> Session | None:  # noqa: ARG002 - as all methods
        """Admit whoever has a session."""
        return known

    def hint(self, request: Request) -> SignInHint:
        """Offer to sign in, and to go on to what was wanted."""
        query = urlencode({"then": _read_path(request)})
        failed = request.url.path == _FAILED_PATH
        return SignInHint(_FAILED if failed else _WELCOME, f"{_BEGIN}?{query}", "Sign in with Slack")

    async def _begin(self, request: Request) -> Response:
        then = _keep_own(request.query_params.get("then", "/"))
        pending = PendingSignIn(token_urlsafe(24), token_urlsafe(24), then, self._now().timestamp())
        asked = {
            "response_type": "code",
            "scope": "openid profile",
            "client_id": self._app.client_id,
            "redirect_uri": self._back,
            "state": pending.state,
            "nonce": pending.nonce,
            "team": self._app.team,
        }
        response = RedirectResponse(f"{self._app.authorize_url}?{urlencode(asked)}", 303)
        self._cookies.keep_sign_in(response, str(self._signed.dumps(asdict(pending))))
        return response

    async def _end(self, request: Request) -> Response:
        pending = self._read_pending(request)
        person = await run_in_threadpool(self._identify, request, pending) if pending else None
        if pending is None or person is None:
            response: Response = RedirectResponse(_FAILED_PATH, 303)
        else:
            response = RedirectResponse(pending.then, 303)
            self._cookies.keep_session(response, self._sessions.write(self._sessions.begin(person)))
        self._cookies.drop_sign_in(response)
        return response

    def _identify(self, request: Request, pending: PendingSignIn) -> Person | None:
        code = request.query_params.get("code", "")
        try:
            return self._identity.identify(code, pending.nonce, self._back) if code else None
        except SlackError as exc:
            _LOG.failure("sign_in_failed", exc)
            return None

    def _read_pending(self, request: Request) -> PendingSignIn | None:
        """Return the sign-in that this browser began, if what comes back belongs to it and is not old."""
        try:
            pending = PendingSignIn(**self._signed.loads(self._cookies.read_sign_in(request) or ""))
        except (BadData, TypeError):
            return None
        state = request.query_params.get("state", "")
        same = compare_digest(pending.state.encode(), state.encode("utf-8", "replace"))
        return pending if same and self._now().timestamp() - pending.at <= _VALID.total_seconds() else None


def _read_path(request: Request) -> str:
    if request.method != "GET" or request.url.path.startswith(_BEGIN):
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"


def _keep_own(path: str) -> str:
    """Return a path of ours; "/" for anything that a browser could take for another site."""
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if own and len(path) <= _LONGEST_PATH and "\\" not in path else "/"
