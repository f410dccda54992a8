"""What reviewers approved and corrected becomes a question set that an evaluation reads."""

import json
from typing import Any

import pytest
from review_house import CUSTODY, LOGS, NURSES, OTHER, UPDATE, UPDATED, House

from askpcc.evaluation import evaluate
from askpcc.evaluation import read_cases as read_set
from askpcc.model import Ruling, Statement, Status
from askpcc.review.export import read_cases

pytest_plugins = ("review_fixtures",)

SILENT = "Who leads on dogs in Borsetshire?"
BEGAN = "When did the training of detention officers begin in Borsetshire?"


def export(house: House) -> list[dict[str, Any]]:
    return read_cases(house.ledger.records())


def test_an_approved_answer_is_a_case_of_what_it_cites(house: House) -> None:
    with house.open() as bench:
        recorded = bench.ask(NURSES)
        bench.rule(recorded)
    assert export(house) == [
        {
            "id": recorded.id,
            "question": NURSES,
            "kind": "status",
            "doc": CUSTODY,
            "evidence": "A contract with nurses is being negotiated with the hospital.",
            "expected_status": Status.IN_PROGRESS,
        }
    ]


def test_a_correction_is_a_case_of_what_is_right(house: House) -> None:
    with house.open() as bench:
        cited = [bench.cite(CUSTODY, LOGS), bench.cite(OTHER, "cleared by four officers")]
        more = bench.cite(CUSTODY, "The heating of all 19 cells")
        statements = Statement("", (cited[0], more)), Statement("", (cited[1], cited[0]), Status.COMPLETE)
        bench.rule(bench.ask(NURSES), Ruling.CORRECTED, *statements)
    (case,) = export(house)
    assert (case["doc"], case["evidence"]) == (CUSTODY, LOGS)
    assert case["extra_evidence"] == ["The heating of all 19 cells"]
    assert case["more"] == [{"doc": OTHER, "evidence": "cleared by four officers"}]
    assert "expected_status" not in case


def test_an_approved_abstention_is_a_question_that_must_not_be_answered(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(SILENT, ["What of cats?"]))
    (case,) = export(house)
    assert (case["kind"], case["doc"], case["evidence"]) == ("unanswerable", None, None)
    assert case["history"] == ["What of cats?"]


def test_what_was_rejected_or_never_judged_is_no_case(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES), Ruling.REJECTED)
        bench.rule(bench.ask(SILENT), Ruling.REJECTED)
        bench.ask(BEGAN)
    assert export(house) == []


def test_what_has_lapsed_is_no_case(house: House) -> None:
    with house.open() as bench:
        bench.rule(bench.ask(NURSES))
    house.publish({UPDATE: UPDATED})
    with house.open() as bench:
        assert len(bench.check()) == 1
    assert export(house) == []


def test_of_one_question_the_latest_verdict_counts(house: House) -> None:
    with house.open() as bench:
        first, second = bench.ask(NURSES), bench.ask(NURSES.upper())
        bench.rule(second, Ruling.CORRECTED, Statement("", (bench.cite(CUSTODY, LOGS),)))
        bench.rule(first)
    assert [case["id"] for case in export(house)] == [first.id]


@pytest.mark.parametrize(("corrected", "covered"), [(False, 1), (True, 0)])
def test_the_set_can_be_evaluated_and_a_correction_guards_what_is_answered(
    house: House, corrected: bool, covered: int
) -> None:
    with house.open() as bench:
        for words in (BEGAN, SILENT):
            bench.rule(bench.ask(words))
        if corrected:
            bench.rule(bench.ask(BEGAN), Ruling.CORRECTED, Statement("", (bench.cite(CUSTODY, LOGS),)))
        cases = read_set([json.dumps(case) for case in export(house)])
        tally = evaluate(cases, bench.answerer, bench.catalogue, lambda *_: None)
    assert (tally.shares["evidence"].hit, tally.shares["evidence"].of) == (covered, 1)
    assert (tally.shares["abstained"].hit, tally.shares["abstained"].of) == (1, 1)
