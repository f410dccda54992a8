"""The response that ships with the project, from its file to the register and to answers."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from askpcc.model import Answer, Reason, Status
from askpcc.ports import Embedder
from askpcc.register import Choice, Register, choose
from askpcc.text.forces import load_forces
from support.cases import cases
from support.whole_flow import WholeFlow, asserted, cited, first_status, quoted

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENT = "cheshire-child-protection-post-inspection-review-2023.md"
TEXT = (CORPUS / DOCUMENT).read_text(encoding="utf-8")
BULLETS = [line.removeprefix("- ") for line in TEXT.splitlines() if line.startswith("- ")]
COMPLETED = "many of the recommendations are now completed"
UNDERWAY = "there is still work underway at pace"


@pytest.fixture(scope="module")
def cheshire(tmp_path_factory: pytest.TempPathFactory, bundled_embedder: Embedder) -> WholeFlow:
    """Return the shipped corpus, indexed with the real model."""
    flow = WholeFlow(tmp_path_factory.mktemp("cheshire"), bundled_embedder)
    shutil.copytree(CORPUS, flow.corpus)
    report = flow.run()
    assert (report.added, report.failed) == ([DOCUMENT], [])
    return flow


@pytest.fixture(scope="module")
def register(cheshire: WholeFlow) -> Register:
    """Return the register as ``askpcc status`` shows it."""
    with cheshire.open_catalogue() as catalogue:
        return choose(catalogue.document_claims(), Choice(), load_forces())


@pytest.fixture(scope="module")
def rows(register: Register) -> list[dict[str, Any]]:
    """Return the rows that state a status, as ``askpcc status --json`` prints them."""
    every = [json.loads(json.dumps(row.as_json())) for row in register.rows]
    return [row for row in every if row["status"] != Status.NOT_STATED]


def of_status(rows: list[dict[str, Any]], status: Status) -> list[dict[str, Any]]:
    return [row for row in rows if row["status"] == status]


def quotes_of(row: dict[str, Any]) -> list[str]:
    return [citation["quote"] for citation in row["citations"]]


def test_seven_improvements_are_complete_and_two_matters_in_progress(rows: list[dict[str, Any]]) -> None:
    assert Counter(row["status"] for row in rows) == {Status.COMPLETE: 7, Status.IN_PROGRESS: 2}


def test_each_improvement_cites_its_bullet_and_the_sentence_that_says_completed(
    rows: list[dict[str, Any]],
) -> None:
    complete = of_status(rows, Status.COMPLETE)
    assert sorted(quotes_of(row)[0] for row in complete) == sorted(BULLETS)
    assert all(COMPLETED in quotes_of(row)[1] for row in complete)


def test_improvements_are_no_recommendations(rows: list[dict[str, Any]]) -> None:
    assert {(row["kind"], row["number"]) for row in of_status(rows, Status.COMPLETE)} == {
        ("improvement", None)
    }


def test_work_on_missing_children_and_on_exploitation_is_underway(rows: list[dict[str, Any]]) -> None:
    going = of_status(rows, Status.IN_PROGRESS)
    assert all(UNDERWAY in quotes_of(row)[0] for row in going)
    matters = [row["matter"] for row in going]
    assert [
        sum(words in matter for matter in matters) for words in ("missing from home", "exploitation")
    ] == [1, 1]


def test_every_citation_of_the_register_verifies(rows: list[dict[str, Any]]) -> None:
    assert all(
        TEXT[citation["start"] : citation["end"]] == citation["quote"]
        for row in rows
        for citation in row["citations"]
    )


@cases("matter", ["case files", "pledge", "custody unnecessarily", "imminently"])
def test_findings_pledges_and_hopes_have_no_status(rows: list[dict[str, Any]], matter: str) -> None:
    assert [row for row in rows if matter in row["matter"] or matter in quotes_of(row)[0]] == []


def test_the_commissioner_says_so_as_of_the_publication(rows: list[dict[str, Any]]) -> None:
    assert {(row["said_by"], row["as_of"]) for row in rows} == {("commissioner", "2023-06-06")}


def test_the_register_tells_what_it_does_not_cover(register: Register) -> None:
    assert any("remaining recommendations" in note for note in register.notes)


OUTSTANDING = [
    "Which Cheshire recommendations are still outstanding?",
    "whats still open in cheshire",
    "what is left to do on child protection in cheshire",
    "which of the cheshire recs are not finished yet",
]


@pytest.fixture(scope="module", params=OUTSTANDING)
def outstanding(request: pytest.FixtureRequest, cheshire: WholeFlow) -> Answer:
    """Return the answer to what is outstanding, asked in several ways."""
    return cheshire.ask(request.param)


def test_what_is_outstanding_is_in_progress(outstanding: Answer) -> None:
    assert {statement.status for statement in outstanding.statements} == {Status.IN_PROGRESS}
    assert UNDERWAY in quoted(outstanding)


def test_no_completed_improvement_is_cited_as_outstanding(outstanding: Answer) -> None:
    assert [bullet for bullet in BULLETS if bullet in quoted(outstanding)] == []


def test_an_answer_about_the_outstanding_says_that_the_list_is_not_whole(outstanding: Answer) -> None:
    assert "remaining recommendations" in f"{asserted(outstanding)} {outstanding.note}"


ANSWERED = {
    "has the cheshire pcc kept his pledge on protecting children",
}
"""Questions that the documents do not answer and the reader takes for answered."""

SILENT = [
    "Has the commissioner's pledge on protecting children been met?",
    "has the cheshire pcc kept his pledge on protecting children",
    "when will the remaining cheshire recommendations be complete",
    "what is cheshire's deadline for the missing from home work",
]


@cases(
    ("question", "verdict"),
    [
        ("Exactly how many of the recommendations have Cheshire finished?", "7 of 9 matters"),
        ("how many recommendations are outstanding in cheshire", "2 of 9 matters"),
    ],
)
def test_a_count_is_the_registers_and_says_that_it_is_not_whole(
    cheshire: WholeFlow, question: str, verdict: str
) -> None:
    answer = cheshire.ask(question)
    assert answer.verdict.startswith(f"{verdict} of Cheshire Constabulary in the register")
    assert "does not list each of them" in answer.note


@cases("question", SILENT)
def test_what_the_response_does_not_say_is_not_answered(cheshire: WholeFlow, question: str) -> None:
    answer = cheshire.ask(question)
    silent = (answer.reason, answer.statements) == (Reason.DOCUMENT_SILENT, ())
    assert silent is (question not in ANSWERED)


@cases(
    "question", ["are the case files sorted in cheshire", "has cheshire fixed the problem with case files"]
)
def test_a_finding_that_the_response_never_returns_to_has_no_status(
    cheshire: WholeFlow, question: str
) -> None:
    answer = cheshire.ask(question)
    assert {statement.status for statement in answer.statements} <= {None, Status.NOT_STATED}


def test_all_done_is_corrected(cheshire: WholeFlow) -> None:
    answer = cheshire.ask("so all of the cheshire recommendations are complete, right?")
    assert first_status(answer) is Status.IN_PROGRESS
    assert UNDERWAY in quoted(answer)


STATUSES = [
    ("where are we with children missing from home in cheshire", Status.IN_PROGRESS, UNDERWAY),
    ("is child sexual exploitation sorted in cheshire", Status.IN_PROGRESS, UNDERWAY),
    (
        "have the custody officers in cheshire had voice of the child training",
        Status.COMPLETE,
        "custody officers",
    ),
    ("cheshire RSO governance improved?", Status.COMPLETE, "registered sex offenders"),
    ("youth overnight detention protocol in cheshire reviewed yet", Status.COMPLETE, "overnight detention"),
]


def test_a_status_may_stand_behind_words_that_are_likelier_to_answer(cheshire: WholeFlow) -> None:
    answer = cheshire.ask("cheshire CSE - finished?")
    [stated] = [statement for statement in answer.statements if statement.status]
    assert stated.status is Status.IN_PROGRESS
    assert UNDERWAY in stated.citations[0].quote


@cases(("question", "status", "words"), STATUSES)
def test_a_status_is_stated_with_its_words_or_not_at_all(
    cheshire: WholeFlow, question: str, status: Status, words: str
) -> None:
    answer = cheshire.ask(question)
    assert first_status(answer) is status
    assert words in quoted(answer)


def test_a_follow_up_keeps_to_the_force(cheshire: WholeFlow) -> None:
    answer = cheshire.ask("and CSE?", ["is the missing from home work finished in cheshire"])
    assert {citation.document for citation in [*cited(answer), *answer.nearest]} == {DOCUMENT}
    assert UNDERWAY in quoted(answer)


FACTS = [
    ("who signed the Cheshire response", "John Dwyer"),
    ("when was the cheshire report published", "6 June 2023"),
    ("national or local recommendations for cheshire?", "Local"),
    ("when are the 56 days up for cheshire", "31 July 2023"),
]


@cases(("question", "words"), FACTS)
def test_a_fact_is_answered(cheshire: WholeFlow, question: str, words: str) -> None:
    assert words in asserted(cheshire.ask(question))


def test_who_holds_the_office_now_is_not_guessed(cheshire: WholeFlow) -> None:
    answer = cheshire.ask("who is the pcc of cheshire now")
    assert (answer.reason, answer.statements) == (Reason.UNSAFE_TO_GUESS, ())


def test_another_force_is_not_answered_from_cheshire(cheshire: WholeFlow) -> None:
    answer = cheshire.ask("Which Borsetshire Police recommendations are still outstanding?")
    assert (answer.reason, answer.nearest) == (Reason.NO_SUCH_DOCUMENT, ())


EVERY = [
    *OUTSTANDING,
    *(question for question, _ in FACTS),
    "is the pledge on protecting children met in cheshire",
    "what has cheshire done about custody",
    "are the case files sorted in cheshire",
]


def test_every_citation_of_every_answer_verifies(cheshire: WholeFlow) -> None:
    with cheshire.open_answerer() as answerer:
        answers = [answerer.answer(question).answer for question in EVERY]
    every = [citation for answer in answers for citation in (*cited(answer), *answer.nearest)]
    assert len(every) > len(EVERY)
    assert all(citation.span.of(TEXT) == citation.quote for citation in every)
