"""Offices with bots in processes of their own; test modules name this as their plugin."""

from collections.abc import Iterator

import pytest

from support.slack_bot import Shelf
from support.slack_process import Office, make_busy_slack, open_office

pytest_plugins = ("support.slack_fixtures",)


@pytest.fixture(scope="session")
def busy_office(slack_shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return an office whose bots tests leave to each other, since a bot takes long to start."""
    with open_office(make_busy_slack(), slack_shelf.index, tmp_path_factory.mktemp("busy_office")) as office:
        yield office


@pytest.fixture
def office(busy_office: Office) -> Iterator[Office]:
    """Return that office; what happens in it during the test keeps the rules of Slack."""
    yield busy_office
    assert not busy_office.slack.take_violations()
