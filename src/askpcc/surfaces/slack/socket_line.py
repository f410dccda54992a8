"""Socket Mode: the bot opens the connection, so that nothing of it can be reached from outside."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from socket import SHUT_RDWR
from time import time
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from askpcc.errors import SlackError
from askpcc.surfaces.slack.traffic import Traffic

if TYPE_CHECKING:
    from slack_bolt import App

_OF_PEOPLE = {"interactive", "slash_commands"}
_ENVELOPE = "envelope_id"
_THREADS_FOR_EVENTS, _THREADS_FOR_PEOPLE = 8, 8
_PING_SECONDS = 2.0
"""A connection that broke is replaced after twice so long; Slack holds back meanwhile what it has to send."""

_SECONDS_TO_CLOSE = 1.0


class SocketLine:
    """A connection to Slack.

    What people press, choose, send and type has threads of its own, so that it never waits behind questions.
    """

    def __init__(self, app: "App", app_token: str, traffic: Traffic) -> None:
        self._app = app
        self._traffic = traffic
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
        if request.type in _OF_PEOPLE or not self._traffic.is_ending:
            send_response(client, request, run_bolt_app(self._app, request), time())


class _Client(SocketModeClient):
    """Slack's own client, with a way around the questions for what people do themselves."""

    def __init__(self, traffic: Traffic, app: "App", app_token: str) -> None:
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
        if _ENVELOPE in envelope:
            self._traffic.arrive()
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
                self._traffic.depart()

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
