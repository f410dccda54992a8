"""Figures and limits: what they come to on cases that can be counted by hand."""

import pytest

from askpcc.model import Status
from support.cases import cases
from training.claims import ReadClaim
from training.fit import choose_agreed
from training.measure import Score, calibration_error, score_class


@cases(
    "chances, truth, error",
    [
        ([0.75, 0.75, 0.75, 0.75], [True, True, True, False], 0.0),
        ([0.95, 0.95], [True, False], 0.45),
        ([1.0, 0.0], [True, False], 0.0),
        ([1.0, 0.0], [False, True], 1.0),
        ([0.15, 0.95, 0.95, 0.95], [False, True, True, True], 0.25 * 0.15 + 0.75 * 0.05),
    ],
)
def test_calibration_error_is_how_far_chances_lie_from_shares(
    chances: list[float], truth: list[bool], error: float
) -> None:
    assert calibration_error(chances, truth) == pytest.approx(error)


def test_a_class_is_scored_by_precision_and_recall() -> None:
    pairs = [("part", "part"), ("part", "whole"), ("whole", "part"), ("part", "part")]
    assert score_class(pairs, "part") == Score(2 / 3, 2 / 3, 3)
    assert score_class(pairs, "part").f1 == pytest.approx(2 / 3)


def test_a_class_that_is_never_told_scores_nothing() -> None:
    assert score_class([("part", "whole")], "part").f1 == 0


def claims(status: Status, *told: tuple[float, bool]) -> list[ReadClaim]:
    return [ReadClaim(status, chance, right) for chance, right in told]


def test_a_limit_costs_least_of_wrong_claims_that_are_kept_and_right_ones_that_are_not() -> None:
    done = claims(Status.COMPLETE, (0.15, False), (0.25, False), (0.35, True), (0.35, True), (0.45, False))
    limits = choose_agreed(done)
    assert (limits["complete"], limits["closed"]) == (0.3, 0.3)


def test_a_wrong_claim_that_nothing_is_done_costs_a_quarter_of_a_right_one() -> None:
    told = [(0.15, True), *[(0.15, False)] * 3, (0.95, True)]
    assert choose_agreed(claims(Status.IN_PROGRESS, *told))["planned"] == 0.1
    assert choose_agreed(claims(Status.CLOSED, *told))["closed"] == 0.2
