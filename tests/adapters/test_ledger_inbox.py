"""Inquiries as they come in: kept once, within limits, revised, withdrawn, stopped."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from ledger_desk import MINUTE, MONDAY, NO_LIMITS, ask, give

from askpcc.adapters.ledger import SqlLedger
from askpcc.errors import LedgerError
from askpcc.model import (
    Inquiry,
    InquiryState,
    Limits,
    Taking,
)

pytest_plugins = ("ledger_fixtures",)

PRIVATE = replace(ask(), private=True, reply_to="https://hooks.example/1", history=("Which force?", "And 5?"))


def test_an_inquiry_comes_back_as_it_was(ledger: SqlLedger) -> None:
    assert ledger.take(PRIVATE, NO_LIMITS) is Taking.TAKEN
    assert ledger.inquiry(PRIVATE.id) == PRIVATE


def test_an_inquiry_of_another_zone_comes_back_in_utc(ledger: SqlLedger) -> None:
    summer = datetime(2026, 7, 1, 0, 30, 0, 123456, timezone(timedelta(hours=1)))
    ledger.take(replace(ask(), asked_at=summer), NO_LIMITS)
    found = ledger.inquiry("inquiry-1").asked_at
    assert found.isoformat() == "2026-06-30T23:30:00.123456+00:00"


def test_a_time_without_a_zone_is_refused(ledger: SqlLedger) -> None:
    with pytest.raises(LedgerError, match="a time without its zone"):
        ledger.take(replace(ask(), asked_at=MONDAY.replace(tzinfo=None)), NO_LIMITS)


def test_a_message_is_taken_once(ledger: SqlLedger) -> None:
    again = replace(ask(), id="another", words="again")
    assert [ledger.take(each, NO_LIMITS) for each in (ask(), again)] == [Taking.TAKEN, Taking.KNOWN]
    assert ledger.thread("T1", "C1", ask().place.thread).inquiries == (ask(),)


@pytest.mark.parametrize("part", ["surface", "team", "channel", "message"])
def test_each_part_of_a_place_tells_inquiries_apart(ledger: SqlLedger, part: str) -> None:
    elsewhere = replace(ask().place, **{part: "elsewhere"})
    ledger.take(ask(), NO_LIMITS)
    assert ledger.take(replace(ask(), id="another", place=elsewhere), NO_LIMITS) is Taking.TAKEN


def test_an_id_that_is_in_use_elsewhere_is_an_error(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    with pytest.raises(LedgerError, match="contradicts what it holds"):
        ledger.take(replace(ask(2), id=ask().id), NO_LIMITS)


def numbers(*seconds: float, person: str = "U1") -> list[Inquiry]:
    return [
        replace(ask(number, person), asked_at=MONDAY + timedelta(seconds=second))
        for number, second in enumerate(seconds)
    ]


@pytest.mark.parametrize(
    ("limits", "seconds", "refusal"),
    [
        (Limits(waiting=2), (0, 100, 200), Taking.QUEUE_FULL),
        (Limits(waiting=0), (0,), Taking.QUEUE_FULL),
        (Limits(per_minute=2), (0, 1, 59), Taking.TOO_MANY_A_MINUTE),
        (Limits(per_minute=2), (0, 1, 60), Taking.TAKEN),
        (Limits(per_day=2), (0, 3600, 86_399), Taking.TOO_MANY_A_DAY),
        (Limits(per_day=2), (0, 3600, 86_400), Taking.TAKEN),
        (Limits(per_minute=2), (120, 100, 61), Taking.TOO_MANY_A_MINUTE),
        (Limits(per_minute=2), (120, 110, 50), Taking.TAKEN),
    ],
)
def test_limits_hold_in_whatever_order_messages_come(
    ledger: SqlLedger, limits: Limits, seconds: tuple[float, ...], refusal: Taking
) -> None:
    *before, last = (ledger.take(each, limits) for each in numbers(*seconds))
    assert before == [Taking.TAKEN] * len(before)
    assert last is refusal


def test_limits_of_a_person_leave_others_alone(ledger: SqlLedger) -> None:
    first, limits = ask(1, "U1"), Limits(per_minute=1, per_day=1)
    other_team = replace(ask(3, "U1"), place=replace(ask(3).place, team="T2"))
    assert [ledger.take(each, limits) for each in (first, ask(2, "U2"), other_team)] == [Taking.TAKEN] * 3


def test_what_is_answered_does_not_fill_the_queue(ledger: SqlLedger) -> None:
    ledger.take(ask(1), Limits(waiting=1))
    ledger.claim("w", MINUTE)
    assert ledger.take(ask(2), Limits(waiting=1)) is Taking.TAKEN


def test_a_refused_message_is_refused_again_when_it_is_delivered_again(ledger: SqlLedger) -> None:
    limits = Limits(per_minute=1)
    ledger.take(ask(1), limits)
    assert [ledger.take(ask(2), limits) for _ in range(2)] == [Taking.TOO_MANY_A_MINUTE] * 2
    assert ledger.take(ask(2), NO_LIMITS) is Taking.TAKEN


def test_a_known_message_is_known_whatever_the_limits(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    assert ledger.take(ask(), Limits(0, 0, 0)) is Taking.KNOWN


def test_new_words_wait_in_a_new_edition(ledger: SqlLedger) -> None:
    ledger.take(PRIVATE, NO_LIMITS)
    revised = ledger.revise(PRIVATE.place, "Was 6 accepted?")
    assert revised == replace(PRIVATE, words="Was 6 accepted?", edition=2)
    assert ledger.inquiry(PRIVATE.id) == revised


@pytest.mark.parametrize("words", ["Was it accepted?", "new"])
def test_the_same_words_and_an_unknown_message_are_not_revised(ledger: SqlLedger, words: str) -> None:
    if words == ask().words:
        ledger.take(ask(), NO_LIMITS)
    assert ledger.revise(ask().place, words) is None


def test_new_words_take_an_inquiry_from_its_worker(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    old = ledger.claim("w1", MINUTE)
    assert old
    ledger.revise(ask().place, "new")
    assert ledger.state(old) is InquiryState.WAITING
    assert not ledger.settle(old, "w1", InquiryState.ANSWERED)
    new = ledger.claim("w1", MINUTE)
    assert new == replace(ask(), words="new", state=InquiryState.WORKING, edition=2, attempt=1)
    assert not ledger.settle(old, "w1", InquiryState.ANSWERED)
    assert ledger.settle(new, "w1", InquiryState.ANSWERED)


@pytest.mark.parametrize("state", [InquiryState.ANSWERED, InquiryState.FAILED])
def test_what_was_settled_can_be_revised(ledger: SqlLedger, state: InquiryState) -> None:
    settle(ledger, state)
    assert ledger.revise(ask().place, "new") == replace(ask(), words="new", edition=2)


def settle(ledger: SqlLedger, state: InquiryState) -> None:
    ledger.take(ask(), NO_LIMITS)
    held = ledger.claim("w", MINUTE)
    assert held
    assert ledger.settle(held, "w", state)


def test_what_was_stopped_can_be_revised_and_what_is_gone_cannot(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    ledger.stop("T1", "C1", ask().place.thread)
    assert ledger.revise(ask().place, "new")
    ledger.withdraw(ask().place)
    assert ledger.revise(ask().place, "newer") is None


def test_a_message_that_is_gone_is_not_answered(ledger: SqlLedger) -> None:
    ledger.take(PRIVATE, NO_LIMITS)
    assert ledger.withdraw(PRIVATE.place) == replace(PRIVATE, state=InquiryState.WITHDRAWN)
    assert ledger.claim("w", MINUTE) is None
    assert ledger.inquiry(PRIVATE.id).reply_to == ""


def test_a_message_that_goes_while_it_is_worked_on_is_not_answered(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    held = ledger.claim("w", MINUTE)
    assert held
    ledger.withdraw(ask().place)
    assert ledger.state(held) is InquiryState.WITHDRAWN
    assert not ledger.settle(held, "w", InquiryState.ANSWERED)


def test_a_message_that_was_answered_stays_answered_when_it_is_gone(ledger: SqlLedger) -> None:
    settle(ledger, InquiryState.ANSWERED)
    withdrawn = ledger.withdraw(ask().place)
    assert withdrawn
    assert withdrawn.state is InquiryState.ANSWERED


def test_a_message_that_nobody_took_cannot_be_withdrawn(ledger: SqlLedger) -> None:
    assert ledger.withdraw(ask().place) is None


def test_stopping_ends_what_is_open_in_that_thread_only(ledger: SqlLedger) -> None:
    for inquiry in (ask(1, thread="t"), ask(2, thread="t"), ask(3, thread="t"), ask(4)):
        ledger.take(inquiry, NO_LIMITS)
    answered = ledger.claim("w", MINUTE)
    assert answered
    ledger.settle(answered, "w", InquiryState.ANSWERED)
    ledger.claim("w", MINUTE)
    stopped = ledger.stop("T1", "C1", "t")
    assert [(each.id, each.state) for each in stopped] == [
        ("inquiry-2", InquiryState.STOPPED),
        ("inquiry-3", InquiryState.STOPPED),
    ]
    assert [each.state for each in ledger.thread("T1", "C1", "t").inquiries] == [
        InquiryState.ANSWERED,
        InquiryState.STOPPED,
        InquiryState.STOPPED,
    ]
    assert ledger.waiting() == 1
    assert ledger.stop("T1", "C1", "t") == []


def test_an_answer_keeps_the_words_that_it_answered(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    ledger.record(give(ask()))
    ledger.revise(ask().place, "new")
    assert ledger.answer("answer-1").answer.question.words == ask().words


def test_what_is_worked_on_without_a_worker_is_ended_by_its_surface(ledger: SqlLedger) -> None:
    asked = replace(ask(), state=InquiryState.WORKING)
    ledger.take(asked, NO_LIMITS)
    ledger.end(asked, InquiryState.ANSWERED)
    assert ledger.inquiry(asked.id).state is InquiryState.ANSWERED


def test_what_a_worker_holds_is_not_ended_by_another(ledger: SqlLedger) -> None:
    ledger.take(ask(), NO_LIMITS)
    ledger.claim("worker", timedelta(seconds=60))
    ledger.end(ask(), InquiryState.ANSWERED)
    assert ledger.inquiry(ask().id).state is InquiryState.WORKING
