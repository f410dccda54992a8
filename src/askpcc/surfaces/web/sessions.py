"""Sessions: who somebody is, signed into a cookie of theirs."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from askpcc.surfaces.web.access import Person

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
_WRITTEN_AGAIN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Session:
    """A visit that lasts over many requests.

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

    way: how people come in; a cookie that was written for another way is none.  Ended sessions are
    remembered, so that a copy of their cookie is worth nothing; this process only does so.
    """

    def __init__(self, secret: str, way: str, now: Callable[[], datetime]) -> None:
        self._signed = URLSafeSerializer(secret, salt=f"askpcc session {way}")
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
        return session if now - session.seen <= IDLE and now - session.began <= LONGEST else None

    def is_to_be_written(self, session: Session) -> bool:
        """Tell whether its cookie should be written again, so that it does not grow too old."""
        return session.id not in self._ended and self._now() - session.seen >= _WRITTEN_AGAIN_AFTER

    def end(self, session: Session) -> None:
        """Let a session count no more."""
        with self._lock:
            oldest = self._now() - LONGEST
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
