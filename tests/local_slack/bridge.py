"""Stands between the bot, the browser and local-slack, and redraws what the bot posts.

local-slack begins the addresses that it hands out with a host of our choice, then a colon and its own port.
The host is ``127.0.0.1:<port of the bridge>/``, so they lead here, to a path that begins with ``/:<port>``.
"""

import json
import re
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from local_slack.drawing import redraw_call

_PREFIX = re.compile(r"^/:\d+(?=/)")
_REDRAWN = ("/api/", "/_hooks/")
_NOT_PASSED_ON = {"connection", "content-length", "host", "transfer-encoding", "accept-encoding"}
_SECONDS = 120
_BYTES = 65_536


class Bridge(ThreadingHTTPServer):
    """A server on loopback.  target: the port of local-slack; 0 until that is known."""

    daemon_threads = True
    target = 0

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def open_bridge() -> Iterator[Bridge]:
    """Open a bridge until the end of the block."""
    with Bridge(("127.0.0.1", 0), _Passing) as bridge:
        thread = Thread(target=bridge.serve_forever, name="bridge", daemon=True)
        thread.start()
        try:
            yield bridge
        finally:
            bridge.shutdown()
            thread.join()


class _Passing(BaseHTTPRequestHandler):
    """Passes one request on."""

    protocol_version = "HTTP/1.1"
    server: Bridge

    def do_GET(self) -> None:
        """Pass a request on; a socket is joined to one of local-slack's."""
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._join()
        else:
            self._pass(None)

    def do_POST(self) -> None:
        """Pass a request on, with what it posts redrawn."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if body.startswith(b"{") and self._path.startswith(_REDRAWN):
            body = json.dumps(redraw_call(json.loads(body))).encode()
        self._pass(body)

    @property
    def _path(self) -> str:
        return _PREFIX.sub("", self.path)

    def _pass(self, body: bytes | None) -> None:
        connection = HTTPConnection("127.0.0.1", self.server.target, timeout=_SECONDS)
        try:
            headers = {k: v for k, v in self.headers.items() if k.lower() not in _NOT_PASSED_ON}
            connection.request(self.command, self._path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except OSError:
            self.send_error(502, "local-slack has ended")
            return
        finally:
            connection.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _join(self) -> None:
        """Join two sockets until one side closes."""
        self.close_connection = True
        lines = [f"GET {self._path} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers.items())]
        with socket.create_connection(("127.0.0.1", self.server.target)) as there:
            there.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
            ends = {self.connection: there, there: self.connection}
            while True:
                for ready in select.select(list(ends), [], [])[0]:
                    data = _receive(ready)
                    if not data:
                        return
                    ends[ready].sendall(data)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def _receive(end: socket.socket) -> bytes:
    try:
        return end.recv(_BYTES)
    except OSError:
        return b""
