"""A house of one's own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from review_house import TEXTS, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Return a house whose documents are indexed."""
    made = House(tmp_path)
    made.publish(TEXTS)
    yield made
    made.ledger.close()
