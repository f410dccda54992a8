"""The test corpus and its question set are what they are said to be."""

from collections import Counter

from askpcc.readers import read_stored_text
from askpcc.text.forces import load_forces
from support.cases import cases
from support.question_set import CORPUS, Case, find_words, read_cases

CASES = read_cases()
FILES = {path.name: path.read_bytes() for path in sorted(CORPUS.iterdir())}
DOCUMENTS = {name: read_stored_text(name, data).text for name, data in FILES.items()}

KINDS = {
    *("status", "list", "count", "who", "when", "deadline"),
    *("compare", "followup", "not_stated", "out_of_scope"),
}
STATUSES = {
    *("complete", "closed", "in_progress", "planned", "accepted"),
    *("under_consideration", "not_accepted", "not_applicable", "not_stated"),
}
TRAPS = {
    *("hope_is_not_status", "negation", "should_is_not_does", "plan_is_not_complete"),
    *("considered_is_not_accepted", "finding_never_answered", "addressed_to_others", "superseded"),
    *("same_report_other_force", "number_or_topic", "counts_conflict", "damaged_text"),
    *("weaker_source", "attachment_not_held", "monitoring_boilerplate", "false_premise"),
}


def test_each_question_has_its_own_id() -> None:
    assert max(Counter(case.id for case in CASES).values()) == 1


def test_no_question_is_asked_twice_in_the_same_thread() -> None:
    assert max(Counter((case.question, case.history) for case in CASES).values()) == 1


@cases("case", CASES, ids=[case.id for case in CASES])
def test_evidence_stands_once_in_its_document(case: Case) -> None:
    places = [len(find_words(DOCUMENTS[document], words)) for document, words in case.evidence]
    assert places == [1] * len(case.evidence)


def test_questions_that_can_be_answered_have_evidence() -> None:
    assert [case.id for case in CASES if not case.unanswerable and not case.evidence] == []


def test_every_kind_is_asked_and_no_other() -> None:
    assert {case.kind for case in CASES} == KINDS


def test_every_status_is_expected_and_no_other() -> None:
    assert {case.expected_status for case in CASES} - {None} == STATUSES


def test_every_trap_is_set() -> None:
    assert {tag.removeprefix("trap:") for case in CASES for tag in case.tags} >= TRAPS


def test_comparisons_rest_on_two_places() -> None:
    assert [case.id for case in CASES if case.kind == "compare" and len(case.evidence) < 2] == []


def test_every_document_is_asked_about() -> None:
    assert set(DOCUMENTS) == {document for case in CASES for document, _ in case.evidence}


@cases("name", DOCUMENTS)
def test_no_document_names_a_real_force(name: str) -> None:
    table = load_forces()
    named = {force.name for force, _ in table.find_forces(DOCUMENTS[name])}
    assert named & {force.name for force in table.forces} == set()
