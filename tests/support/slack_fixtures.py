"""A running bot for tests; test modules name this as their plugin."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.slack_bot import DOCUMENTS, DataFolder, SlackBot, run_bot


@pytest.fixture(scope="session")
def slack_data(made_once: Callable[[str, Callable[[Path], None]], Path]) -> DataFolder:
    """Return a few indexed documents, for tests to read or to copy."""

    def fill(folder: Path) -> None:
        data = DataFolder(folder)
        shutil.copytree(DOCUMENTS, data.corpus)
        data.run()

    return DataFolder(made_once("slack_data", fill))


@pytest.fixture(scope="module")
def shared_bot(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackBot]:
    """Start a bot for all tests of a module."""
    with run_bot(slack_data, tmp_path_factory.mktemp("slack_bot")) as running:
        yield running


@pytest.fixture
def bot(shared_bot: SlackBot) -> Iterator[SlackBot]:
    """Return the bot of the module; what it says during the test keeps the rules of Slack."""
    yield shared_bot
    assert not shared_bot.slack.take_violations()


@pytest.fixture
def own_data(slack_data: DataFolder, tmp_path: Path) -> DataFolder:
    """Return a copy of the documents and their index that may be changed."""
    return slack_data.copy(tmp_path / "data")
