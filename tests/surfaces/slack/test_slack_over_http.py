"""The bot as it runs with --http: the same questions over signed requests, and what is refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest

from askpcc.surfaces.slack.http import LARGEST_BODY
from askpcc.surfaces.slack.request_shape import FORM, JSON, PATH
from loopback_slack import LoopbackSlack
from loopback_slack.http_events import sign, signed_headers
from support.bot_process import ANSWERING, BotProcess, free_port, wait_for
from support.slack_bot import Shelf
from support.slack_process import Office, make_busy_workspace, open_office

pytest_plugins = ("support.slack_fixtures",)

QUESTIONS = (
    "Has recommendation 1 been completed in Borsetshire?",
    "How many cases had the stalking protection order clinic read?",
)
AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Web:
    """An office whose bot serves HTTP."""

    office: Office
    bot: BotProcess
    port: int

    def send(self, body: bytes, headers: dict[str, str]) -> int:
        """Send a request; return its status."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWERING)
        try:
            connection.request("POST", PATH, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture(scope="module")
def shared_web(slack_shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Start the bot."""
    slack, port = LoopbackSlack(workspace=make_busy_workspace()), free_port()
    with open_office(slack, slack_shelf.index, tmp_path_factory.mktemp("web_office")) as office:
        bot = office.start("--http", "--port", str(port)).wait_until_started()
        slack.send_to(f"http://127.0.0.1:{port}{PATH}")
        yield Web(office, bot, port)


@pytest.fixture
def web(shared_web: Web) -> Iterator[Web]:
    """Return it; what happens during the test keeps the rules of Slack."""
    yield shared_web
    assert not shared_web.office.slack.take_violations()


def test_each_question_gets_one_answer_though_requests_come_again(
    web: Web,
) -> None:
    office, slack = web.office, web.office.slack
    for number in range(AT_ONCE):
        office.ask(number, QUESTIONS[number % len(QUESTIONS)], redeliver=number % 2 == 0)
    office.wait_for_answers(office.asked)
    slack.wait_until_delivered()
    office.assert_answered_once(office.asked)
    assert all(delivery.acked for delivery in slack.deliveries)
    assert {attempt.status for each in slack.deliveries for attempt in each.attempts} <= {0, 200}
    print("slowest acknowledgement:", max(slack.latencies), "s")


def test_buttons_and_commands_are_acknowledged(web: Web) -> None:
    office, slack = web.office, web.office.slack
    asked = office.ask(0, QUESTIONS[0])
    office.wait_for_answers([asked])
    press = slack.press(asked.user, office.answers(asked)[0], "askpcc_source:1")
    slack.wait_for(lambda: slack.modal(asked.user), ANSWERING)
    command = slack.command("asker", "general", "/askpcc", QUESTIONS[0])
    slack.wait_for(lambda: slack.ephemerals("asker"), ANSWERING)
    assert press.acked
    assert command.acked


EVENT = b'{"type": "event_callback", "event": {"type": "message"}}'
REFUSED: dict[str, tuple[int, Callable[[LoopbackSlack, str], int]]] = {
    "another secret": (401, lambda slack, url: slack.post_badly_signed(url, EVENT)),
    "no signature": (401, lambda slack, url: slack.post_unsigned(url, EVENT)),
    "too old": (401, lambda slack, url: slack.post_stale(url, EVENT)),
    "from the future": (401, lambda slack, url: slack.post_stale(url, EVENT, seconds=-600)),
    "cut off": (400, lambda slack, url: slack.post_malformed(url)),
    "empty": (400, lambda slack, url: slack.post_signed(url, b"")),
    "no UTF-8": (400, lambda slack, url: slack.post_signed(url, b"\xff\xfe{}")),
    "a list": (400, lambda slack, url: slack.post_signed(url, b"[1, 2]")),
    "a form of nothing": (400, lambda slack, url: slack.post_signed(url, b"a=b", FORM)),
    "JSON as a form": (400, lambda slack, url: slack.post_signed(url, EVENT, FORM)),
    "text": (400, lambda slack, url: slack.post_signed(url, EVENT, "text/plain")),
    "a payload that is no JSON": (400, lambda slack, url: slack.post_signed(url, b"payload=%7B", FORM)),
    "an event that is no object": (
        400,
        lambda slack, url: slack.post_signed(url, b'{"type": "event_callback", "event": 7}'),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_slack_did_not_send_is_refused(web: Web, case: str) -> None:
    status, send = REFUSED[case]
    assert send(web.office.slack, web.office.slack.app_url) == status


def test_what_is_too_large_is_refused_before_it_is_sent(web: Web) -> None:
    headers = signed_headers(web.office.slack.signing_secret, b"", JSON)
    assert web.send(b"", headers | {"Content-Length": str(LARGEST_BODY + 1)}) == 413


@pytest.mark.parametrize("timestamp", ["", "yesterday", "-1", "1e9", "\uff19", "9" * 40])
def test_what_has_no_time_of_slacks_is_refused(web: Web, timestamp: str) -> None:
    secret = web.office.slack.signing_secret
    headers = signed_headers(secret, EVENT, JSON)
    headers |= {
        "X-Slack-Request-Timestamp": timestamp.encode().decode("latin-1"),
        "X-Slack-Signature": sign(secret, EVENT, timestamp),
    }
    assert web.send(EVENT, headers) == 401


def test_the_bot_is_well_and_ends_with_status_zero(web: Web) -> None:
    slack, office = web.office.slack, web.office
    assert web.bot.look("/healthz")[0] == 200
    with slack.hold("chat.postMessage") as gate:
        asked = office.ask(1, QUESTIONS[1])
        assert gate.arrived.wait(ANSWERING)
        web.bot.terminate()
        wait_for(lambda: not _listens(web.port), ANSWERING)
    assert web.bot.wait() == 0
    office.wait_for_answers([asked])
    office.assert_answered_once(office.asked)
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
