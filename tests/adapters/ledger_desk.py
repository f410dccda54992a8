"""What tests write into ledgers, and processes that do."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from askpcc.model import (
    Answer,
    Citation,
    Inquiry,
    Limits,
    Place,
    Question,
    RecordedAnswer,
    Span,
    Statement,
    Status,
    Wanted,
)

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NO_LIMITS = Limits(waiting=10**6, per_minute=10**6, per_day=10**6)


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    time: datetime = MONDAY

    def __call__(self) -> datetime:
        """Return the time."""
        return self.time


def ask(number: int = 1, person: str = "U1", words: str = "Was it accepted?", thread: str = "") -> Inquiry:
    """Return an inquiry, asked that many seconds after the clock's beginning."""
    message = f"17000000{number:02}.0001"
    place = Place("slack", "T1", "C1", thread or message, message)
    return Inquiry(f"inquiry-{number}", place, person, words, MONDAY + timedelta(seconds=number))


def cite(start: int = 4, document: str = "borsetshire/pcc-response.md") -> Citation:
    """Return a citation of words at an offset."""
    quote = "I accept recommendation 5."
    return Citation(document, "v1", "Response of Borsetshire", Span(start, start + len(quote)), quote, 2)


def give(inquiry: Inquiry, id_: str = "answer-1", citations: Sequence[Citation] = ()) -> RecordedAnswer:
    """Return an answer to an inquiry; one statement, which rests on the citations."""
    question = Question(inquiry.words, Wanted.STATUS, inquiry.words, inquiry.history)
    statement = Statement("Accepted, the commissioner says:", tuple(citations) or (cite(),), Status.ACCEPTED)
    answer = Answer(question, (statement,), index_version="3-abc")
    return RecordedAnswer(id_, inquiry.id, inquiry.edition, answer, MONDAY + MINUTE, "quoting", 40, 0.75)


def run_together(program: str, url: str, times: int, ends: int = 0) -> list[list[str]]:
    """Run a program that many times at once, each a process of its own; return the lines of each.

    ends: the exit code that each is to end with.
    """
    running = [start(program, url, str(number)) for number in range(times)]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate()[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [ends] * times
    return told


def start(program: str, url: str, name: str) -> subprocess.Popen[str]:
    """Start a program on a ledger, which says that it is ready and begins when it has read a line."""
    opening = "import sys\nfrom askpcc.adapters.ledger import open_ledger\nimport ledger_desk as desk\n"
    waiting = "url, name = sys.argv[1:]\nprint('ready', flush=True)\nsys.stdin.readline()\n"
    command = [sys.executable, "-W", "error", "-c", opening + waiting + program, url, name]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent
    )


def run_on_server(address: str, *statements: str) -> None:
    """Run statements on a PostgreSQL server, each a transaction of its own.  address: without a driver."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
