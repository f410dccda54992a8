"""What was asked of the loopback Slack, which rules were broken, and waiting for either."""

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]
T = TypeVar("T")


class RulesBroken(AssertionError):
    """The bot under test broke rules of Slack or of the house; each is listed."""


class NeverHappened(AssertionError):
    """What a test waited for did not come to pass in time."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API or of a response URL (method `response_url`), with its answer."""

    method: str
    arguments: Json
    answer: Json
    status: int
    at: float

    @property
    def ok(self) -> bool:
        """Whether Slack carried it out."""
        return bool(self.answer.get("ok"))

    @property
    def error(self) -> str:
        """Slack's word for what was wrong, or nothing."""
        return str(self.answer.get("error", ""))


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that was broken: a kind to tolerate it by, the method, and what was wrong."""

    kind: str
    method: str
    detail: str

    def __str__(self) -> str:
        return f"{self.method}: {self.kind}: {self.detail}"


@dataclass(slots=True)
class Journal:
    """Calls and violations, in order; `changed` guards all state of the loopback Slack."""

    tolerated: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))

    def note_call(self, call: Call) -> None:
        """Keep a call and wake whoever waits."""
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()

    def note_violation(self, kind: str, method: str, detail: str) -> None:
        """Keep a violation once, unless its kind is tolerated."""
        with self.changed:
            violation = Violation(kind, method, detail)
            if kind not in self.tolerated and violation not in self.violations:
                self.violations.append(violation)
            self.changed.notify_all()

    def wake(self) -> None:
        """Wake whoever waits."""
        with self.changed:
            self.changed.notify_all()

    def take_violations(self, kinds: Collection[str] = ()) -> list[Violation]:
        """Return the violations of these kinds (of all, if none is named) and forget them."""
        with self.changed:
            taken = [each for each in self.violations if not kinds or each.kind in kinds]
            self.violations = [each for each in self.violations if each not in taken]
            return taken

    def wait_for(self, predicate: Callable[[], T | None], seconds: float) -> T:
        """Return the first true value of the predicate; it runs while nothing else changes."""
        until = time.monotonic() + seconds
        with self.changed:
            while not (value := predicate()):
                left = until - time.monotonic()
                if left <= 0:
                    raise NeverHappened(self._account(seconds))
                self.changed.wait(left)
            return value

    def raise_violations(self) -> None:
        """Raise what was broken, if anything was."""
        if self.violations:
            raise RulesBroken("\n".join(["Rules of Slack were broken:", *map(str, self.violations)]))

    def _account(self, seconds: float) -> str:
        last = [f"  {call.method} {call.arguments} -> {call.error or 'ok'}"[:300] for call in self.calls[-8:]]
        broken = [f"  {violation}" for violation in self.violations]
        return "\n".join(
            [f"It did not happen within {seconds} s. Last calls:", *last, "Violations:", *broken]
        )
