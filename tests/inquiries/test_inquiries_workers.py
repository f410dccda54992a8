"""Workers on a real ledger: who holds what, until when, and what becomes of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.errors import LedgerError
from askpcc.inquiry_workers import Handle, Pace, Workers
from askpcc.model import (
    Inquiry,
    InquiryState,
    Limits,
    Place,
)

WAIT = 60.0
QUICK = Pace(lease=timedelta(seconds=0.3), poll=0.05)
STEADY = Pace(lease=timedelta(seconds=3), poll=0.05)
UNHURRIED = Pace(lease=timedelta(minutes=5), poll=0.05)
ROOMY = Limits(10**6, 10**6, 10**6)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    """Return a new ledger."""
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def run(ledger: SqlLedger) -> Iterator[Callable[..., Workers]]:
    """Return what starts workers; they end with the test."""
    started: list[Workers] = []

    def start(handle: Handle, name: str = "a", count: int = 1, pace: Pace = QUICK) -> Workers:
        failures = Queue[BaseException]()
        workers = Workers(ledger, handle, name, count, lambda _, error: failures.put(error), pace)
        workers.start()
        started.append(workers)
        return workers

    yield start
    for workers in started:
        workers.stop(WAIT)


def ask(ledger: SqlLedger, number: int = 1) -> Inquiry:
    """Take an inquiry down."""
    place = Place("slack", "T1", "C1", f"{number}.0", f"{number}.0")
    inquiry = Inquiry(f"inquiry-{number}", place, "U1", "Was it accepted?", datetime.now(UTC))
    ledger.take(inquiry, ROOMY)
    return inquiry


def test_each_of_many_inquiries_is_done_once_by_workers_of_two_processes(
    ledger: SqlLedger, run: Callable[..., Workers]
) -> None:
    done = Queue[str]()

    def handle(inquiry: Inquiry, _: str) -> InquiryState:
        done.put(inquiry.id)
        return InquiryState.ANSWERED

    asked = {ask(ledger, number).id for number in range(20)}
    run(handle, "a", 2, UNHURRIED)
    run(handle, "b", 2, UNHURRIED)
    assert {done.get(timeout=WAIT) for _ in asked} == asked
    assert done.empty()


def test_a_slow_worker_keeps_what_it_does(
    ledger: SqlLedger, run: Callable[..., Workers], tmp_path: Path
) -> None:
    begun, may_end = Queue[str](), Event()

    def handle(_: Inquiry, worker: str) -> InquiryState:
        begun.put(worker)
        may_end.wait(WAIT)
        return InquiryState.ANSWERED

    asked = ask(ledger)
    run(handle, "a", pace=STEADY)
    begun.get(timeout=WAIT)
    first = _lease_end(tmp_path)
    run(handle, "b", pace=STEADY)
    _wait_for(lambda: _lease_end(tmp_path) > first + STEADY.lease)  # its first lease has run out by now
    assert begun.empty()
    may_end.set()
    _wait_for(lambda: ledger.inquiry(asked.id).state is InquiryState.ANSWERED)


def test_what_fails_is_told_and_ends_no_worker(ledger: SqlLedger, run: Callable[..., Workers]) -> None:
    def handle(inquiry: Inquiry, _: str) -> InquiryState:
        if inquiry.id == "inquiry-1":
            raise RuntimeError("a fault")
        return InquiryState.ANSWERED

    failing, other = ask(ledger, 1), ask(ledger, 2)
    workers = run(handle, pace=UNHURRIED)
    _wait_for(lambda: ledger.inquiry(other.id).state is InquiryState.ANSWERED)
    assert ledger.inquiry(failing.id).state is InquiryState.FAILED
    assert workers.alive() == 1


@pytest.mark.parametrize("put_off", [True, False])
def test_what_cannot_be_done_at_the_moment_is_begun_again_when_its_lease_has_run_out(
    ledger: SqlLedger, run: Callable[..., Workers], put_off: bool
) -> None:
    attempts = Queue[int]()

    def handle(inquiry: Inquiry, _: str) -> InquiryState:
        attempts.put(inquiry.attempt)
        if inquiry.attempt > 1:
            return InquiryState.ANSWERED
        if put_off:
            return InquiryState.WAITING
        raise LedgerError("the database is away")

    asked = ask(ledger)
    run(handle)
    assert [attempts.get(timeout=WAIT) for _ in range(2)] == [1, 2]
    _wait_for(lambda: ledger.inquiry(asked.id).state is InquiryState.ANSWERED)


def test_closed_workers_begin_with_nothing_more(ledger: SqlLedger, run: Callable[..., Workers]) -> None:
    workers = run(lambda *_: InquiryState.ANSWERED)
    workers.close()
    _wait_for(lambda: workers.alive() == 0)
    ask(ledger)
    assert ledger.waiting() == 1


def test_what_is_not_finished_in_time_is_handed_back(ledger: SqlLedger, run: Callable[..., Workers]) -> None:
    begun, may_end = Event(), Event()

    def handle(*_: object) -> InquiryState:
        begun.set()
        may_end.wait(WAIT)
        return InquiryState.ANSWERED

    asked = ask(ledger)
    workers = run(handle)
    assert begun.wait(WAIT)
    assert workers.stop(0) == 1
    assert ledger.inquiry(asked.id).state is InquiryState.WAITING
    held = ledger.claim("b/1", timedelta(minutes=1))
    assert held is not None
    may_end.set()
    _wait_for(lambda: workers.alive() == 0)
    assert ledger.state(held) is InquiryState.WORKING  # the one that came too late has settled nothing


def test_a_worker_that_lost_an_inquiry_is_told_so(ledger: SqlLedger) -> None:
    ask(ledger)
    lost = ledger.claim("a", timedelta(0))
    taken = ledger.claim("b", timedelta(minutes=1))
    assert lost is not None
    assert taken is not None
    assert ledger.state(lost) is InquiryState.WAITING
    assert ledger.state(taken) is InquiryState.WORKING


def test_workers_give_way_before_they_begin(ledger: SqlLedger) -> None:
    told = Queue[str]()

    def handle(*_: object) -> InquiryState:
        told.put("begun")
        return InquiryState.ANSWERED

    ask(ledger)
    workers = Workers(ledger, handle, "a", 1, lambda *_: None, QUICK, give_way=lambda: told.put("gave way"))
    workers.start()
    assert [told.get(timeout=WAIT) for _ in range(2)] == ["gave way", "begun"]
    workers.stop(WAIT)


def _lease_end(folder: Path) -> datetime:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        written = connection.execute("SELECT lease_until FROM inquiries").fetchone()[0]
    return datetime.fromisoformat(written)


def _wait_for(happened: Callable[[], bool]) -> None:
    tick, left = Event(), 1200
    while not happened():
        left -= 1
        assert left, "It did not happen."
        tick.wait(0.05)
