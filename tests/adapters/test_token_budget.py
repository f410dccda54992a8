"""Tokens are counted day by day, for several processes, and a count that cannot be kept is told."""

from datetime import date
from pathlib import Path

import pytest

from askpcc.adapters.token_budget import FileBudget
from askpcc.errors import ModelError
from askpcc.model import Spent

TODAY = date(2026, 3, 1)


def test_two_that_share_a_file_share_the_tokens(tmp_path: Path) -> None:
    one, other = (FileBudget(tmp_path / "tokens.json", 100, lambda: TODAY) for _ in range(2))
    one.count(Spent(60, 10))
    other.refuse_when_spent()
    other.count(Spent(25, 5))
    with pytest.raises(ModelError, match="100 tokens"):
        one.refuse_when_spent()


def test_a_new_day_begins_at_nothing(tmp_path: Path) -> None:
    FileBudget(tmp_path / "tokens.json", 10, lambda: TODAY).count(Spent(50))
    FileBudget(tmp_path / "tokens.json", 10, lambda: date(2026, 3, 2)).refuse_when_spent()


@pytest.mark.parametrize("held", ["", "[]", '{"day": 1}', "\0"])
def test_a_count_that_cannot_be_read_is_as_good_as_spent(tmp_path: Path, held: str) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(held)
    with pytest.raises(ModelError, match="cannot be read"):
        FileBudget(file, 10, lambda: TODAY).refuse_when_spent()


def test_a_count_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="cannot be kept"):
        FileBudget(tmp_path / "file" / "tokens.json", 10, lambda: TODAY).count(Spent(1))
