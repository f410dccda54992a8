"""Logs: one JSON object a line, ids and numbers, no secret and no words of anybody."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from askpcc.errors import LedgerError, QuestionError
from askpcc.rendering.logs import HIDDEN, EventLog, JsonLines, configure_logging, redact
from loopback_slack import LoopbackSlack

BOT = "xoxb-12345-67890-AbCdEf"
APP = "xapp-1-A0B-123-deadbeef"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105 - invented
WORDS = "What has Borsetshire Police done about custody?"


@pytest.fixture
def stream() -> Iterator[StringIO]:
    root, ours = logging.getLogger(), logging.getLogger("askpcc")
    handlers, levels = root.handlers[:], (root.level, ours.level)
    stream = StringIO()
    configure_logging("info", stream, [SECRET, None])
    yield stream
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def empty(stream: StringIO) -> None:
    stream.seek(0)
    stream.truncate()


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_fields(stream: StringIO) -> None:
    EventLog("slack").event("answered", inquiry="i-1", answer="a:2", ms=12.345, count=3)
    (line,) = lines(stream)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "answered",
        "inquiry": "i-1",
        "answer": "a:2",
        "ms": 12.3,
        "count": 3,
    }


def test_levels_are_told_apart(stream: StringIO) -> None:
    log = EventLog("slack")
    log.event("one")
    log.warning("two")
    log.failure("three", LedgerError("gone"))
    assert [line["level"] for line in lines(stream)] == ["info", "warning", "error"]


def test_below_the_level_nothing_is_written(stream: StringIO) -> None:
    configure_logging("warning", stream)
    EventLog("slack").event("answered")
    assert stream.getvalue() == ""


def test_configuring_again_does_not_write_twice(stream: StringIO) -> None:
    configure_logging("info", stream)
    EventLog("slack").event("answered")
    assert len(lines(stream)) == 1


def test_a_field_that_is_no_id_is_not_written(stream: StringIO) -> None:
    for value in [WORDS, "two words", BOT, "a\nb", "<@U0A>", "é", "x" * 101, "{}"]:
        empty(stream)
        EventLog("slack").event("answered", inquiry=value, reason=value)
        (line,) = lines(stream)
        assert line["inquiry"] in {"[not an id]", HIDDEN}
        assert value not in stream.getvalue()


def test_a_field_that_is_not_on_the_list_is_not_written(stream: StringIO) -> None:
    EventLog("slack").event("asked", text=WORDS, person="U0ASKER")  # type: ignore[call-arg] # what is tested
    assert "Borsetshire" not in stream.getvalue()
    assert "U0ASKER" not in stream.getvalue()


def test_a_field_of_another_type_is_not_written(stream: StringIO) -> None:
    others: list[Any] = [[WORDS], {"text": WORDS}, object(), b"words", float("nan"), float("inf")]
    for value in others:
        empty(stream)
        EventLog("slack").event("answered", count=value)
        (line,) = lines(stream)
        assert line.get("count") is None


def test_an_event_whose_name_is_a_sentence_is_not_written(stream: StringIO) -> None:
    EventLog("slack").event(WORDS)
    assert lines(stream)[0]["event"] == "library"
    assert "Borsetshire" not in stream.getvalue()


def fill_the_disk() -> None:
    raise OSError(28, "No space left on device", "/secret/place")


def record_an_answer() -> None:
    try:
        fill_the_disk()
    except OSError as exc:
        raise LedgerError("The ledger cannot be written.") from exc


def test_a_failure_tells_types_and_places_of_all_causes(stream: StringIO) -> None:
    with pytest.raises(LedgerError) as caught:
        record_an_answer()
    EventLog("slack").failure("not_recorded", caught.value, inquiry="i-1")
    (line,) = lines(stream)
    first, second = line["errors"]
    assert (first["type"], first["text"]) == ("LedgerError", "The ledger cannot be written.")
    assert (second["type"], second["text"]) == ("OSError", "No space left on device")
    assert second["places"][-1].endswith(" fill_the_disk")
    assert "/secret/place" not in stream.getvalue()


def test_the_text_of_an_error_that_could_hold_anybodys_words_is_not_written(stream: StringIO) -> None:
    for error in [ValueError(WORDS), QuestionError(WORDS), KeyError(BOT), RuntimeError({"text": WORDS})]:
        empty(stream)
        EventLog("slack").failure("failed", error)
        assert "Borsetshire" not in stream.getvalue()
        assert BOT not in stream.getvalue()
        assert lines(stream)[0]["errors"][0]["type"] == type(error).__name__


def test_a_circle_of_causes_ends(stream: StringIO) -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    EventLog("slack").failure("failed", first)
    assert len(lines(stream)[0]["errors"]) == 2


def test_an_error_that_cannot_be_written_as_text_does_no_harm(stream: StringIO) -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise RuntimeError(WORDS)

    EventLog("slack").failure("failed", Silent())
    assert lines(stream)[0]["errors"][0]["type"] == "Silent"


def test_libraries_tell_warnings_only_even_if_their_own_level_is_lower(stream: StringIO) -> None:
    library = logging.getLogger("slack_bolt.App")
    library.setLevel(logging.DEBUG)
    try:
        library.debug("body: %s", WORDS)
        library.info(WORDS)
        assert stream.getvalue() == ""
        library.warning("Something is odd")
    finally:
        library.setLevel(logging.NOTSET)
    (line,) = lines(stream)
    assert (line["event"], line["library"], line["text"]) == ("library", "slack_bolt.App", "Something is odd")


TOLD_BY_LIBRARIES = [
    ("Unhandled request ({'text': '" + WORDS + "'})", ()),
    ("Failed to run listener function (error: " + WORDS + ")", ()),
    ("Request body: " + WORDS, ()),
    ("Received %s from %s", (WORDS, BOT)),
    ('raw "' + WORDS + '"', ()),
    ("sent\n{'text': '" + WORDS + "'}", ()),
    ("token=" + BOT, ()),
    ("with " + BOT + " and " + APP + " and " + SECRET, ()),
]


def test_what_a_library_tells_ends_where_data_may_begin(stream: StringIO) -> None:
    for message, arguments in TOLD_BY_LIBRARIES:
        empty(stream)
        logging.getLogger("slack_sdk.web").error(message, *arguments)
        assert len(lines(stream)) == 1
        assert not [hidden for hidden in ("Borsetshire", BOT, APP, SECRET) if hidden in stream.getvalue()]


def test_a_message_with_a_wrong_number_of_arguments_does_no_harm() -> None:
    record = logging.LogRecord("other", logging.ERROR, "a.py", 1, "of %s and %s", (WORDS,), None)
    assert json.loads(JsonLines().format(record))["text"] == "of %s and %s"


def test_a_message_that_is_no_text_does_no_harm(stream: StringIO) -> None:
    for message in [None, 7, {"text": WORDS}, ValueError(WORDS)]:
        empty(stream)
        logging.getLogger("other").error(message)
        assert lines(stream)[0]["text"] == type(message).__name__
        assert "Borsetshire" not in stream.getvalue()


def test_what_a_record_carries_besides_is_not_written(stream: StringIO) -> None:
    logging.getLogger("other").error("odd", extra={"body": WORDS, "token": BOT}, stack_info=True)
    assert set(lines(stream)[0]) == {"time", "level", "event", "library", "text", "where"}
    assert BOT not in stream.getvalue()


def test_a_real_refusal_by_slack_shows_no_token(stream: StringIO) -> None:
    with LoopbackSlack(tolerate=("unknown_method",)) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as caught:
            client.api_call("chat.unknown", json={"text": WORDS, "token": BOT})
    EventLog("slack").failure("refused", caught.value, method="chat.unknown")
    logging.getLogger("slack_sdk").exception("It failed", exc_info=caught.value)
    assert len(lines(stream)) == 2
    assert not [hidden for hidden in ("Borsetshire", BOT, slack.bot_token) if hidden in stream.getvalue()]


def test_a_stream_that_is_gone_does_not_show_the_record_elsewhere(
    stream: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    stream.close()
    logging.getLogger("other").error("with %s", BOT)
    configure_logging("info", StringIO())
    assert capsys.readouterr() == ("", "")


SECRETIVE = [
    f"token {BOT}",
    f"token={BOT}&x=1",
    f"https://slack.com/api/auth.test?token={BOT}",
    f"{BOT.upper()}",
    f"xoxe.xoxp-1-{BOT}",
    f"(b'{APP}')",
    f"secret is {SECRET}.",
    f"Authorization: Bearer {SECRET[::-1]}",
    f"{{'Authorization': 'Bearer {SECRET[::-1]}'}}",
    f'{{"signing_secret": "{SECRET[::-1]}"}}',
    f"signing_secret={SECRET[::-1]}",
    f"SLACK_SIGNING_SECRET={SECRET[::-1]}",
    f"https://hooks.slack.com/commands/T0A/1/{SECRET[::-1]}",
    f"http://127.0.0.1:8080/response/{SECRET[::-1]}",
    f'"response_url": "http://127.0.0.1/r/{SECRET[::-1]}"',
    f"wss://wss-primary.slack.com/link/?ticket={SECRET[::-1]}&app_id=1",
    f"postgresql+psycopg://me:{SECRET[::-1]}@host/ledger",
    f"X-Slack-Signature: v0={'ab' * 32}",
    f"'token': '{SECRET[::-1]}'",
    f'\\"access_token\\": \\"{SECRET[::-1]}\\"',
]


def test_a_secret_is_taken_out_wherever_it_stands() -> None:
    for text in SECRETIVE:
        shown = redact(text, [SECRET])
        assert HIDDEN in shown
        for secret in (BOT, BOT.upper(), APP, SECRET, SECRET[::-1], "ab" * 32):
            assert secret not in shown


PLAIN = [
    "Borsetshire Police accepted recommendation 3.",
    "https://www.borsetshire-pcc.example/responses/2026.pdf",
    "The index was made with all-MiniLM-L6-v2 0123456789abcdef.",
    "Set SLACK_BOT_TOKEN to the Bot User OAuth Token.",
    "12-abcd",
    "",
]


def test_what_is_no_secret_stays() -> None:
    for text in PLAIN:
        assert redact(text, [SECRET, ""]) == text
