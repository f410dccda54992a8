"""What the parts of the ranking count is learned from which sentences answer."""

from training.batches import Json
from training.measure import share_held
from training.ranking import PARTS, fit_ranking


def make_question(*sentences: dict[str, float], answer: int, answerable: bool = True) -> Json:
    candidates = [
        {"parts": parts, "label": answerable and place == answer} for place, parts in enumerate(sentences)
    ]
    return {"answerable": answerable, "pieces": 1, "candidates": candidates}


TELLING = [
    make_question({"own": 0.2, "similarity": 0.5}, {"own": 0.9, "similarity": 0.4}, answer=1),
    make_question({"own": 0.8, "similarity": 0.4}, {"own": 0.1, "similarity": 0.5, "first": 1.0}, answer=0),
    make_question({"own": 0.3}, {"own": 0.4}, {"own": 0.7, "first": 1.0}, answer=2),
]


def test_what_tells_the_answer_counts_for_it() -> None:
    weights = fit_ranking(TELLING)
    assert set(weights) == set(PARTS)
    assert weights["own"] > 0 > weights["similarity"]


def test_a_part_that_never_differs_counts_nothing() -> None:
    assert fit_ranking(TELLING)["heading"] == 0


def test_questions_without_an_answer_teach_nothing() -> None:
    silent = make_question({"own": 0.1}, {"own": 0.9}, answer=0, answerable=False)
    assert fit_ranking([*TELLING, silent]) == fit_ranking(TELLING)


def test_the_share_that_the_first_sentences_hold_is_of_questions_with_an_answer() -> None:
    silent = make_question({"own": 0.1}, {"own": 0.9}, answer=0, answerable=False)
    assert share_held([*TELLING, silent], {"own": 1.0}, 1) == 1.0
    assert share_held(TELLING, {"own": -1.0}, 1) == 0.0
    assert share_held(TELLING, {"own": -1.0}, 3) == 1.0
