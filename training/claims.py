"""The check of what language models read for the register is fitted, and what it does is printed.

python -m training.claims      a minute; writes src/askpcc/data/reader/claims.json

It is fitted on the batches that the package's encoder was not taught with: each labelled claim is right, the
same with another status is wrong, and so is each sentence that only looks like a status.  What is printed is
of a batch that was left out each time.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from askpcc.adapters.taught_encoder import OnnxScorer, packaged_reader
from askpcc.model import Status
from askpcc.ports import CaseScorer
from askpcc.reader.cases import Subject
from askpcc.reader.taught import chance
from askpcc.statuses import Portion, read_portions
from askpcc.statuses.claim_check import CHECK_FILE, claim_features, claim_inputs
from askpcc.statuses.portions import PlacedSentence
from training.batches import Batch, ReadingSet
from training.fit import fit_linear
from training.folds import FOLDS
from training.labels import LabelledDocument, label_documents

_REFUSED = 0.03
"""The share of right claims that may be refused: some 600 are there to choose by."""
_DONE = {Status.COMPLETE, Status.CLOSED}
_TOLD_WRONGLY = (Status.COMPLETE, Status.IN_PROGRESS, Status.PLANNED, Status.ACCEPTED, Status.NOT_ACCEPTED)
"""What a sentence is claimed to say that says something else, or nothing; the others do little harm."""
_FEWEST_WORDS = 4
_WORDS_OF_MATTER = 6


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that a model could make.  kind: "right", "other status", or why its sentence only seems so."""

    portion: Portion
    cited: tuple[PlacedSentence, ...]
    matter: str
    status: Status
    kind: str


def make_claims(batch: Batch) -> Iterator[Claim]:
    """Yield right and wrong claims on the documents of a batch."""
    for labelled in label_documents(batch):
        portions = read_portions(labelled.document, labelled.passages)
        yield from _labelled(labelled, portions)
        yield from _seeming(batch, labelled, portions)


def _labelled(labelled: LabelledDocument, portions: Sequence[Portion]) -> Iterator[Claim]:
    for claim in labelled.claims:
        if claim.status == Status.NOT_STATED or not claim.places:
            continue
        for portion in portions:
            cited = tuple(
                place
                for start, end in claim.places
                for place in portion.places
                if place.span.start < end and start < place.span.end
            )
            if not cited:
                continue
            matter = str(claim.words["matter"])
            yield Claim(portion, cited, matter, Status(claim.status), "right")
            for status in _TOLD_WRONGLY:
                if status != claim.status and {status, claim.status} != _DONE:
                    yield Claim(portion, cited, matter, status, "other status")
            break


def _seeming(batch: Batch, labelled: LabelledDocument, portions: Sequence[Portion]) -> Iterator[Claim]:
    sentences = [
        (" ".join(one["sentence"].split()), str(one["why"]))
        for one in batch.distractors
        if one["doc"] == labelled.document.path
    ]
    for portion in portions:
        for place in portion.places:
            words = " ".join(place.span.of(labelled.document.text).split())
            if len(words.split()) < _FEWEST_WORDS:
                continue
            why = next((why for seeming, why in sentences if seeming in words or words in seeming), None)
            matter = " ".join(place.words.split()[:_WORDS_OF_MATTER])
            for status in _TOLD_WRONGLY if why else ():
                yield Claim(portion, (place,), matter, status, str(why))


def fit_check(reading: ReadingSet, batches: Sequence[str], folder: Path) -> None:
    """Fit the check with the encoder of a reader's folder, print what it does, and write it there."""
    scorer = OnnxScorer(folder, Subject.STATUSES)
    claims = {name: list(make_claims(reading.batch(name))) for name in batches}
    features = {name: _describe(held, scorer) for name, held in claims.items()}
    for left_out in claims:
        _report(left_out, claims, features)
    everything = [one for name in claims for one in features[name]]
    right = [one.kind == "right" for name in claims for one in claims[name]]
    judge = fit_linear(everything, right, list(everything[0]))
    chances = [chance(judge.judge(one)) for one, is_right in zip(everything, right, strict=True) if is_right]
    least = float(np.quantile(chances, _REFUSED))
    file = folder / CHECK_FILE
    file.write_text(json.dumps({"judge": asdict(judge), "least": least}, indent=1) + "\n", encoding="utf-8")
    print(f"written: {file.name}, least chance {least:.3f}")


def _describe(claims: Sequence[Claim], scorer: CaseScorer) -> list[dict[str, float]]:
    asked = [claim_inputs(one.portion, one.cited, one.matter) for one in claims]
    known = list(dict.fromkeys(view for views in asked for view in views))
    scores = dict(zip(known, scorer.score(known), strict=True))
    return [
        claim_features([scores[view] for view in views], one.status, one.cited[0])
        for views, one in zip(asked, claims, strict=True)
    ]


def _report(
    left_out: str, claims: dict[str, list[Claim]], features: dict[str, list[dict[str, float]]]
) -> None:
    others = [name for name in claims if name != left_out]
    if not others:
        return
    known = [one for name in others for one in features[name]]
    right = [one.kind == "right" for name in others for one in claims[name]]
    judge = fit_linear(known, right, list(known[0]))
    told = [chance(judge.judge(one)) for one, is_right in zip(known, right, strict=True) if is_right]
    least = np.quantile(told, _REFUSED)
    refused: dict[str, list[bool]] = {}
    for claim, feature in zip(claims[left_out], features[left_out], strict=True):
        refused.setdefault(claim.kind, []).append(bool(chance(judge.judge(feature)) < least))
    parts = (f"{kind} {sum(held)}/{len(held)}" for kind, held in sorted(refused.items()))
    print(f"batch {left_out}, refused: {', '.join(parts)}")


if __name__ == "__main__":
    fit_check(ReadingSet(), FOLDS[0].batches, packaged_reader())
