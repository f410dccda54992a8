"""A web server in a thread of its own, which starts and stops with its owner; and the wait to be told to."""

import socket
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

import uvicorn

from askpcc.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp


_SECONDS_TO_END = 10
_GLANCE_SECONDS = 0.5
_MOST_AT_ONCE = 200


def wait_until_told(until: Event) -> None:
    """Wait in the main thread until an event is set, also by a handler of a signal.

    Another thread of a library may be interrupted by the signal, and Python runs handlers in the main thread,
    when it wakes: a wait without end slept through one in some ten on a busy machine.
    """
    while not until.wait(_GLANCE_SECONDS):
        pass


class HttpServer:
    """Serves an ASGI app.  port: 0 for any that is free; afterwards the one that it got.

    On leaving, what has begun is answered first, for ten seconds at most.
    """

    def __init__(self, asgi: "ASGIApp", host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._asgi = asgi

    def __enter__(self) -> "HttpServer":
        """Begin to serve; SettingsError where the port cannot be had."""
        self._socket = _listen(self.host, self.port)
        self.port = self._socket.getsockname()[1]
        self._server = _Uvicorn(_configure(self._asgi))
        self._thread = Thread(target=self._serve, name=f"http-{self.port}", daemon=True)
        self._thread.start()
        self._server.begun.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._server.begun.set()


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.begun.set()


def _configure(asgi: "ASGIApp") -> uvicorn.Config:
    return uvicorn.Config(
        asgi,
        http="h11",  # unlike httptools, it refuses a request with several Host headers
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as exc:
        raise SettingsError(
            f"Port {port} of {host} cannot be had: {exc.strerror}. Choose another, or end what uses it."
        ) from exc
