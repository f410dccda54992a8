"""Socket Mode: connections of the app, envelopes over one of them, acknowledgements."""

import asyncio
import json
import random
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from loopback_slack.deliveries import Attempt, Carrier, Delivery, now
from loopback_slack.journal import Json
from loopback_slack.state import State

MOST_CONNECTIONS = 10
_HOURS = 18060


@dataclass(eq=False, slots=True)
class Connection:
    """One open WebSocket; `drained` once Slack has told it to go."""

    number: int
    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    drained: bool = False
    waiting: dict[str, "asyncio.Future[str]"] = field(default_factory=dict)


@dataclass(slots=True)
class Sockets:
    """All connections; lives in the server's loop."""

    state: State
    carrier: Carrier
    dice: random.Random | None = None
    open: list[Connection] = field(default_factory=list)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    ever: int = 0
    _turn: int = 0
    _arrival: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Speak with one connection until it ends."""
        if not request.query.get("ticket", "").startswith("ticket"):
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.open) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        connection = await self._welcome(socket, request)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take_ack(connection, message.data)
        finally:
            self._forget(connection)
        return socket

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> str:
        """Send an envelope over one connection; return why it failed, or nothing."""
        connection = await self._choose(delivery)
        envelope_id = self.state.next_id("envelope")
        attempt = Attempt(number, envelope_id, reason, connection.number, now())
        self.attempts[envelope_id] = attempt
        outcome: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = outcome
        with self.state.journal.changed:
            delivery.attempts.append(attempt)
            self.state.journal.wake()
        envelope: Json = {"envelope_id": envelope_id, "type": delivery.kind, "payload": delivery.payload}
        envelope |= {"accepts_response_payload": delivery.kind != "events_api"}
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        try:
            await connection.socket.send_str(json.dumps(envelope))
            async with asyncio.timeout(self.carrier.rule.ack_seconds):  # wait_for can lose a cancellation
                return await outcome
        except TimeoutError:
            return "timeout"
        except ConnectionError:
            return "connection_lost"
        finally:
            connection.waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str, *, count: int | None = None) -> None:
        """Tell connections (all, or the oldest few) to go, as Slack does before it closes them."""
        for connection in [each for each in self.open if not each.drained][:count]:
            connection.drained = True
            frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
            await connection.socket.send_json(frame)

    async def drop(self, *, count: int | None = None) -> None:
        """Cut connections (all, or the oldest few) without a word."""
        for connection in self.open[:count]:
            connection.drained = True
            if connection.transport:
                connection.transport.abort()

    async def _welcome(self, socket: web.WebSocketResponse, request: web.Request) -> Connection:
        self.ever += 1
        connection = Connection(self.ever, socket, request.transport)
        self.open.append(connection)
        info: Json = {"host": "loopback", "build_number": 1, "approximate_connection_time": _HOURS}
        hello: Json = {"type": "hello", "num_connections": len(self.open), "debug_info": info}
        hello["connection_info"] = {"app_id": self.state.workspace.app}
        await socket.send_json(hello)
        async with self._arrival:
            self._arrival.notify_all()
        self.state.journal.wake()
        return connection

    def _forget(self, connection: Connection) -> None:
        self.open.remove(connection)
        for outcome in connection.waiting.values():
            if not outcome.done():
                outcome.set_result("connection_lost")
        self.state.journal.wake()

    def _take_ack(self, connection: Connection, text: str) -> None:
        message = json.loads(text)
        attempt = self.attempts.get(message.get("envelope_id", ""))
        if attempt is None:
            self.state.journal.note_violation("unknown_envelope", "socket", text[:200])
            return
        with self.state.journal.changed:
            attempt.acked, attempt.answer = now(), message.get("payload") or {}
            self.state.journal.wake()
        outcome = connection.waiting.get(attempt.envelope_id)
        if outcome and not outcome.done():
            outcome.set_result("")

    async def _choose(self, delivery: Delivery) -> Connection:
        before = delivery.follows
        shunned = before.attempts[0].connection if before and before.attempts else 0
        async with self._arrival:
            while not (able := [each for each in self.open if not each.drained and not each.socket.closed]):
                await self._arrival.wait()
        able = [each for each in able if each.number != shunned] or able
        if self.dice:
            return self.dice.choice(able)
        self._turn += 1
        return able[self._turn % len(able)]
