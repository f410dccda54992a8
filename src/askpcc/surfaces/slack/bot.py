"""The running bot: what starts with it, and how it ends without losing anything."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Protocol

from askpcc.errors import SlackError
from askpcc.inquiries.workers import Workers
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack.announcing import Announcer

if TYPE_CHECKING:
    from slack_bolt import App

_LOG = EventLog("slack")
_SECONDS_TO_FINISH = 20.0
"""So long a question that is being answered may take when the bot ends; then another may have it."""


class Line(Protocol):
    """The way on which Slack's events come in."""

    def open(self) -> None:
        """Let events come in; raises SlackError, SettingsError."""

    def close(self) -> None:
        """Let no more come in."""

    def is_open(self) -> bool:
        """Tell whether they can come in."""


@dataclass(frozen=True, slots=True)
class Bot:
    """All that runs.  warm_up: loads what the first question would wait for.  health: serves its port."""

    line: Line
    workers: Workers
    announcer: Announcer
    warm_up: Callable[[], None]
    health: AbstractContextManager[object]

    def run(self, until: Event) -> None:
        """Answer until an event is set; then finish what is being answered and hand the rest back."""
        with self.health:
            self.warm_up()
            self.workers.start()
            self.announcer.start()
            try:
                self.line.open()
                _LOG.event("started")
                until.wait()
            finally:
                self.line.close()
                self.announcer.stop()
                _LOG.event("stopped", count=self.workers.stop(_SECONDS_TO_FINISH))


class SocketLine:
    """Socket Mode: the bot opens the connection, so that nothing of it can be reached from outside."""

    def __init__(self, app: "App", app_token: str) -> None:
        from slack_bolt.adapter.socket_mode import SocketModeHandler

        self._handler = SocketModeHandler(app, app_token)

    def open(self) -> None:
        """Connect; raises SlackError."""
        from slack_sdk.errors import SlackClientError

        try:
            self._handler.connect()  # type: ignore[no-untyped-call]  # untyped in Bolt
        except (SlackClientError, OSError) as exc:
            raise SlackError("Slack opens no socket. Run: askpcc doctor") from exc

    def close(self) -> None:
        """End the connection."""
        self._handler.close()  # type: ignore[no-untyped-call]  # untyped in Bolt

    def is_open(self) -> bool:
        """Tell whether the connection stands."""
        return bool(self._handler.client.is_connected())


class HttpLine:
    """Slack's requests over HTTP, served by a server that starts and ends with the line."""

    def __init__(self, server: AbstractContextManager[object]) -> None:
        self._server = server
        self._open = False

    def open(self) -> None:
        """Begin to serve; raises SettingsError."""
        self._server.__enter__()
        self._open = True

    def close(self) -> None:
        """End."""
        if self._open:
            self._open = False
            self._server.__exit__(None, None, None)

    def is_open(self) -> bool:
        """Tell whether requests are served."""
        return self._open
