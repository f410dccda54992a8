"""Which answers wait for a reviewer, and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.errors import UnknownAnswer
from askpcc.model import (
    Answer,
    Endorsement,
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    Limits,
    Opinion,
    Place,
    Question,
    Reason,
    RecordedAnswer,
    Ruling,
    Statement,
    Verdict,
    Waiting,
    Wanted,
    Why,
)
from askpcc.review.verdicts import ReviewQueue, Scrutiny, find_reasons
from support.cases import cases

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(minutes=5)
GIVEN = Answer(Question("Is it done?", Wanted.STATUS, "done"), (Statement("It is.", ()),))
SILENT = replace(GIVEN, statements=(), reason=Reason.DOCUMENT_SILENT)
NO_SAMPLE = Scrutiny(least_confidence=0.35, sample=0)
RECORDED = RecordedAnswer("answer-1", "inquiry-1", 1, GIVEN, MONDAY, confidence=0.8)
DOUBTFUL = replace(RECORDED, answer=replace(GIVEN, withheld=1), confidence=0.1)
BAD = Feedback("answer-1", "U1", Opinion.BAD, MONDAY, Fault.OTHER)
HELP = HelpRequest("help-1", "answer-1", "U1", MONDAY)


@cases(
    ("recorded", "reasons"),
    [
        (RECORDED, []),
        (replace(RECORDED, confidence=0.35), []),
        (replace(RECORDED, confidence=0.3499), [Why.LOW_CONFIDENCE]),
        (replace(RECORDED, answer=replace(GIVEN, withheld=1)), [Why.WITHHELD]),
        (DOUBTFUL, [Why.WITHHELD, Why.LOW_CONFIDENCE]),
        (replace(RECORDED, answer=SILENT, confidence=0.0), []),
        (replace(RECORDED, answer=replace(SILENT, withheld=2), confidence=0.0), [Why.WITHHELD]),
        (replace(DOUBTFUL, answer=replace(GIVEN, withheld=1, endorsement=Endorsement("U7", MONDAY))), []),
    ],
)
def test_an_answer_itself_tells_why_it_should_be_looked_at(
    recorded: RecordedAnswer, reasons: list[Why]
) -> None:
    assert find_reasons(recorded, NO_SAMPLE) == reasons


def test_of_the_rest_about_one_in_so_many_is_drawn() -> None:
    drawn = [find_reasons(replace(RECORDED, id=f"answer-{n}"), Scrutiny(sample=20)) for n in range(2_000)]
    assert {why for reasons in drawn for why in reasons} == {Why.SAMPLE}
    assert 60 <= sum(map(bool, drawn)) <= 140


def test_the_same_answer_is_drawn_each_time() -> None:
    answers = [replace(RECORDED, id=f"answer-{n}") for n in range(100)]
    assert len({tuple(map(tuple, (find_reasons(one, Scrutiny()) for one in answers))) for _ in range(3)}) == 1


def test_every_answer_can_be_drawn() -> None:
    assert find_reasons(RECORDED, Scrutiny(sample=1)) == [Why.SAMPLE]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    """Return a ledger with a doubtful answer."""
    opened = open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite")
    place = Place("web", "", "", "1", "1")
    opened.take(Inquiry("inquiry-1", place, "U1", "Is it done?", MONDAY), Limits())
    opened.record(DOUBTFUL)
    yield opened
    opened.close()


@pytest.fixture
def scrutineer(ledger: SqlLedger) -> ReviewQueue:
    """Return a scrutineer who draws no sample, at a time later than all that happened."""
    return ReviewQueue(ledger, lambda: LATER, NO_SAMPLE)


def test_a_doubtful_answer_waits(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    assert scrutineer.answered(DOUBTFUL) == [Why.WITHHELD, Why.LOW_CONFIDENCE]
    assert ledger.queue(5) == [Waiting("answer-1", (Why.WITHHELD, Why.LOW_CONFIDENCE), LATER)]


def test_an_answer_without_doubts_does_not_wait(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    assert scrutineer.answered(RECORDED) == []
    assert ledger.queue(5) == []


def test_an_answer_that_is_looked_at_twice_waits_once(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    for _ in range(2):
        scrutineer.answered(DOUBTFUL)
    assert len(ledger.queue(5)) == 1


def rule(ledger: SqlLedger) -> None:
    ledger.rule(Verdict("verdict-1", "answer-1", "U7", MONDAY, Ruling.REJECTED), None)


def test_a_verdict_settles_the_doubts_for_good(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    scrutineer.answered(DOUBTFUL)
    rule(ledger)
    assert scrutineer.answered(DOUBTFUL) == []
    assert ledger.queue(5) == []


def test_bad_feedback_puts_an_answer_before_a_reviewer(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    assert scrutineer.voted(BAD)
    assert ledger.queue(5) == [Waiting("answer-1", (Why.BAD_FEEDBACK,), MONDAY)]


def test_good_feedback_does_not(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    assert not scrutineer.voted(replace(BAD, opinion=Opinion.GOOD, fault=None))
    assert ledger.queue(5) == []


def test_bad_feedback_after_a_verdict_puts_it_there_again(ledger: SqlLedger, scrutineer: ReviewQueue) -> None:
    scrutineer.voted(BAD)
    rule(ledger)
    scrutineer.voted(replace(BAD, at=LATER))
    assert ledger.queue(5) == [Waiting("answer-1", (Why.BAD_FEEDBACK,), LATER)]


def test_a_request_to_a_person_puts_an_answer_before_a_reviewer(
    ledger: SqlLedger, scrutineer: ReviewQueue
) -> None:
    scrutineer.asked_person(HELP)
    scrutineer.voted(BAD)
    assert ledger.queue(5) == [Waiting("answer-1", (Why.ASKED_PERSON, Why.BAD_FEEDBACK), MONDAY)]


def test_what_is_about_no_answer_is_an_error(scrutineer: ReviewQueue) -> None:
    with pytest.raises(UnknownAnswer):
        scrutineer.voted(replace(BAD, answer="answer-9"))
    with pytest.raises(UnknownAnswer):
        scrutineer.asked_person(replace(HELP, answer="answer-9"))
