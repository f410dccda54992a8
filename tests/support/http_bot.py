"""A Bolt app behind our own HTTP server, for tests of what comes in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from queue import Queue
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from askpcc.server import HttpServer
from askpcc.slack.app import build_asgi
from askpcc.slack.payloads import PATH
from loopback_slack import LoopbackSlack, RetryRule
from loopback_slack.http_events import encode, signed_headers

WAIT = 90.0


@dataclass(slots=True)
class Bot:
    """A Bolt app that notes what reaches it.  failing: the next command's listener fails."""

    slack: LoopbackSlack
    port: int = 0
    heard: Queue[tuple[str, Any]] = field(default_factory=Queue)
    failing: bool = False

    @property
    def url(self) -> str:
        """Return where Slack sends to."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    def app(self) -> App:
        """Build the app."""
        client = WebClient(token=self.slack.bot_token, base_url=self.slack.api_url)
        app = App(client=client, signing_secret=self.slack.signing_secret)

        @app.event("message")
        def hear(event: dict[str, Any]) -> None:
            self.heard.put(("message", event.get("text")))

        @app.command("/askpcc")
        def obey(ack: Any, command: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
            if self.failing:
                raise RuntimeError("a fault")
            self.heard.put(("command", command.get("text")))
            ack("Taken.")

        @app.action("pressed")
        def press(ack: Any, body: dict[str, Any]) -> None:  # noqa: ANN401 - Bolt's own
            self.heard.put(("action", body["actions"][0].get("value")))
            ack()

        return app

    def post(self, kind: str, payload: dict[str, Any]) -> tuple[int, str]:
        """Send what Slack would; return status and text."""
        body, content_type = encode(kind, payload)
        return self.send(body, signed_headers(self.slack.signing_secret, body, content_type))

    def send(
        self, body: bytes, headers: dict[str, str], method: str = "POST", path: str = PATH
    ) -> tuple[int, str]:
        """Send any request; return status and text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


@contextmanager
def serving_bot(patience: float = WAIT) -> Iterator[Bot]:
    """Serve a bot to which a loopback Slack delivers.  patience: seconds that it waits for a body."""
    with LoopbackSlack(ack=RetryRule(ack_seconds=WAIT)) as slack:
        bot = Bot(slack)
        asgi = build_asgi(bot.app(), slack.signing_secret, patience)
        with HttpServer(asgi, "127.0.0.1", 0) as server:
            bot.port = server.port
            slack.send_to(bot.url)
            yield bot
