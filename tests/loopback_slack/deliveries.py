"""What Slack sends to the app: payloads, the attempts to deliver them, and their acknowledgements."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from loopback_slack.journal import Journal, Json

RETRIES = 3


@dataclass(slots=True)
class Attempt:
    """One try: over which connection, and when and how the app answered."""

    number: int
    envelope_id: str
    reason: str
    connection: int
    sent: float
    acked: float | None = None
    answer: Json | None = None
    status: int = 0

    @property
    def latency(self) -> float | None:
        """Seconds from sending to acknowledgement."""
        return None if self.acked is None else self.acked - self.sent


@dataclass(slots=True)
class Delivery:
    """A payload on its way; kinds as in Socket Mode: events_api, interactive, slash_commands."""

    kind: str
    payload: Json
    first_number: int = 0
    follows: "Delivery | None" = None
    attempts: list[Attempt] = field(default_factory=list)
    ended: bool = False

    @property
    def event_id(self) -> str:
        """The event's id; nothing for what is no event."""
        return str(self.payload.get("event_id", ""))

    @property
    def event_type(self) -> str:
        """The type of the event or of the interaction."""
        inner = self.payload.get("event", self.payload)
        return str(inner.get("type", inner.get("command", "")))

    @property
    def acked(self) -> bool:
        """Whether any attempt was acknowledged."""
        return any(attempt.acked is not None for attempt in self.attempts)

    @property
    def answer(self) -> Json:
        """What came with the acknowledgement."""
        return next((each.answer for each in self.attempts if each.answer), {})

    @property
    def latency(self) -> float | None:
        """Seconds the first acknowledgement took."""
        return next((each.latency for each in self.attempts if each.acked is not None), None)


@dataclass(frozen=True, slots=True)
class RetryRule:
    """How long an app has, and how long Slack waits before each retry (really 0, 60 and 300 seconds)."""

    ack_seconds: float = 3.0
    delays: tuple[float, ...] = (0.0, 0.1, 0.2)


class Stop(Exception):
    """No more retries: the app asked for none."""


Try = Callable[[Delivery, int, str], Awaitable[str]]
TakeAnswer = Callable[[Delivery], None]


@dataclass(slots=True)
class Carrier:
    """Tries a delivery until it is acknowledged; only events are tried again, as in Slack."""

    journal: Journal
    rule: RetryRule
    take_answer: TakeAnswer

    async def carry(self, delivery: Delivery, attempt: Try) -> None:
        """Deliver; `attempt` returns why it failed, or nothing when acknowledged."""
        reason = "timeout" if delivery.first_number else ""
        try:
            for number in range(delivery.first_number, RETRIES + 1):
                if number > delivery.first_number:
                    await asyncio.sleep(self.rule.delays[number - 1])
                reason = await attempt(delivery, number, reason)
                if not reason or delivery.kind != "events_api":
                    break
        except Stop:
            reason = "stopped"
        self._end(delivery, reason)

    def _end(self, delivery: Delivery, reason: str) -> None:
        with self.journal.changed:
            delivery.ended = True
            if not reason:
                self.take_answer(delivery)
            elif delivery.kind != "events_api":
                detail = f"{delivery.event_type} was not acknowledged ({reason}): the user sees an error"
                self.journal.note_violation("unacknowledged", delivery.kind, detail)
            self.journal.wake()


def now() -> float:
    """Return the time by which latencies are measured."""
    return time.monotonic()
