"""Requests that Slack never sends: refused before anything reads them, and never a failure of the server."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askpcc.slack.app import LARGEST_BODY
from askpcc.slack.payloads import PATH
from loopback_slack.http_events import FORM, sign, signed_headers
from support.http_bot import WAIT, Bot, serving_bot

JSON = "application/json"
BODY = json.dumps({"type": "url_verification", "challenge": "c"}).encode()


@pytest.fixture(scope="module")
def bot() -> Iterator[Bot]:
    with serving_bot() as bot:
        yield bot


def headers(bot: Bot, timestamp: str, body: bytes = BODY) -> dict[str, str]:
    signature = sign(bot.slack.signing_secret, body, timestamp)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature, "Content-Type": JSON}


def send_signed(bot: Bot, body: bytes, content_type: str = JSON, **more: str) -> tuple[int, str]:
    return bot.send(body, signed_headers(bot.slack.signing_secret, body, content_type) | more)


def test_what_is_not_signed_is_refused(bot: Bot) -> None:
    assert bot.slack.post_unsigned(bot.url, BODY) == 401
    assert bot.slack.post_badly_signed(bot.url, BODY) == 401
    assert bot.slack.post_signed(bot.url, BODY) == 200


def test_what_is_old_or_of_the_future_is_refused_though_signed(bot: Bot) -> None:
    for seconds in [-301 - 30, 301 + 30, 10**6]:
        assert bot.send(BODY, headers(bot, str(int(time.time()) - seconds))) == (401, "not_signed")


def test_a_timestamp_that_is_no_number_is_refused(bot: Bot) -> None:
    for timestamp in [
        "",
        "soon",
        "-1",
        "1e9",
        "0x6f",
        "1.5",
        "+1",
        "9" * 13,
        "9" * 5000,
        "nan",
        "inf",
        " ",
        "1 2",
        "\xb2",
    ]:
        assert bot.send(BODY, headers(bot, timestamp))[0] == 401


def test_a_signature_that_is_nearly_right_is_refused(bot: Bot) -> None:
    for written in ["{}0", "{}", "v0= {}", "v0=", "", "v1={}", "v0=\xe9{}", "V0={}"]:
        right = headers(bot, str(int(time.time())))
        nearly = written.format(right["X-Slack-Signature"].removeprefix("v0="))
        status = bot.send(BODY, right | {"X-Slack-Signature": nearly})[0]
        assert status == 401


def test_a_missing_header_is_refused(bot: Bot) -> None:
    for missing in ["X-Slack-Request-Timestamp", "X-Slack-Signature"]:
        right = headers(bot, str(int(time.time())))
        assert bot.send(BODY, {name: value for name, value in right.items() if name != missing})[0] == 401


def test_a_changed_body_is_refused(bot: Bot) -> None:
    assert bot.send(BODY + b" ", headers(bot, str(int(time.time()))))[0] == 401


def test_what_is_not_signed_is_not_even_parsed(bot: Bot) -> None:
    for body in [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"x" * 900_000]:
        assert bot.slack.post_badly_signed(bot.url, body) == 401


def test_what_is_signed_but_not_utf8_is_refused_since_slack_signs_text(bot: Bot) -> None:
    for body in [b"\xff\xfe", BODY + b"\xff"]:
        assert send_signed(bot, body) == (401, "not_signed")


NO_BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"event"',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"1" * 10_000,
    b'{"type": "event_callback", "event"',
    b'{"type": "event_callback", "event": "message"}',
    b'{"type": "event_callback", "event": []}',
    b'{"type": 7}',
    b'{"type": {}}',
    b'{"type": "event_callback", "event": {"type": ["message"]}}',
    b'{"type": "event_callback", "event": {"type": "message", "message": "text"}}',
    b'{"type": "block_actions", "actions": {"action_id": "pressed"}}',
    b'{"type": "block_actions", "actions": ["pressed"]}',
    b'{"authorizations": ["T0"]}',
    b'{"team": 7}',
    b'{"user": ["U0"]}',
    b'{"view": "home"}',
    b'{"response_urls": "http://127.0.0.1/"}',
    b"command=/askpcc&text=status",
]


def test_a_signed_body_that_is_no_request_is_refused(bot: Bot) -> None:
    for body in NO_BODIES:
        assert send_signed(bot, body) == (400, "not_understood")


NO_FORMS = [
    b"",
    b"&&&",
    b"nothing",
    b"text=status",
    b"payload=",
    b"payload=7",
    b"payload={",
    b"payload=%FF",
    b"payload=[]",
    b'payload={"type":"block_actions","actions":7}',
    b'{"type": "url_verification", "challenge": "c"}',
]


def test_a_signed_form_that_is_no_request_is_refused(bot: Bot) -> None:
    for body in NO_FORMS:
        assert send_signed(bot, body, FORM) == (400, "not_understood")


def test_a_content_type_that_slack_never_sends_is_refused(bot: Bot) -> None:
    for content_type in [
        "",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json+x",
    ]:
        assert send_signed(bot, BODY, content_type)[0] == 400


def test_a_content_type_may_be_written_in_other_ways(bot: Bot) -> None:
    for content_type in ["application/json; charset=utf-8", "Application/JSON", "application/json ;x"]:
        assert send_signed(bot, BODY, content_type)[0] == 200


def test_a_header_that_bolt_obeys_but_slack_never_sends_is_not_passed_on(bot: Bot) -> None:
    command = urlencode(
        {"command": "/askpcc", "text": "lazy", "user_id": "U0ASKER", "team_id": "T0LOOPBACK"}
    ).encode()
    more = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "system"}
    assert send_signed(bot, command, FORM, **more) == (200, "Taken.")
    assert bot.heard.get(timeout=WAIT) == ("command", "lazy")


def test_the_largest_body_is_read_and_a_larger_one_is_not(bot: Bot) -> None:
    filling = b'{"type": "url_verification", "challenge": "c", "padding": ""}'
    largest = filling[:-2] + b"x" * (LARGEST_BODY - len(filling)) + filling[-2:]
    assert len(largest) == LARGEST_BODY
    assert send_signed(bot, largest)[0] == 200
    assert send_signed(bot, largest + b" ") == (413, "Content Too Large")


def test_a_length_beyond_the_cap_is_refused_before_the_body_comes(bot: Bot) -> None:
    for length in ["10000000000", "9" * 12]:
        assert b" 413 " in talk(bot, f"Content-Length: {length}\r\n\r\n".encode())


def test_a_body_without_a_length_is_read_up_to_the_cap_only(bot: Bot) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    endless = (LARGEST_BODY // 0x10000 + 2) * chunk
    assert b" 413 " in talk(bot, b"Transfer-Encoding: chunked\r\n\r\n" + endless)


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with serving_bot(patience=0.2) as bot:
        assert b" 408 " in talk(bot, b"Content-Length: 100\r\n\r\n{")


def test_a_length_that_is_no_number_is_refused(bot: Bot) -> None:
    for length in ["-1", "abc", "1, 2"]:
        assert talk(bot, f"Content-Length: {length}\r\n\r\n".encode()).split()[1] in {b"400", b"413"}


def test_hanging_up_in_the_middle_does_no_harm(bot: Bot) -> None:
    with connect(bot) as raw:
        raw.sendall(start(b"Content-Length: 100\r\n\r\n{"))
    assert send_signed(bot, BODY)[0] == 200


def talk(bot: Bot, rest: bytes) -> bytes:
    """Send a request's headers and so much of its body; return the first line of the answer."""
    with connect(bot) as raw:
        raw.sendall(start(rest))
        return raw.recv(4096).partition(b"\r\n")[0]


def connect(bot: Bot) -> socket.socket:
    return socket.create_connection(("127.0.0.1", bot.port), timeout=WAIT)


def start(rest: bytes) -> bytes:
    return f"POST {PATH} HTTP/1.1\r\nHost: here\r\nContent-Type: {JSON}\r\n".encode() + rest


NAMES = (
    *(
        "type",
        "event",
        "team",
        "user",
        "channel",
        "view",
        "message",
        "actions",
        "authorizations",
        "item",
        "state",
    ),
    *(
        "command",
        "action_id",
        "block_id",
        "callback_id",
        "subtype",
        "thread_ts",
        "enterprise",
        "response_urls",
    ),
    *(
        "is_ext_shared_channel",
        "function_data",
        "assistant_thread",
        "previous_message",
        "container",
        "bot_id",
    ),
    *("is_enterprise_install", "team_id", "user_id", "token", "id", "challenge", "event_id", "response_url"),
)
WORDS = st.sampled_from(
    [
        "event_callback",
        "block_actions",
        "view_submission",
        "message",
        "app_mention",
        "shortcut",
        "U0A",
        "T0A",
        "pressed",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8), st.booleans())
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_signed_request_of_any_shape_makes_the_server_fail(
    bot: Bot, payload: dict[str, Any], as_form: bool
) -> None:
    written = json.dumps(payload)
    body = urlencode({"payload": written}).encode() if as_form else written.encode()
    status, _ = send_signed(bot, body, FORM if as_form else JSON)
    assert status in {200, 400, 404}
