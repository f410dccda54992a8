"""The project's own questions over its own documents: the figures do not fall."""

import json
from pathlib import Path
from typing import Any

import pytest

from askpcc.evaluation import (
    MEASURES,
    Tally,
    evaluate,
    read_cases,
    risk_curve,
    tally_as_json,
)
from support.cases import cases
from support.question_set import QUESTIONS
from support.whole_flow import WholeFlow

FLOORS: dict[str, dict[str, float]] = json.loads(
    Path(__file__).with_name("floors.json").read_text(encoding="utf-8")
)
CEILINGS = {"over_abstained", "unverified"}
ROOM = 0.02
CASES = read_cases(QUESTIONS.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def tally(whole_corpus: WholeFlow) -> Tally:
    """Return what came of the questions, asked once of the real flow with the real model."""
    with whole_corpus.open_answerer() as answerer, whole_corpus.open_catalogue() as catalogue:
        return evaluate(CASES, answerer, catalogue, whole_corpus.notebook.step)


@pytest.fixture(scope="module")
def measured(tally: Tally) -> dict[str, dict[str, Any]]:
    """Return the measures as ``askpcc eval --json`` prints them."""
    measures: dict[str, dict[str, Any]] = tally_as_json(tally, len(CASES))["measures"]
    return measures


def test_each_measure_has_a_floor() -> None:
    assert set(FLOORS) == set(MEASURES)


def test_floors_stand_close_to_what_was_measured() -> None:
    assert [name for name, at in FLOORS.items() if abs(at["measured"] - at["floor"]) > ROOM] == []


@cases("measure", sorted(set(MEASURES) - CEILINGS))
def test_a_measure_does_not_fall(measure: str, measured: dict[str, dict[str, Any]]) -> None:
    assert measured[measure]["rate"] >= FLOORS[measure]["floor"], measured[measure]


@cases("measure", sorted(CEILINGS))
def test_a_fault_does_not_rise(measure: str, measured: dict[str, dict[str, Any]]) -> None:
    assert measured[measure]["rate"] <= FLOORS[measure]["floor"], measured[measure]


def test_every_citation_verifies(tally: Tally) -> None:
    assert tally.shares["unverified"].of > len(CASES)
    assert tally.shares["unverified"].hit == 0


def test_no_question_is_refused(tally: Tally) -> None:
    assert [miss for miss in tally.misses if "refused" in miss[1]] == []


def test_the_surest_half_of_the_answers_is_no_worse_than_all(tally: Tally) -> None:
    curve = risk_curve(tally.outcomes, len(CASES))
    at_half = next(risk for coverage, risk in curve if coverage >= 0.5)
    assert at_half <= curve[-1][1]
