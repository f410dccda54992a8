"""How people come in: by a one-time link, by a header of a reverse proxy, or signed in with Slack."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from ipaddress import IPv4Network, IPv6Network, ip_address
from secrets import token_urlsafe
from threading import Lock
from typing import Any, Protocol
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
from askpcc.web.sessions import Cookies, Person, Session, Sessions

_VALID = timedelta(minutes=10)
_LINK_PATH = "/enter"
_TEAM = "proxy"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class SignInHint:
    """What somebody is told who is not admitted.  path: where they can go; "" for nowhere."""

    words: str
    path: str = ""
    label: str = ""


class AuthMethod(Protocol):
    """How people come in.

    name: tells its sessions from those of others.  can_sign_out: whether leaving means anything.
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
        return f"{base}{_LINK_PATH}?token={self._token}"

    def routes(self) -> Sequence[Route]:
        """Return what the link leads to."""
        return [Route(_LINK_PATH, self._enter, methods=["GET"])]

    def admit(self, request: Request, known: Session | None) -> Session | None:  # noqa: ARG002 - as all methods
        """Admit whoever has a session."""
        return known

    def hint(self, request: Request) -> SignInHint:  # noqa: ARG002 - as all methods
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
            return self.now() - self._made <= _VALID


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

    def hint(self, request: Request) -> SignInHint:  # noqa: ARG002 - as all methods
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
        return Person(_TEAM, name, name)

    def _is_proxy(self, request: Request) -> bool:
        try:
            address = ip_address(request.client.host) if request.client else None
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return mapped is not None and any(mapped in network for network in self.proxies)


SLACK = "https://slack.com/"
_TEAM, _USER = "https://slack.com/team_id", "https://slack.com/user_id"
_REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce", _TEAM, _USER]
_USER_ID = re.compile("[UW][A-Z0-9]{2,30}")
_SECONDS = 10.0
_LEEWAY = 60
_KEYS_LAST = 3_600.0
_KEYS_LAST_AT_LEAST = 60.0
_NO_KEY = (jwt.PyJWKClientError, jwt.PyJWKSetError, OSError, ValueError, TypeError, AttributeError)
"""Also what PyJWT lets through of an answer that holds no keys."""

_BEGIN, _RETURN, _FAILED_PATH = "/sign-in", "/sign-in/return", "/sign-in/failed"
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
