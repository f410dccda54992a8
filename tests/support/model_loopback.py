"""Language models' providers on loopback, whose brain is a function; each speaks its own protocol."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Brain = Callable[[dict[str, Any]], tuple[int, str]]
"""Gives for a request the HTTP status and the words of the answer."""

READ, WRITTEN = 500, 40
"""Tokens that each answer tells."""


@dataclass(frozen=True)
class Dialect:
    """How a provider answers.  write: the body of an answer of these words, of one that ended so.

    ends: how it says that an answer was cut short, and that the model refuses.
    """

    path: str
    write: Callable[[str, str], str]
    ends: Mapping[str, str]
    content_type: str = "application/json"


@dataclass
class Loopback:
    """Where the server is, what it was asked, and with which headers, in lower case."""

    base: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def _openai(words: str, ended: str) -> str:
    message = {"role": "assistant", "content": words}
    return _completion(message, ended or "stop")


def _mistral(words: str, ended: str) -> str:
    call = {"id": "call-1", "type": "function", "function": {"name": "FORM", "arguments": words}}
    message = {"role": "assistant", "content": "", "tool_calls": [call]}
    return _completion(message, ended or "tool_calls")


def _completion(message: dict[str, Any], ended: str) -> str:
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "brain",
            "choices": [{"index": 0, "finish_reason": ended, "message": message}],
            "usage": {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN},
        }
    )


def _anthropic(words: str, ended: str) -> str:
    try:
        said: dict[str, Any] = {
            "type": "tool_use",
            "id": "toolu_1",
            "name": "FORM",
            "input": json.loads(words),
        }
    except ValueError:
        said = {"type": "text", "text": words}
    return json.dumps(
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "brain",
            "content": [said],
            "stop_reason": ended or "tool_use",
            "stop_sequence": None,
            "usage": {"input_tokens": READ, "output_tokens": WRITTEN},
        }
    )


def _ollama(words: str, ended: str) -> str:
    """Return lines of JSON, since Ollama streams: the words in two parts, and then what it took."""
    half = len(words) // 2
    parts: list[dict[str, Any]] = [
        {"message": {"role": "assistant", "content": part}, "done": False}
        for part in (words[:half], words[half:])
    ]
    counts = {"prompt_eval_count": READ, "eval_count": WRITTEN}
    empty = {"role": "assistant", "content": ""}
    parts.append({"message": empty, "done": True, "done_reason": ended or "stop", **counts})
    told = {"model": "brain", "created_at": "2031-01-01T00:00:00Z"}
    return "".join(f"{json.dumps({**told, **part})}\n" for part in parts)


DIALECTS = {
    "openai": Dialect("/v1/chat/completions", _openai, {"cut": "length", "refused": "content_filter"}),
    "anthropic": Dialect("/v1/messages", _anthropic, {"cut": "max_tokens", "refused": "refusal"}),
    "mistralai": Dialect("/v1/chat/completions", _mistral, {"cut": "length"}),
    "ollama": Dialect("/api/chat", _ollama, {"cut": "length"}, "application/x-ndjson"),
}


@contextmanager
def serve_brain(brain: Brain, provider: str = "openai", ended: str = "") -> Iterator[Loopback]:
    """Serve a provider's chat until the end of the block.  ended: why its answers end, in its words."""
    dialect = DIALECTS[provider]
    loopback = Loopback("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self._read_body())
            loopback.asked.append(request)
            loopback.headers.append({name.lower(): value for name, value in self.headers.items()})
            if self.path != dialect.path:
                self._send(404, "application/json", "{}")
                return
            status, words = brain(request)
            if status != 200:
                self._send(status, "application/json", json.dumps({"error": {"message": words}}))
                return
            form = _form_of(request)
            self._send(200, dialect.content_type, dialect.write(words, ended).replace('"FORM"', f'"{form}"'))

        def _read_body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers["Content-Length"]))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def _send(self, status: int, content_type: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's own name
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    origin = f"http://127.0.0.1:{server.server_port}"
    loopback.base = f"{origin}/v1" if provider in {"openai", "mistralai"} else origin
    try:
        yield loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _form_of(request: Mapping[str, Any]) -> str:
    """Return the name of the tool that the model is made to call, as Anthropic and Mistral name it."""
    tools = request.get("tools") or [{}]
    return str(tools[0].get("name") or tools[0].get("function", {}).get("name", ""))
