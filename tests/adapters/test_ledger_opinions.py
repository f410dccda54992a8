"""What people think of answers, and which of them a person is to look at."""

from dataclasses import replace

import pytest
from ledger_desk import MINUTE, MONDAY, NO_LIMITS, ask, give

from askpcc.adapters.ledger import SqlLedger
from askpcc.errors import LedgerError, UnknownAnswer
from askpcc.model import (
    Fault,
    Feedback,
    HelpRequest,
    Opinion,
    Post,
)

pytest_plugins = ("ledger_fixtures",)

BAD = Feedback("answer-1", "U1", Opinion.BAD, MONDAY, Fault.OUT_OF_DATE, "It is from last year.")
GOOD = Feedback("answer-1", "U1", Opinion.GOOD, MONDAY + MINUTE)
HELP = HelpRequest("help-1", "answer-1", "U1", MONDAY)


@pytest.fixture
def answered(ledger: SqlLedger) -> SqlLedger:
    """Return a ledger with two answers."""
    for number in (1, 2):
        ledger.take(ask(number), NO_LIMITS)
        ledger.record(give(ask(number), f"answer-{number}"))
    return ledger


def test_an_opinion_comes_back_as_it_was(answered: SqlLedger) -> None:
    answered.vote(BAD)
    assert answered.feedback("answer-1") == [BAD]
    assert answered.feedback("answer-2") == []


def test_a_later_opinion_takes_the_place_of_the_earlier(answered: SqlLedger) -> None:
    answered.vote(BAD)
    answered.vote(GOOD)
    assert answered.feedback("answer-1") == [GOOD]


def test_an_earlier_opinion_that_comes_late_changes_nothing(answered: SqlLedger) -> None:
    answered.vote(GOOD)
    answered.vote(BAD)
    assert answered.feedback("answer-1") == [GOOD]


def test_an_opinion_of_the_same_time_takes_the_place_of_the_one_before(answered: SqlLedger) -> None:
    answered.vote(replace(GOOD, at=BAD.at))
    answered.vote(BAD)
    assert answered.feedback("answer-1") == [BAD]


def test_each_person_has_an_opinion_and_the_oldest_comes_first(answered: SqlLedger) -> None:
    answered.vote(GOOD)
    answered.vote(replace(BAD, person="U2"))
    assert [each.person for each in answered.feedback("answer-1")] == ["U2", "U1"]


def test_a_request_comes_back_as_it_was(answered: SqlLedger) -> None:
    posted = replace(HELP, post=Post("C2", "1.1"))
    assert answered.ask_person(posted) == posted
    assert answered.open_requests(5) == [posted]


def test_an_answer_has_one_open_request(answered: SqlLedger) -> None:
    answered.ask_person(HELP)
    assert answered.ask_person(replace(HELP, id="help-2", person="U2")) == HELP
    assert answered.open_requests(5) == [HELP]


def test_a_message_can_be_named_for_a_request(answered: SqlLedger) -> None:
    answered.ask_person(HELP)
    answered.help_posted("help-1", Post("C2", "1.1"))
    assert answered.open_requests(5) == [replace(HELP, post=Post("C2", "1.1"))]


def test_a_request_is_dealt_with_once(answered: SqlLedger) -> None:
    answered.ask_person(HELP)
    assert answered.resolve("help-1", "U8") == replace(HELP, resolved_by="U8")
    assert answered.resolve("help-1", "U9") is None
    assert answered.open_requests(5) == []


def test_after_one_was_dealt_with_another_can_be_asked(answered: SqlLedger) -> None:
    answered.ask_person(HELP)
    answered.resolve("help-1", "U8")
    again = replace(HELP, id="help-2")
    assert answered.ask_person(again) == again


def test_open_requests_come_oldest_first(answered: SqlLedger) -> None:
    newer = replace(HELP, id="help-2", answer="answer-2", at=MONDAY - MINUTE)
    for request in (HELP, newer):
        answered.ask_person(request)
    assert [each.id for each in answered.open_requests(5)] == ["help-2", "help-1"]
    assert [each.id for each in answered.open_requests(1)] == ["help-2"]


def test_an_id_that_another_request_has_is_an_error(answered: SqlLedger) -> None:
    answered.ask_person(HELP)
    with pytest.raises(LedgerError, match="another request 'help-1'"):
        answered.ask_person(replace(HELP, answer="answer-2"))


def test_what_is_said_of_nothing_is_an_error(ledger: SqlLedger) -> None:
    with pytest.raises(UnknownAnswer, match="no answer 'answer-1'"):
        ledger.vote(BAD)
    with pytest.raises(UnknownAnswer, match="no answer 'answer-1'"):
        ledger.ask_person(HELP)
    with pytest.raises(UnknownAnswer, match="no request for help 'help-1'"):
        ledger.help_posted("help-1", Post("C2", "1.1"))
    with pytest.raises(UnknownAnswer, match="no request for help 'help-1'"):
        ledger.resolve("help-1", "U8")


def test_the_latest_bad_opinions_come_newest_first(answered: SqlLedger) -> None:
    votes = [
        BAD,
        replace(BAD, person="U2", at=MONDAY + 2 * MINUTE),
        replace(BAD, answer="answer-2", at=MONDAY + MINUTE),
        replace(GOOD, person="U3"),
    ]
    for vote in votes:
        answered.vote(vote)
    assert answered.bad(5) == [votes[1], votes[2], votes[0]]
    assert answered.bad(1) == [votes[1]]


def test_an_opinion_that_became_good_is_not_bad(answered: SqlLedger) -> None:
    answered.vote(BAD)
    answered.vote(GOOD)
    assert answered.bad(5) == []


def test_of_bad_opinions_of_one_time_the_last_to_come_is_first(answered: SqlLedger) -> None:
    people = ["U3", "U1", "U2"]
    for person in people:
        answered.vote(replace(BAD, person=person))
    assert [each.person for each in answered.bad(5)] == people[::-1]
