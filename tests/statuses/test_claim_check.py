"""The second opinion on claims, with the package's encoder: what it lets stand and what it does not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from askpcc.adapters.taught_encoder import OnnxScorer, packaged_reader
from askpcc.model import ReaderInput
from askpcc.ports import Vector
from askpcc.reader.cases import Subject
from askpcc.statuses.claim_check import claim_inputs, load_claim_check
from training.batches import Batch
from training.claims import make_claims

EXAMS = Path(__file__).parents[2] / "training" / "exams"
RIGHT, OTHER, SEEMING = "right", "other status", "a sentence that only looks like a status"
EXAM = Batch("ac", EXAMS / "ac")
"""One that neither the package's encoder was taught with nor the check fitted on."""


@dataclass
class Known:
    """Gives scores that were worked out together, since each case is asked for with several statuses."""

    scores: Mapping[ReaderInput, Vector]
    fingerprint: str = "known"

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return what is known."""
        return [self.scores[case] for case in cases]


@pytest.fixture(scope="module")
def shares() -> dict[str, float]:
    """Return which share of each kind of claim on a batch is refused."""
    claims = list(make_claims(EXAM))
    encoder = OnnxScorer(packaged_reader(), Subject.STATUSES)
    asked = (view for one in claims for view in claim_inputs(one.portion, one.cited, one.matter))
    cases = list(dict.fromkeys(asked))
    check = load_claim_check(Known(dict(zip(cases, encoder.score(cases), strict=True))))
    every, refused = Counter[str](), Counter[str]()
    for claim in claims:
        kind = claim.kind if claim.kind in {RIGHT, OTHER} else SEEMING
        every[kind] += 1
        refused[kind] += not check.bears_out(claim.portion, claim.cited, claim.matter, claim.status)
    return {kind: refused[kind] / every[kind] for kind in every}


def test_few_right_claims_are_refused(shares: dict[str, float]) -> None:
    assert shares[RIGHT] <= 0.03


@pytest.mark.parametrize(("kind", "least"), [(OTHER, 0.75), (SEEMING, 0.7)])
def test_most_claims_that_only_seem_right_are_refused(
    shares: dict[str, float], kind: str, least: float
) -> None:
    assert shares[kind] >= least
