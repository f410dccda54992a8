"""Several processes have one index open: some ask, some run."""

import shutil
from pathlib import Path
from typing import IO

import pytest

from askpcc.errors import IndexBusy
from askpcc.indexing.indexer import IndexOptions
from support.living_index import ask, change, living_index, process
from support.small_index import Notebook, SmallIndex


@pytest.fixture
def small(tmp_path: Path) -> SmallIndex:
    return living_index(tmp_path)


def test_a_process_that_has_the_index_open_sees_the_next_run_and_a_repair(small: SmallIndex) -> None:
    small.run()
    with process("read", small.root) as reader:
        assert ask(reader, "calls are graded")["nearest"][0] == "calls are graded"
        change(small)
        small.run()
        found = ask(reader, "orders are served")
        assert found["keyword"][0] == found["nearest"][0] == "orders are served"
        gone = ask(reader, "calls are graded")
        assert "calls are graded" not in gone["keyword"] + gone["nearest"]
        shutil.rmtree(small.index / "chroma")
        (small.index / "catalogue.sqlite").write_bytes(b"nonsense" * 1_000)
        small.run()
        assert ask(reader, "checks are late")["nearest"][0] == "checks are late"


def test_a_question_while_a_run_is_at_work_gets_the_earlier_index(small: SmallIndex) -> None:
    small.run()
    change(small)
    with process("hold", small.root) as run, small.reader() as reader:
        assert run.stdout
        assert run.stdout.readline() == "at work\n"
        assert reader.find("calls are graded")["nearest"][0] == "calls are graded"
        run.communicate("\n")
        assert run.returncode == 0
        assert reader.find("orders are served")["nearest"][0] == "orders are served"


def test_a_second_run_says_who_holds_the_lock_or_waits_for_it(small: SmallIndex) -> None:
    with process("hold", small.root) as run:
        assert run.stdout
        assert run.stdin
        run.stdout.readline()
        with pytest.raises(IndexBusy, match=f"process {run.pid} since "):
            small.run()
        small.notebook = _Releasing(run.stdin)
        report = small.indexer(wait=60).run(IndexOptions())
    assert (report.kept, report.passages.embedded) == (3, 0)
    assert f"process {run.pid}" in small.notebook.told[0]


class _Releasing(Notebook):
    """Lets the other process go on as soon as the wait for it is told."""

    def __init__(self, other: IO[str]) -> None:
        super().__init__()
        self._other = other

    def notify(self, sentence: str) -> None:
        super().notify(sentence)
        self._other.write("\n")
        self._other.flush()
