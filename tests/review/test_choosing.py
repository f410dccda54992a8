"""Words that a reviewer chose at a place, and decisions that say what somebody has seen."""

import pytest
from review_house import CUSTODY, LOGS, NURSES, UPDATE, UPDATED, House, said

from askpcc.asking.citing import cite_chosen, cite_words
from askpcc.errors import VerdictError
from askpcc.model import (
    Document,
    RecordedAnswer,
    Ruling,
    Span,
    Statement,
    version_of,
)
from askpcc.review.approvals import name_answer
from askpcc.review.verdicts import Decision
from support.cases import cases

pytest_plugins = ("review_fixtures",)

TEXT = """# The cells of Borsetshire

**Nurses (2).** The nurses are unable to come every day.

> The nurses are
> paid by the force.
"""
DOCUMENT = Document("cells.md", version_of(TEXT), TEXT, ())


def place(start: str, end: str) -> Span:
    first = TEXT.index(start)
    return Span(first, TEXT.index(end, first) + len(end))


@cases(
    ("typed", "found"),
    [
        ("Nurses (2). The nurses are unable", "Nurses (2).** The nurses are unable"),
        ("nurses are paid by", "nurses are\n> paid by"),
    ],
)
def test_marks_of_the_format_between_typed_words_do_not_matter(typed: str, found: str) -> None:
    assert cite_words(DOCUMENT, typed).quote == found


def test_words_that_stand_twice_are_taken_where_they_were_chosen() -> None:
    second = TEXT.rindex("The nurses are")
    chosen = Span(second, second + len("The nurses are"))
    assert cite_chosen(DOCUMENT, "The nurses are", chosen).span == chosen
    with pytest.raises(VerdictError, match="2 times"):
        cite_words(DOCUMENT, "The nurses are")


def test_chosen_words_are_widened_to_whole_ones_and_lose_spaces_around_them() -> None:
    chosen = place("able to", "come every d")
    assert cite_chosen(DOCUMENT, "able to come every d", chosen).quote == "unable to come every day"
    spaced = Span(TEXT.index(" are unable"), TEXT.index("come"))
    assert cite_chosen(DOCUMENT, "are unable to", spaced).quote == "are unable to"


@cases("wrong", [Span(0, 3), Span(0, len(TEXT)), Span(5, 5)])
def test_a_place_that_holds_other_words_is_not_believed(wrong: Span) -> None:
    typed = "paid by the force"
    assert cite_chosen(DOCUMENT, typed, wrong) == cite_words(DOCUMENT, typed)
    with pytest.raises(VerdictError, match="do not stand"):
        cite_chosen(DOCUMENT, "paid by the hospital", wrong)


def test_few_words_prove_nothing_wherever_they_were_chosen() -> None:
    with pytest.raises(VerdictError, match="at least 3 words"):
        cite_chosen(DOCUMENT, "The nurses", place("The nurses", "nurses"))


@pytest.fixture
def old(house: House) -> RecordedAnswer:
    """Return an answer from before an update was published."""
    with house.open() as bench:
        recorded = bench.ask(NURSES)
    house.publish({UPDATE: UPDATED})
    return recorded


def test_what_is_answered_now_is_approved_by_whoever_has_seen_it(house: House, old: RecordedAnswer) -> None:
    with house.open() as bench:
        now = bench.answerer.answer(NURSES).answer
        seen = name_answer(now)
        bench.reviewer.rule(Decision(old.id, "U7", Ruling.CORRECTED, correction=now.statements, seen=seen))
        again = bench.ask(NURSES).answer
    assert again.endorsement
    assert said(again) == said(now)


def test_an_old_answer_is_approved_by_whoever_has_seen_what_is_new(house: House, old: RecordedAnswer) -> None:
    with house.open() as bench:
        now = name_answer(bench.answerer.answer(NURSES).answer)
        bench.reviewer.rule(Decision(old.id, "U7", Ruling.APPROVED, seen=now))
        assert said(bench.ask(NURSES).answer) == said(old.answer)


@pytest.mark.parametrize("seen", ["", "0" * 32])
def test_whoever_has_seen_something_else_approves_nothing(
    house: House, old: RecordedAnswer, seen: str
) -> None:
    with house.open() as bench:
        correction = (Statement("", (bench.cite(CUSTODY, LOGS),)),)
        bench.reviewer.rule(Decision(old.id, "U7", Ruling.CORRECTED, correction=correction, seen=seen))
    assert house.ledger.approvals() == []


def test_the_approvals_of_an_answer_are_told_also_when_they_have_ended(house: House) -> None:
    with house.open() as bench:
        recorded = bench.ask(NURSES)
        first, second = bench.rule(recorded), bench.rule(recorded)
    found = house.ledger.approvals_of(recorded.id)
    assert [each.verdict for each in found] == [first.id, second.id]
    assert [each.lapsed_at is None for each in found] == [False, True]
    assert house.ledger.approvals_of("answer-9") == []
