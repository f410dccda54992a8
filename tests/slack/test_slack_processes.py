"""Bots in processes of their own, ended, killed, frozen or busy: each question keeps one answer."""

import json

import pytest

from loopback_slack.faults import Gate
from support.bot_process import ANSWERING, BotProcess, wait_for
from support.slack_process import WORKERS, Deployment

pytest_plugins = ("support.slack_deployments",)

SHORT = "Has recommendation 1 been completed in Borsetshire?"
LONG = "Tell me everything about stalking protection orders in Wessex-on-Sea"
"""Its answer is streamed."""

QUESTIONS = (SHORT, "How many cases had the stalking protection order clinic read?")
AT_ONCE, QUEUED, IN_TROUBLE = 40, 12, 24


def catch(deployment: Deployment, method: str, number: int, words: str, *, after: bool = False) -> Gate:
    """Ask, and wait until the bot is held in a call of a method."""
    gate = deployment.slack.hold(method, after=after)
    deployment.ask(number, words)
    assert gate.arrived.wait(ANSWERING), f"{method} was not called."
    return gate


def open_all(gates: list[Gate]) -> None:
    for gate in gates:
        gate.open()


def test_a_bot_that_is_told_to_end_finishes_what_it_answers_and_leaves_the_rest_to_the_next(
    deployment: Deployment,
) -> None:
    slack = deployment.slack
    (ending,) = deployment.living(1)
    answered = deployment.ask(0, SHORT)
    deployment.wait_for_answers([answered])
    with slack.hold("chat.postMessage") as gate:
        asked = [deployment.ask(number, SHORT) for number in range(1, WORKERS + 5)]
        # A worker that has not begun when the bot is told to end leaves its question to the next bot.
        wait_for(lambda: gate.held >= WORKERS, ANSWERING)
        slack.wait_until_delivered()
        press = slack.press(answered.user, deployment.answers(answered)[0], "askpcc_source:1")
        ending.terminate()
        slack.wait_for(lambda: press.acked, ANSWERING)
        slack.wait_for(lambda: not slack.connections, ANSWERING)
        late = deployment.ask(WORKERS + 5, SHORT)
    assert ending.wait() == 0
    assert slack.modal(answered.user)
    assert len(ending.events("answered")) == 1 + WORKERS
    deployment.living(1)
    deployment.wait_for_answers([answered, *asked, late])
    slack.wait_until_delivered()
    deployment.assert_answered_once(deployment.asked)


def test_a_bot_that_is_killed_at_any_moment_loses_no_answer_and_gives_none_twice(
    deployment: Deployment,
) -> None:
    (dying,) = deployment.living(1)
    before = len(deployment.asked)
    gates = [
        catch(deployment, "chat.stopStream", 20, LONG),
        catch(deployment, "chat.appendStream", 21, LONG),
        catch(deployment, "chat.startStream", 22, LONG, after=True),
        catch(deployment, "chat.postMessage", 23, SHORT, after=True),
        catch(deployment, "chat.postMessage", 24, SHORT),
        catch(deployment, "users.info", 25, SHORT),
    ]
    for number in range(26, 32):  # more than there are workers, so that some wait
        deployment.ask(number, SHORT)
    deployment.slack.wait_until_delivered()
    dying.kill()
    open_all(gates)
    (next_one,) = deployment.living(1)
    asked = deployment.asked[before:]
    deployment.wait_for_answers(asked)
    wait_for(lambda: len(next_one.events("answered")) >= len(asked), ANSWERING)
    deployment.slack.wait_until_delivered()
    deployment.assert_answered_once(deployment.asked)
    assert dying.answered.isdisjoint(next_one.answered)


def test_a_bot_that_was_frozen_until_another_took_over_takes_back_what_it_posts(
    deployment: Deployment,
) -> None:
    slack = deployment.slack
    (freezing,) = deployment.living(1)
    before = len(deployment.asked)
    gates = [catch(deployment, "chat.appendStream", 32, LONG, after=True)]
    # It will post instead, without looking first whether the question is still its own.
    slack.fail("chat.startStream", "ratelimited")
    gates += [
        catch(deployment, "chat.startStream", 33, LONG, after=True),
        catch(deployment, "users.info", 34, SHORT),
    ]
    with deployment.frozen(freezing):
        open_all(gates)
        other = deployment.start().wait_until_started()
        asked = deployment.asked[before:]
        wait_for(lambda: len(other.events("answered")) >= len(asked), ANSWERING)
        deployment.assert_answered_once(deployment.asked)
    latest = deployment.ask(35, SHORT)
    deployment.wait_for_answers([latest])
    slack.wait_until_delivered()
    # What the thawed bot posts stands there until it has taken it back; it may also see in time that it lost.
    slack.wait_for(lambda: _is_answered_once(deployment), ANSWERING)
    assert freezing.answered.isdisjoint(other.answered)


def _is_answered_once(deployment: Deployment) -> bool:
    try:
        deployment.assert_answered_once(deployment.asked)
    except AssertionError:
        return False
    return True


@pytest.fixture
def bots(deployment: Deployment) -> list[BotProcess]:
    """Return two bots."""
    return deployment.living(2)


def ask(deployment: Deployment, number: int, *, redeliver: bool = False) -> None:
    deployment.ask(number, QUESTIONS[number % len(QUESTIONS)], redeliver=redeliver)


def test_many_questions_at_once_get_one_answer_each(deployment: Deployment, bots: list[BotProcess]) -> None:
    slack, before, delivered = deployment.slack, len(deployment.asked), len(deployment.slack.deliveries)
    counted = [
        (bot.count("askpcc_questions_total"), bot.count("askpcc_answer_seconds_count")) for bot in bots
    ]
    for number in range(AT_ONCE):
        ask(deployment, number, redeliver=number % 2 == 0)
    asked = deployment.asked[before:]
    deployment.wait_for_answers(asked)
    slack.wait_until_delivered()
    deployment.assert_answered_once(deployment.asked)
    deliveries = slack.deliveries[delivered:]
    assert len(deliveries) > 2 * AT_ONCE  # mentions come twice, and half of all once more
    assert all(delivery.acked for delivery in deliveries)
    now = [(bot.count("askpcc_questions_total"), bot.count("askpcc_answer_seconds_count")) for bot in bots]
    assert sum(new[0] - old[0] for new, old in zip(now, counted, strict=True)) == AT_ONCE
    wait_for(lambda: sum(bot.count("askpcc_answer_seconds_count") for bot in bots) >= AT_ONCE, ANSWERING)
    assert all(bot.count("askpcc_waiting") == 0 for bot in bots)


def test_no_status_stays_where_an_answer_stands(deployment: Deployment, bots: list[BotProcess]) -> None:
    del bots
    slack = deployment.slack
    slack.wait_for(lambda: not any(map(slack.shown_status, deployment.asked)), ANSWERING)
    sessions = [slack.session(message) for message in deployment.asked]
    slack.wait_for(lambda: all(each.status == "active" for each in sessions if each), ANSWERING)


def test_a_button_is_acknowledged_while_questions_wait(
    deployment: Deployment, bots: list[BotProcess]
) -> None:
    slack, before = deployment.slack, len(deployment.asked)
    ask(deployment, 0)
    deployment.wait_for_answers(deployment.asked[-1:])
    shown = deployment.asked[-1]
    with slack.hold("chat.postMessage") as gate:
        for number in range(QUEUED + WORKERS * len(bots)):
            ask(deployment, number)
        assert gate.arrived.wait(ANSWERING)
        press = slack.press(shown.user, deployment.answers(shown)[0], "askpcc_source:1")
        slack.wait_for(lambda: press.ended, ANSWERING)
        assert press.acked
        slack.wait_for(lambda: slack.modal(shown.user), ANSWERING)
        slack.wait_until_delivered()
        assert bots[0].count("askpcc_waiting") >= QUEUED
    deployment.wait_for_answers(deployment.asked[before:])
    slack.wait_until_delivered()
    deployment.assert_answered_once(deployment.asked)


def test_nothing_is_lost_or_doubled_while_sockets_are_refreshed_and_break(
    deployment: Deployment, bots: list[BotProcess]
) -> None:
    slack, before = deployment.slack, len(deployment.asked)
    troubles = (
        lambda: slack.disconnect("refresh_requested", count=1),
        lambda: slack.drop_sockets(count=1),
        lambda: slack.disconnect("warning"),
        slack.drop_sockets,
    )
    for number in range(IN_TROUBLE):
        ask(deployment, number, redeliver=number % 3 == 0)
        if number % 6 == 3:
            troubles[number // 6]()
    deployment.wait_for_answers(deployment.asked[before:])
    slack.wait_for_connections(len(bots), ANSWERING)
    slack.wait_until_delivered()
    deployment.assert_answered_once(deployment.asked)


def test_the_health_port_tells_when_slack_is_lost_and_when_it_is_back(
    deployment: Deployment, bots: list[BotProcess]
) -> None:
    bot = bots[0]
    assert bot.look("/healthz")[0] == 200
    deployment.slack.fail("apps.connections.open", "internal_error", times=10_000)
    deployment.slack.drop_sockets()
    wait_for(lambda: bot.look("/healthz")[0] == 503, ANSWERING)
    ill = json.loads(bot.look("/healthz")[1])
    assert (ill["ok"], ill["connected"], ill["reasons"]) == (False, False, ["Slack is not connected."])
    deployment.slack.faults.waiting.clear()
    wait_for(lambda: all(each.look("/healthz")[0] == 200 for each in bots), ANSWERING)
    deployment.slack.wait_for_connections(len(bots), ANSWERING)


def test_what_each_bot_counts_is_what_it_logs(bots: list[BotProcess]) -> None:
    for bot in bots:
        assert bot.count("askpcc_answer_seconds_count") == len(bot.events("answered"))


def test_no_token_and_nobodys_words_are_in_any_log(deployment: Deployment, bots: list[BotProcess]) -> None:
    del bots
    slack = deployment.slack
    logs = "\n".join(bot.log.read_text("utf-8") for bot in deployment.bots)
    assert logs.count('"answered"') >= len(deployment.asked)
    secrets = [slack.bot_token, slack.app_token, slack.signing_secret]
    words = {message.text.removeprefix(slack.mention).strip() for message in deployment.asked}
    texts = [deployment.answers(message)[0].text for message in deployment.asked]
    said = {text.splitlines()[0] for text in texts if text}  # what was streamed has blocks alone
    assert not [text for text in (*secrets, *words, *said) if text in logs]
    assert not [name for name in ("borsetshire", "recommendation") if name in logs.lower()]


def test_all_bots_end_with_status_zero(deployment: Deployment, bots: list[BotProcess]) -> None:
    for bot in bots:
        bot.terminate()
    assert [bot.wait() for bot in bots] == [0] * len(bots)
    assert not deployment.slack.connections
    deployment.assert_answered_once(deployment.asked)
