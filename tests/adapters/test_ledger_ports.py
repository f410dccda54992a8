"""One ledger stands behind all seams of what is asked."""

from ledger_desk import NO_LIMITS, ask, give

from askpcc.adapters.ledger import SqlLedger
from askpcc.model import Record
from askpcc.ports import (
    AnswerBook,
    Archive,
    Inbox,
    Journal,
    Opinions,
    ReviewBook,
    Threads,
    WorkList,
)

pytest_plugins = ("ledger_fixtures",)


def as_seams(ledger: SqlLedger) -> tuple[Inbox, WorkList, AnswerBook, Threads, Opinions, Journal]:
    return ledger, ledger, ledger, ledger, ledger, ledger


def as_seams_of_reviewing(ledger: SqlLedger) -> tuple[ReviewBook, Archive]:
    return ledger, ledger


def test_what_comes_in_at_one_seam_is_seen_at_the_others(ledger: SqlLedger) -> None:
    inbox, work_list, answers, threads, opinions, journal = as_seams(ledger)
    inbox.take(ask(), NO_LIMITS)
    answers.record(give(ask()))
    assert work_list.waiting() == 1
    assert threads.thread("T1", "C1", ask().place.thread).inquiries == (ask(),)
    assert opinions.feedback("answer-1") == []
    assert journal.acts(1) == []
    reviews, archive = as_seams_of_reviewing(ledger)
    assert reviews.queue(1) == []
    assert list(archive.records()) == [Record(ask(), (give(ask()),))]
