"""What goes wrong on demand: errors, lost replies, held calls, sockets, streams."""

import time
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from loopback_slack.core import Core
from loopback_slack.faults import Fault, Gate
from loopback_slack.http_events import sign, signed_headers
from loopback_slack.journal import Json


class Trouble(Core):
    """Faults meet the next calls in the order in which they were asked for."""

    def fail(
        self,
        method: str,
        error: str = "ratelimited",
        *,
        retry_after: float = 1,
        times: int = 1,
        when: Callable[[Json], bool] = lambda _: True,
    ) -> None:
        """Let the next calls fail: `ratelimited` is HTTP 429, `internal_error` 500, the rest ok: false."""
        self._add(Fault(method, error, times, retry_after, when=when))

    def hang_up(self, method: str, *, times: int = 1) -> None:
        """Close the connection of the next calls before they are carried out."""
        self._add(Fault(method, "connection_closed", times, drop=True))

    def lose_reply(self, method: str, *, times: int = 1) -> None:
        """Carry the next calls out, but close the connection instead of saying so."""
        self._add(Fault(method, "connection_closed", times, drop=True, after=True))

    def hold(self, method: str, *, after: bool = False) -> Gate:
        """Hold the calls of a method (or, with `after`, their replies) from `.arrived.wait(5)` to `.open()`.

        A gate is a context manager. A call that is held is carried out once the gate opens, even if the bot
        died meanwhile.
        """
        with self.journal.changed:
            gate = Gate(method, after)
            self.faults.gates.append(gate)
            return gate

    def expire_streams(self) -> None:
        """End the life of all streams that are open."""
        with self.journal.changed:
            for message in (each for there in self.state.messages.values() for each in there.values()):
                if message.stream:
                    message.stream.open = False

    def expire_triggers(self) -> None:
        """Make all trigger ids three seconds old."""
        with self.journal.changed:
            for trigger in self.state.triggers.values():
                trigger.made -= self.state.rules.trigger_seconds + 1

    def expire_response_urls(self) -> None:
        """Make all response URLs half an hour old."""
        with self.journal.changed:
            for leave in self.state.response_urls.values():
                leave.made -= self.state.rules.response_url_seconds + 1

    def disconnect(self, reason: str = "refresh_requested", *, count: int | None = None) -> None:
        """Tell sockets (all, or the oldest few) to go; the app is to open new ones."""
        self._server.run(self.sockets.disconnect(reason, count=count))

    def drop_sockets(self, *, count: int | None = None) -> None:
        """Cut sockets (all, or the oldest few) without a word."""
        self._server.run(self.sockets.drop(count=count))

    def post_signed(self, url: str, body: bytes, content_type: str = "application/json") -> int:
        """Send any body with a right signature; return the HTTP status."""
        return _post(url, body, signed_headers(self.signing_secret, body, content_type))

    def post_badly_signed(self, url: str, body: bytes, content_type: str = "application/json") -> int:
        """Send a body signed with another secret; return the HTTP status."""
        return _post(url, body, signed_headers("another-secret", body, content_type))

    def post_unsigned(self, url: str, body: bytes, content_type: str = "application/json") -> int:
        """Send a body without any signature; return the HTTP status."""
        return _post(url, body, {"Content-Type": content_type})

    def post_stale(self, url: str, body: bytes, *, seconds: int = 600) -> int:
        """Send a rightly signed body that is this old; return the HTTP status."""
        timestamp = str(int(time.time()) - seconds)
        signature = sign(self.signing_secret, body, timestamp)
        headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
        return _post(url, body, headers | {"Content-Type": "application/json"})

    def post_oversized(self, url: str, size: int) -> int:
        """Send a rightly signed JSON body of about this many bytes; return the HTTP status."""
        return self.post_signed(url, b'{"padding": "' + b"x" * size + b'"}')

    def post_malformed(self, url: str) -> int:
        """Send a rightly signed body that is no JSON; return the HTTP status."""
        return self.post_signed(url, b'{"type": "event_callback", "event"')

    def _add(self, fault: Fault) -> None:
        with self.journal.changed:
            self.faults.waiting.append(fault)


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    request = Request(url, body, headers)  # noqa: S310 # an address of the app under test, on loopback
    try:
        with urlopen(request, timeout=10) as response:  # noqa: S310 # the same
            return int(response.status)
    except HTTPError as refused:
        with refused:
            return refused.code
