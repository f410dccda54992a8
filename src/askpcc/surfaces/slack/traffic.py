"""What has come in from Slack and is not acknowledged yet: everything else gives way to it."""

from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_QUIET_SECONDS = 0.2
"""Nothing that was sent before the bot was told to end comes later than this."""

_PATIENCE = 2.0
"""So long others give way at most, in seconds, before they go on all the same."""


class Traffic:
    """Counts what is under way.  Safe in several threads.  is_ending: no more questions are taken."""

    def __init__(self) -> None:
        self.is_ending = False
        self._changed = Condition()
        self._under_way = 0
        self._latest = 0.0

    def arrive(self) -> None:
        """Count something that has come in."""
        with self._changed:
            self._under_way += 1
            self._latest = monotonic()

    def depart(self) -> None:
        """Count it no longer, since it is acknowledged."""
        with self._changed:
            self._under_way -= 1
            if not self._under_way:
                self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until nothing is under way, but not for ever."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, _PATIENCE)

    def count(self, asgi: "ASGIApp") -> "ASGIApp":
        """Count all that a web application answers."""

        async def counted(scope: "Scope", receive: "Receive", send: "Send") -> None:
            self.arrive()
            try:
                await asgi(scope, receive, send)
            finally:
                self.depart()

        return counted

    def end(self, seconds: float) -> None:
        """Wait until nothing is under way and nothing more comes, for so long at most."""
        began = monotonic()
        with self._changed:
            self.is_ending = True
            while (now := monotonic()) < began + seconds:
                quiet_at = max(began, self._latest) + _QUIET_SECONDS
                if not self._under_way and now >= quiet_at:
                    return
                self._changed.wait(began + seconds - now if self._under_way else quiet_at - now)
