"""People, their roles, and the sessions and cookies by which they are known."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST_IDLE = timedelta(hours=12)
_LONGEST = timedelta(days=7)
_WRITTEN_AGAIN_AFTER = timedelta(minutes=5)
_SECONDS_FOR_A_SIGN_IN = 600


class Role(StrEnum):
    """What somebody may do; everybody who is admitted may ask."""

    ASKER = "asker"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as the auth method names them.

    team: the workspace, or the auth method where there is none.  id: what the ledger keeps and roles name.
    name: what they read of themselves.
    """

    team: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """A person with their roles."""

    person: Person
    roles: frozenset[Role]

    def may(self, role: Role) -> bool:
        """Tell whether they may do what a role may do."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class RoleTable:
    """Who has which role, by the ids of people; everybody has the roles of all, an admin a reviewer's."""

    reviewers: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    of_all: frozenset[Role] = frozenset({Role.ASKER})

    def assign(self, person: Person) -> User:
        """Return a person with their roles as they are now."""
        roles = set(self.of_all)
        if person.id in self.reviewers:
            roles.add(Role.REVIEWER)
        if person.id in self.admins:
            roles |= {Role.REVIEWER, Role.ADMIN}
        return User(person, frozenset(roles))


@dataclass(frozen=True, slots=True)
class Session:
    """What one browser's requests have in common.

    csrf: what every form of it carries.  began, seen: in UTC; a session ends after twelve hours without a
    request, and after seven days in any case.
    """

    id: str
    person: Person
    csrf: str
    began: datetime
    seen: datetime

    def has_token(self, token: str) -> bool:
        """Tell whether a form that carries a token came from a page of this session."""
        return compare_digest(self.csrf.encode(), token.encode("utf-8", "replace"))


class Sessions:
    """Begins, writes, reads and ends sessions.

    auth_method: its name; a cookie that was written for another one is none.  Ended sessions are
    remembered, so that a copy of their cookie is worth nothing; this process only does so.
    """

    # Starlette's own sessions have an idle time alone, and a copied cookie of an ended one counts.
    def __init__(self, secret: str, auth_method: str, now: Callable[[], datetime]) -> None:
        self._signed = URLSafeSerializer(secret, salt=f"askpcc session {auth_method}")
        self._now = now
        self._lock = Lock()
        self._ended: dict[str, datetime] = {}

    def begin(self, person: Person) -> Session:
        """Begin a session."""
        now = self._now()
        return Session(token_urlsafe(16), person, token_urlsafe(24), now, now)

    def write(self, session: Session) -> str:
        """Return the cookie of a session, as of now."""
        person = asdict(session.person)
        shape = {"id": session.id, **{f"person_{name}": value for name, value in person.items()}}
        times = {"began": session.began.timestamp(), "seen": self._now().timestamp()}
        return str(self._signed.dumps({**shape, "csrf": session.csrf, **times}))

    def read(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie; None for one that is not ours, too old, or ended."""
        session = self._open(cookie) if cookie else None
        if session is None or session.id in self._ended:
            return None
        now = self._now()
        return session if now - session.seen <= _LONGEST_IDLE and now - session.began <= _LONGEST else None

    def is_to_be_written(self, session: Session) -> bool:
        """Tell whether its cookie should be written again, so that it does not grow too old."""
        return session.id not in self._ended and self._now() - session.seen >= _WRITTEN_AGAIN_AFTER

    def end(self, session: Session) -> None:
        """Let a session count no more."""
        with self._lock:
            oldest = self._now() - _LONGEST
            self._ended = {id_: at for id_, at in self._ended.items() if at > oldest}
            self._ended[session.id] = self._now()

    def _open(self, cookie: str) -> Session | None:
        try:
            return _as_session(self._signed.loads(cookie), self._now().tzinfo)
        except (BadData, KeyError, TypeError, ValueError, OverflowError):
            return None


def _as_session(shape: dict[str, Any], zone: Any) -> Session:  # noqa: ANN401 - tzinfo or None, as a clock has it
    return Session(
        id=shape["id"],
        person=Person(shape["person_team"], shape["person_id"], shape["person_name"]),
        csrf=shape["csrf"],
        began=datetime.fromtimestamp(shape["began"], zone),
        seen=datetime.fromtimestamp(shape["seen"], zone),
    )


@dataclass(frozen=True, slots=True)
class Address:
    """How browsers reach the pages.

    origin: scheme, host and port; "" on loopback, where it is what the browser says.  hosts: names that a
    request may be for, so that no other site's name can be pointed at this machine.
    """

    origin: str = ""
    hosts: frozenset[str] = field(default=LOOPBACK_HOSTS)

    @property
    def is_encrypted(self) -> bool:
        """Tell whether cookies can be kept off unencrypted lines."""
        return self.origin.startswith("https://")

    def origin_of(self, request: Request) -> str:
        """Return the origin that the pages have for a browser."""
        return self.origin or f"http://{request.headers.get('host', '')}"


@dataclass(frozen=True, slots=True)
class Cookies:
    """Reads and writes cookies: never for scripts, never for other sites' forms, encrypted where we are."""

    address: Address

    def read_session(self, request: Request) -> str | None:
        """Return the session's cookie."""
        return request.cookies.get(self._name("session"))

    def keep_session(self, response: Response, value: str) -> None:
        """Let the browser keep the session."""
        self._set(response, "session", value, int(_LONGEST_IDLE.total_seconds()))

    def drop_session(self, response: Response) -> None:
        """Let the browser forget the session."""
        self._set(response, "session", "", 0)

    def read_sign_in(self, request: Request) -> str | None:
        """Return the cookie of a sign-in that has begun."""
        return request.cookies.get(self._name("sign_in"))

    def keep_sign_in(self, response: Response, value: str) -> None:
        """Let the browser keep what a sign-in needs when it comes back."""
        self._set(response, "sign_in", value, _SECONDS_FOR_A_SIGN_IN)

    def drop_sign_in(self, response: Response) -> None:
        """Let the browser forget a sign-in."""
        self._set(response, "sign_in", "", 0)

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            self._name(name),
            value,
            max_age=seconds,
            path="/",
            secure=self.address.is_encrypted,
            httponly=True,
            samesite="lax",
        )

    def _name(self, name: str) -> str:
        """Name a cookie; with the prefix, browsers take it from this very host only."""
        return f"__Host-askpcc_{name}" if self.address.is_encrypted else f"askpcc_{name}"
