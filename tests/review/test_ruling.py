"""A decision is checked like an answer before it is kept; only what stands today is approved for reuse."""

from dataclasses import replace

import pytest
from review_house import CUSTODY, LOGS, NURSES, UPDATE, UPDATED, House, said

from askpcc.errors import UnknownAnswer, VerdictError
from askpcc.model import (
    Citation,
    Judgement,
    Ruling,
    Span,
    Statement,
    Status,
    Waiting,
    Why,
)
from askpcc.review.approvals import name_answer
from askpcc.review.verdicts import Decision, corrected

pytest_plugins = ("review_fixtures",)


def cite(house: House, words: str = LOGS) -> Citation:
    with house.open() as bench:
        return bench.cite(CUSTODY, words)


def rule(house: House, decision: Decision) -> None:
    with house.open() as bench:
        recorded = bench.ask(NURSES)
        bench.reviewer.rule(replace(decision, answer=recorded.id))


TOO_MUCH = tuple(Statement("", ()) for _ in range(11))
BAD_DECISIONS = {
    "a long comment": (Decision("", "U7", Ruling.REJECTED, comment="x" * 2_001), "longer than 2,000"),
    "too many judgements": (
        Decision("", "U7", Ruling.REJECTED, (None, None)),
        "2 judgements on 1 statements",
    ),
    "approved though wrong": (
        Decision("", "U7", Ruling.APPROVED, (Judgement.WRONG_STATUS,)),
        "cannot be approved",
    ),
    "approved though old": (
        Decision("", "U7", Ruling.APPROVED, (Judgement.OUT_OF_DATE,)),
        "cannot be approved",
    ),
    "corrected by nothing": (Decision("", "U7", Ruling.CORRECTED), "says what is right"),
    "approved with a correction": (
        Decision("", "U7", Ruling.APPROVED, correction=(Statement("It is.", ()),)),
        "says what is right",
    ),
    "rejected with a correction": (
        Decision("", "U7", Ruling.REJECTED, correction=(Statement("It is.", ()),)),
        "says what is right",
    ),
    "a correction that cites nothing": (
        Decision("", "U7", Ruling.CORRECTED, correction=(Statement("It is.", ()),)),
        "must cite the words",
    ),
    "a long correction": (
        Decision("", "U7", Ruling.CORRECTED, correction=(Statement("x" * 1_001, ()),)),
        "longer than 1,000",
    ),
    "a correction of many statements": (
        Decision("", "U7", Ruling.CORRECTED, correction=TOO_MUCH),
        "10 statements at most",
    ),
}


@pytest.mark.parametrize(("decision", "message"), BAD_DECISIONS.values(), ids=list(BAD_DECISIONS))
def test_a_decision_that_cannot_stand_is_refused_in_a_sentence(
    house: House, decision: Decision, message: str
) -> None:
    with pytest.raises(VerdictError, match=message):
        rule(house, decision)
    assert [record.verdicts for record in house.ledger.records()] == [()]


@pytest.mark.parametrize(
    "change",
    [
        {"span": Span(0, 5)},
        {"quote": LOGS.upper()},
        {"quote": "", "span": Span(3, 3)},
        {"version": "0123456789abcdef"},
        {"document": "../../etc/passwd"},
        {"span": Span(10**9, 10**9 + len(LOGS))},
    ],
    ids=["place", "case", "nothing", "version", "document", "beyond the end"],
)
def test_a_correction_cites_exact_words(house: House, change: dict[str, object]) -> None:
    citation = replace(cite(house), **change)  # type: ignore[arg-type] # the fields above are of their types
    wrong = Decision("", "U7", Ruling.CORRECTED, correction=(Statement("", (cite(house), citation)),))
    with pytest.raises(VerdictError, match="do not stand at that place"):
        rule(house, wrong)


def test_a_correction_cites_words_and_not_the_space_between_them(house: House) -> None:
    with house.open() as bench:
        at = bench.catalogue.document(CUSTODY).text.index("\n")
    space = replace(cite(house), span=Span(at, at + 1), quote="\n")
    with pytest.raises(VerdictError, match="do not stand at that place"):
        rule(house, Decision("", "U7", Ruling.CORRECTED, correction=(Statement("", (space,)),)))


def test_what_a_correction_calls_its_source_is_not_believed(house: House) -> None:
    true = cite(house)
    forged = replace(true, title="Minutes", url="javascript:alert(1)", page=9)
    with house.open() as bench:
        verdict = bench.rule(bench.ask(NURSES), Ruling.CORRECTED, Statement("", (forged,)))
    assert verdict.correction[0].citations == (true,)


def test_a_verdict_is_kept_and_empties_the_queue(house: House) -> None:
    with house.open() as bench:
        recorded = bench.ask(NURSES)
        house.ledger.enqueue(recorded.id, Why.SAMPLE, house.time)
        decision = Decision(recorded.id, "U7", Ruling.APPROVED, (Judgement.SUPPORTED,), "Checked.")
        verdict = bench.reviewer.rule(decision)
    assert house.ledger.verdicts(recorded.id) == [verdict]
    assert (verdict.judgements, verdict.comment) == ((Judgement.SUPPORTED,), "Checked.")
    assert house.ledger.queue(5) == []


def test_a_verdict_on_nothing_is_an_error(house: House) -> None:
    with house.open() as bench, pytest.raises(UnknownAnswer):
        bench.reviewer.rule(Decision("answer-9", "U7", Ruling.REJECTED))


def test_an_answer_that_is_out_of_date_when_it_is_approved_is_not_given_again(house: House) -> None:
    with house.open() as bench:
        old = bench.ask(NURSES)
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        bench.rule(old)
        assert house.ledger.approvals() == []
        assert said(bench.ask(NURSES).answer)[0][1] == [
            "The contract with nurses was completed on 2 December 2024."
        ]


def test_an_answer_whose_document_grew_before_it_was_approved_is_given_again(house: House) -> None:
    with house.open() as bench:
        old = bench.ask(NURSES)
    house.change(CUSTODY, "I write in response", "This was typed again.\n\nI write in response")
    with house.open() as bench:
        bench.rule(old)
        again = bench.ask(NURSES).answer
    assert again.endorsement
    assert said(again) == said(old.answer)


def test_a_correction_of_what_is_out_of_date_is_kept_and_not_given_again(house: House) -> None:
    citation = cite(house)
    with house.open() as bench:
        old = bench.ask(NURSES)
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        verdict = bench.rule(old, Ruling.CORRECTED, Statement("", (citation,)))
    assert house.ledger.verdicts(old.id) == [verdict]
    assert house.ledger.approvals() == []


@pytest.mark.parametrize("ruling", [Ruling.APPROVED, Ruling.CORRECTED])
def test_what_was_decided_beside_what_the_documents_say_now_is_given_again(
    house: House, ruling: Ruling
) -> None:
    with house.open() as bench:
        old = bench.ask(NURSES)
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        seen = name_answer(bench.answerer.answer(NURSES).answer)
        correction = (Statement("", (bench.cite(CUSTODY, LOGS),)),) if ruling is Ruling.CORRECTED else ()
        bench.reviewer.rule(Decision(old.id, "U7", ruling, correction=correction, seen=seen))
        assert bench.ask(NURSES).answer.endorsement


def test_what_was_decided_beside_what_they_said_before_is_not_given_again(house: House) -> None:
    with house.open() as bench:
        old = bench.ask(NURSES)
        seen = name_answer(old.answer)
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        bench.reviewer.rule(Decision(old.id, "U7", Ruling.APPROVED, seen=seen))
    assert house.ledger.approvals() == []


def test_an_approved_abstention_is_not_given_again(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask("Who leads on dogs in Borsetshire?"))
    assert house.ledger.approvals() == []


def test_a_rejection_ends_the_approval_of_what_is_rejected(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES))
        endorsed = bench.ask(NURSES)
        assert endorsed.answer.endorsement
        bench.rule(endorsed, Ruling.REJECTED)
        assert house.ledger.approvals() == []
        assert bench.ask(NURSES).answer.endorsement is None


def test_the_rejection_of_something_else_leaves_a_correction_standing(house: House) -> None:
    with house.open() as bench:
        first, second = bench.ask(NURSES), bench.ask(NURSES)
        bench.rule(first, Ruling.CORRECTED, Statement("", (bench.cite(CUSTODY, LOGS),)))
        bench.rule(second, Ruling.REJECTED)
    assert [each.answer for each in house.ledger.approvals()] == [first.id]


def test_the_latest_verdict_on_a_question_counts(house: House) -> None:
    with house.open() as bench:
        first, second = bench.ask(NURSES), bench.ask(NURSES)
        bench.rule(first)
        bench.rule(second, Ruling.CORRECTED, Statement("So", (bench.cite(CUSTODY, LOGS),)))
        assert said(bench.ask(NURSES).answer) == [("So", [LOGS])]
    assert [each.answer for each in house.ledger.approvals()] == [second.id]


def test_an_endorsed_answer_can_be_approved_again(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES), Ruling.CORRECTED, Statement("So", (bench.cite(CUSTODY, LOGS),)))
        endorsed = bench.ask(NURSES)
        bench.rule(endorsed)
        assert said(bench.ask(NURSES).answer) == [("So", [LOGS])]
    assert [each.answer for each in house.ledger.approvals()] == [endorsed.id]


def test_an_endorsed_answer_that_lapsed_is_not_approved_by_an_old_form(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES))
        endorsed = bench.ask(NURSES)
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        bench.rule(endorsed)
        assert bench.ask(NURSES).answer.endorsement is None
    assert house.ledger.queue(5) == [Waiting("answer-id-1", (Why.LAPSED,), house.time)]
    assert house.ledger.approvals() == []


def test_what_a_corrected_answer_says_is_its_correction(house: House) -> None:
    with house.open() as bench:
        recorded = bench.ask("Who leads on dogs in Borsetshire?")
    statement = Statement("So", (cite(house),), Status.COMPLETE)
    answer = corrected(recorded.answer, (statement,))
    assert (answer.statements, answer.reason, answer.nearest, answer.note) == ((statement,), None, (), "")
