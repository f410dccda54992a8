"""Threads that work the inquiries off, with leases, so that what a dead process held is taken over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Condition, Event, Thread
from time import monotonic

from askpcc.errors import LedgerError
from askpcc.model import Inquiry, InquiryState
from askpcc.ports import WorkList

Handle = Callable[[Inquiry, str], InquiryState]
"""Does all that an inquiry needs and returns what it is then; the second value is the worker's name."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How workers keep time.

    lease: after this an inquiry may be taken over, unless its worker renews it (each third of it).
    poll: how long a worker without work waits for a call before it looks again, in seconds.
    """

    lease: timedelta = timedelta(seconds=60)
    poll: float = 2.0


@dataclass
class Workers:
    """A number of threads on one work list.

    name: of this process, as no other has it.  failed: is told what failed, and with which error.
    """

    work_list: WorkList
    handle: Handle
    name: str
    count: int
    failed: Callable[[str, BaseException], None]
    pace: Pace = field(default_factory=Pace)

    def __post_init__(self) -> None:
        self._called = Condition()
        self._calls = 0
        self._stopping = Event()
        self._threads = [
            Thread(target=self._work, args=(f"{self.name}/{n}",), name=f"worker-{n}", daemon=True)
            for n in range(self.count)
        ]
        self._keeper = Thread(target=self._keep_leases, name="leases", daemon=True)

    def start(self) -> None:
        """Begin."""
        for thread in (*self._threads, self._keeper):
            thread.start()

    def call(self) -> None:
        """Tell that there may be work."""
        with self._called:
            self._calls += 1
            self._called.notify_all()

    def alive(self) -> int:
        """Count the workers that have not come to an end."""
        return sum(thread.is_alive() for thread in self._threads)

    def stop(self, seconds: float) -> int:
        """Let each finish what it is doing for so long, hand the rest back, and count that."""
        self._stopping.set()
        self.call()
        until = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        return sum(self.work_list.hand_back(f"{self.name}/{n}") for n in range(self.count))

    def _work(self, worker: str) -> None:
        while not self._stopping.is_set():
            seen = self._calls
            try:
                inquiry = self.work_list.claim(worker, self.pace.lease)
                if inquiry is not None:
                    self._do(inquiry, worker)
                    continue
            except LedgerError as exc:
                # The database may come back; until then nothing can be claimed.
                self.failed("ledger_failed", exc)
            self._wait(seen)

    def _do(self, inquiry: Inquiry, worker: str) -> None:
        try:
            state = self.handle(inquiry, worker)
        except LedgerError:
            raise  # it keeps its lease, and is done again when the database is back
        except Exception as exc:  # noqa: BLE001 - one inquiry must not end a worker that others wait for
            self.failed("inquiry_failed", exc)
            state = InquiryState.FAILED
        self.work_list.settle(inquiry, worker, state)

    def _wait(self, seen: int) -> None:
        with self._called:
            if self._calls == seen and not self._stopping.is_set():
                self._called.wait(self.pace.poll)

    def _keep_leases(self) -> None:
        while not self._stopping.wait(self.pace.lease.total_seconds() / 3):
            for n in range(self.count):
                try:
                    self.work_list.renew(f"{self.name}/{n}", self.pace.lease)
                except LedgerError as exc:
                    self.failed("ledger_failed", exc)
