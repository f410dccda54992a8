"""The lock of an index, between real processes where it matters."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from askpcc.adapters.corpus_folder import IndexLock
from askpcc.errors import IndexBusy, IndexFailure

HOLD = """
import sys, pathlib
from askpcc.adapters.corpus_folder import IndexLock
with IndexLock(pathlib.Path(sys.argv[1]), 0, print).held():
    print("held", flush=True)
    sys.stdin.readline()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(path)]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own program)
    assert started.stdout
    assert started.stdout.readline() == "held\n"
    return started


def test_a_lock_that_is_held_is_refused_with_the_holder(tmp_path: Path) -> None:
    told: list[str] = []
    with holding(tmp_path / "lock") as other:
        message = rf"process {other.pid} since \d{{4}}-"
        with pytest.raises(IndexBusy, match=message), IndexLock(tmp_path / "lock", 0, told.append).held():
            pass
        other.communicate("\n")
    assert f"process {other.pid}" in told[0]


def test_a_lock_that_was_let_go_can_be_held(tmp_path: Path) -> None:
    for _ in range(2):
        with IndexLock(tmp_path / "lock", 0, print).held():
            assert f"process {os.getpid()} " in (tmp_path / "lock.holder").read_text()
    assert not (tmp_path / "lock.holder").exists()


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holding(tmp_path / "lock") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    with IndexLock(tmp_path / "lock", 0, print).held():
        pass


def test_the_lock_makes_the_folder_of_the_index(tmp_path: Path) -> None:
    with IndexLock(tmp_path / "new" / "index" / "lock", 0, print).held():
        assert (tmp_path / "new" / "index").is_dir()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    lock = IndexLock(tmp_path / "file" / "lock", 0, print)
    with pytest.raises(IndexFailure, match="cannot be written"), lock.held():
        pass


def test_an_error_within_lets_the_lock_go(tmp_path: Path) -> None:
    lock = IndexLock(tmp_path / "lock", 0, print)
    with pytest.raises(ValueError, match="within"), lock.held():
        raise ValueError("within")
    with lock.held():
        pass
