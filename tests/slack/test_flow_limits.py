"""What is too much, unknown or broken, told by the running bot."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from loopback_slack import HANG, RetryRule
from support.slack_bot import STAFF, DataFolder, SlackBot, run_bot

pytest_plugins = ("support.slack_fixtures",)

QUESTION = "Has recommendation 5 been completed?"
COMPLETE = "“Recommendation 5 is complete.”"


@pytest.fixture(scope="module")
def small_bot(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Run a bot with little room in its queue, that soon hears too much from one person."""
    little = STAFF | {"ASKPCC_SLACK_QUEUE": "2", "ASKPCC_SLACK_PER_MINUTE": "4"}
    ack = RetryRule(ack_seconds=1.0, delays=(0.5, 0.5, 0.5))
    with run_bot(slack_data, tmp_path_factory.mktemp("small_bot"), little, ack=ack) as running:
        yield running


def test_a_person_who_asks_too_much_is_told_once_a_question(small_bot: SlackBot) -> None:
    for _ in range(4):
        small_bot.answer(QUESTION, "asker")
    asked = small_bot.ask(QUESTION, "asker")
    assert "the number of questions that one person can ask" in small_bot.ephemeral("asker").text
    small_bot.answer(QUESTION, "admin")
    small_bot.slack.wait_until_delivered()
    assert small_bot.slack.replies_by_bot(asked) == []
    assert len(small_bot.slack.ephemerals("asker")) == 1


def test_a_full_queue_is_told(small_bot: SlackBot) -> None:
    with small_bot.slack.hold("chat.postMessage") as gate:
        small_bot.ask(QUESTION, "reader", "group")
        assert gate.arrived.wait(HANG)
        for channel in ("general", "digests"):
            small_bot.ask(QUESTION, "reader", channel)
        small_bot.slack.wait_until_delivered()
        small_bot.ask(QUESTION, "reviewer", "general")
        assert "More questions are waiting than I can take on" in small_bot.ephemeral("reviewer").text


def test_whoever_waits_sees_how_many_come_first(bot: SlackBot) -> None:
    with bot.slack.hold("chat.postMessage") as gate:
        bot.ask(QUESTION, channel="group")
        assert gate.arrived.wait(HANG)
        bot.ask(QUESTION)
        bot.slack.wait_until_delivered()
        asked = bot.ask(QUESTION, "reader")
        bot.slack.wait_for(
            lambda: bot.slack.thread_statuses(asked) == ["One question is answered before yours"]
        )
    bot.first_reply(asked)


def _rename(ledger: Path, before: str, after: str) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(f"ALTER TABLE {before} RENAME TO {after}")


@contextmanager
def _broken_ledger(bot: SlackBot) -> Iterator[None]:
    """Let the ledger fail within the block: its table of questions has another name there."""
    ledger = Path(bot.settings.ledger.removeprefix("sqlite:///"))
    _rename(ledger, "inquiries", "elsewhere")
    try:
        yield
    finally:
        _rename(ledger, "elsewhere", "inquiries")


def test_a_question_that_cannot_be_written_down_is_not_acknowledged_until_it_is(
    slack_data: DataFolder, tmp_path: Path
) -> None:
    ack = RetryRule(ack_seconds=1.0, delays=(0.0, 1.0, 30.0))
    with run_bot(slack_data, tmp_path, ack=ack) as bot:
        with _broken_ledger(bot):
            asked = bot.slack.say("asker", bot.slack.dm("asker"), QUESTION)
            (delivery,) = bot.slack.deliveries_of("message")
            bot.slack.wait_for(lambda: delivery.attempts[1:])
            assert not delivery.acked
        assert COMPLETE in bot.first_reply(asked).text
        bot.slack.wait_until_delivered()
        assert delivery.acked
        assert len(bot.slack.replies_by_bot(asked)) == 1


def test_what_fails_while_a_button_is_pressed_is_told_with_a_reference(bot: SlackBot) -> None:
    answer, seen = bot.answer(QUESTION), len(bot.slack.ephemerals("asker"))
    with _broken_ledger(bot):
        bot.slack.press("asker", answer, "askpcc_mute")
        told = bot.ephemeral("asker", seen).text
    assert told.startswith("That did not work. An administrator can look up reference ")
    assert "inquiries" not in told
    assert "Traceback" not in told


def test_an_unexpected_failure_is_told_with_a_reference_and_no_details(
    own_data: DataFolder, tmp_path: Path
) -> None:
    with run_bot(own_data, tmp_path) as bot:
        for store in (own_data.index / "chroma").iterdir():
            for file in store.rglob("*"):
                if file.is_file():
                    file.write_bytes(b"nothing that was ever indexed")
        (own_data.index / "catalogue.sqlite").write_bytes(b"no catalogue")
        bot.ask(QUESTION)
        told = bot.ephemeral("asker").text
        assert "An administrator can look up reference" in told
        assert str(tmp_path) not in told
        assert "Error" not in told


UNKNOWN_EVENTS = ["channel_rename", "app_context_changed", "member_joined_channel", "no_such_event_yet"]


def test_an_event_that_nobody_minds_is_acknowledged(bot: SlackBot) -> None:
    for kind in UNKNOWN_EVENTS:
        payload = {
            "type": "event_callback",
            "team_id": bot.slack.workspace.team,
            "event_id": f"Ev{kind}",
            "event": {"type": kind, "channel": "C0GENERAL", "user": "U0ASKER"},
        }
        delivery = bot.slack.deliver("events_api", payload)
        bot.slack.wait_until_delivered()
        assert len(delivery.attempts) == 1
        assert delivery.acked


UNKNOWN_ACTS: list[dict[str, object]] = [
    {"type": "block_actions", "actions": [{"type": "button", "action_id": "no_such_button", "value": "x"}]},
    {
        "type": "block_actions",
        "actions": [{"type": "button", "action_id": "askpcc_open_thread", "value": "x"}],
    },
    {"type": "view_closed", "view": {"id": "V1", "callback_id": "no_such_form"}},
    {"type": "shortcut", "callback_id": "no_such_shortcut"},
    {"type": "message_action", "callback_id": "no_such_shortcut"},
]


def test_something_unknown_that_is_pressed_is_acknowledged(bot: SlackBot) -> None:
    for act in UNKNOWN_ACTS:
        whose = {"user": {"id": "U0ASKER"}, "team": {"id": bot.slack.workspace.team}, "trigger_id": "none"}
        delivery = bot.slack.deliver("interactive", whose | act)
        bot.slack.wait_until_delivered()
        assert delivery.acked


def test_an_unknown_command_is_told_what_can_be_asked(bot: SlackBot) -> None:
    delivery = bot.slack.command("asker", "general", "/no-such-command", "words")
    bot.slack.wait_until_delivered()
    assert "Ask me what has become of a recommendation" in delivery.answer["text"]


def test_a_button_of_an_answer_that_is_not_held_says_so(bot: SlackBot) -> None:
    answer, seen = bot.answer(QUESTION), len(bot.slack.ephemerals("asker"))
    payload = bot.slack.press("asker", answer, "askpcc_source:1").payload
    action = payload["actions"][0] | {"value": "0123456789:1"}
    bot.slack.deliver("interactive", payload | {"actions": [action]})
    assert bot.ephemeral("asker", seen).text == "This answer is not held any more."
