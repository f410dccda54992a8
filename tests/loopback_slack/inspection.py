"""What a test looks at, and waits for."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from loopback_slack.core import Core
from loopback_slack.deliveries import Delivery
from loopback_slack.journal import Call, Violation
from loopback_slack.posts import Message, Session, View

T = TypeVar("T")
HANG = 90.0
"""Seconds after which something never happens; on a busy machine everything takes its time."""


class Inspection(Core):
    """All of it can be asked for at any time; `wait_for` asks again after each change."""

    def wait_for(self, predicate: Callable[[], T | None], seconds: float = HANG) -> T:
        """Return the first true value of the predicate; NeverHappened tells the last calls."""
        return self.journal.wait_for(predicate, seconds)

    def wait_until_delivered(self, seconds: float = HANG) -> None:
        """Wait until nothing is on its way to the app any more."""
        self.wait_for(lambda: all(each.ended for each in self.deliveries), seconds)

    def wait_for_replies(self, message: Message, count: int = 1, seconds: float = HANG) -> list[Message]:
        """Return the bot's finished replies to a message once there are as many."""

        def enough() -> list[Message]:
            found = [each for each in self.replies_by_bot(message) if not (each.stream and each.stream.open)]
            return found if len(found) >= count else []

        return self.wait_for(enough, seconds)

    def wait_for_connections(self, count: int = 1, seconds: float = HANG) -> None:
        """Wait until as many sockets are open."""
        self.wait_for(lambda: self.connections >= count, seconds)

    @property
    def connections(self) -> int:
        """How many sockets are open that Slack has not told to go."""
        return sum(not each.drained for each in self.sockets.open)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """Return what stands in a channel (all of it) or in a thread, oldest first."""
        with self.journal.changed:
            where = self.workspace.channel(channel).id
            if thread_ts is not None:
                return self.state.thread(where, thread_ts)
            return [each for _, each in sorted(self.state.messages.get(where, {}).items())]

    def replies_by_bot(self, message: Message) -> list[Message]:
        """Return what the bot said in the thread of a message."""
        thread = self.messages(message.channel, message.thread_ts or message.ts)
        return [each for each in thread if each.user == self.workspace.bot]

    def calls(self, method: str = "", *, ok: bool | None = None) -> list[Call]:
        """Return the calls of a method (of all), or only those that went well or badly."""
        with self.journal.changed:
            found = [each for each in self.journal.calls if method in {"", each.method}]
            return [each for each in found if ok is None or each.ok is ok]

    def ephemerals(self, user: str) -> list[Message]:
        """Return what only this user was shown, oldest first."""
        with self.journal.changed:
            who = self.workspace.user(user).id
            return [each for each in self.state.ephemerals if each.ephemeral_for == who]

    def home(self, user: str) -> View | None:
        """Return the Home tab as this user sees it."""
        return self.state.homes.get(self.workspace.user(user).id)

    def modal(self, user: str) -> View | None:
        """Return the topmost modal this user has open."""
        with self.journal.changed:
            stack = self.state.modals.get(self.workspace.user(user).id, [])
            return stack[-1] if stack else None

    def session(self, message: Message) -> Session | None:
        """Return the agent session of a message's thread."""
        return self.state.sessions.get((message.channel, message.thread_ts or message.ts))

    def thread_statuses(self, message: Message) -> list[str]:
        """Return each status that was set in a message's thread, in order."""
        root = message.thread_ts or message.ts
        found = [each for each in self.state.thread_statuses if each["channel"] == message.channel]
        return [each["status"] for each in found if each["thread_ts"] == root]

    def shown_status(self, message: Message) -> str:
        """Return the status a thread shows now: the next message of the bot clears it."""
        with self.journal.changed:
            root = message.thread_ts or message.ts
            found = [each for each in self.state.thread_statuses if each["channel"] == message.channel]
            last = next((each for each in reversed(found) if each["thread_ts"] == root), None)
            newest = max((each.ts for each in self.replies_by_bot(message)), default="")
            return str(last["status"]) if last and last["at"] > newest else ""

    def deliveries_of(self, kind: str) -> list[Delivery]:
        """Return what was sent of this type: `app_mention`, `block_actions`, `/askpcc` ..."""
        with self.journal.changed:
            return [each for each in self.deliveries if each.event_type == kind]

    @property
    def latencies(self) -> list[float]:
        """How many seconds each acknowledged delivery took."""
        return [each.latency for each in self.deliveries if each.latency is not None]

    @property
    def violations(self) -> list[Violation]:
        """Rules broken so far."""
        return list(self.journal.violations)

    def take_violations(self, *kinds: str) -> list[Violation]:
        """Return violations a test expected (of these kinds, or all); they are not raised at the end."""
        return self.journal.take_violations(kinds)

    def allow_mentions(self, *ids: str) -> None:
        """Let the bot mention these users or groups (by id) from now on."""
        with self.journal.changed:
            self.state.mentionable.update(ids)

    def forbid_mentions(self, ids: Iterable[str] = ()) -> None:
        """Take the leave to mention back: from these ids, or from all."""
        with self.journal.changed:
            self.state.mentionable -= set(ids) or set(self.state.mentionable)
