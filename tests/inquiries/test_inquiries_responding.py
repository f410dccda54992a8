"""The respondent on a real ledger: one recorded answer for each wording."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from askpcc.adapters.ledger import SqlLedger, open_ledger
from askpcc.asking.answering import Answered
from askpcc.errors import UnknownAnswer
from askpcc.inquiry_workers import AnswerRecorder
from askpcc.model import (
    Answer,
    Inquiry,
    Limits,
    Place,
    Post,
    Question,
    Reason,
    Wanted,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PLACE = Place("slack", "T1", "C1", "1.0", "1.0")
ASKED = Inquiry("inquiry-1", PLACE, "U1", "Was it accepted?", NOW, ("What is recommendation 4?",))


@dataclass
class Oracle:
    """Abstains, and remembers what it was asked."""

    heard: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Abstain."""
        self.heard.append((typed, tuple(history)))
        question = Question(typed, Wanted.STATUS, typed, tuple(history))
        return Answered(Answer(question, (), Reason.DOCUMENT_SILENT, index_version="1-a"), (), 7)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    """Return a ledger that knows the inquiry."""
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    opened.take(ASKED, Limits())
    yield opened
    opened.close()


@pytest.fixture
def oracle() -> Oracle:
    """Return what answers."""
    return Oracle()


@pytest.fixture
def respondent(ledger: SqlLedger, oracle: Oracle) -> AnswerRecorder:
    """Return a respondent whose answers are numbered."""
    numbers = count(1)
    return AnswerRecorder(oracle, ledger, lambda: NOW, lambda: f"answer-{next(numbers)}")


def test_an_answer_is_recorded_before_anybody_is_told(ledger: SqlLedger, respondent: AnswerRecorder) -> None:
    given = respondent.respond(ASKED)
    assert ledger.answer("answer-1") == given
    assert (given.inquiry, given.edition, given.milliseconds) == (ASKED.id, 1, 7)


def test_the_questions_before_it_are_taken_into_account(respondent: AnswerRecorder, oracle: Oracle) -> None:
    respondent.respond(ASKED)
    assert oracle.heard == [(ASKED.words, ASKED.history)]


def test_what_was_answered_is_not_answered_again(respondent: AnswerRecorder, oracle: Oracle) -> None:
    assert respondent.respond(ASKED) == respondent.respond(replace(ASKED, attempt=2))
    assert len(oracle.heard) == 1


def test_new_words_get_a_new_answer(ledger: SqlLedger, respondent: AnswerRecorder) -> None:
    first = respondent.respond(ASKED)
    revised = ledger.revise(PLACE, "Was recommendation 5 accepted?")
    assert revised is not None
    second = respondent.respond(revised)
    assert [answer.edition for answer in ledger.answers_to(ASKED.id)] == [1, 2]
    assert first.id != second.id


def test_of_answers_at_the_same_time_the_first_counts_for_all(respondent: AnswerRecorder) -> None:
    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(respondent.respond, [ASKED] * 8))
    assert len({answer.id for answer in given}) == 1


def test_an_inquiry_that_nobody_took_down_gets_no_answer(respondent: AnswerRecorder) -> None:
    with pytest.raises(UnknownAnswer):
        respondent.respond(replace(ASKED, id="inquiry-2"))


def test_of_two_messages_that_carry_the_same_part_the_first_counts(
    ledger: SqlLedger, respondent: AnswerRecorder
) -> None:
    answer = respondent.respond(ASKED).id
    first, second, other = Post("C1", "2.0"), Post("C1", "3.0"), Post("C1", "4.0")
    assert ledger.posted(answer, first, 0)
    assert not ledger.posted(answer, second, 0)
    assert ledger.posted(answer, first, 0)
    assert ledger.posted(answer, other, 1)
    assert ledger.answer(answer).posts == (first, other)


def test_of_many_messages_at_the_same_time_one_carries_a_part(
    ledger: SqlLedger, respondent: AnswerRecorder
) -> None:
    answer = respondent.respond(ASKED).id
    with ThreadPoolExecutor(8) as threads:
        counted = list(threads.map(lambda n: ledger.posted(answer, Post("C1", f"{n}.0"), 0), range(8)))
    assert counted.count(True) == 1
