"""Bots in processes of their own; test modules name this as their plugin."""

from collections.abc import Iterator

import pytest

from support.slack_bot import DataFolder
from support.slack_process import Deployment, make_busy_slack, open_deployment

pytest_plugins = ("support.slack_fixtures",)


@pytest.fixture(scope="session")
def busy_deployment(slack_data: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """Return a deployment whose bots tests leave to each other, since a bot takes long to start."""
    with open_deployment(
        make_busy_slack(), slack_data.index, tmp_path_factory.mktemp("busy_deployment")
    ) as deployment:
        yield deployment


@pytest.fixture
def deployment(busy_deployment: Deployment) -> Iterator[Deployment]:
    """Return that deployment; what happens in it during the test keeps the rules of Slack."""
    yield busy_deployment
    assert not busy_deployment.slack.take_violations()
