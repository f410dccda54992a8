"""The test corpus and its question set are what they are said to be."""

import re
from collections import Counter

from askpcc.language.forces import load_forces
from askpcc.reading.formats import read_stored_text
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
LAYOUTS = {
    "form": r"^<b>Title of Inspection</b>\t",
    "letter": r"^Dear Home Secretary,$",
    "numbered paragraphs": r"^2\.1 \*\*Recommendation \d+\*\*$",
    "short prose or bullets": r"^I can say this much now:$",
    "index table": r"^\| Date of report \| Report \| Response",
    "tracker": r"^\*\*Item 6\. HMICFRS recommendations tracker\*\*$",
    "inspectorate report": r"identified 17 areas for improvement\.$",
    "inspectorate glossary": r"^\*\*Engage\*\* is the enhanced phase",
    "statement": r"This is a news statement",
    "holding response": r"^Holding response$",
    "page with site furniture": r'id="cookie-banner"',
}


def _count(wanted: str) -> int:
    return sum(case.kind == wanted for case in CASES)


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


def test_there_are_enough_questions_of_each_sort() -> None:
    sorts = {
        "all": len(CASES),
        "unanswerable": sum(case.unanswerable for case in CASES),
        "two documents": sum(case.more > 0 for case in CASES),
        "in a thread": sum(bool(case.history) for case in CASES),
        "of a person, a day or a number": sum(map(_count, ("who", "when", "deadline", "count"))),
    }
    least = {
        "all": 120,
        "unanswerable": 25,
        "two documents": 12,
        "in a thread": 12,
        "of a person, a day or a number": 30,
    }
    assert {sort: n for sort, n in sorts.items() if n < least[sort]} == {}


def test_follow_ups_have_an_earlier_question() -> None:
    assert [case.id for case in CASES if case.kind == "followup" and not case.history] == []


def test_comparisons_rest_on_two_places() -> None:
    assert [case.id for case in CASES if case.kind == "compare" and len(case.evidence) < 2] == []


def test_abbreviations_that_are_tagged_are_typed() -> None:
    typed = [(case, tag.removeprefix("acronym:")) for case in CASES for tag in case.tags if "acronym:" in tag]
    assert [case.id for case, short in typed if short.lower() not in case.question.lower()] == []


def test_questions_are_typed_in_haste() -> None:
    assert sum(case.question[0].islower() for case in CASES) > 0.9 * len(CASES)
    assert sum(case.question.endswith("?") for case in CASES) < 0.3 * len(CASES)


def test_every_document_is_asked_about() -> None:
    assert set(DOCUMENTS) == {document for case in CASES for document, _ in case.evidence}


def test_documents_have_200_to_700_words() -> None:
    lengths = {name: len(text.split()) for name, text in DOCUMENTS.items()}
    assert {name: n for name, n in lengths.items() if not 200 <= n <= 700} == {}


def test_documents_come_in_three_formats() -> None:
    formats = Counter(name.rsplit(".", 1)[1] for name in FILES)
    assert formats["md"] >= 18
    assert set(formats) == {"md", "txt", "html"}


@cases("layout", LAYOUTS)
def test_each_layout_is_in_the_corpus(layout: str) -> None:
    assert any(re.search(LAYOUTS[layout], data.decode(), re.MULTILINE) for data in FILES.values())


@cases("name", DOCUMENTS)
def test_no_document_names_a_real_force(name: str) -> None:
    table = load_forces()
    named = {force.name for force, _ in table.find_forces(DOCUMENTS[name])}
    assert named & {force.name for force in table.forces} == set()
