"""The measures of a question set, against cases counted by hand."""

import json
from collections.abc import Mapping, Sequence

import pytest

from askpcc.asking.answering import Answered
from askpcc.errors import QuestionError, UnknownDocument
from askpcc.evaluation import (
    MEASURES,
    Share,
    Tally,
    read_cases,
    risk_curve,
    score_case,
    tally_as_json,
    tally_as_text,
)
from askpcc.model import (
    Answer,
    Citation,
    Reason,
    Span,
    Statement,
    Status,
)
from support.cases import cases
from support.found import ask

TEXTS = {
    "a.md": "0123456789 The cells\nwere painted. Doors are shut.",
    "b.md": "The roof leaks. The beds are made.",
}
QUESTION = {"id": "q1", "question": "are the cells painted", "kind": "status"}
EVIDENCE = {"doc": "a.md", "evidence": "The cells were painted."}


def text_of(document: str) -> str:
    try:
        return TEXTS[document.rpartition("/")[2]]
    except KeyError as exc:
        raise UnknownDocument(document) from exc


def cite(words: str, document: str = "a.md", shift: int = 0) -> Citation:
    text = text_of(document)
    start = text.index(words) + shift
    return Citation(document, "v1", "Title", Span(start, start + len(words)), words)


def answer(*citations: Citation, status: Status | None = None, reason: Reason | None = None) -> Answer:
    statements = tuple(Statement("", (citation,), status) for citation in citations)
    return Answer(ask("are the cells painted"), statements, reason)


ABSTAINED = answer(reason=Reason.DOCUMENT_SILENT)


def score(case: Mapping[str, object], given: Answer) -> dict[str, tuple[int, int]]:
    """Return hits and cases of the measures that a case counts towards."""
    tally = Tally()
    score_case(tally, read_cases([json.dumps(QUESTION | dict(case))])[0], given, 0.5, text_of)
    return {name: (share.hit, share.of) for name, share in tally.shares.items() if share.of}


WHOLE = cite("The cells\nwere painted.")


def test_the_whole_evidence_alone_scores_in_full() -> None:
    assert score(EVIDENCE, answer(WHOLE)) == {
        "evidence": (1, 1),
        "right_doc": (1, 1),
        "tight": (23, 23),
        "over_abstained": (0, 1),
        "unverified": (0, 1),
    }


HALVES = [
    ("The cells\nwe", 1),
    ("The cells\nw", 0),
    ("cells\nwere p", 1),
    ("6789 The cells\nwere", 1),
    ("Doors are shut.", 0),
]


@cases(("words", "hit"), HALVES)
def test_half_of_the_characters_of_the_evidence_must_be_cited(words: str, hit: int) -> None:
    assert score(EVIDENCE, answer(cite(words)))["evidence"] == (hit, 1)


def test_two_citations_may_cover_the_evidence_together() -> None:
    assert score(EVIDENCE, answer(cite("The cells"), cite("painted.")))["evidence"] == (1, 1)


def test_characters_cited_twice_cover_it_once() -> None:
    assert score(EVIDENCE, answer(cite("The cells"), cite("The cells")))["evidence"] == (0, 1)


def test_tight_compares_evidence_with_all_that_is_cited() -> None:
    assert score(EVIDENCE, answer(WHOLE, cite("Doors are shut.")))["tight"] == (23, 38)


def test_extra_evidence_counts_as_tight_and_not_as_evidence() -> None:
    case = EVIDENCE | {"extra_evidence": ["Doors are shut."]}
    scored = score(case, answer(cite("Doors are shut.")))
    assert (scored["tight"], scored["evidence"]) == ((15, 15), (0, 1))


def test_a_document_that_is_not_named_is_wrong() -> None:
    scored = score(EVIDENCE, answer(WHOLE, cite("The roof leaks.", "b.md")))
    assert scored["right_doc"] == (1, 2)


@cases("also", [["b.md"], [{"doc": "b.md"}]])
def test_a_document_may_be_right_as_well(also: Sequence[object]) -> None:
    assert score(EVIDENCE | {"also_ok": also}, answer(cite("The roof leaks.", "b.md")))["right_doc"] == (1, 1)


def test_a_document_is_named_without_its_folder() -> None:
    assert score(EVIDENCE, answer(cite("The cells\nwere painted.", "below/a.md")))["right_doc"] == (1, 1)


TWO = EVIDENCE | {"more": [{"doc": "b.md", "evidence": "The beds are made."}]}
BEDS = cite("The beds are made.", "b.md")


@cases(
    ("given", "both", "evidence"),
    [
        (answer(WHOLE, BEDS), (1, 1), (1, 1)),
        (answer(WHOLE), (0, 1), (1, 1)),
        (answer(BEDS), (0, 1), (0, 1)),
        (ABSTAINED, (0, 1), (0, 1)),
    ],
)
def test_both_sides_must_be_covered(given: Answer, both: tuple[int, int], evidence: tuple[int, int]) -> None:
    scored = score(TWO, given)
    assert (scored["both_sides"], scored["evidence"]) == (both, evidence)


def test_a_second_document_without_evidence_is_no_side() -> None:
    assert "both_sides" not in score(EVIDENCE | {"more": [{"doc": "b.md", "evidence": ""}]}, answer(WHOLE))


def test_abstaining_on_what_can_be_answered_is_counted() -> None:
    assert score(EVIDENCE, ABSTAINED) == {"evidence": (0, 1), "over_abstained": (1, 1)}


UNANSWERABLE = [
    {"doc": None, "evidence": None},
    EVIDENCE | {"tags": ["trap:negation", "unanswerable"]},
    EVIDENCE | {"kind": "out_of_scope"},
]


@cases("case", UNANSWERABLE)
@cases(("given", "hit"), [(ABSTAINED, 1), (answer(WHOLE), 0)])
def test_what_cannot_be_answered_should_be_abstained_on(
    case: dict[str, object], given: Answer, hit: int
) -> None:
    scored = score(case, given)
    assert scored["abstained"] == (hit, 1)
    assert {"evidence", "right_doc", "tight", "over_abstained", "status"} & set(scored) == set()


STATUSES = [
    ("complete", Status.COMPLETE, (1, 1)),
    ("complete", Status.CLOSED, (1, 1)),
    ("closed", Status.COMPLETE, (0, 1)),
    ("in_progress", Status.COMPLETE, (0, 1)),
    ("planned", None, (0, 1)),
    ("not_stated", Status.COMPLETE, None),
    (None, Status.COMPLETE, None),
]


@cases(("expected", "stated", "counted"), STATUSES)
def test_the_first_status_must_be_the_expected_one(
    expected: str | None, stated: Status | None, counted: tuple[int, int] | None
) -> None:
    scored = score(EVIDENCE | {"expected_status": expected}, answer(WHOLE, status=stated))
    assert scored.get("status") == counted


def test_a_status_that_comes_second_does_not_count() -> None:
    given = Answer(ask("is it done"), (Statement("", (WHOLE,)), Statement("", (WHOLE,), Status.COMPLETE)))
    assert score(EVIDENCE | {"expected_status": "complete"}, given)["status"] == (0, 1)


def test_abstaining_states_no_status() -> None:
    assert score(EVIDENCE | {"expected_status": "complete"}, ABSTAINED)["status"] == (0, 1)


@cases("shift", [1, -1, 500])
def test_words_that_stand_elsewhere_are_unverified(shift: int) -> None:
    assert score(EVIDENCE, answer(cite("were painted.", shift=shift)))["unverified"] == (1, 1)


def test_citations_of_what_cannot_be_answered_are_verified_as_well() -> None:
    assert score({"doc": None}, answer(cite("painted", shift=1)))["unverified"] == (1, 1)


def test_every_measure_starts_at_nothing() -> None:
    assert Tally().shares == dict.fromkeys(MEASURES, Share())
    assert Share().rate == 0


def test_a_share_adds_up() -> None:
    share = Share().plus(1).plus(0).plus(3, 4)
    assert (share.hit, share.of) == (4, 6)
    assert share.rate == pytest.approx(2 / 3)


def miss(case: Mapping[str, object], given: Answer) -> list[str]:
    tally = Tally()
    score_case(tally, read_cases([json.dumps(QUESTION | dict(case))])[0], given, 0.5, text_of)
    return [what for _, what, _ in tally.misses]


def test_misses_say_what_went_wrong() -> None:
    assert miss(EVIDENCE, answer(WHOLE)) == []
    assert miss(EVIDENCE, ABSTAINED) == ["abstained"]
    assert miss(EVIDENCE, answer(cite("Doors"))) == ["evidence missed"]
    assert miss({"doc": None}, answer(WHOLE)) == ["answered, should abstain"]
    assert miss(EVIDENCE | {"expected_status": "planned"}, answer(WHOLE)) == ["status None, expected planned"]


def test_an_answer_right_or_wrong_has_a_place_on_the_curve_and_an_abstention_has_none() -> None:
    tally = Tally()
    case = read_cases([json.dumps(QUESTION | EVIDENCE)])[0]
    for given, confidence in ((answer(WHOLE), 0.9), (answer(cite("Doors")), 0.2), (ABSTAINED, 0.1)):
        score_case(tally, case, given, confidence, text_of)
    assert tally.outcomes == [(0.9, True), (0.2, False)]


def test_the_curve_has_coverage_and_risk_for_each_tenth_the_surest_first() -> None:
    outcomes = [(0.1, False), (0.9, True), (0.8, True), (0.5, False), (0.7, True)]
    assert risk_curve(outcomes, 10) == [
        (0.1, 0.0),
        (0.2, 0.0),
        (0.3, 0.0),
        (0.4, 0.25),
        (0.5, 0.4),
    ]


def test_the_curve_ends_where_all_is_answered() -> None:
    outcomes = [(1 - place / 20, place < 15) for place in range(20)]
    assert len(risk_curve(outcomes, 20)) == 10
    assert risk_curve(outcomes, 20)[-1] == (1.0, 0.25)


def test_nothing_answered_has_no_curve() -> None:
    assert risk_curve([], 10) == []
    assert risk_curve([], 0) == []


def test_a_case_is_read_with_all_that_it_names() -> None:
    case = read_cases([json.dumps(QUESTION | TWO | {"history": ["earlier"], "also_ok": ["c.md"]})])[0]
    assert (case.id, case.history) == ("q1", ("earlier",))
    assert case.named == frozenset({"a.md", "b.md", "c.md"})
    assert [piece.document for piece in case.pieces] == ["a.md", "b.md"]


def test_empty_lines_are_passed_over() -> None:
    assert len(read_cases(["", json.dumps(QUESTION), "  ", json.dumps(QUESTION)])) == 2


@cases("line", ["{", "[]", "1", "null", '{"id": "q"}', '{"question": "x", "kind": "y"}'])
def test_a_line_that_is_no_case_is_named(line: str) -> None:
    with pytest.raises(QuestionError, match=r"Line 2 of the question set is no case.*Give id, question"):
        read_cases([json.dumps(QUESTION), line])


TALLY = Tally(
    shares=dict.fromkeys(MEASURES, Share()) | {"evidence": Share(3, 4)},
    misses=[("q1", "evidence missed", "are the cells painted")],
    outcomes=[(0.9, True), (0.8, False)],
)


def test_json_has_the_measures_and_the_curve() -> None:
    shape = tally_as_json(TALLY, 2)
    assert shape["questions"] == 2
    assert shape["measures"]["evidence"] == {"hit": 3, "of": 4, "rate": 0.75}
    assert shape["measures"]["status"] == {"hit": 0, "of": 0, "rate": None}
    assert shape["risk_coverage"] == [{"coverage": 0.5, "risk": 0.0}, {"coverage": 1.0, "risk": 0.5}]


def test_text_lists_misses_only_when_they_are_asked_for() -> None:
    short, long = (tally_as_text(TALLY, 2, misses=misses) for misses in (False, True))
    assert "evidence" in short
    assert "0.750" in short
    assert "q1  evidence missed" in long
    assert "q1" not in short


def test_confidence_is_nothing_where_nothing_was_ranked() -> None:
    assert Answered(ABSTAINED).confidence == 0
