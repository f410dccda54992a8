"""Whether words say what a language model reads out of them, as far as the taught encoder can tell."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from askpcc.errors import ReaderError
from askpcc.model import ReaderInput, Status
from askpcc.ports import CaseScorer
from askpcc.reader.cases import (
    NONE,
    STATUSES,
    Extent,
    Mode,
    read_status,
    status_chances,
    status_input,
    write_around,
)
from askpcc.reader.taught import LinearJudge, chance, read_linear
from askpcc.statuses.portions import PlacedSentence, Portion

if TYPE_CHECKING:
    from askpcc.ports import Vector

CHECK_FILE = "claims.json"
_DONE = (Status.COMPLETE, Status.CLOSED)
_LEAST_CHANCE = 1e-4
"""Below it an encoder's chances differ by nothing that can be told."""


def claim_inputs(portion: Portion, cited: Sequence[PlacedSentence], matter: str) -> list[ReaderInput]:
    """Return three views of a claim: its telling sentence with the matter and without, and all together."""
    telling = cited[0]
    around = write_around(telling.lead, portion.titles, "")
    together = " ".join(place.words for place in cited)
    return [
        status_input(matter, telling.words, around),
        status_input("", telling.words, around),
        status_input(matter, together, around),
    ]


def claim_features(scores: Sequence["Vector"], status: Status, telling: PlacedSentence) -> dict[str, float]:
    """Return what tells whether a claim is right.  scores: of its views, as claim_inputs has them."""
    features: dict[str, float] = {}
    for view, score in enumerate(scores):
        chances = dict(zip(STATUSES, status_chances(score), strict=True))
        alike = _DONE if status in _DONE else (status,)
        own = float(sum(chances[one] for one in alike))
        other = float(max(told for name, told in chances.items() if name != NONE and name not in alike))
        for name, told in (("own", own), ("none", float(chances[NONE])), ("other", other)):
            features[f"{name} {view}"] = math.log(told + _LEAST_CHANCE)
    views = range(len(scores))
    features["best own"] = max(features[f"own {view}"] for view in views)
    features["least none"] = min(features[f"none {view}"] for view in views)
    features["least other"] = min(features[f"other {view}"] for view in views)
    judged = read_status(scores[0])
    features |= {f"mode {mode}": float(judged.mode is mode) for mode in Mode}
    features |= {f"status {name}": float(status == name) for name in STATUSES[1:]}
    part = judged.extent is Extent.PART
    said = telling.utterance
    return features | {
        "part": float(part),
        "part told as done": float(part and status in _DONE),
        "silent": float(said.silent),
        "heading": float(said.line.is_heading),
        "row": float(telling.row > 0),
    }


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A second opinion on claims, taught with sentences that say a status and with those that only seem to.

    least: the chance that a claim must have; 97 of 100 right ones have it.
    """

    scorer: CaseScorer
    judge: LinearJudge
    least: float

    @property
    def fingerprint(self) -> str:
        """Return what tells this check from others fitted with the same encoder."""
        return f"check {sum(self.judge.weights) + self.judge.bias:.6f} {self.least:.6f}"

    def bears_out(
        self, portion: Portion, cited: Sequence[PlacedSentence], matter: str, status: Status
    ) -> bool:
        """Tell whether sentences of a portion may well say this of a matter; the telling one comes first."""
        scores = self.scorer.score(claim_inputs(portion, cited, matter))
        return chance(self.judge.judge(claim_features(scores, status, cited[0]))) >= self.least


def load_claim_check(scorer: CaseScorer) -> ClaimCheck:
    """Return the check that is installed with this package; raises ReaderError where it is damaged."""
    file = resources.files("askpcc") / "data" / "reader" / CHECK_FILE
    try:
        held: Mapping[str, object] = json.loads(file.read_text(encoding="utf-8"))
        return ClaimCheck(scorer, read_linear(held["judge"]), float(held["least"]))  # type: ignore[arg-type]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ReaderError(
            f"The reader's check of claims {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc
