"""The statuses that the project's question set expects are read from its documents, and no others."""

import pytest

from askpcc.model import Document, Status, StatusClaim
from support.cases import cases
from support.question_set import CORPUS, Case, find_words, read_cases
from support.status_cases import read_claims, read_words

BEARING = [case for case in read_cases() if case.expected_status and case.document and case.evidence]
STATED = [case for case in BEARING if case.expected_status != Status.NOT_STATED]
NOT_STATED = [case for case in BEARING if case.expected_status == Status.NOT_STATED]
FAULTS = frozenset[str]()
"""Cases in which a status is still claimed where none is stated."""

CLAIMED = 0.66
"""As measured with the reader in the package."""
ASSERTS = {Status.COMPLETE, Status.CLOSED, Status.PLANNED, Status.ACCEPTED, Status.NOT_ACCEPTED}


def read_corpus() -> dict[str, tuple[Document, list[StatusClaim]]]:
    read = {path.name: read_words(path.name, path.read_text("utf-8")) for path in sorted(CORPUS.iterdir())}
    return {name: (document, read_claims(document, passages)) for name, (document, passages) in read.items()}


@pytest.fixture(scope="module")
def corpus() -> dict[str, tuple[Document, list[StatusClaim]]]:
    return read_corpus()


def claims_on(
    corpus: dict[str, tuple[Document, list[StatusClaim]]], place: tuple[str, str]
) -> list[StatusClaim]:
    """Return the claims whose evidence shares words with a piece of a case's evidence."""
    document, claims = corpus[place[0]]
    spans = find_words(document.text, place[1])
    return [
        claim
        for claim in claims
        if any(span.start < end and start < span.end for span in claim.evidence for start, end in spans)
    ]


def test_most_expected_statuses_are_claimed_on_their_evidence(
    corpus: dict[str, tuple[Document, list[StatusClaim]]],
) -> None:
    lost = [case.id for case in STATED if not _is_claimed(case, corpus)]
    assert 1 - len(lost) / len(STATED) >= CLAIMED, lost


def _is_claimed(case: Case, corpus: dict[str, tuple[Document, list[StatusClaim]]]) -> bool:
    own = [place for place in case.evidence if place[0] == case.document]
    statuses = {claim.status for place in own for claim in claims_on(corpus, place)}
    return Status(str(case.expected_status)) in statuses


@cases("case", NOT_STATED, ids=lambda case: case.id)
def test_nothing_is_claimed_where_no_status_is_stated(
    case: Case, corpus: dict[str, tuple[Document, list[StatusClaim]]]
) -> None:
    main = case.evidence[0]
    firsts = [claim for claim in claims_on(corpus, main) if _rests_on(corpus, claim, main)]
    claimed = bool(ASSERTS & {claim.status for claim in firsts})
    assert claimed is (case.id in FAULTS)


def _rests_on(
    corpus: dict[str, tuple[Document, list[StatusClaim]]], claim: StatusClaim, place: tuple[str, str]
) -> bool:
    """Tell whether a claim's most telling words are at a place, not only the words that introduce them."""
    spans = find_words(corpus[place[0]][0].text, place[1])
    first = claim.evidence[0]
    return any(first.start < end and start < first.end for start, end in spans)
