"""Ways in: a one-time link, Sign in with Slack, a header of a reverse proxy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.routing import Route

from askpcc.surfaces.web.sessions import Session


@dataclass(frozen=True, slots=True)
class Hint:
    """What somebody is told who is not admitted.  path: where they can go; "" for nowhere."""

    words: str
    path: str = ""
    label: str = ""


class Way(Protocol):
    """How people come in.

    name: tells the sessions of one way from those of another.  can_sign_out: whether leaving means anything.
    routes: what it serves to those who are not in yet.  admit: the session of a request; known is the one
    of its cookie.  hint: for those who are not admitted.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - explained above
    @property
    def can_sign_out(self) -> bool: ...  # noqa: D102 - explained above
    def routes(self) -> Sequence[Route]: ...  # noqa: D102 - explained above
    def admit(self, request: Request, known: Session | None) -> Session | None: ...  # noqa: D102 - explained above
    def hint(self, request: Request) -> Hint: ...  # noqa: D102 - explained above
