"""Questions that wait are answered, each by one worker, and recorded."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Condition, Event, Thread
from time import monotonic
from typing import Protocol

from askpcc.asking.answering import Answered
from askpcc.errors import LedgerError
from askpcc.model import Inquiry, InquiryState, RecordedAnswer
from askpcc.ports import AnswerBook, WorkList


class Answers(Protocol):
    """Answers a question; history holds the earlier ones of its thread, oldest first."""

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer; raises QuestionError and the failures of the index."""


@dataclass(frozen=True, slots=True)
class AnswerRecorder:
    """Answers inquiries and keeps what was answered before anybody is told."""

    answers: Answers
    book: AnswerBook
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def respond(self, inquiry: Inquiry) -> RecordedAnswer:
        """Return the answer to an inquiry; one that was recorded for this wording is not made again.

        Raises QuestionError, and the failures of the index and the ledger.
        """
        given = self.book.answers_to(inquiry.id)
        known = next((answer for answer in given if answer.edition == inquiry.edition), None)
        return known or self.book.record(self._answer(inquiry))

    def _answer(self, inquiry: Inquiry) -> RecordedAnswer:
        answered = self.answers.answer(inquiry.words, inquiry.history)
        return RecordedAnswer(
            id=self.new_id(),
            inquiry=inquiry.id,
            edition=inquiry.edition,
            answer=answered.answer,
            answered_at=self.now(),
            writer=answered.writer,
            milliseconds=answered.milliseconds,
            confidence=answered.confidence,
            spent=answered.spent,
        )


Handle = Callable[[Inquiry, str], InquiryState]
"""Does all that an inquiry needs and returns what it is then; the second value is the worker's name.

WAITING puts it off: it is begun anew after a while, each time a longer one.
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How workers keep time.

    lease: after this an inquiry may be taken over, unless its worker renews it, each third of it.  So long
    do the questions of a dead process wait; a living one is not hurried by it, however long it takes.
    poll: how long a worker without work waits for a call before it looks again, in seconds.
    """

    lease: timedelta = timedelta(seconds=10)
    poll: float = 2.0


@dataclass
class Workers:
    """A number of threads on one work list.

    name: of this process, as no other has it.  failed: is told what failed, and with which error.
    give_way: waits while something else is more urgent than to begin with another inquiry.
    settled: is told of each inquiry that is at an end, when everybody can see that it is.
    """

    work_list: WorkList
    handle: Handle
    name: str
    count: int
    failed: Callable[[str, BaseException], None]
    pace: Pace = field(default_factory=Pace)
    give_way: Callable[[], None] = lambda: None
    settled: Callable[[Inquiry], None] = lambda _: None

    def __post_init__(self) -> None:
        self._changed = Condition()
        self._calls = 0
        self._numbers = itertools.count(1)
        self._at_work = set[str]()
        self._stopping, self._stopped = Event(), Event()
        self._threads = [
            Thread(target=self._work, name=f"worker-{number}", daemon=True) for number in range(self.count)
        ]
        self._keeper = Thread(target=self._keep_leases, name="leases", daemon=True)

    def start(self) -> None:
        """Begin."""
        for thread in (*self._threads, self._keeper):
            thread.start()

    def call(self) -> None:
        """Tell that there may be work."""
        with self._changed:
            self._calls += 1
            self._changed.notify_all()

    def alive(self) -> int:
        """Count the workers that have not come to an end."""
        return sum(thread.is_alive() for thread in self._threads)

    def close(self) -> None:
        """Let them begin with nothing more."""
        self._stopping.set()
        self.call()

    def stop(self, seconds: float) -> int:
        """Let each finish what it is doing for so long, hand the rest back, and count that."""
        self.close()
        until = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        self._stopped.set()
        return sum(map(self.work_list.hand_back, self._names()))

    def _work(self) -> None:
        while not self._stopping.is_set():
            seen = self._calls
            self.give_way()
            try:
                if self._do_one():
                    continue
            except LedgerError as exc:
                # The database may come back.  Until then nothing can be claimed, and what was begun is begun
                # anew when its lease, which nobody renews, has run out.
                self.failed("ledger_failed", exc)
            self._wait(seen)

    def _do_one(self) -> bool:
        """Claim an inquiry and do what it needs; tell whether there was one."""
        with self._working() as worker:
            inquiry = self.work_list.claim(worker, self.pace.lease)
            if inquiry is None:
                return False
            state = self._handle(inquiry, worker)
            if state is InquiryState.WAITING:
                self.work_list.renew(worker, self.pace.lease * 2 ** (inquiry.attempt - 1))
            elif self.work_list.settle(inquiry, worker, state):
                self.settled(inquiry)
        return True

    @contextmanager
    def _working(self) -> Iterator[str]:
        """Give a name under which one inquiry is held, and whose lease is kept until the end of the block."""
        with self._changed:
            worker = f"{self.name}/{next(self._numbers)}"
            self._at_work.add(worker)
        try:
            yield worker
        finally:
            with self._changed:
                self._at_work.remove(worker)

    def _names(self) -> list[str]:
        with self._changed:
            return sorted(self._at_work)

    def _handle(self, inquiry: Inquiry, worker: str) -> InquiryState:
        try:
            return self.handle(inquiry, worker)
        except LedgerError:
            raise
        except Exception as exc:  # noqa: BLE001 - one inquiry must not end a worker that others wait for
            self.failed("inquiry_failed", exc)
            return InquiryState.FAILED

    def _wait(self, seen: int) -> None:
        with self._changed:
            if self._calls == seen and not self._stopping.is_set():
                self._changed.wait(self.pace.poll)

    def _keep_leases(self) -> None:
        while not self._stopped.wait(self.pace.lease.total_seconds() / 3):
            for worker in self._names():
                try:
                    self.work_list.renew(worker, self.pace.lease)
                except LedgerError as exc:
                    self.failed("ledger_failed", exc)
