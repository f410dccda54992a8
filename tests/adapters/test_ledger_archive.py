"""All that is kept is read bit by bit, of all or of one person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_desk import MINUTE, MONDAY, NO_LIMITS, ask, give
from ledger_reviews import approval_by, approve, correct, fill

from askpcc.adapters.ledger import SqlLedger
from askpcc.model import (
    Act,
    Feedback,
    HelpRequest,
    Opinion,
    Queued,
    Record,
    Why,
)

pytest_plugins = ("ledger_fixtures",)

LATER = MONDAY + MINUTE
VOTE = Feedback("answer-1", "U2", Opinion.BAD, MONDAY)
HELP = HelpRequest("help-1", "answer-1", "U2", MONDAY)


def test_an_inquiry_comes_with_all_that_hangs_on_it(ledger: SqlLedger) -> None:
    fill(ledger)
    second = replace(give(ask(1), "answer-9"), edition=2)
    ledger.record(second)
    ledger.vote(VOTE)
    ledger.vote(replace(VOTE, answer="answer-9", person="U3", at=LATER))
    ledger.ask_person(HELP)
    ledger.enqueue("answer-9", Why.WITHHELD, LATER)
    ledger.rule(approve("verdict-1", at=LATER), approval_by(approve("verdict-1", at=LATER)))
    ledger.rule(correct("verdict-2", "answer-9"), None)
    record, other = ledger.records()
    assert other == Record(ledger.inquiry("inquiry-2"), (ledger.answer("answer-2"),))
    assert record == Record(
        inquiry=ledger.inquiry("inquiry-1"),
        answers=(ledger.answer("answer-1"), second),
        feedback=(VOTE, replace(VOTE, answer="answer-9", person="U3", at=LATER)),
        verdicts=(correct("verdict-2", "answer-9"), approve("verdict-1", at=LATER)),
        requests=(HELP,),
        approvals=(approval_by(approve("verdict-1", at=LATER)),),
        queue=(Queued("answer-9", Why.WITHHELD, LATER, MONDAY),),
    )


def test_an_inquiry_without_an_answer_is_a_record(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    assert list(ledger.records()) == [Record(ask())]


def test_the_oldest_comes_first(ledger: SqlLedger) -> None:
    for number in (3, 1, 2):
        ledger.take(ask(number), NO_LIMITS)
    assert [each.inquiry.id for each in ledger.records()] == ["inquiry-1", "inquiry-2", "inquiry-3"]


@pytest.mark.parametrize(
    ("since", "person", "found"),
    [
        (None, None, ["1", "2", "3"]),
        (2, None, ["2", "3"]),
        (None, "U2", ["2"]),
        (3, "U2", []),
        (None, "nobody", []),
    ],
)
def test_only_some_can_be_read(
    ledger: SqlLedger, since: int | None, person: str | None, found: list[str]
) -> None:
    fill(ledger, 3)
    begin = None if since is None else MONDAY + timedelta(seconds=since)
    records = ledger.records(begin, person)
    assert [each.inquiry.id.removeprefix("inquiry-") for each in records] == found


def take_many(ledger: SqlLedger, count: int) -> None:
    for number in range(count):
        # Some were asked at the very same time.
        when = MONDAY + timedelta(seconds=number // 3)
        ledger.take(replace(ask(number), asked_at=when), NO_LIMITS)


def test_many_come_once_each_and_in_order(ledger: SqlLedger) -> None:
    take_many(ledger, 401)
    assert [each.inquiry.id for each in ledger.records()] == [f"inquiry-{number}" for number in range(401)]


def test_they_are_read_bit_by_bit_and_keep_nobody_waiting(ledger: SqlLedger) -> None:
    take_many(ledger, 401)
    records = ledger.records()
    first = next(records)
    # What comes in while the first bit is handed out is found in a later one.
    late = replace(ask(700), asked_at=MONDAY + timedelta(hours=1))
    ledger.take(late, NO_LIMITS)
    assert [first.inquiry.id, *(each.inquiry.id for each in records)][-1] == late.id


def test_what_a_person_did_elsewhere_can_be_read(ledger: SqlLedger) -> None:
    fill(ledger)
    ledger.vote(VOTE)
    ledger.vote(replace(VOTE, answer="answer-2"))
    ledger.ask_person(HELP)
    verdict = replace(correct(), reviewer="U2")
    ledger.rule(verdict, None)
    act = Act("U2", "reindex", "corpus", MONDAY)
    ledger.note(act)
    ledger.note(replace(act, person="U1"))
    assert ledger.activities("U2") == [VOTE, HELP, verdict, act]
    assert ledger.activities("nobody") == []
