"""Socket Mode: the bot opens the connection, so that nothing of it can be reached from outside."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from askpcc.errors import SlackError

if TYPE_CHECKING:
    from slack_bolt import App

_OF_PEOPLE = {"interactive", "slash_commands"}
_THREADS_FOR_EVENTS, _THREADS_FOR_PEOPLE = 8, 8
_PING_SECONDS = 3.0
"""So soon a connection that broke is seen; Slack holds back meanwhile what it has to send."""

_SECONDS_TO_CLOSE = 1.0
_QUIET_SECONDS = 0.2
"""Nothing that was sent before the bot was told to end comes later than this."""


class SocketLine:
    """A connection to Slack.

    What people press, choose, send and type has threads of its own, so that it never waits behind questions.
    """

    def __init__(self, app: "App", app_token: str) -> None:
        self._app = app
        self._traffic = _Traffic()
        self._client = _Client(self._traffic, app, app_token)
        self._client.socket_mode_request_listeners.append(self._take)

    def open(self) -> None:
        """Connect; raises SlackError."""
        try:
            self._client.connect()
        except (SlackClientError, OSError) as exc:
            raise SlackError("Slack opens no socket. Run: askpcc doctor") from exc

    def close(self) -> None:
        """Take no more questions, which Slack sends again; acknowledge what has come in; disconnect."""
        self._traffic.end(_SECONDS_TO_CLOSE)
        self._client.close()

    def is_open(self) -> bool:
        """Tell whether the connection stands."""
        return self._client.is_connected()

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        if request.type in _OF_PEOPLE:
            self._answer(client, request)
        elif not self._traffic.is_ending:
            with self._traffic.passing():
                self._answer(client, request)

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        send_response(client, request, run_bolt_app(self._app, request), time())


class _Traffic:
    """Counts what has come in and is not acknowledged yet."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._under_way = 0
        self._latest = 0.0
        self.is_ending = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Count something until it is acknowledged."""
        self.arrive()
        try:
            yield
        finally:
            self.depart()

    def arrive(self) -> None:
        """Count something that has come in."""
        with self._changed:
            self._under_way += 1
            self._latest = monotonic()

    def depart(self) -> None:
        """Count it no longer."""
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()

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


class _Client(SocketModeClient):
    """Slack's own client, with a way around the questions for what people do themselves."""

    def __init__(self, traffic: _Traffic, app: "App", app_token: str) -> None:
        # These come first, since the client's threads begin at once.
        self._traffic = traffic
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
        if envelope.get("type") not in _OF_PEOPLE:
            super().enqueue_message(message)
            return
        self._traffic.arrive()
        self._for_people.submit(self._pass, envelope, message)

    def close(self) -> None:
        """Disconnect, and let what is being done come to its end."""
        super().close()
        self._for_people.shutdown()

    def _pass(self, envelope: dict[str, Any], message: str) -> None:
        try:
            self.run_message_listeners(envelope, message)
        finally:
            self._traffic.depart()
