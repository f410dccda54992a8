"""The claims that rules read in a batch, what an encoder makes of each, and which of them are right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from askpcc.app.flows import build_embedder, build_reader
from askpcc.chunking import split
from askpcc.model import ReaderInput, Source, Status
from askpcc.ports import Vector
from askpcc.reader.heads import HEADS
from askpcc.settings import read_settings
from askpcc.statuses.agreement import DONE, AgreedClaims, mean_the_same
from training.batches import Batch
from training.judge import Judge


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim of the rules.  chance: as the encoder sees it.  right: a label that it touches says so too."""

    status: Status
    chance: float
    right: bool

    @property
    def is_done(self) -> bool:
        """Tell whether it says that something is done."""
        return self.status in DONE


class EncoderScorer:
    """An encoder that was taught, as the product asks it."""

    fingerprint = "taught"

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return the scores of all heads side by side."""
        heads = self._judge.score(cases)
        return list(np.hstack([heads[name] for name in HEADS]).astype(np.float32))


def judge_claims(judge: Judge, batch: Batch) -> Iterator[ReadClaim]:
    """Yield the claims of a batch that the encoder has a say in; those of columns it has not."""
    reader = AgreedClaims(EncoderScorer(judge), {})
    read, embedder = build_reader(), build_embedder(read_settings({}))
    for name in sorted(batch.texts):
        document = read(name, (batch.folder / "docs" / name).read_bytes(), Source())
        passages = split(document, embedder.count_tokens, embedder.max_tokens)
        labels = [claim for claim in batch.claims if claim["doc"] == name]
        for claim, chance in reader.judge(document, passages):
            if chance is not None:
                cited = [(span.start, span.end) for span in claim.evidence]
                told = {
                    label["status"]
                    for label in labels
                    for words in label["evidence"]
                    if (place := batch.find(name, words)) and _touch(place, cited)
                }
                yield ReadClaim(claim.status, chance, not told.isdisjoint(mean_the_same(claim.status)))


def _touch(place: tuple[int, int], cited: Sequence[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in cited)
