"""Weights and limits of the reader, fitted on batches that its encoder was not taught with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from askpcc.asking.ranking import load_ranking
from askpcc.model import Status
from askpcc.reader.cases import STATUSES
from askpcc.reader.taught import (
    ANSWERED,
    BESIDE,
    STATED,
    WEIGHTS_FILE,
    LinearJudge,
    chance,
    question_features,
)
from training.judge import Features, Floats, ReadDocument, ReadQuestion

LIMITS_FILE = "limits.json"

_BESIDE_RANKING = ("claim", "score", "answers", "speaks", "place")
_OF_QUESTION = ("most", "coverage", "claim")
"""What sentences behind the likeliest say is left out: in a small corpus they say nothing of the matter.

With it the area under the curve is .75 on e, l and m instead of .74, and a corpus of a page gives no answer.
Similarities are left out too: another embedding model has others.
"""
_DONE = (Status.COMPLETE, Status.CLOSED)
_INVERSE_PENALTY, _ITERATIONS = 0.3, 3000
_LISTWISE_PENALTY, _LISTWISE_ITERATIONS = 3e-3, 100
LEAST_SCALE = 1e-6
"""A feature that varies less tells nothing, and is left out."""

_MOST_SILENT = 0.065
"""The share of answerable questions that may be left unanswered: "the documents do not say" can be wrong too.

A limit chosen by costs jumps from .47 to .64 between a cost of 1.3 and 1.4 for an answer where there is none.
"""

_PRECISION_OF_DONE, _PRECISION_OF_OTHERS = 0.72, 0.70
"""How often rows must be right from a limit on, those that say complete or closed and all others.

Of done ones no limit reaches .92 on batches e, l and m, which are written to be misread: .70 are right from
.55, .75 from .80, .85 from .89, with a third of the rows.  On plainer documents this one comes to .90.
"""
_LEAST_LIMIT, _MOST_LIMIT = 0.4, 0.97
_FEWEST = 8
"""Readings above a limit, fewer than which tell nothing of its precision."""

_BESIDE_SHARE = 0.3
"""Of the best sentence's chance.

On batch m, 144 of 264 answerable questions have their evidence cited with it, 129 with 0.5.
"""


_STATED = 0.6
"""The least chance at which it is said what a sentence says has become of what is asked.

Of sentences that answer, 144 of 168 are right from here on e, l and m, and 54 of 57 on plainer documents;
from .5 on 164 of 202 and 57 of 61, from .7 on 129 of 144 and 46 of 49.
"""


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
    sentence = _fit_sentence([one for one in read if one.answerable and any(one.labels)])
    found = [one for one in read if one.features]
    described = [_describe(one, sentence) for one in found]
    return Judges(sentence, fit_linear(described, [one.answerable for one in found], _OF_QUESTION))


def _fit_sentence(held: Sequence[ReadQuestion]) -> LinearJudge:
    """Fit what tells a question's answer from its other sentences, then what chance that makes of it."""
    names = (*load_ranking(), *_BESIDE_RANKING)
    rows = [tabulate(one.features, names) for one in held]
    means, scales = np.concatenate(rows).mean(0), np.concatenate(rows).std(0)
    kept = scales > LEAST_SCALE
    rows = [((table - means) / np.where(kept, scales, 1.0))[:, kept] for table in rows]
    labels = [np.array(one.labels) for one in held]
    weights = fit_listwise(rows, labels)
    told = np.concatenate(rows) @ weights
    calibrated = LogisticRegression().fit(told[:, None], np.concatenate(labels))
    slope, bias = float(calibrated.coef_[0, 0]), float(calibrated.intercept_[0])
    named = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    return LinearJudge(named, tuple(means[kept]), tuple(scales[kept]), tuple(slope * weights), bias)


def tabulate(features: Sequence[Features], names: Sequence[str]) -> Floats:
    """Return named features as a table; one that is not given is 0."""
    return np.array([[each.get(name, 0.0) for name in names] for each in features])


def fit_listwise(rows: Sequence[Floats], labels: Sequence[NDArray[np.bool_]]) -> Floats:
    """Return the weights under which the likeliest of each list is one that is labelled.

    rows: a table a list.  The loss is the log of the chance that a softmax over the list gives
    to all that are labelled, negated, with a penalty.
    """
    lists = [
        (torch.tensor(table), torch.tensor(right))
        for table, right in zip(rows, labels, strict=True)
        if right.any() and not right.all()
    ]
    weights = torch.zeros(rows[0].shape[1], dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=_LISTWISE_ITERATIONS, line_search_fn="strong_wolfe")

    def find_loss() -> torch.Tensor:
        optimizer.zero_grad()
        told = [(table @ weights, right) for table, right in lists]
        each = [scores.logsumexp(0) - scores[right].logsumexp(0) for scores, right in told]
        loss = torch.stack(each).mean() + _LISTWISE_PENALTY * weights.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]  # of torch
        return loss

    optimizer.step(find_loss)  # type: ignore[no-untyped-call]  # of torch
    return weights.detach().numpy()


def _describe(read: ReadQuestion, sentence: LinearJudge) -> Features:
    """Return what is known of a question, as the reader knows it."""
    odds = [sentence.judge(features) for features in read.features]
    order = sorted(range(len(odds)), key=lambda place: -odds[place])
    return question_features([read.features[place] for place in order])


def fit_linear(rows: Sequence[Features], labels: Sequence[bool], names: Sequence[str]) -> LinearJudge:
    """Fit a logistic regression over named features."""
    x = tabulate(rows, names)
    means, scales = x.mean(0), x.std(0)
    kept = scales > LEAST_SCALE
    x, means, scales = x[:, kept], means[kept], scales[kept]
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=_ITERATIONS).fit((x - means) / scales, labels)
    named = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    return LinearJudge(named, tuple(means), tuple(scales), tuple(model.coef_[0]), float(model.intercept_[0]))


def choose_answered(read: Sequence[ReadQuestion], judges: Judges) -> float:
    """Return the chance that all but a few reach of the answerable questions for which anything was found."""
    chances = [judges.answered(one) for one in read if one.features and one.answerable]
    return round(float(np.quantile(chances, _MOST_SILENT)), 3)


def choose_status_limits(read: Sequence[ReadDocument]) -> dict[str, float]:
    """Return the least chance of each status at which rows are right as often as they have to be.

    One for what is done and one for all others: of single statuses there are too few to choose by.
    """
    rows = [row for one in read for row in one.findings if row.chance < 1]
    told = [
        sorted((row.chance, row.right) for row in rows if (row.status in _DONE) is done)
        for done in (True, False)
    ]
    done, other = _least(told[0], _PRECISION_OF_DONE), _least(told[1], _PRECISION_OF_OTHERS)
    return {status: round(done if status in _DONE else other, 3) for status in STATUSES[1:]}


def _least(told: Sequence[tuple[float, bool]], precision: float) -> float:
    """Return the least chance from which on enough are right.  told: ascending, each with what is right."""
    for begin in range(len(told) - _FEWEST + 1):
        above = [right for _, right in told[begin:]]
        if sum(above) >= precision * len(above):
            return max(_LEAST_LIMIT, told[begin][0])
    return _MOST_LIMIT


def write_weights(folder: Path, questions: Sequence[ReadQuestion], status: Mapping[str, float]) -> None:
    """Write weights.json and limits.json.  status: the least chance of each."""
    judges = fit_judges(questions)
    answered = {ANSWERED: choose_answered(questions, judges), BESIDE: _BESIDE_SHARE, STATED: _STATED}
    weights = {"sentence": asdict(judges.sentence), "question": asdict(judges.question), "limits": answered}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS_FILE).write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    (folder / LIMITS_FILE).write_text(json.dumps({"status": status}, indent=1) + "\n", encoding="utf-8")
    print("limits:", json.dumps({**answered, **status}), flush=True)
