"""Looking again and again for what other processes did: runs of the index, verdicts given on a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Thread

from askpcc.errors import AskpccError
from askpcc.rendering.logs import EventLog

_LOG = EventLog("slack.watch")
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Watch:
    """Calls some functions every few seconds, and whenever somebody calls it."""

    looks: Sequence[Callable[[], None]]
    called: Event = field(default_factory=Event)
    stopping: Event = field(default_factory=Event)

    def start(self) -> None:
        """Begin."""
        Thread(target=self._watch, name="watch", daemon=True).start()

    def call(self) -> None:
        """Look now."""
        self.called.set()

    def stop(self) -> None:
        """End."""
        self.stopping.set()
        self.called.set()

    def _watch(self) -> None:
        while not self.stopping.is_set():
            self.called.clear()
            for look in self.looks:
                try:
                    look()
                except AskpccError as exc:
                    # What failed is looked at again.
                    _LOG.failure("watch_failed", exc)
            self.called.wait(_SECONDS)
