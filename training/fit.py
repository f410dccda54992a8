"""Weights and limits of the reader, fitted on batches that its encoder was not taught with."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from askpcc.asking.ranking import WEIGHTS
from askpcc.reader.heads import STATUSES
from askpcc.reader.limits import LIMITS_FILE
from askpcc.reader.taught import ANSWERED, BESIDE, WEIGHTS_FILE, LinearJudge, chance, question_features
from askpcc.statuses.agreement import DONE
from training.claims import ReadClaim
from training.judge import Features, ReadQuestion

_OF_SENTENCE = (*WEIGHTS, "score", "coverage", "answers", "speaks", "place")
_OF_QUESTION = ("most", "mean", "drop", "odds", "margin", "first", "coverage", "similarity", "score")
_INVERSE_PENALTY, _ITERATIONS = 0.3, 3000
_LEAST_SCALE = 1e-6
"""A feature that varies less tells nothing, and is left out."""

_COST_OF_WRONG = 2.0
"""What an answer to a question without one costs, in questions that are wrongly left unanswered."""
_ANSWERED_LIMITS = np.linspace(0.05, 0.95, 91)

_COST_OF_DONE, _COST_OF_OTHER = 1.0, 0.25
"""What a wrong claim that is kept costs, in right ones that are not: what is done ends up in print.

With a cost of 2 or more the limit rises to .7, and plain statements of a few words are lost.
"""

_AGREED_LIMITS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""A few hundred claims do not tell finer steps apart."""

_BESIDE_SHARE = 0.5
"""Of the best sentence's chance; a further one below it was right in fewer than one case in four."""


@dataclass(frozen=True, slots=True)
class Judges:
    """What is fitted.  sentence: whether it answers.  question: whether any sentence does."""

    sentence: LinearJudge
    question: LinearJudge

    def answered(self, read: ReadQuestion) -> float:
        """Return the chance that a question is answered."""
        return chance(self.question.judge(_describe(read, self.sentence)))


def fit_judges(read: Sequence[ReadQuestion]) -> Judges:
    """Fit both; a sentence's on the questions that have an answer among their candidates."""
    held = [one for one in read if one.answerable and any(one.labels)]
    sentence = _fit(
        [features for one in held for features in one.features],
        [label for one in held for label in one.labels],
        _OF_SENTENCE,
    )
    found = [one for one in read if one.features]
    described = [_describe(one, sentence) for one in found]
    return Judges(sentence, _fit(described, [one.answerable for one in found], _OF_QUESTION))


def _describe(read: ReadQuestion, sentence: LinearJudge) -> Features:
    """Return what is known of a question, as the reader knows it."""
    odds = [sentence.judge(features) for features in read.features]
    order = sorted(range(len(odds)), key=lambda place: -odds[place])
    return question_features([read.features[place] for place in order], [odds[place] for place in order])


def _fit(rows: Sequence[Features], labels: Sequence[bool], names: Sequence[str]) -> LinearJudge:
    """Fit a logistic regression over named features."""
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    means, scales = x.mean(0), x.std(0)
    kept = scales > _LEAST_SCALE
    x, means, scales = x[:, kept], means[kept], scales[kept]
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=_ITERATIONS).fit((x - means) / scales, labels)
    named = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    return LinearJudge(named, tuple(means), tuple(scales), tuple(model.coef_[0]), float(model.intercept_[0]))


def choose_answered(read: Sequence[ReadQuestion], judges: Judges) -> float:
    """Return the least chance of an answer that costs least."""
    told = [(judges.answered(one), one.answerable) for one in read if one.features]

    def cost(limit: float) -> float:
        wrong = sum(not answerable and sure >= limit for sure, answerable in told)
        silent = sum(answerable and sure < limit for sure, answerable in told)
        return _COST_OF_WRONG * wrong + silent

    return round(float(min(_ANSWERED_LIMITS, key=cost)), 3)


def choose_agreed(read: Sequence[ReadClaim]) -> dict[str, float]:
    """Return for each status the least chance that costs least; one for what is done, one for all others."""
    done = _cheapest([claim for claim in read if claim.is_done], _COST_OF_DONE)
    other = _cheapest([claim for claim in read if not claim.is_done], _COST_OF_OTHER)
    return {status: done if status in DONE else other for status in STATUSES[1:]}


def _cheapest(read: Sequence[ReadClaim], cost_of_wrong: float) -> float:
    """Return the least chance with which wrong claims that are kept and right ones that go cost least."""

    def cost(limit: float) -> float:
        wrong = sum(claim.chance >= limit and not claim.right for claim in read)
        lost = sum(claim.chance < limit and claim.right for claim in read)
        return cost_of_wrong * wrong + lost

    return min(_AGREED_LIMITS, key=cost)


def write_weights(folder: Path, questions: Sequence[ReadQuestion], claims: Sequence[ReadClaim]) -> None:
    """Write weights.json and limits.json."""
    judges = fit_judges(questions)
    answered = {ANSWERED: choose_answered(questions, judges), BESIDE: _BESIDE_SHARE}
    weights = {"sentence": asdict(judges.sentence), "question": asdict(judges.question), "limits": answered}
    agreed = choose_agreed(claims)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS_FILE).write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    (folder / LIMITS_FILE).write_text(json.dumps({"agreed": agreed}, indent=1) + "\n", encoding="utf-8")
    print("limits:", json.dumps({**answered, **agreed}), flush=True)
