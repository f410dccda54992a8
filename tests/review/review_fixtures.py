"""A house of one's own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from review_house import TEXTS, House


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a house whose documents are indexed, for tests to copy."""
    made = House(tmp_path_factory.mktemp("published"))
    made.publish(TEXTS)
    made.ledger.close()
    return made.folder


@pytest.fixture
def house(published: Path, tmp_path: Path) -> Iterator[House]:
    """Return a house whose documents are indexed."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    made = House(tmp_path)
    yield made
    made.ledger.close()
