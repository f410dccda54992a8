"""The bot as it runs with --http: the same questions over signed requests, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest

from askpcc.slack.payloads import PATH
from support.bot_process import ANSWERING, BotProcess, free_port, wait_for
from support.slack_bot import DataFolder
from support.slack_process import Deployment, make_busy_slack, open_deployment

pytest_plugins = ("support.slack_fixtures",)

QUESTIONS = (
    "Has recommendation 1 been completed in Borsetshire?",
    "How many cases had the stalking protection order clinic read?",
)
AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Web:
    """A deployment whose bot serves HTTP."""

    deployment: Deployment
    bot: BotProcess
    port: int


@pytest.fixture(scope="module")
def shared_web(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Start the bot."""
    slack, port = make_busy_slack(), free_port()
    with open_deployment(slack, slack_data.index, tmp_path_factory.mktemp("web_deployment")) as deployment:
        bot = deployment.start("--http", "--port", str(port)).wait_until_started()
        slack.send_to(f"http://127.0.0.1:{port}{PATH}")
        yield Web(deployment, bot, port)


@pytest.fixture
def web(shared_web: Web) -> Iterator[Web]:
    """Return it; what happens during the test keeps the rules of Slack."""
    yield shared_web
    assert not shared_web.deployment.slack.take_violations()


def test_each_question_gets_one_answer_though_requests_come_again(
    web: Web,
) -> None:
    deployment, slack = web.deployment, web.deployment.slack
    for number in range(AT_ONCE):
        deployment.ask(number, QUESTIONS[number % len(QUESTIONS)], redeliver=number % 2 == 0)
    deployment.wait_for_answers(deployment.asked)
    slack.wait_until_delivered()
    deployment.assert_answered_once(deployment.asked)
    assert all(delivery.acked for delivery in slack.deliveries)
    assert {attempt.status for each in slack.deliveries for attempt in each.attempts} <= {0, 200}


def test_buttons_and_commands_are_acknowledged(web: Web) -> None:
    deployment, slack = web.deployment, web.deployment.slack
    asked = deployment.ask(0, QUESTIONS[0])
    deployment.wait_for_answers([asked])
    press = slack.press(asked.user, deployment.answers(asked)[0], "askpcc_source:1")
    slack.wait_for(lambda: slack.modal(asked.user), ANSWERING)
    command = slack.command("asker", "general", "/askpcc", QUESTIONS[0])
    slack.wait_for(lambda: slack.ephemerals("asker"), ANSWERING)
    assert press.acked
    assert command.acked


def test_what_slack_did_not_send_is_refused(web: Web) -> None:
    slack, event = web.deployment.slack, b'{"type": "event_callback", "event": {"type": "message"}}'
    url = slack.app_url
    assert slack.post_badly_signed(url, event) == 401
    assert slack.post_unsigned(url, event) == 401
    assert slack.post_stale(url, event) == 401
    assert slack.post_malformed(url) == 400


def test_the_bot_is_well_and_ends_with_status_zero(web: Web) -> None:
    slack, deployment = web.deployment.slack, web.deployment
    assert web.bot.look("/healthz")[0] == 200
    with slack.hold("chat.postMessage") as gate:
        asked = deployment.ask(1, QUESTIONS[1])
        assert gate.arrived.wait(ANSWERING)
        web.bot.terminate()
        wait_for(lambda: not _listens(web.port), ANSWERING)
    assert web.bot.wait() == 0
    deployment.wait_for_answers([asked])
    deployment.assert_answered_once(deployment.asked)
    log = web.bot.log.read_text("utf-8")
    secrets = [slack.bot_token, slack.app_token, slack.signing_secret]
    assert not [text for text in (*secrets, *QUESTIONS) if text in log]


def _listens(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.connect()
    except OSError:
        return False
    connection.close()
    return True
