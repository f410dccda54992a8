"""Answers as they were given: what comes back is what people saw."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_desk import MINUTE, MONDAY, NO_LIMITS, ask, cite, give
from sqlalchemy import create_engine, text

from askpcc.adapters.ledger import SqlLedger
from askpcc.errors import LedgerError, UnknownAnswer
from askpcc.model import (
    Answer,
    Endorsement,
    Post,
    Question,
    Reason,
    RecordedAnswer,
    Span,
    Spent,
    Statement,
    Status,
    Wanted,
)

pytest_plugins = ("ledger_fixtures",)

QUESTION = Question("When?", Wanted.WHEN, "When?", ("Was 5 accepted?", "And 6?"))
CITED = Answer(
    QUESTION,
    (
        Statement("Complete, the force says:", (cite(9), cite(4), cite(4, "midsomer/a.md")), Status.COMPLETE),
        Statement("", (replace(cite(), page=None, url="https://pcc.borsetshire.example/a"),)),
        Statement("No words are cited here.", ()),
    ),
    note="Two of three.",
    withheld=2,
    index_version="7-0123abcd",
)
ABSTAINED = Answer(QUESTION, (), Reason.DOCUMENT_SILENT, (cite(3), cite(1)), "The nearest words:")
ENDORSED = replace(CITED, endorsement=Endorsement("U7", MONDAY))
EMPTY = Answer(Question("?", Wanted.FACT, "?"), (), Reason.OUT_OF_SCOPE)


@pytest.fixture
def asked(ledger: SqlLedger) -> SqlLedger:
    """Return a ledger with an inquiry."""
    ledger.take(ask(), NO_LIMITS)
    return ledger


@pytest.mark.parametrize(
    "answer", [CITED, ABSTAINED, ENDORSED, EMPTY], ids=["cited", "abstained", "endorsed", "empty"]
)
def test_an_answer_comes_back_as_it_was(asked: SqlLedger, answer: Answer) -> None:
    posts = (Post("C1", "2.1"), Post("C1", "1.9"))
    recorded = replace(give(ask()), answer=answer, posts=posts, spent=Spent(812, 90, 1_400))
    assert asked.record(recorded) == recorded
    assert asked.answer(recorded.id) == recorded


def test_of_a_question_its_words_its_kind_and_its_history_come_back(asked: SqlLedger) -> None:
    read = replace(QUESTION, forces=("Borsetshire Police",), subject="when", items=("recommendation 5",))
    asked.record(replace(give(ask()), answer=replace(CITED, question=read)))
    assert asked.answer("answer-1").answer == CITED


def test_the_first_answer_to_an_edition_stays(asked: SqlLedger) -> None:
    first = give(ask())
    asked.record(first)
    second = replace(give(ask(), "answer-2"), answer=ABSTAINED, posts=(Post("C1", "9"),))
    assert asked.record(second) == first
    assert asked.answers_to(ask().id) == [first]
    with pytest.raises(UnknownAnswer):
        asked.answer("answer-2")


def test_each_edition_has_its_answer(asked: SqlLedger) -> None:
    first = asked.record(give(ask()))
    revised = asked.revise(ask().place, "Was 6 accepted?")
    assert revised
    second = asked.record(give(revised, "answer-2"))
    assert asked.answers_to(ask().id) == [first, second]
    assert asked.answers_to("inquiry-2") == []


def test_an_id_that_another_answer_has_is_an_error(asked: SqlLedger) -> None:
    asked.record(give(ask()))
    with pytest.raises(LedgerError, match="contradicts what it holds"):
        asked.record(replace(give(ask()), edition=2))


def test_messages_that_carry_an_answer_are_kept_once_and_in_order(asked: SqlLedger) -> None:
    asked.record(give(ask()))
    for ts in ("3", "1", "3", "2"):
        asked.posted("answer-1", Post("C1", ts))
    assert [post.ts for post in asked.answer("answer-1").posts] == ["3", "1", "2"]


def test_what_nobody_knows_is_an_error(ledger: SqlLedger) -> None:
    with pytest.raises(UnknownAnswer, match="no answer 'answer-1'"):
        ledger.answer("answer-1")
    with pytest.raises(UnknownAnswer, match="no inquiry 'inquiry-1'"):
        ledger.inquiry("inquiry-1")
    with pytest.raises(UnknownAnswer, match="no inquiry 'inquiry-1'"):
        ledger.record(give(ask()))
    with pytest.raises(UnknownAnswer, match="no answer 'answer-1'"):
        ledger.posted("answer-1", Post("C1", "1"))


def record(ledger: SqlLedger, number: int, person: str) -> RecordedAnswer:
    inquiry = ask(number, person)
    ledger.take(inquiry, NO_LIMITS)
    when = inquiry.asked_at + timedelta(hours=1)
    return ledger.record(replace(give(inquiry, f"answer-{number}"), answered_at=when))


def test_the_latest_of_a_person_come_newest_first(ledger: SqlLedger) -> None:
    given = [record(ledger, number, "U2" if number == 3 else "U1") for number in (1, 2, 3, 4)]
    ledger.take(ask(5), NO_LIMITS)
    latest = ledger.recent("T1", "U1", 2)
    assert latest == [(ask(4), given[3]), (ask(2), given[1])]
    assert ledger.recent("T2", "U1", 2) == []


def test_the_latest_of_a_person_show_the_newest_edition_only(ledger: SqlLedger) -> None:
    record(ledger, 1, "U1")
    revised = ledger.revise(ask().place, "new")
    assert revised
    newest = ledger.record(replace(give(revised, "answer-2"), answered_at=ask().asked_at + 90 * MINUTE))
    assert ledger.recent("T1", "U1", 5) == [(revised, newest)]


PASSAGE = """
    SELECT DISTINCT answer FROM citations
    WHERE document = :document AND version = :version AND span_start < :end AND span_end > :start
"""


@pytest.mark.parametrize(
    ("passage", "found"),
    [(Span(0, 5), ["answer-1"]), (Span(29, 30), ["answer-1"]), (Span(30, 31), []), (Span(0, 4), [])],
)
def test_answers_that_cite_a_passage_can_be_found_by_sql(
    asked: SqlLedger, url: str, passage: Span, found: list[str]
) -> None:
    asked.record(give(ask(), citations=[cite(4)]))
    engine = create_engine(url)
    named = {"document": cite().document, "version": "v1", "start": passage.start, "end": passage.end}
    with engine.connect() as connection:
        assert list(connection.execute(text(PASSAGE), named).scalars()) == found
    engine.dispose()
