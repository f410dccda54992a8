"""Bots in processes of their own, ended, killed, frozen or busy: each question keeps one answer."""

import json

import pytest

from loopback_slack.faults import Gate
from support.bot_process import ANSWERING, BotProcess, wait_for
from support.slack_process import WORKERS, Office

pytest_plugins = ("support.slack_offices",)

SHORT = "Has recommendation 1 been completed in Borsetshire?"
LONG = "Tell me everything about stalking protection orders, custody, vetting and detained children"
"""Its answer is streamed."""

QUESTIONS = (SHORT, "How many cases had the stalking protection order clinic read?")
AT_ONCE, QUEUED, IN_TROUBLE = 40, 12, 24


def catch(office: Office, method: str, number: int, words: str, *, after: bool = False) -> Gate:
    """Ask, and wait until the bot is held in a call of a method."""
    gate = office.slack.hold(method, after=after)
    office.ask(number, words)
    assert gate.arrived.wait(ANSWERING), f"{method} was not called."
    return gate


def open_all(gates: list[Gate]) -> None:
    for gate in gates:
        gate.open()


def test_a_bot_that_is_told_to_end_finishes_what_it_answers_and_leaves_the_rest_to_the_next(
    office: Office,
) -> None:
    slack = office.slack
    (ending,) = office.living(1)
    answered = office.ask(0, SHORT)
    office.wait_for_answers([answered])
    with slack.hold("chat.postMessage") as gate:
        asked = [office.ask(number, SHORT) for number in range(1, WORKERS + 5)]
        assert gate.arrived.wait(ANSWERING)
        slack.wait_until_delivered()
        press = slack.press(answered.user, office.answers(answered)[0], "askpcc_source:1")
        ending.terminate()
        slack.wait_for(lambda: press.acked, ANSWERING)
        slack.wait_for(lambda: not slack.connections, ANSWERING)
        late = office.ask(WORKERS + 5, SHORT)
    assert ending.wait() == 0
    assert slack.modal(answered.user)
    assert len(ending.events("answered")) == 1 + WORKERS
    office.living(1)
    office.wait_for_answers([answered, *asked, late])
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)


def test_a_bot_that_is_killed_at_any_moment_loses_no_answer_and_gives_none_twice(office: Office) -> None:
    (dying,) = office.living(1)
    before = len(office.asked)
    gates = [
        catch(office, "chat.stopStream", 20, LONG),
        catch(office, "chat.appendStream", 21, LONG),
        catch(office, "chat.startStream", 22, LONG, after=True),
        catch(office, "chat.postMessage", 23, SHORT, after=True),
        catch(office, "chat.postMessage", 24, SHORT),
        catch(office, "users.info", 25, SHORT),
    ]
    for number in range(26, 32):  # more than there are workers, so that some wait
        office.ask(number, SHORT)
    office.slack.wait_until_delivered()
    dying.kill()
    open_all(gates)
    (next_one,) = office.living(1)
    asked = office.asked[before:]
    office.wait_for_answers(asked)
    wait_for(lambda: len(next_one.events("answered")) >= len(asked), ANSWERING)
    office.slack.wait_until_delivered()
    office.assert_answered_once(office.asked)
    assert dying.answered.isdisjoint(next_one.answered)


def test_a_bot_that_was_frozen_until_another_took_over_takes_back_what_it_posts(office: Office) -> None:
    slack = office.slack
    (freezing,) = office.living(1)
    before = len(office.asked)
    gates = [catch(office, "chat.appendStream", 32, LONG, after=True)]
    # It will post instead, without looking first whether the question is still its own.
    slack.fail("chat.startStream", "ratelimited")
    gates += [
        catch(office, "chat.startStream", 33, LONG, after=True),
        catch(office, "users.info", 34, SHORT),
    ]
    freezing.freeze()
    open_all(gates)
    other = office.start().wait_until_started()
    asked = office.asked[before:]
    wait_for(lambda: len(other.events("answered")) >= len(asked), ANSWERING)
    office.assert_answered_once(office.asked)
    freezing.thaw()
    latest = office.ask(35, SHORT)
    office.wait_for_answers([latest])
    slack.wait_until_delivered()
    # What the thawed bot posts stands there until it has taken it back; it may also see in time that it lost.
    slack.wait_for(lambda: _is_answered_once(office), ANSWERING)
    assert freezing.answered.isdisjoint(other.answered)


def _is_answered_once(office: Office) -> bool:
    try:
        office.assert_answered_once(office.asked)
    except AssertionError:
        return False
    return True


@pytest.fixture
def bots(office: Office) -> list[BotProcess]:
    """Return two bots."""
    return office.living(2)


def ask(office: Office, number: int, *, redeliver: bool = False) -> None:
    office.ask(number, QUESTIONS[number % len(QUESTIONS)], redeliver=redeliver)


def test_many_questions_at_once_get_one_answer_each(office: Office, bots: list[BotProcess]) -> None:
    slack, before, delivered = office.slack, len(office.asked), len(office.slack.deliveries)
    counted = [
        (bot.count("askpcc_questions_total"), bot.count("askpcc_answer_seconds_count")) for bot in bots
    ]
    for number in range(AT_ONCE):
        ask(office, number, redeliver=number % 2 == 0)
    asked = office.asked[before:]
    office.wait_for_answers(asked)
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)
    deliveries = slack.deliveries[delivered:]
    assert len(deliveries) > 2 * AT_ONCE  # mentions come twice, and half of all once more
    assert all(delivery.acked for delivery in deliveries)
    now = [(bot.count("askpcc_questions_total"), bot.count("askpcc_answer_seconds_count")) for bot in bots]
    assert sum(new[0] - old[0] for new, old in zip(now, counted, strict=True)) == AT_ONCE
    wait_for(lambda: sum(bot.count("askpcc_answer_seconds_count") for bot in bots) >= AT_ONCE, ANSWERING)
    assert all(bot.count("askpcc_waiting") == 0 for bot in bots)


def test_no_status_stays_where_an_answer_stands(office: Office, bots: list[BotProcess]) -> None:
    del bots
    slack = office.slack
    slack.wait_for(lambda: not any(map(slack.shown_status, office.asked)), ANSWERING)
    sessions = [slack.session(message) for message in office.asked]
    slack.wait_for(lambda: all(each.status == "active" for each in sessions if each), ANSWERING)


def test_a_button_is_acknowledged_while_questions_wait(office: Office, bots: list[BotProcess]) -> None:
    slack, before = office.slack, len(office.asked)
    ask(office, 0)
    office.wait_for_answers(office.asked[-1:])
    shown = office.asked[-1]
    with slack.hold("chat.postMessage") as gate:
        for number in range(QUEUED + WORKERS * len(bots)):
            ask(office, number)
        assert gate.arrived.wait(ANSWERING)
        press = slack.press(shown.user, office.answers(shown)[0], "askpcc_source:1")
        slack.wait_for(lambda: press.ended, ANSWERING)
        assert press.acked
        slack.wait_for(lambda: slack.modal(shown.user), ANSWERING)
        slack.wait_until_delivered()
        assert bots[0].count("askpcc_waiting") >= QUEUED
    office.wait_for_answers(office.asked[before:])
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)


def test_nothing_is_lost_or_doubled_while_sockets_are_refreshed_and_break(
    office: Office, bots: list[BotProcess]
) -> None:
    slack, before = office.slack, len(office.asked)
    troubles = (
        lambda: slack.disconnect("refresh_requested", count=1),
        lambda: slack.drop_sockets(count=1),
        lambda: slack.disconnect("warning"),
        slack.drop_sockets,
    )
    for number in range(IN_TROUBLE):
        ask(office, number, redeliver=number % 3 == 0)
        if number % 6 == 3:
            troubles[number // 6]()
    office.wait_for_answers(office.asked[before:])
    slack.wait_for_connections(len(bots), ANSWERING)
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)


def test_the_health_port_tells_when_slack_is_lost_and_when_it_is_back(
    office: Office, bots: list[BotProcess]
) -> None:
    bot = bots[0]
    assert bot.look("/healthz")[0] == 200
    office.slack.fail("apps.connections.open", "internal_error", times=10_000)
    office.slack.drop_sockets()
    wait_for(lambda: bot.look("/healthz")[0] == 503, ANSWERING)
    ill = json.loads(bot.look("/healthz")[1])
    assert (ill["ok"], ill["connected"], ill["reasons"]) == (False, False, ["Slack is not connected."])
    office.slack.faults.waiting.clear()
    wait_for(lambda: all(each.look("/healthz")[0] == 200 for each in bots), ANSWERING)
    office.slack.wait_for_connections(len(bots), ANSWERING)


def test_what_each_bot_counts_is_what_it_logs(bots: list[BotProcess]) -> None:
    for bot in bots:
        assert bot.count("askpcc_answer_seconds_count") == len(bot.events("answered"))


def test_no_token_and_nobodys_words_are_in_any_log(office: Office, bots: list[BotProcess]) -> None:
    del bots
    slack = office.slack
    logs = "\n".join(bot.log.read_text("utf-8") for bot in office.bots)
    assert logs.count('"answered"') >= len(office.asked)
    secrets = [slack.bot_token, slack.app_token, slack.signing_secret]
    words = {message.text.removeprefix(slack.mention).strip() for message in office.asked}
    texts = [office.answers(message)[0].text for message in office.asked]
    said = {text.splitlines()[0] for text in texts if text}  # what was streamed has blocks alone
    assert not [text for text in (*secrets, *words, *said) if text in logs]
    assert not [name for name in ("borsetshire", "recommendation") if name in logs.lower()]


def test_all_bots_end_with_status_zero(office: Office, bots: list[BotProcess]) -> None:
    for bot in bots:
        bot.terminate()
    assert [bot.wait() for bot in bots] == [0] * len(bots)
    assert not office.slack.connections
    office.assert_answered_once(office.asked)
