"""Lists and counts of matters, answered from the register."""

from pathlib import Path

import pytest

from askpcc.adapters.embedding import SentenceTransformerEmbedder
from askpcc.asking.listing import read_asked
from askpcc.model import Answer, FactName, Status
from support.cases import cases
from support.found import ask
from support.whole_flow import WholeFlow

FORM = """# Dogs and horses: an inspection of Harrowdale Constabulary

Response of the Police and Crime Commissioner for Harrowdale

Report published: 4 March 2025

Response published: 22 April 2025

## Recommendation 1

By 30 June 2025, Harrowdale Constabulary should introduce a kennel log.

This recommendation is complete. Superintendent Maya Trent leads this work.

## Recommendation 2

By 30 September 2025, Harrowdale Constabulary should review horse stabling every 14 days.

Work on this recommendation is in progress. Detective Chief Inspector Owen Farrant leads this work, which will
be finished by 30 September 2025.

## Recommendation 3

Within three months, Harrowdale Constabulary should refer every owner to an independent advocate.

The Chief Constable does not accept this recommendation.
"""


@pytest.fixture(scope="module")
def form(
    bundled_embedder: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> WholeFlow:
    """Return an index of one form with three recommendations."""
    flow = WholeFlow(tmp_path_factory.mktemp("form"), bundled_embedder)
    flow.write("harrowdale.md", FORM)
    flow.run()
    return flow


@cases(
    ("typed", "of_register"),
    [
        ("which forces rejected a recommendation", True),
        ("which forces have causes of concern", True),
        ("which force has finished recommendation 2", True),
        ("what is outstanding", True),
        ("has anything been rejected", True),
        ("how many recommendations are complete", True),
        ("list every recommendation with its status", True),
        ("so all of them are complete, right?", True),
        ("which recs are due before 1 October 2025", True),
        ("which forces were visited", False),
        ("how many officers have completed the training", False),
        ("which districts have finished the roll-out", False),
        ("has recommendation 2 been completed", False),
        ("is the backlog still outstanding", False),
    ],
)
def test_lists_of_matters_and_their_counts_are_the_registers(typed: str, of_register: bool) -> None:
    assert (read_asked(ask(typed)) is not None) is of_register


OF_FORCE = "recommendations of Harrowdale Constabulary in the register"


@cases(
    ("typed", "verdict"),
    [
        ("How many recommendations are complete?", f"1 of 3 {OF_FORCE} is complete or closed: number 1."),
        ("Has anything been rejected?", f"Yes: 1 of 3 {OF_FORCE} is not accepted: number 3."),
        (
            "so all of them are complete, right?",
            f"No: 2 of 3 {OF_FORCE} are not stated to be complete: numbers 2 and 3.",
        ),
        (
            "which recs are due before 1 October 2025",
            f"1 of 3 {OF_FORCE} is outstanding and due before 1 October 2025: number 2.",
        ),
        ("is anything overdue", f"Yes: 1 of 3 {OF_FORCE} is overdue: number 2."),
        (
            "List every recommendation with its status",
            f"3 {OF_FORCE}: 1 complete, 1 in progress, 1 not accepted.",
        ),
    ],
)
def test_a_list_begins_with_how_many_of_how_many(form: WholeFlow, typed: str, verdict: str) -> None:
    assert form.ask(typed).verdict == verdict


def test_each_matter_of_a_list_is_named_with_its_status_and_date(form: WholeFlow) -> None:
    [one] = form.ask("what is outstanding").statements
    assert (
        one.matter == "Recommendation 2, Harrowdale Constabulary should review horse stabling every 14 days"
    )
    assert (one.status, one.text.endswith(", due 30 September 2025")) == (Status.IN_PROGRESS, True)


def test_who_leads_the_work_is_quoted_where_it_is_asked(form: WholeFlow) -> None:
    [one] = form.ask("What is outstanding and who owns it?").statements
    assert "Owen Farrant leads this work" in " ".join(citation.quote for citation in one.citations)


def test_a_status_that_no_matter_has_is_said_to_be_none(form: WholeFlow) -> None:
    answer = form.ask("which have been closed by HMICFRS")
    assert answer.abstained
    assert answer.note.startswith("None of 3 recommendations of Harrowdale Constabulary in the register")


def test_all_that_are_done_are_shown_where_it_is_asked_whether_all_are(
    tmp_path: Path, bundled_embedder: SentenceTransformerEmbedder
) -> None:
    flow = WholeFlow(tmp_path, bundled_embedder)
    flow.write("done.md", FORM[: FORM.index("## Recommendation 2")])
    flow.run()
    answer = flow.ask("so all of the recommendations are complete, right?")
    assert answer.verdict.startswith("Yes: all 1 recommendation")
    assert [one.status for one in answer.statements] == [Status.COMPLETE]


def test_matters_of_a_document_without_a_force_are_listed_under_its_title(
    tmp_path: Path, bundled_embedder: SentenceTransformerEmbedder
) -> None:
    flow = WholeFlow(tmp_path, bundled_embedder)
    text = FORM.replace("Harrowdale Constabulary", "the force").replace(" for Harrowdale", "")
    flow.write("form.md", text)
    flow.run()
    title = "“Dogs and horses: an inspection of the force”"
    told = f"1 of 3 recommendations of {title} in the register is outstanding: number 2."
    assert flow.ask("what is outstanding").verdict == told


def named(answer: Answer) -> list[str]:
    """Return the forces of a list's matters."""
    return [one.matter.partition(":")[0] for one in answer.statements]


def test_each_force_that_rejected_anything_is_named_once(whole_corpus: WholeFlow) -> None:
    forces = named(whole_corpus.ask("which forces rejected a rec"))
    assert "Loamshire Police" in forces
    assert "Great Marsh Constabulary" in forces
    assert len(forces) == len(set(forces))


def test_only_matters_of_the_subject_count(whole_corpus: WholeFlow) -> None:
    answer = whole_corpus.ask("which forces rejected anything on stalking")
    assert answer.verdict == "1 force: Loamshire Police."


def test_a_subject_of_no_force_is_said_to_be_none(whole_corpus: WholeFlow) -> None:
    answer = whole_corpus.ask("which forces rejected anything on dogs")
    assert (answer.abstained, answer.statements) == (True, ())


def test_a_list_over_all_forces_names_each_matters_force(whole_corpus: WholeFlow) -> None:
    assert len(set(named(whole_corpus.ask("which recommendations are still outstanding")))) > 1


def test_a_list_for_a_named_force_has_nothing_of_others(whole_corpus: WholeFlow) -> None:
    answer = whole_corpus.ask("which borsetshire recommendations are outstanding")
    assert "of Borsetshire Police" in answer.verdict
    with whole_corpus.open_catalogue() as catalogue:
        cards = {card.path: card for card in catalogue.documents()}
    for statement in answer.statements:
        force = cards[statement.citations[0].document].fact(FactName.FORCE)
        assert force is not None
        assert force.value == "Borsetshire Police"
