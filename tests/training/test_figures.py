"""Figures and limits: what they come to on cases that can be counted by hand."""

import pytest

from support.cases import cases
from training.fit import choose_status_limits
from training.judge import ReadDocument, ReadFinding
from training.measure import Score, calibration_error, measure_register, score_class


def read_as(status: str, chance: float, label: str) -> ReadFinding:
    return ReadFinding(status, chance, right=status == label, recalls=frozenset())


def document(findings: list[ReadFinding]) -> ReadDocument:
    return ReadDocument((), tuple(findings), frozenset({1, 2}))


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


def test_a_limit_is_the_least_chance_above_which_enough_are_right() -> None:
    wrong = [read_as("complete", chance, "planned") for chance in (0.6, 0.65, 0.7)]
    right = [read_as("closed", 0.8, "closed") for _ in range(7)]  # 7 of 9 is 0.77, 7 of 10 is too few
    limits = choose_status_limits([document(wrong), document(right)])
    assert (limits["complete"], limits["closed"]) == (0.65, 0.65)


def test_a_status_that_is_told_too_rarely_gets_the_highest_limit() -> None:
    assert choose_status_limits([document([read_as("closed", 0.9, "closed")] * 7)])["closed"] == 0.97


def test_no_limit_lies_below_the_least() -> None:
    assert choose_status_limits([document([read_as("planned", 0.35, "planned")] * 8)])["planned"] == 0.4


def test_what_a_column_states_is_not_what_limits_are_chosen_by() -> None:
    stated = [read_as("complete", 1.0, "planned")] * 20
    read = [read_as("complete", 0.8, "complete")] * 8
    assert choose_status_limits([document(stated + read)])["complete"] == 0.8


def test_the_register_has_the_rows_above_the_limits() -> None:
    right = ReadFinding("complete", 0.9, right=True, recalls=frozenset({1, 7}))
    below = ReadFinding("planned", 0.4, right=True, recalls=frozenset({2}))
    wrong = ReadFinding("planned", 0.6, right=False, recalls=frozenset())
    figures = measure_register([document([right, below, wrong])], {"complete": 0.8, "planned": 0.5})
    assert figures == {"rows": 2, "recall": 0.5, "precision": 0.5, "believed precision": 1.0, "believed": 1}
