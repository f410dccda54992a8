"""The cookies that a browser keeps for us: of the session, and of a sign-in that has begun."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from askpcc.surfaces.web.security import Address
from askpcc.surfaces.web.sessions import IDLE

_SECONDS_FOR_A_SIGN_IN = 600


@dataclass(frozen=True, slots=True)
class Cookies:
    """Reads and writes cookies: never for scripts, never for other sites' forms, encrypted where we are."""

    address: Address

    def read_session(self, request: Request) -> str | None:
        """Return the session's cookie."""
        return request.cookies.get(self._name("session"))

    def keep_session(self, response: Response, value: str) -> None:
        """Let the browser keep the session."""
        self._set(response, "session", value, int(IDLE.total_seconds()))

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
