"""What goes wrong on demand."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from loopback_slack.journal import Json

_STATUSES = {"ratelimited": 429, "internal_error": 500, "service_unavailable": 503}


@dataclass(slots=True)
class Fault:
    """What happens to the next calls of a method instead (or, with `after`, once it was carried out)."""

    method: str
    error: str
    times: int
    retry_after: float = 1
    drop: bool = False
    after: bool = False
    when: Callable[[Json], bool] = lambda _: True

    @property
    def status(self) -> int:
        """The HTTP status Slack gives with this error."""
        return _STATUSES.get(self.error, 200)

    def answer(self) -> Json:
        """Return the body."""
        return {"ok": False, "error": self.error}

    def headers(self) -> dict[str, str]:
        """Return what comes with it."""
        return {"Retry-After": f"{self.retry_after:g}"} if self.error == "ratelimited" else {}


@dataclass(slots=True)
class Gate:
    """Holds the calls of a method until it is opened; `arrived` is set when one is held, `held` counts."""

    method: str
    after: bool = False
    held: int = 0
    arrived: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def open(self) -> None:
        """Let all go on."""
        self.opened.set()

    def __enter__(self) -> "Gate":
        return self

    def __exit__(self, *_: object) -> None:
        self.open()


@dataclass(slots=True)
class Faults:
    """The faults that wait for their call, and the gates."""

    waiting: list[Fault] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)

    def take(self, method: str, args: Json) -> Fault | None:
        """Return the fault that this call meets, once less than before."""
        for fault in self.waiting:
            if fault.times > 0 and fault.method == method and fault.when(args):
                fault.times -= 1
                return fault
        return None

    def gate(self, method: str, *, after: bool) -> Gate | None:
        """Return the closed gate this call stands at, before or after it was carried out."""
        closed = [each for each in self.gates if not each.opened.is_set()]
        return next((each for each in closed if (each.method, each.after) == (method, after)), None)
