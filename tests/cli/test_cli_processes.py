"""Whole processes: pipes that close, a run that is interrupted, two at once on one index."""

import json
import os
import pty
import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from support.command_line import DOCUMENTS, ODD, Desk

PIPE = subprocess.PIPE
_HEAD = "# Loamshire Constabulary: response on stalking"
STALKING = _HEAD + "\n\nThe heron team for stalking began its work in {} 2024.\n"
Ask = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize("command", [("show", ODD), ("documents",), ("documents", "--json"), ("status",)])
def test_a_reader_that_has_gone_gets_no_complaint(desk: Desk, command: tuple[str, ...]) -> None:
    with desk.start(*command, stdout=PIPE, stderr=PIPE) as started:
        assert started.stdout
        assert started.stderr
        started.stdout.close()  # long before there is something to print
        assert started.stderr.read() == ""
        assert started.wait() in {0, 141}


def read_until(descriptor: int, words: bytes) -> bytes:
    """Read from a terminal until some words have come."""
    seen = b""
    while words not in seen:
        seen += os.read(descriptor, 1024)
    return seen


def drain(descriptor: int) -> bytes:
    """Read what is left; a terminal whose other side is closed gives an error in place of an end."""
    seen = b""
    try:
        while some := os.read(descriptor, 1024):
            seen += some
    except OSError:
        pass
    return seen


_MANY = 300


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let processes be interrupted: a shell's background job ignores it, and hands that down."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupted_run_says_so_and_the_earlier_index_answers(desk: Desk) -> None:
    # Long enough that it is still being embedded when the signal comes.
    teams = "\n\n".join(f"Team {number} was set up in {2000 + number % 25}." for number in range(_MANY))
    desk.write("new.md", f"{STALKING.format('May')}\n{teams}\n")
    ours, theirs = pty.openpty()
    with desk.start("index", stdout=PIPE, stderr=theirs) as started:
        os.close(theirs)
        seen = read_until(ours, b"embedding")
        started.send_signal(signal.SIGINT)
        seen += drain(ours)
        assert started.wait() == 130
    os.close(ours)
    assert b"Stopped." in seen
    assert b"Traceback" not in seen
    assert [card["document"] for card in desk.run_json("documents")] == sorted([*DOCUMENTS, ODD])
    desk.write("new.md", STALKING.format("May"))
    assert desk.run_json("index")["added"] == ["new.md"]


@pytest.fixture
def ask(desk: Desk) -> Iterator[Ask]:
    """Hold a process open that answers line by line."""
    with desk.start("ask", "--json", "-", stdin=PIPE, stdout=PIPE) as started:
        stdin, stdout = started.stdin, started.stdout
        assert stdin
        assert stdout

        def ask(question: str) -> dict[str, Any]:
            print(json.dumps({"question": question}), file=stdin, flush=True)
            answer: dict[str, Any] = json.loads(stdout.readline())
            return answer

        yield ask
        stdin.close()
        assert started.wait() == 0


def test_a_process_that_has_the_index_open_sees_what_another_adds_changes_and_removes(
    desk: Desk, ask: Ask
) -> None:
    question = "When did the heron team begin its work in Loamshire?"
    seen = [ask(question)]
    for month in ("May", "July"):
        desk.write("stalking.md", STALKING.format(month))
        assert desk.run("index").exit_code == 0
        seen.append(ask(question))
    (desk.corpus / "stalking.md").unlink()
    assert desk.run("index").exit_code == 0
    seen.append(ask(question))
    assert [answer["abstained"] for answer in seen] == [True, False, False, True]
    assert [month for answer in seen for month in ("May", "July") if month in answer["text"]] == [
        "May",
        "July",
    ]
    assert len({answer["index_version"] for answer in seen}) == 4
