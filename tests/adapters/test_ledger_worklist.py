"""Inquiries as workers see them: claimed, held for a time, settled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_desk import MINUTE, NO_LIMITS, Hands, ask

from askpcc.adapters.ledger import SqlLedger
from askpcc.errors import UnknownAnswer
from askpcc.model import Inquiry, InquiryState

pytest_plugins = ("ledger_fixtures",)


def claim(ledger: SqlLedger, worker: str = "w1") -> Inquiry:
    held = ledger.claim(worker, MINUTE)
    assert held
    return held


def test_the_oldest_is_claimed_first(ledger: SqlLedger) -> None:
    for number in (2, 3, 1):
        ledger.take(ask(number), NO_LIMITS)
    assert [claim(ledger).id for _ in range(3)] == ["inquiry-1", "inquiry-2", "inquiry-3"]
    assert ledger.claim("w1", MINUTE) is None


def test_of_the_same_age_the_one_that_came_first_is_claimed_first(ledger: SqlLedger) -> None:
    for number in (2, 1):
        ledger.take(replace(ask(number), asked_at=ask().asked_at), NO_LIMITS)
    assert [claim(ledger).id for _ in range(2)] == ["inquiry-2", "inquiry-1"]


def test_what_is_claimed_is_worked_on(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    assert claim(ledger) == replace(ask(), state=InquiryState.WORKING, attempt=1) == ledger.inquiry(ask().id)


def test_what_is_held_is_claimed_by_nobody_else_until_its_lease_runs_out(
    ledger: SqlLedger, clock: Hands
) -> None:
    ledger.take(ask(), NO_LIMITS)
    first = claim(ledger, "w1")
    clock.time += MINUTE - timedelta(microseconds=1)
    assert ledger.claim("w2", MINUTE) is None
    clock.time += timedelta(microseconds=1)
    second = claim(ledger, "w2")
    assert second.attempt == 2
    assert not ledger.settle(first, "w1", InquiryState.ANSWERED)
    assert ledger.settle(second, "w2", InquiryState.ANSWERED)


def test_a_worker_whose_lease_ran_out_may_settle_while_nobody_took_over(
    ledger: SqlLedger, clock: Hands
) -> None:
    ledger.take(ask(), NO_LIMITS)
    held = claim(ledger)
    clock.time += 2 * MINUTE
    assert ledger.settle(held, "w1", InquiryState.ANSWERED)


def test_a_lease_that_is_renewed_begins_anew(ledger: SqlLedger, clock: Hands) -> None:
    for number in (1, 2):
        ledger.take(ask(number), NO_LIMITS)
        claim(ledger, f"w{number}")
    clock.time += MINUTE / 2
    ledger.renew("w1", MINUTE)
    clock.time += MINUTE / 2
    assert claim(ledger, "w3").id == "inquiry-2"
    assert ledger.claim("w3", MINUTE) is None


@pytest.mark.parametrize("state", [InquiryState.ANSWERED, InquiryState.FAILED])
def test_what_is_settled_is_not_claimed_again_and_forgets_where_to_reply(
    ledger: SqlLedger, clock: Hands, state: InquiryState
) -> None:
    ledger.take(replace(ask(), reply_to="https://hooks.example/1"), NO_LIMITS)
    held = claim(ledger)
    assert held.reply_to
    assert ledger.settle(held, "w1", state)
    clock.time += 2 * MINUTE
    assert ledger.claim("w1", MINUTE) is None
    assert ledger.state(held) is state
    assert ledger.inquiry(held.id).reply_to == ""


def test_what_is_settled_is_not_settled_again(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    held = claim(ledger)
    ledger.settle(held, "w1", InquiryState.ANSWERED)
    assert not ledger.settle(held, "w1", InquiryState.FAILED)
    assert ledger.state(held) is InquiryState.ANSWERED


def test_what_is_handed_back_is_free_at_once(ledger: SqlLedger) -> None:
    for number in (1, 2, 3):
        ledger.take(ask(number), NO_LIMITS)
    held = [claim(ledger, "w1"), claim(ledger, "w1"), claim(ledger, "w2")]
    assert ledger.hand_back("w1") == 2
    assert ledger.waiting() == 2
    assert not ledger.settle(held[0], "w1", InquiryState.ANSWERED)
    assert [claim(ledger, "w3").id for _ in range(2)] == ["inquiry-1", "inquiry-2"]
    assert ledger.hand_back("w1") == 0


def test_those_that_wait_are_counted(ledger: SqlLedger) -> None:
    for number in range(3):
        ledger.take(ask(number), NO_LIMITS)
    claim(ledger)
    assert ledger.waiting() == 2


def test_the_state_of_an_unknown_inquiry_is_an_error(ledger: SqlLedger) -> None:
    with pytest.raises(UnknownAnswer, match="no inquiry 'inquiry-1'"):
        ledger.state(ask())
