"""Serves an application until its owner leaves."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from askpcc.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_SECONDS_TO_END = 10
_MOST_AT_ONCE = 200


def listen(host: str, port: int) -> socket.socket:
    """Take a port, 0 for any that is free; SettingsError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as exc:
        raise SettingsError(
            f"Port {port} of {host} cannot be had: {exc.strerror}. Choose another, or end what uses it."
        ) from exc


@contextmanager
def serve(asgi: "ASGIApp", listener: socket.socket) -> Iterator[None]:
    """Serve on a socket that listens already; on leaving, what has begun is answered first."""
    import uvicorn

    config = uvicorn.Config(
        asgi,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name="web", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
