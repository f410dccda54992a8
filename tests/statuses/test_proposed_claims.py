"""What a language model reads becomes a finding only where the document bears it out."""

import pytest

from askpcc.model import Document, ProposedClaim, Speaker, Status
from askpcc.reader.taught import LinearJudge
from askpcc.statuses import ClaimProof, Portion, read_portions
from askpcc.statuses.claim_check import ClaimCheck
from askpcc.statuses.findings import Finding
from support.scripted_reader import ScriptedScorer
from support.status_cases import read_words

HEAD = "# Netherby Police: the Commissioner's response\n\nDated 3 May 2031.\n\n"
BELIEVES = ClaimCheck(ScriptedScorer({}), LinearJudge((), (), (), (), 0.0), 0.0)
DOUBTS = ClaimCheck(ScriptedScorer({}), LinearJudge((), (), (), (), 0.0), 1.0)


class Read:
    """A document's last portion, and what is claimed of it by the words of its sentences."""

    def __init__(self, text: str, check: ClaimCheck = BELIEVES, path: str = "netherby.md") -> None:
        self.document: Document
        self.document, passages = read_words(path, HEAD + text)
        self.portion: Portion = read_portions(self.document, passages)[-1]
        self.proof = ClaimProof.of(self.document, passages, check)

    def number(self, words: str) -> int:
        """Return the number of the sentence that holds words."""
        return next(n for n, place in enumerate(self.portion.places, 1) if words in place.words)

    def find(
        self,
        matter: str,
        *said: str,
        status: str = "complete",
        reference: str = "",
        by: Speaker | None = None,
    ) -> Finding | None:
        """Claim that sentences which hold these words give a matter a status."""
        numbers = tuple(self.number(words) for words in said)
        return self.proof.find(self.portion, ProposedClaim(matter, Status(status), numbers, reference, by))

    def evidence(self, finding: Finding | None) -> list[str]:
        """Return the words of a finding's evidence."""
        assert finding is not None
        return [span.of(self.document.text) for span in finding.evidence]


VANS = "## Fleet\n\nThe vans have been repaired. The dogs are asleep.\n"


def test_the_evidence_is_the_sentences_as_they_stand() -> None:
    read = Read(VANS)
    assert read.evidence(read.find("The vans", "repaired")) == ["The vans have been repaired."]


@pytest.mark.parametrize("numbers", [(), (0,), (99,), (-1,), (2, 99), tuple(range(1, 40))])
def test_sentences_that_are_not_there_bear_nothing_out(numbers: tuple[int, ...]) -> None:
    read = Read(VANS)
    assert read.proof.find(read.portion, ProposedClaim("The vans", Status.COMPLETE, numbers)) is None


@pytest.mark.parametrize("matter", ["The helicopter", "", "   ", "vans have", "van" * 200])
def test_a_matter_that_does_not_stand_there_word_for_word_is_none(matter: str) -> None:
    found = Read(VANS).find(matter, "repaired")
    assert (found is not None) is (matter == "vans have")


def test_a_heading_can_name_the_matter() -> None:
    assert Read(VANS).find("Fleet", "repaired") is not None


def test_what_the_encoder_doubts_is_no_finding() -> None:
    assert Read(VANS, DOUBTS).find("The vans", "repaired") is None


def test_not_stated_is_no_claim() -> None:
    assert Read(VANS).find("The vans", "repaired", status="not_stated") is None


LIST = (
    "The vans come first.\n\n"
    + "".join(f"Line {n} is about horses.\n\n" for n in range(6))
    + "All is done.\n"
)


def test_a_matter_named_long_before_is_not_what_a_sentence_speaks_of() -> None:
    assert Read(LIST).find("The vans", "All is done", "The vans") is None


def test_a_matter_named_shortly_before_is() -> None:
    assert Read(LIST).find("horses", "All is done", "Line 4") is not None


def test_a_list_takes_its_status_from_what_introduces_it() -> None:
    read = Read("These are done:\n\n- the vans\n- the dogs\n- the cats\n- the mice\n- the birds\n")
    assert read.find("the birds", "These are done", "the birds") is not None


NUMBERED = "## Recommendation 4: the vans\n\nThey have been repaired.\n"


def test_a_number_that_the_document_gives_makes_it_that_matter() -> None:
    found = Read(NUMBERED).find("the vans", "repaired", reference="Recommendation 4")
    assert found is not None
    assert [item.number for item in found.items] == ["4"]


def test_a_number_that_the_document_does_not_give_is_left_out() -> None:
    found = Read(NUMBERED).find("the vans", "repaired", reference="Recommendation 9")
    assert found is not None
    assert found.items == ()


ROWS = (
    "| No | Matter | Status |\n|---|---|---|\n"
    "| 1 | Repair of vans | Complete |\n| 2 | Feeding of dogs | Not started |\n"
)


def test_a_cell_that_says_too_little_alone_is_quoted_with_its_row() -> None:
    read = Read(ROWS)
    assert read.evidence(read.find("Repair of vans", "Complete", "Repair of vans")) == [
        "1 | Repair of vans | Complete"
    ]


def test_a_row_is_the_matter_that_its_table_names() -> None:
    found = Read(ROWS).find("Repair of vans", "Complete")
    assert found is not None
    assert [item.number for item in found.items] == ["1"]


def test_the_matter_of_another_row_is_not_this_ones() -> None:
    many = ROWS + "".join(f"| {n} | Matter of {n} | Open |\n" for n in range(3, 9))
    assert Read(many).find("Matter of 8", "Complete") is None


def test_only_words_of_closing_close() -> None:
    found = Read(VANS).find("The vans", "repaired", status="closed", by=Speaker.INSPECTORATE)
    assert found is not None
    assert (found.status, found.said_by) == (Status.COMPLETE, Speaker.COMMISSIONER)


def test_the_inspectorates_closing_is_its_own() -> None:
    found = Read("HMICFRS closed the matter of the vans.\n").find("the vans", "closed", status="closed")
    assert found is not None
    assert (found.status, found.said_by) == (Status.CLOSED, Speaker.INSPECTORATE)


def test_the_speaker_is_the_models_where_it_tells_one() -> None:
    found = Read(VANS).find("The vans", "repaired", by=Speaker.FORCE)
    assert found is not None
    assert found.said_by is Speaker.FORCE


def test_dates_are_read_out_of_the_sentences() -> None:
    found = Read("The vans will be repaired by June 2031.\n").find("The vans", "repaired", status="planned")
    assert found is not None
    assert found.due == "2031-06"
