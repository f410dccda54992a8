"""What Slack says of somebody who signed in, believed only when it is signed, for us, now, and asked for."""

import re
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Lock
from time import monotonic
from typing import Any

import httpx
import jwt

from askpcc.errors import SlackError
from askpcc.surfaces.web.access import Person

SLACK = "https://slack.com/"
_TEAM, _USER = "https://slack.com/team_id", "https://slack.com/user_id"
_REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce", _TEAM, _USER]
_USER_ID = re.compile("[UW][A-Z0-9]{2,30}")
_SECONDS = 10.0
_LEEWAY = 60
_KEYS_LAST = 3_600.0
_KEYS_LAST_AT_LEAST = 60.0
_LONGEST_NAME = 200


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
        self._keys = _Keys(app.keys_url)

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
        shape = _fetch("POST", self._app.token_url, sent)
        token = shape.get("id_token")
        if shape.get("ok") is not True or not isinstance(token, str):
            raise SlackError("Slack gave no token for a sign-in. Try again.")
        return token

    def _check(self, token: str, nonce: str) -> Person:
        try:
            claims = jwt.decode(
                token,
                self._keys.find(jwt.get_unverified_header(token).get("kid")),
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

    def _read_person(self, claims: dict[str, Any]) -> Person:
        user = str(claims[_USER])
        if not _USER_ID.fullmatch(user):
            raise SlackError("Slack's token names no person. Sign in again.")
        name = " ".join(str(claims.get("name") or user).split())[:_LONGEST_NAME]
        return Person(self._app.team, user, name)


class _Keys:
    """Slack's public keys, fetched when one is needed that is not known, and anew each hour."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = float("-inf")

    def find(self, id_: str | None) -> jwt.PyJWK:
        """Return the key of an id; SlackError where there is none."""
        with self._lock:
            age = monotonic() - self._fetched
            if age > _KEYS_LAST or (id_ not in self._keys and age > _KEYS_LAST_AT_LEAST):
                self._keys = _read_keys(_fetch("GET", self._url))
                self._fetched = monotonic()
            key = self._keys.get(id_ or "")
        if key is None:
            raise SlackError("Slack's token is signed with a key that is not Slack's. Sign in again.")
        return key


def _read_keys(shape: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    try:
        return {key.key_id: key for key in jwt.PyJWKSet.from_dict(shape).keys if key.key_id}
    except (jwt.PyJWTError, AttributeError, TypeError, ValueError) as exc:
        raise SlackError("Slack's keys cannot be read. Try again.") from exc


def _fetch(method: str, url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        answer = httpx.request(method, url, data=form, timeout=_SECONDS, follow_redirects=False)
        shape = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as exc:
        raise SlackError(
            f"Slack could not be reached for a sign-in ({type(exc).__name__}). Try again."
        ) from exc
    if not isinstance(shape, dict):
        raise SlackError("Slack answered a sign-in with something else. Try again.")
    return shape
