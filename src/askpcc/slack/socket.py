"""All that runs while the bot does: its connection to Slack, its workers, and what it looks at regularly."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from socket import SHUT_RDWR
from threading import Condition, Event, Thread
from time import monotonic, time
from typing import TYPE_CHECKING, Any, Protocol

from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from askpcc.errors import AskpccError, SlackError
from askpcc.indexing.watching import Schedule
from askpcc.inquiry_workers import Workers
from askpcc.rendering.logs import EventLog
from askpcc.server import wait_until_told

if TYPE_CHECKING:
    from slack_bolt import App
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = EventLog("slack")
_POLL_LOG = EventLog("slack.watch")

_QUIET_SECONDS = 0.2
"""Nothing that was sent before the bot was told to end comes later than this."""

_PATIENCE = 2.0
"""Seconds; so long others wait at most before they go on all the same."""

_SECONDS_BETWEEN_LOOKS = 5.0
_OF_PEOPLE = {"interactive", "slash_commands"}
_ENVELOPE = "envelope_id"
_THREADS_FOR_EVENTS, _THREADS_FOR_PEOPLE = 8, 8
_PING_SECONDS = 2.0
"""A connection that broke is replaced after twice so long; Slack holds back meanwhile what it has to send."""

_SECONDS_TO_CLOSE = 1.0
_SECONDS_TO_FINISH = 20.0
"""So long a question that is being answered may take when the bot ends; then another may have it."""


class PendingAcks:
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

    def wait(self) -> None:
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


@dataclass(frozen=True, slots=True)
class Poller:
    """Calls some functions every few seconds, and whenever somebody calls it."""

    looks: Sequence[Callable[[], None]]
    called: Event = field(default_factory=Event)
    stopping: Event = field(default_factory=Event)

    def start(self) -> None:
        """Begin."""
        Thread(target=self._poll, name="watch", daemon=True).start()

    def call(self) -> None:
        """Look now."""
        self.called.set()

    def stop(self) -> None:
        """End."""
        self.stopping.set()
        self.called.set()

    def _poll(self) -> None:
        while not self.stopping.is_set():
            self.called.clear()
            for look in self.looks:
                try:
                    look()
                except AskpccError as exc:
                    # What failed is looked at again.
                    _POLL_LOG.failure("watch_failed", exc)
            self.called.wait(_SECONDS_BETWEEN_LOOKS)


class Transport(Protocol):
    """Brings in what Slack sends."""

    def open(self) -> None:
        """Let events come in; raises SlackError, SettingsError."""

    def close(self) -> None:
        """Let no more come in."""

    def is_open(self) -> bool:
        """Tell whether they can come in."""


class SocketModeTransport:
    """A connection to Slack.

    What people press, choose, send and type has threads of its own, so that it never waits behind questions.
    """

    def __init__(self, app: "App", app_token: str, pending: PendingAcks) -> None:
        self._app = app
        self._pending = pending
        self._client = _Client(self._pending, app, app_token)
        self._client.socket_mode_request_listeners.append(self._take)

    def open(self) -> None:
        """Connect; raises SlackError."""
        try:
            self._client.connect()
        except (SlackClientError, OSError) as exc:
            raise SlackError("Slack opens no socket. Run: askpcc doctor") from exc

    def close(self) -> None:
        """Take no more questions, which Slack sends again; acknowledge what has come in; disconnect."""
        self._pending.end(_SECONDS_TO_CLOSE)
        self._client.close()

    def is_open(self) -> bool:
        """Tell whether the connection stands."""
        return self._client.is_connected()

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        if request.type in _OF_PEOPLE or not self._pending.is_ending:
            send_response(client, request, run_bolt_app(self._app, request), time())


class _Client(SocketModeClient):
    """Slack's own client, with a way around the questions for what people do themselves."""

    def __init__(self, pending: PendingAcks, app: "App", app_token: str) -> None:
        # These come first, since the client's threads begin at once.
        self._pending = pending
        self._for_people = ThreadPoolExecutor(_THREADS_FOR_PEOPLE, thread_name_prefix="people")
        super().__init__(
            app_token=app_token,
            web_client=app.client,
            logger=app.logger,
            ping_interval=_PING_SECONDS,
            concurrency=_THREADS_FOR_EVENTS,
        )

    def enqueue_message(self, message: str) -> None:
        """Let questions queue, and do at once what people pressed, chose, sent or typed."""
        envelope = json.loads(message) if message.startswith("{") else {}
        if _ENVELOPE in envelope:
            self._pending.arrive()
        if envelope.get("type") in _OF_PEOPLE:
            self._for_people.submit(self.run_message_listeners, envelope, message)
        else:
            super().enqueue_message(message)

    def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Acknowledge what came in."""
        try:
            super().run_message_listeners(message, raw_message)
        finally:
            if _ENVELOPE in message:
                self._pending.depart()

    def _monitor_current_session(self) -> None:
        """Look after the connection; give one up in which nothing can be sent, not at the fifth try only."""
        session = self.current_session
        super()._monitor_current_session()  # type: ignore[no-untyped-call]  # untyped in the SDK
        if session is not None and session.consecutive_check_state_error_count:
            session.disconnect()
            super()._monitor_current_session()  # type: ignore[no-untyped-call]  # untyped in the SDK

    def disconnect(self) -> None:
        """Disconnect at once: otherwise whoever reads waits for what is sent next, for three seconds."""
        session = self.current_session
        if session is not None and session.sock is not None:
            with suppress(OSError):
                session.sock.shutdown(SHUT_RDWR)
        super().disconnect()

    def close(self) -> None:
        """Disconnect, and let what is being done come to its end."""
        try:
            super().close()
        except AttributeError:
            # Slack's client looks at its socket before it locks it, and its reader may let go of it between
            # the two; the socket is closed then, and the rest still has to be.
            super().close()
        self._for_people.shutdown()


class HttpTransport:
    """Slack's requests over HTTP, served by a server that starts and ends with it."""

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


@dataclass(frozen=True, slots=True)
class Bot:
    """All that runs.  warm_up: loads what the first question would wait for.  health: serves its port.

    schedule: the turns that look for new responses; None where nobody looks.
    """

    transport: Transport
    workers: Workers
    poller: Poller
    warm_up: Callable[[], None]
    health: AbstractContextManager[object]
    schedule: Schedule | None = None

    def run(self, until: Event) -> None:
        """Answer until an event is set; then finish what is being answered and hand the rest back."""
        with self.health:
            self.warm_up()
            self.workers.start()
            self.poller.start()
            try:
                self.transport.open()
                _LOG.event("started")
                if self.schedule is not None:
                    self.schedule.start(until)
                wait_until_told(until)
            finally:
                self.workers.close()
                self.transport.close()
                self.poller.stop()
                _LOG.event("stopped", count=self.workers.stop(_SECONDS_TO_FINISH))
