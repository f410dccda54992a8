"""A run that is killed at any moment leaves the earlier index, and the next run finishes its work."""

import random
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from askpcc.errors import IndexMissing
from support.killing import EMBEDDED
from support.living_index import CHANGED, assert_holds, change, living_index, opened, process
from support.small_index import SmallIndex

IN_FLIGHT = "after embedding"
"""The point at which a batch is embedded and not saved yet: that batch is lost."""

POINTS = (IN_FLIGHT, "after save", "after add", "after remove", "within commit", "after commit")
"""One point for each state that a run can leave behind: what lies between two of them changes no file."""


@pytest.fixture
def small(tmp_path: Path) -> SmallIndex:
    return living_index(tmp_path)


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_leaves_the_earlier_index_and_the_next_run_finishes(
    small: SmallIndex, point: str
) -> None:
    small.run()
    with small.reader() as reader:
        earlier = reader.everything()
    change(small)
    with process("kill", small.root, point) as killed:
        assert killed.wait() == -signal.SIGKILL
    assert_holds(small, CHANGED if point in {"after commit", "after sweep"} else earlier)
    small.run()
    assert_holds(small, CHANGED)
    with opened(small.store()) as client:
        assert client.get_collection("passages", embedding_function=None).count() == 9
    assert [entry.name for entry in (small.index / "chroma").iterdir()] == [small.store().name]
    embedded = Counter((small.root / EMBEDDED).read_text().splitlines())
    assert point == IN_FLIGHT or set(embedded.values()) == {1}


def test_a_killed_first_run_leaves_no_index_and_the_next_run_makes_it(small: SmallIndex) -> None:
    with process("kill", small.root, "within commit") as killed:
        assert killed.wait() == -signal.SIGKILL
    with small.reader() as reader, pytest.raises(IndexMissing):
        reader.everything()
    small.run()
    assert set(Counter((small.root / EMBEDDED).read_text().splitlines()).values()) == {1}
    with small.reader() as reader:
        assert len(reader.everything()) == 3


@pytest.mark.parametrize("point", ["within commit", "after commit"])
def test_a_killed_rebuild_leaves_an_index_that_answers(small: SmallIndex, point: str) -> None:
    small.run()
    with small.reader() as reader:
        earlier = reader.everything()
    with process("kill-rebuild", small.root, point) as killed:
        assert killed.wait() == -signal.SIGKILL
    assert_holds(small, earlier)
    small.run()
    assert_holds(small, earlier)


def test_a_run_killed_from_outside_at_any_moment_is_finished_by_the_next(small: SmallIndex) -> None:
    small.run()
    change(small)
    moments = random.Random(0)  # noqa: S311 (test data)
    for _ in range(2):
        with process("hold", small.root) as run:
            assert run.stdout
            assert run.stdin
            assert run.stdout.readline() == "at work\n"
            run.stdin.write("\n")
            run.stdin.flush()
            try:
                run.wait(timeout=moments.random() / 2)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
        with small.reader() as reader:
            assert "b.md" in reader.everything()
    small.run()
    assert_holds(small, CHANGED)
