"""Audit lines, marks, and threads that want no follow-ups."""

from dataclasses import replace

from ledger_desk import MONDAY, NO_LIMITS, ask

from askpcc.adapters.ledger import SqlLedger
from askpcc.model import Act, Thread

pytest_plugins = ("ledger_fixtures",)

ACT = Act("U1", "reindex", "corpus", MONDAY, "3 documents added")


def test_audit_lines_come_back_as_they_were_the_last_first(ledger: SqlLedger) -> None:
    noted = [replace(ACT, about=about) for about in "abc"]
    for act in noted:
        ledger.note(act)
    assert ledger.acts(2) == [noted[2], noted[1]]


def test_a_mark_is_moved_by_the_one_who_saw_where_it_was(ledger: SqlLedger) -> None:
    assert ledger.mark("digest") is None
    assert [ledger.move_mark("digest", None, "1") for _ in range(2)] == [True, False]
    assert [ledger.move_mark("digest", "1", "2") for _ in range(2)] == [True, False]
    assert ledger.mark("digest") == "2"
    assert ledger.mark("another") is None


def test_a_mark_that_was_never_set_cannot_be_moved_from_a_value(ledger: SqlLedger) -> None:
    assert not ledger.move_mark("digest", "1", "2")
    assert ledger.mark("digest") is None


def test_a_thread_shows_its_inquiries_oldest_first(ledger: SqlLedger) -> None:
    for number in (2, 1):
        ledger.take(ask(number, thread="t"), NO_LIMITS)
    ledger.take(ask(3), NO_LIMITS)
    assert ledger.thread("T1", "C1", "t") == Thread((ask(1, thread="t"), ask(2, thread="t")))


def test_a_thread_that_nobody_knows_is_empty(ledger: SqlLedger) -> None:
    assert ledger.thread("T1", "C1", "t") == Thread()


def test_a_thread_is_muted_and_unmuted_once(ledger: SqlLedger) -> None:
    assert [ledger.mute("T1", "C1", "t", person) for person in ("U1", "U2")] == [True, False]
    assert ledger.thread("T1", "C1", "t").muted
    assert not ledger.thread("T1", "C1", "u").muted
    assert [ledger.unmute("T1", "C1", "t") for _ in range(2)] == [True, False]
    assert not ledger.thread("T1", "C1", "t").muted
