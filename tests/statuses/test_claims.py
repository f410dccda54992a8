"""Claims of the response that ships with the project, and what holds of claims whatever is read."""

from pathlib import Path

import pytest

from askpcc.model import Document, MatterKind, Speaker, Status, StatusClaim
from askpcc.statuses import read_items
from support.cases import cases
from support.scripted_reader import Says, scripted
from support.status_cases import CASES, claims_of, read_words

CORPUS = Path(__file__).parents[2] / "corpus"
CHESHIRE = "cheshire-child-protection-post-inspection-review-2023.md"
TRAPS = {f"trap-{number:02}" for number in range(1, 17)}
HEAD = "# Netherby Police: the Commissioner's response\n\n"
READER = scripted({"The vans have been repaired.": Says("complete")})


def scripted_claims(text: str, path: str = "netherby.md") -> list[StatusClaim]:
    """Return the claims of a document in which nothing but the repair of vans is a status."""
    return READER.claims(*read_words(path, text))


def test_each_trap_of_the_field_has_a_case() -> None:
    assert {path.name[:7] for path in CASES.glob("trap-*.md")} == TRAPS


@pytest.fixture(scope="module")
def cheshire() -> tuple[Document, list[StatusClaim]]:
    """Return the shipped response with what the packaged reader reads in it."""
    text = (CORPUS / CHESHIRE).read_text("utf-8")
    return read_words(CHESHIRE, text)[0], claims_of(text, CHESHIRE)


def test_the_cheshire_response_has_seven_complete_and_two_in_progress_and_nothing_else(
    cheshire: tuple[Document, list[StatusClaim]],
) -> None:
    document, claims = cheshire
    complete = [claim for claim in claims if claim.status is Status.COMPLETE]
    in_progress = [claim for claim in claims if claim.status is Status.IN_PROGRESS]
    assert (len(complete), len(in_progress), len(claims)) == (7, 2, 9)
    bullets = [line[2:] for line in document.text.splitlines() if line.startswith("- ")]
    assert [claim.evidence[0].of(document.text) for claim in complete] == bullets
    assert all("are now completed" in claim.evidence[1].of(document.text) for claim in complete)
    assert [claim.matter for claim in in_progress] == [
        "the response to children who go missing from home",
        "the understanding of child sexual exploitation",
    ]


def test_right_judgements_of_the_cheshire_response_make_its_nine_claims() -> None:
    text = (CORPUS / CHESHIRE).read_text("utf-8")
    document, passages = read_words(CHESHIRE, text)
    bullets = [line[2:] for line in document.text.splitlines() if line.startswith("- ")]
    script = {bullet.split(". ")[0].rstrip("."): Says("complete") for bullet in bullets}
    claims = scripted({**script, "underway at pace": Says("in_progress")}).claims(document, passages)
    complete = [claim for claim in claims if claim.status is Status.COMPLETE]
    assert [claim.evidence[0].of(document.text) for claim in complete] == bullets
    assert [claim.matter for claim in claims if claim.status is Status.IN_PROGRESS] == [
        "the response to children who go missing from home",
        "the understanding of child sexual exploitation",
    ]


def test_the_claims_of_the_cheshire_response_are_the_commissioners(
    cheshire: tuple[Document, list[StatusClaim]],
) -> None:
    claims = cheshire[1]
    assert {claim.kind for claim in claims} == {MatterKind.IMPROVEMENT}
    assert {claim.said_by for claim in claims} == {Speaker.COMMISSIONER}
    assert {(claim.as_of, claim.as_of_from) for claim in claims} == {("2023-06-06", "report published")}


def test_the_cheshire_response_names_no_item() -> None:
    assert read_items(*read_words(CHESHIRE, (CORPUS / CHESHIRE).read_text("utf-8"))) == []


@cases("name", sorted(path.name for path in CASES.glob("*.md")))
def test_a_matter_and_its_evidence_stand_in_the_document_word_for_word(name: str) -> None:
    text = (CASES / name).read_text("utf-8").partition("\n=====\n")[2]
    document, _ = read_words(name, text)
    for claim in claims_of(text, name):
        assert (claim.document, claim.version) == (document.path, document.version)
        assert claim.matter in document.text.replace("\n", " ") or claim.number
        assert all(len(span) for span in claim.evidence)


def test_ids_are_the_same_at_every_reading_and_differ_from_each_other() -> None:
    text = HEAD + "The vans have been repaired.\n\n" * 3
    first, second = scripted_claims(text), scripted_claims(text)
    assert [claim.id for claim in first] == [claim.id for claim in second]
    assert len({claim.id for claim in first}) == len(first) == 3


def test_an_id_depends_on_the_document() -> None:
    text = f"{HEAD}The vans have been repaired.\n"
    assert scripted_claims(text, "a.md")[0].id != scripted_claims(text, "b.md")[0].id


def test_a_named_matter_that_nobody_answers_has_no_claim_and_is_listed() -> None:
    text = "# Netherby Police: the response\n\n## Recommendation 4\n\nForces should count their dogs.\n"
    assert scripted_claims(text) == []
    (item,) = read_items(*read_words("netherby.md", text))
    assert (item.kind, item.number) == (MatterKind.RECOMMENDATION, "4")
    assert item.words == "Forces should count their dogs"


WORD_OF_OTHERS = [
    "Neighbouring Loamshire tells me that its own store has been reorganised; I make no such claim.",
    "Loamshire says it has finished the store.",
    "The chair quoted the Loamshire Commissioner, who had told me that each recommendation was discharged.",
]
OWN_WORD = [
    "Netherby says its store has been reorganised.",
    "The Deputy Chief Constable told me that the store has been reorganised.",
    "Chief Constable Ann Barrow tells me that the store has been reorganised.",
]


@cases("sentence", WORD_OF_OTHERS)
def test_what_another_place_tells_of_itself_is_no_status_of_the_force(sentence: str) -> None:
    assert claims_of(f"# Netherby Police: the Commissioner's response\n\n{sentence}\n") == []


@cases("sentence", OWN_WORD)
def test_what_the_force_or_its_officers_tell_is_complete_or_left_unsaid(sentence: str) -> None:
    claims = claims_of(f"# Netherby Police: the Commissioner's response\n\n{sentence}\n")
    assert {claim.status for claim in claims} <= {Status.COMPLETE}
