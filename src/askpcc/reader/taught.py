"""The taught reader: which of the sentences that were found answer a question, and whether any does."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askpcc.errors import ReaderError
from askpcc.model import Question, Ranked, Reading, Sentence, Stated, Status
from askpcc.ports import CaseScorer
from askpcc.reader.cases import (
    STATUSES,
    Extent,
    Mode,
    answer_input,
    head,
    read_status,
    stated_chances,
    status_chances,
    status_input,
    write_surroundings,
)
from askpcc.text.words import plain

if TYPE_CHECKING:
    from askpcc.ports import Vector

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
        judges = read_linear(held["sentence"]), read_linear(held["question"])
        return ReaderWeights(*judges, dict(held["limits"]))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ReaderError(
            f"The reader's weights {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc


def read_linear(held: Mapping[str, Any]) -> LinearJudge:
    """Return a regression as a file holds it; raises KeyError, TypeError or ValueError for anything else."""
    means, scales, weights = (tuple(map(float, held[name])) for name in ("means", "scales", "weights"))
    return LinearJudge(tuple(held["names"]), means, scales, weights, float(held["bias"]))


def chance(log_odds: float) -> float:
    """Return log-odds as a chance from 0 to 1."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


ANSWERED = "answered"
"""The limit below which a question counts as one that the documents do not answer."""

BESIDE = "beside"
"""The limit for a further sentence: the least share of the best one's chance."""

STATED = "stated"
"""The limit for what a sentence says has become of what is asked."""

READ_STATED = 6
"""The likeliest sentences, of which it is read what they say has become of what is asked."""

SPEAKS = "speaks"
"""The part of a score that tells whether a sentence speaks of what is asked: above 0 it likelier does."""

READ = 24
"""Sentences that are read of each question, the best of the first ranking."""

READ_BESIDE = 8
"""Sentences that are read of further documents, so that a newer one or another side is not missed."""

_LOOKED_THROUGH, _OF_EACH = 40, 2
"""Sentences of the ranking among which those are looked for, and how many a document has then."""

_LIKELY = 3
"""Of the likeliest sentences, those among which one that bears a status counts for a question of one."""


class TaughtReader:
    """Reads with two taught encoders and weights over what the ranking sees.

    scorer: judges what answers.  statuses: the one that reads statuses, a second opinion on what is stated.
    """

    def __init__(self, scorer: CaseScorer, statuses: CaseScorer, weights: ReaderWeights) -> None:
        self._scorer = scorer
        self._statuses = statuses
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
        places = choose_read([one.sentence.passage.document for one in found])
        best = [found[place] for place in places]
        scores = self._scorer.score([answer_input(question, one.sentence) for one in best])
        read = [
            sentence_features(one, place, *(float(head(row, name)[0]) for name in ("answers", "speaks")))
            for place, one, row in zip(places, best, scores, strict=True)
        ]
        odds = [self._weights.sentence.judge(features) for features in read]
        order = sorted(range(len(best)), key=lambda place: -odds[place])
        ranked = tuple(
            replace(
                best[place],
                score=odds[place],
                parts={**best[place].parts, **{name: read[place][name] for name in ("answers", SPEAKS)}},
            )
            for place in order
        )
        if not ranked:
            return Reading((), 0.0)
        whole = question_features([read[place] for place in order])
        stated = self._read_stated({best[place].sentence: scores[place] for place in order[:READ_STATED]})
        return Reading(ranked, chance(self._weights.question.judge(whole)), stated)

    def _read_stated(self, scores: "Mapping[Sentence, Vector]") -> dict[Sentence, Stated]:
        cases = [status_input("", plain(one.quote), write_surroundings(one)) for one in scores]
        told = zip(scores.items(), self._statuses.score(cases), strict=True)
        return {sentence: judge_stated(own, second) for (sentence, own), second in told}


def choose_read(documents: Sequence[str]) -> list[int]:
    """Return the places of the sentences to read.  documents: of the ranked sentences, the best first."""
    chosen = list(range(min(READ, len(documents))))
    of_each = Counter(documents[:READ])
    for place, document in enumerate(documents[READ:_LOOKED_THROUGH], start=READ):
        if of_each[document] < _OF_EACH and len(chosen) < READ + READ_BESIDE:
            of_each[document] += 1
            chosen.append(place)
    return chosen


def judge_stated(own: "Vector", second: "Vector") -> Stated:
    """Return the likeliest status that a sentence gives to what is asked, were it to give one.

    own: scores of the encoder of questions.  second: of that of statuses, which does not see the question.
    The chance is the geometric mean of both: of the sentences that answer on plain documents nine in ten are
    right from .7 on, where either alone has eight.
    """
    both = (stated_chances(own)[1:] * status_chances(second)[1:]) ** 0.5
    best = int(both.argmax())
    status, sure = Status(STATUSES[1 + best]), float(both[best] / both.sum())
    judged = read_status(second)
    done = status in (Status.COMPLETE, Status.CLOSED)
    # What is hoped or asked for says nothing, what is denied or overtaken is not done, a part is no whole.
    hoped = judged.mode in (Mode.HOPED, Mode.ASKED)
    if hoped or (done and judged.mode not in (Mode.ASSERTED, Mode.REPORTED)):
        return Stated(status, 0.0)
    return Stated(Status.IN_PROGRESS if done and judged.extent is Extent.PART else status, sure)


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
