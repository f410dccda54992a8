"""Events over HTTP are tried again as Slack does, with the reason in a header."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier

from loopback_slack import HANG, LoopbackSlack, RetryRule

QUICK = RetryRule(ack_seconds=HANG, delays=(0.0, 0.0, 0.0))
Request = tuple[dict[str, str], bytes]


@contextmanager
def answering(slack: LoopbackSlack, status: int, **headers: str) -> Iterator[list[Request]]:
    """Answer everything with one status; yield what came: headers (lower case) and body."""
    came: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    slack.send_to(f"http://127.0.0.1:{server.server_port}/slack/events")
    yield came
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_refused_event_comes_four_times_signed_each_time() -> None:
    with LoopbackSlack(ack=QUICK) as slack, answering(slack, 500) as came:
        slack.say("asker", "general", "hello")
        slack.wait_until_delivered()
        verifier = SignatureVerifier(slack.signing_secret)
    assert [headers.get("x-slack-retry-num") for headers, _ in came] == [None, "1", "2", "3"]
    assert {headers.get("x-slack-retry-reason") for headers, _ in came} == {None, "http_error"}
    assert len({body for _, body in came}) == 1
    assert all(verifier.is_valid_request(body, headers) for headers, body in came)


def test_a_command_comes_as_a_form_and_only_once() -> None:
    with LoopbackSlack(ack=QUICK) as slack, answering(slack, 500) as came:
        slack.command("asker", "general", "/askpcc", "who & when")
        slack.wait_until_delivered()
        assert [each.kind for each in slack.take_violations()] == ["unacknowledged"]
    ((headers, body),) = came
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode())["text"] == ["who & when"]
