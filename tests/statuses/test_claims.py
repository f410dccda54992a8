"""What documents say has become of a matter is read with the words that say so, and nothing else is."""

from pathlib import Path

from askpcc.model import MatterKind, Speaker, Status
from askpcc.statuses import read_items
from support.cases import cases
from support.status_cases import CASES, claims_of, read_case, read_words, show

CORPUS = Path(__file__).parents[2] / "corpus"
CHESHIRE = "cheshire-child-protection-post-inspection-review-2023.md"
TRAPS = {f"trap-{number:02}" for number in range(1, 17)}


@cases("name", sorted(path.name for path in CASES.glob("*.md")))
def test_a_document_makes_exactly_the_claims_of_its_case(name: str) -> None:
    expected, document, claims = read_case(name)
    assert list(show(document, claims)) == expected


def test_each_trap_of_the_field_has_a_case() -> None:
    assert {path.name[:7] for path in CASES.glob("trap-*.md")} == TRAPS


def test_the_cheshire_response_has_seven_complete_and_two_in_progress_and_nothing_else() -> None:
    document, split = read_words(CHESHIRE, (CORPUS / CHESHIRE).read_text("utf-8"))
    claims = claims_of(document.text, CHESHIRE)
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
    assert {claim.kind for claim in claims} == {MatterKind.IMPROVEMENT}
    assert {claim.said_by for claim in claims} == {Speaker.COMMISSIONER}
    assert {(claim.as_of, claim.as_of_from) for claim in claims} == {("2023-06-06", "report published")}
    assert read_items(document, split) == []


def test_a_matter_and_its_evidence_stand_in_the_document_word_for_word() -> None:
    for name in sorted(path.name for path in CASES.glob("*.md")):
        _, document, claims = read_case(name)
        for claim in claims:
            assert (claim.document, claim.version) == (document.path, document.version)
            assert claim.matter in document.text.replace("\n", " ") or claim.matter.startswith("recommend")
            assert all(len(span) for span in claim.evidence)


def test_ids_are_the_same_at_every_reading_and_differ_from_each_other() -> None:
    text = "# Netherby Police: the Commissioner's response\n\n" + "The vans have been repaired.\n\n" * 3
    first, second = claims_of(text), claims_of(text)
    assert [claim.id for claim in first] == [claim.id for claim in second]
    assert len({claim.id for claim in first}) == len(first) == 3


def test_an_id_depends_on_the_document() -> None:
    text = "# Netherby Police: the Commissioner's response\n\nThe vans have been repaired.\n"
    assert claims_of(text, "a.md")[0].id != claims_of(text, "b.md")[0].id


def test_a_recommendation_gives_its_claims_addressee_and_due_date() -> None:
    text = (
        "# Netherby Police: the Commissioner's response\n\n"
        "**Recommendation 4: by 31 May 2024, chief constables should count their dogs.**\n\n"
        "The dogs are being counted.\n"
    )
    (claim,) = claims_of(text)
    assert (claim.number, claim.due, claim.addressee) == ("4", "2024-05-31", "chief constables")


def test_a_named_matter_that_nobody_answers_has_no_claim_and_is_listed() -> None:
    text = "# Netherby Police: the response\n\n## Recommendation 4\n\nForces should count their dogs.\n"
    assert claims_of(text) == []
    (item,) = read_items(*read_words("netherby.md", text))
    assert (item.kind, item.number) == (MatterKind.RECOMMENDATION, "4")
    assert item.words == "Forces should count their dogs"


def test_the_inspectorates_own_pages_claim_only_what_it_closed() -> None:
    text = (
        "# Report on an inspection visit to Netherby Police\n\nPublished on: 19 September 2023\n\n"
        "HMICFRS inspected the force. We found that vans have been repaired. Training has been delivered.\n\n"
        "HMICFRS has closed the cause of concern about vans.\n"
    )
    claims = claims_of(text, "hmicfrs-netherby-report.md")
    assert {claim.status for claim in claims} == {Status.CLOSED}


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
def test_what_the_force_or_its_officers_tell_is_read(sentence: str) -> None:
    (claim,) = claims_of(f"# Netherby Police: the Commissioner's response\n\n{sentence}\n")
    assert claim.status is Status.COMPLETE


@cases("dispute", ["I do not: two are broken.", "I disagree.", "I cannot yet, because two leak."])
@cases("view", ["regards this as complete", "considers this recommendation to be complete"])
def test_a_view_that_the_commissioner_disputes_is_the_forces_and_the_dispute_is_read(
    view: str, dispute: str
) -> None:
    asks = "**Recommendation 2: the force should mend the cells.**"
    text = (
        f"# Netherby Police: the Commissioner's response\n\n{asks}\n\nThe Chief Constable {view}. {dispute}\n"
    )
    assert [(claim.status, claim.said_by, claim.number) for claim in claims_of(text)] == [
        (Status.COMPLETE, Speaker.FORCE, "2"),
        (Status.IN_PROGRESS, Speaker.COMMISSIONER, "2"),
    ]


def test_agreement_with_a_view_is_no_dispute() -> None:
    text = "# Netherby Police: response\n\n**Recommendation 2: mend the cells.**\n\n"
    claims = claims_of(f"{text}The Chief Constable regards this as complete. I do.\n")
    assert [(claim.status, claim.said_by) for claim in claims] == [(Status.COMPLETE, Speaker.FORCE)]
