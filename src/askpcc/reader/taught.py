"""The taught reader: which of the sentences that were found answer a question, and whether any does."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from askpcc.errors import ReaderError
from askpcc.model import Question, Ranked, ReaderInput, Reading, Task
from askpcc.ports import CaseScorer
from askpcc.reader.cases import KINDS, answer_input, head, write_asked

WEIGHTS_FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class LinearJudge:
    """A logistic regression: named features become log-odds.

    means, scales: of each feature over the cases that it was fitted on.
    """

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def judge(self, features: Mapping[str, float]) -> float:
        """Return the log-odds; a feature that is not given counts as 0."""
        parts = zip(self.names, self.means, self.scales, self.weights, strict=True)
        return self.bias + sum(
            weight * (features.get(name, 0.0) - mean) / scale for name, mean, scale, weight in parts
        )


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """What was fitted on batches that the encoder was not taught with.

    sentence: whether a sentence answers.  question: whether any does.  limits: the least chances at which
    something is said, by name.
    """

    sentence: LinearJudge
    question: LinearJudge
    limits: Mapping[str, float]


def load_weights(folder: Path) -> ReaderWeights:
    """Read the weights of a reader's folder; raises ReaderError where they cannot be used."""
    file = folder / WEIGHTS_FILE
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return ReaderWeights(_linear(held["sentence"]), _linear(held["question"]), dict(held["limits"]))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ReaderError(
            f"The reader's weights {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc


def _linear(held: Mapping[str, Any]) -> LinearJudge:
    means, scales, weights = (tuple(map(float, held[name])) for name in ("means", "scales", "weights"))
    return LinearJudge(tuple(held["names"]), means, scales, weights, float(held["bias"]))


def chance(log_odds: float) -> float:
    """Return log-odds as a chance from 0 to 1."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


ANSWERED = "answered"
"""The limit below which a question counts as one that the documents do not answer."""

BESIDE = "beside"
"""The limit for a further sentence: the least share of the best one's chance."""

READ = 24
"""Sentences that are read of each question."""

_LIKELY = 3
"""Of the likeliest sentences, those among which one that bears a status counts for a question of one."""


class TaughtReader:
    """Reads with a taught encoder and weights over what the ranking sees."""

    def __init__(self, scorer: CaseScorer, weights: ReaderWeights) -> None:
        self._scorer = scorer
        self._weights = weights

    @property
    def fingerprint(self) -> str:
        """Return the encoder's."""
        return self._scorer.fingerprint

    @property
    def limits(self) -> Mapping[str, float]:
        """Return the least chances at which something is said."""
        return self._weights.limits

    def read_question(self, question: Question, found: Sequence[Ranked]) -> Reading:
        """Judge the best sentences; what is beyond them is not read."""
        best = list(found[:READ])
        asked = ReaderInput(Task.ASKS, write_asked(question.words, question.history))
        scores = self._scorer.score([asked, *(answer_input(question, one.sentence) for one in best)])
        kind = KINDS[int(head(scores[0], "kind").argmax())]
        read = [
            sentence_features(one, place, *(float(head(row, name)[0]) for name in ("answers", "speaks")))
            for place, (one, row) in enumerate(zip(best, scores[1:], strict=True))
        ]
        odds = [self._weights.sentence.judge(features) for features in read]
        order = sorted(range(len(best)), key=lambda place: -odds[place])
        ranked = tuple(
            replace(
                best[place], score=odds[place], parts={**best[place].parts, "answers": read[place]["answers"]}
            )
            for place in order
        )
        if not ranked:
            return Reading((), 0.0, kind)
        whole = question_features([read[place] for place in order])
        return Reading(ranked, chance(self._weights.question.judge(whole)), kind)


def sentence_features(found: Ranked, place: int, answers: float, speaks: float) -> dict[str, float]:
    """Return what is known of a sentence: the ranking's parts, its sums, and the encoder's scores.

    place: in the first ranking, from 0.
    """
    return {
        **found.parts,
        "score": found.score,
        "answers": answers,
        "speaks": speaks,
        "place": 1 / (1 + place),
    }


def question_features(read: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return what is known of a question from its sentences, the likeliest first."""
    return {
        "most": max(features["answers"] for features in read),
        "coverage": read[0].get("coverage", 0.0),
        "claim": max(features.get("claim", 0.0) for features in read[:_LIKELY]),
    }
