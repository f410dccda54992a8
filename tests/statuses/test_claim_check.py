"""The second opinion on claims, with the package's encoder: what it lets stand and what it does not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from askpcc.adapters.taught_encoder import OnnxScorer, packaged_reader
from askpcc.model import ReaderInput
from askpcc.ports import Vector
from askpcc.reader.cases import Subject
from askpcc.statuses.claim_check import claim_inputs, load_claim_check
from training.batches import ReadingSet
from training.claims import make_claims

BATCH = "m"
"""One that the package's encoder was not taught with."""


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
    claims = list(make_claims(ReadingSet().batch(BATCH)))
    encoder = OnnxScorer(packaged_reader(), Subject.STATUSES)
    asked = (view for one in claims for view in claim_inputs(one.portion, one.cited, one.matter))
    cases = list(dict.fromkeys(asked))
    check = load_claim_check(Known(dict(zip(cases, encoder.score(cases), strict=True))))
    every, refused = Counter[str](), Counter[str]()
    for claim in claims:
        every[claim.kind] += 1
        refused[claim.kind] += not check.bears_out(claim.portion, claim.cited, claim.matter, claim.status)
    return {kind: refused[kind] / every[kind] for kind in every}


def test_few_right_claims_are_refused(shares: dict[str, float]) -> None:
    assert shares["right"] <= 0.05


@pytest.mark.parametrize(
    ("kind", "least"), [("other status", 0.6), ("hope", 0.75), ("demand", 0.6), ("rule", 0.6)]
)
def test_most_claims_that_only_seem_right_are_refused(
    shares: dict[str, float], kind: str, least: float
) -> None:
    assert shares[kind] >= least
