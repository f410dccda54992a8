"""The queue, the verdicts and the approvals come back as they were, one approval a question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_desk import MINUTE, MONDAY, run_on_server, run_together
from ledger_reviews import approval_by, approve, correct, fill

from askpcc.adapters.ledger import SqlLedger
from askpcc.adapters.ledger.answer_records import REPLACED
from askpcc.errors import LedgerError, UnknownAnswer
from askpcc.model import (
    HelpRequest,
    Queued,
    Ruling,
    Verdict,
    Waiting,
    Why,
)

pytest_plugins = ("ledger_fixtures",)

LATER = MONDAY + MINUTE


@pytest.fixture
def answered(ledger: SqlLedger) -> SqlLedger:
    """Return a ledger with two answers."""
    fill(ledger)
    return ledger


def test_reasons_of_an_answer_wait_together_since_the_first(answered: SqlLedger) -> None:
    answered.enqueue("answer-1", Why.ASKED_PERSON, LATER)
    answered.enqueue("answer-1", Why.BAD_FEEDBACK, MONDAY)
    assert answered.queue(5) == [Waiting("answer-1", (Why.BAD_FEEDBACK, Why.ASKED_PERSON), MONDAY)]


def test_a_reason_is_noted_once_while_it_waits(answered: SqlLedger) -> None:
    for minutes in (1, 0, 2):
        answered.enqueue("answer-1", Why.SAMPLE, MONDAY + minutes * MINUTE)
    assert answered.queue(5) == [Waiting("answer-1", (Why.SAMPLE,), LATER)]


def test_the_answer_that_waits_longest_comes_first(answered: SqlLedger) -> None:
    answered.enqueue("answer-1", Why.SAMPLE, LATER)
    answered.enqueue("answer-2", Why.SAMPLE, MONDAY)
    answered.enqueue("answer-2", Why.WITHHELD, LATER + MINUTE)
    assert [each.answer for each in answered.queue(5)] == ["answer-2", "answer-1"]
    assert [each.answer for each in answered.queue(1)] == ["answer-2"]


def test_a_verdict_closes_all_reasons_of_its_answer_and_of_no_other(answered: SqlLedger) -> None:
    answered.ask_person(HelpRequest("help-1", "answer-1", "U1", MONDAY))
    other = answered.ask_person(HelpRequest("help-2", "answer-2", "U1", MONDAY))
    for answer in ("answer-1", "answer-2"):
        for why in (Why.ASKED_PERSON, Why.WITHHELD):
            answered.enqueue(answer, why, MONDAY)
    answered.rule(approve(at=LATER), None)
    assert answered.queue(5) == [Waiting("answer-2", (Why.ASKED_PERSON, Why.WITHHELD), MONDAY)]
    assert answered.open_requests(1) == [other]
    assert next(answered.records()).queue == (
        Queued("answer-1", Why.ASKED_PERSON, MONDAY, LATER),
        Queued("answer-1", Why.WITHHELD, MONDAY, LATER),
    )


def test_a_request_after_a_verdict_is_open(answered: SqlLedger) -> None:
    answered.rule(approve(at=MONDAY), None)
    request = answered.ask_person(HelpRequest("help-1", "answer-1", "U1", LATER))
    assert answered.open_requests(5) == [request]


def test_a_reason_after_a_verdict_opens_the_answer_again(answered: SqlLedger) -> None:
    answered.enqueue("answer-1", Why.BAD_FEEDBACK, MONDAY)
    answered.rule(approve(), None)
    answered.enqueue("answer-1", Why.BAD_FEEDBACK, LATER)
    assert answered.queue(5) == [Waiting("answer-1", (Why.BAD_FEEDBACK,), LATER)]


@pytest.mark.parametrize(
    "verdict",
    [
        approve(),
        correct(),
        Verdict("verdict-1", "answer-1", "U7", MONDAY, Ruling.REJECTED, (None, None)),
    ],
    ids=["approved", "corrected", "rejected"],
)
def test_a_verdict_comes_back_as_it_was(answered: SqlLedger, verdict: Verdict) -> None:
    answered.rule(verdict, None)
    assert answered.verdicts("answer-1") == [verdict]
    assert answered.verdicts("answer-2") == []
    assert answered.approvals() == []


def test_verdicts_come_oldest_first(answered: SqlLedger) -> None:
    answered.rule(approve("verdict-1", at=LATER), None)
    answered.rule(correct("verdict-2"), None)
    assert [each.id for each in answered.verdicts("answer-1")] == ["verdict-2", "verdict-1"]


def test_an_approval_comes_back_as_it_was(answered: SqlLedger) -> None:
    given = approval_by(correct())
    answered.rule(correct(), given)
    assert answered.approval("key-1") == given
    assert answered.approval("key-2") is None
    assert answered.approvals() == [given]


def test_an_approval_takes_the_place_of_an_earlier_one_of_its_key(answered: SqlLedger) -> None:
    first, second = approve("verdict-1"), correct("verdict-2", "answer-2", LATER)
    answered.rule(first, approval_by(first))
    answered.rule(second, approval_by(second))
    assert answered.approvals() == [approval_by(second)]
    ended = replace(approval_by(first), lapsed_at=LATER, lapse=REPLACED)
    assert next(answered.records()).approvals == (ended,)
    assert answered.queue(5) == []


def test_approvals_of_two_keys_stand_side_by_side(answered: SqlLedger) -> None:
    first, second = approve("verdict-1"), approve("verdict-2", "answer-2")
    answered.rule(first, approval_by(first, "key-1"))
    answered.rule(second, approval_by(second, "key-2"))
    assert answered.approvals() == [approval_by(first, "key-1"), approval_by(second, "key-2")]


def test_a_verdict_ends_the_approval_that_it_contradicts(answered: SqlLedger) -> None:
    answered.rule(approve("verdict-1"), approval_by(approve("verdict-1")))
    rejected = replace(approve("verdict-2", "answer-2", LATER), ruling=Ruling.REJECTED)
    answered.rule(rejected, None, "verdict-1")
    assert answered.approvals() == []


def test_an_approval_lapses_once_and_its_answer_waits_again(answered: SqlLedger) -> None:
    answered.enqueue("answer-1", Why.SAMPLE, MONDAY)
    answered.rule(approve(), approval_by(approve()))
    assert [answered.lapse("verdict-1", LATER, "It is gone.") for _ in range(2)] == [True, False]
    assert answered.approval("key-1") is None
    assert answered.queue(5) == [Waiting("answer-1", (Why.LAPSED,), LATER)]
    ended = replace(approval_by(approve()), lapsed_at=LATER, lapse="It is gone.")
    assert next(answered.records()).approvals == (ended,)


def test_a_verdict_without_approval_does_not_lapse(answered: SqlLedger) -> None:
    answered.rule(approve(), None)
    assert not answered.lapse("verdict-1", LATER, "It is gone.")
    assert answered.queue(5) == []


def test_a_lapsed_approval_makes_room_for_a_new_one(answered: SqlLedger) -> None:
    answered.rule(approve("verdict-1"), approval_by(approve("verdict-1")))
    answered.lapse("verdict-1", LATER, "It is gone.")
    anew = approval_by(approve("verdict-2", at=LATER))
    answered.rule(approve("verdict-2", at=LATER), anew)
    assert answered.approvals() == [anew]


def test_a_verdict_that_fails_changes_nothing(answered: SqlLedger) -> None:
    answered.enqueue("answer-1", Why.SAMPLE, MONDAY)
    standing = approval_by(approve("verdict-1", "answer-2"))
    answered.rule(approve("verdict-1", "answer-2"), standing)
    second = correct("verdict-2", at=LATER)
    with pytest.raises(LedgerError, match="contradicts what it holds"):
        answered.rule(second, replace(approval_by(second), verdict="verdict-1"))
    assert answered.verdicts("answer-1") == []
    assert answered.approvals() == [standing]
    assert answered.queue(5) == [Waiting("answer-1", (Why.SAMPLE,), MONDAY)]


def test_an_id_that_another_verdict_has_is_an_error(answered: SqlLedger) -> None:
    answered.rule(approve(), None)
    with pytest.raises(LedgerError, match="contradicts what it holds"):
        answered.rule(correct(answer="answer-2"), None)
    assert answered.verdicts("answer-2") == []


def test_what_is_decided_of_nothing_is_an_error(ledger: SqlLedger) -> None:
    with pytest.raises(UnknownAnswer, match="no answer 'answer-1'"):
        ledger.enqueue("answer-1", Why.SAMPLE, MONDAY)
    with pytest.raises(UnknownAnswer, match="no answer 'answer-1'"):
        ledger.rule(approve(), None)
    assert not ledger.lapse("verdict-1", MONDAY, "It is gone.")


def test_a_time_without_a_zone_is_refused(answered: SqlLedger) -> None:
    naive = MONDAY.replace(tzinfo=None)
    with pytest.raises(LedgerError, match="a time without its zone"):
        answered.enqueue("answer-1", Why.SAMPLE, naive)
    with pytest.raises(LedgerError, match="a time without its zone"):
        answered.rule(approve(at=naive), None)


SECOND_APPROVAL = "INSERT INTO approvals (verdict, answer, key, reviewer, at, basis, lapse) \
SELECT 'verdict-2', answer, key, reviewer, at, basis, lapse FROM approvals"


def test_the_database_itself_lets_one_approval_a_key_stand(server_url: str) -> None:
    import psycopg

    from askpcc.adapters.ledger import open_ledger

    ledger = open_ledger(server_url)
    fill(ledger)
    ledger.rule(approve("verdict-1"), approval_by(approve("verdict-1")))
    ledger.rule(approve("verdict-2"), None)
    with pytest.raises(psycopg.errors.UniqueViolation, match="one_standing_approval_a_key"):
        run_on_server(server_url.replace("+psycopg", ""), SECOND_APPROVAL)
    ledger.close()


RULE = """
import ledger_reviews as reviews
from datetime import timedelta
ledger = open_ledger(url)
for number in range(100):
    verdict = reviews.approve(f"verdict-{name}-{number}", f"answer-{number % 2 + 1}")
    ledger.rule(verdict, reviews.approval_by(verdict, f"key-{number % 7}"))
"""

LAPSE = """
ledger = open_ledger(url)
for number in range(20):
    print(ledger.lapse(f"verdict-{number}", desk.MONDAY, "It is gone."))
"""


def test_two_processes_that_record_verdicts_at_once_lose_none(url: str, answered: SqlLedger) -> None:
    run_together(RULE, url, 2)
    ids = {each.id for answer in ("answer-1", "answer-2") for each in answered.verdicts(answer)}
    assert ids == {f"verdict-{name}-{number}" for name in (0, 1) for number in range(100)}
    assert sorted(each.key for each in answered.approvals()) == [f"key-{number}" for number in range(7)]
    kept = [each for record in answered.records() for each in record.approvals]
    assert len(kept) == len(ids)


def test_each_approval_is_ended_by_one_of_several_processes(url: str, answered: SqlLedger) -> None:
    for number in range(20):
        verdict = approve(f"verdict-{number}", at=MONDAY + timedelta(seconds=number))
        answered.rule(verdict, approval_by(verdict, f"key-{number}"))
    told = run_together(LAPSE, url, 2)
    assert [ends.count("True") for ends in zip(*told, strict=True)] == [1] * 20
    assert answered.approvals() == []
    assert answered.queue(5) == [Waiting("answer-1", (Why.LAPSED,), MONDAY)]
