"""An OpenAI-compatible server on loopback whose brain is a function."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Brain = Callable[[dict[str, Any]], tuple[int, str]]
"""Gives for a request the HTTP status and the words of the answer."""


@dataclass
class Loopback:
    """Where the server is, and what it was asked."""

    base: str
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def serve_brain(brain: Brain) -> Iterator[Loopback]:
    """Serve chat completions until the end of the block."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(request)
            status, words = brain(request)
            body = json.dumps(_complete(words) if status == 200 else {"error": {"message": words}}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's own name
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Loopback(f"http://127.0.0.1:{server.server_port}/v1", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _complete(words: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "brain",
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": words}}
        ],
        "usage": {"prompt_tokens": 500, "completion_tokens": 40, "total_tokens": 540},
    }
