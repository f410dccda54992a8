"""The running bot: what starts with it, and how it ends without losing anything."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from askpcc.inquiries.workers import Workers
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack.watching import Watch

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
    watch: Watch
    warm_up: Callable[[], None]
    health: AbstractContextManager[object]

    def run(self, until: Event) -> None:
        """Answer until an event is set; then finish what is being answered and hand the rest back."""
        with self.health:
            self.warm_up()
            self.workers.start()
            self.watch.start()
            try:
                self.line.open()
                _LOG.event("started")
                until.wait()
            finally:
                self.workers.close()
                self.line.close()
                self.watch.stop()
                _LOG.event("stopped", count=self.workers.stop(_SECONDS_TO_FINISH))


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
