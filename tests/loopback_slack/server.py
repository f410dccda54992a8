"""The loopback server: an aiohttp application in a thread with a loop of its own."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from aiohttp import ClientSession, web

from loopback_slack.content import read_json
from loopback_slack.journal import Json
from loopback_slack.response_urls import answer_response_url
from loopback_slack.sockets import Sockets
from loopback_slack.web_api import WebApi

T = TypeVar("T")
_SECONDS_TO_START = 60
_GLANCE_SECONDS = 0.01


class Server:
    """Serves on a free port of 127.0.0.1 until it is stopped."""

    def __init__(self, api: WebApi, sockets: Sockets) -> None:
        self.api = api
        self.sockets = sockets
        self.loop = asyncio.new_event_loop()
        self.session: ClientSession
        self._thread = threading.Thread(target=self._run, name="loopback-slack", daemon=True)
        self._ready = threading.Event()
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Serve, and let the parts know where."""
        self._thread.start()
        if not self._ready.wait(_SECONDS_TO_START):
            raise TimeoutError("The loopback Slack did not start.")

    def stop(self) -> None:
        """Close all connections and end the thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine returns in the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(_SECONDS_TO_START)

    def start_task(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a coroutine in the server's loop."""
        self.loop.call_soon_threadsafe(self._begin, work)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (broken := task.exception()):
            self.api.state.journal.note_violation("broken_loopback", "delivery", repr(broken))

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        runner = self.loop.run_until_complete(self._serve())
        self._ready.set()
        self.loop.run_forever()
        self.loop.run_until_complete(self._close(runner))
        self.loop.close()

    async def _serve(self) -> web.AppRunner:
        self.session = ClientSession()
        app = web.Application(client_max_size=50 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/response/{token}", self._respond)
        app.router.add_get("/files/{file}/{name}", self._download)
        app.router.add_get("/link", self.sockets.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.api.state.base_url = f"http://127.0.0.1:{port}"
        self.api.open_socket = f"ws://127.0.0.1:{port}/link"
        return runner

    async def _close(self, runner: web.AppRunner) -> None:
        await self._cancel_tasks()
        await self.sockets.drop()
        await self.session.close()
        await runner.cleanup()
        await self._cancel_tasks()
        await self.loop.shutdown_default_executor()

    async def _cancel_tasks(self) -> None:
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=1)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _read_arguments(request)
        token = _read_token(request, args)
        await self._stand(method, after=False)
        try:
            reply = self.api.answer(method, args, token)
        except Exception as broken:
            self.api.state.journal.note_violation("broken_loopback", method, repr(broken))
            raise
        await self._stand(method, after=True)
        if reply.drop:
            return _hang_up(request)
        return web.json_response(reply.body, status=reply.status, headers=dict(reply.headers))

    async def _stand(self, method: str, *, after: bool) -> None:
        gate = self.api.faults.gate(method, after=after)
        if gate:
            gate.held += 1
            gate.arrived.set()
            # Not in a thread: so many calls may be held that none would be left for the others.
            while not gate.opened.is_set():
                await asyncio.sleep(_GLANCE_SECONDS)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        status, text = answer_response_url(
            self.api.state, request.match_info["token"], await _read_arguments(request)
        )
        return web.Response(status=status, text=text)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        stored = self.api.state.files.get(request.match_info["file"])
        if _read_token(request, {}) != self.api.bot_token or "files:read" not in self.api.state.rules.scopes:
            return web.Response(text="<!DOCTYPE html><html>Sign in to Slack</html>", content_type="text/html")
        if stored is None:
            return web.Response(status=404)
        return web.Response(body=stored.content, content_type=stored.payload["mimetype"])


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.close()
    return web.Response()


async def _read_arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        body = read_json({"body": text}, "body") if text else {}
        return args | (body if isinstance(body, dict) else {})
    return args | {name: _plain(value) for name, value in (await request.post()).items()}


def _plain(value: object) -> object:
    return value if isinstance(value, str) else json.dumps(str(value))


def _read_token(request: web.Request, args: Json) -> str:
    header = request.headers.get("Authorization", "")
    return str(args.pop("token", "") or header.removeprefix("Bearer "))
