"""Many questions at once, two bots on one ledger: one answer each, and nobody who presses a button waits."""

import json

import pytest

from support.bot_process import ANSWERING, BotProcess, wait_for
from support.slack_process import WORKERS, Office

pytest_plugins = ("support.slack_offices",)

QUESTIONS = (
    "Has recommendation 1 been completed in Borsetshire?",
    "Which Borsetshire recommendations are still outstanding?",
    "How many cases had the stalking protection order clinic read?",
    "What has Midsomer Constabulary done about vetting?",
)
AT_ONCE, QUEUED, IN_TROUBLE = 200, 50, 48


@pytest.fixture
def bots(office: Office) -> list[BotProcess]:
    """Return two bots."""
    return office.living(2)


def ask(office: Office, number: int, *, redeliver: bool = False) -> None:
    office.ask(number, QUESTIONS[number % len(QUESTIONS)], redeliver=redeliver)


def test_two_hundred_questions_at_once_get_one_answer_each(office: Office, bots: list[BotProcess]) -> None:
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
    print("slowest acknowledgement:", max(delivery.latency or 0 for delivery in deliveries), "s")
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


def test_a_button_is_acknowledged_while_fifty_questions_wait(office: Office, bots: list[BotProcess]) -> None:
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
        assert press.acked  # within the three seconds that Slack gives, or the loopback Slack would say so
        print("acknowledgement of a button:", press.latency, "s")
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
        if number % 12 == 6:
            troubles[number // 12]()
    office.wait_for_answers(office.asked[before:])
    slack.wait_for_connections(len(bots), ANSWERING)
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)


def test_the_health_port_tells_when_slack_is_lost_and_when_it_is_back(
    office: Office, bots: list[BotProcess]
) -> None:
    bot = bots[0]
    assert bot.look("/healthz")[0] == 200
    office.slack.fail("apps.connections.open", "internal_error", times=1_000)
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
