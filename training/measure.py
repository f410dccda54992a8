"""Figures of an encoder on a batch that it was not taught with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from askpcc.model import Status
from askpcc.reader.cases import STATUSES, Extent, Mode
from training.batches import Json
from training.fit import Judges
from training.judge import Features, ReadCase, ReadDocument, ReadFinding, ReadQuestion

Figures = dict[str, float]

_MOST = (1, 3, 5)
"""Sentences among which the answer is looked for, from the first."""
_BINS = 10
"""Of calibration: as many as are usual."""
_NOT_FACTS = (Mode.HOPED, Mode.ASKED)


def measure_answers(read: Sequence[ReadQuestion], judges: Judges) -> Figures:
    """Return how often the answer stands first and so on, and how well it is told whether there is one.

    By the ranking alone, by the encoder alone, and by the reader, which weighs both.
    """
    answerable = [one for one in read if one.answerable and one.asked["pieces"]]
    held = [one for one in answerable if any(one.labels)]
    orders: Mapping[str, Callable[[Features], float]] = {
        "ranking": lambda features: features["score"],
        "encoder": lambda features: features["answers"],
        "reader": judges.sentence.judge,
    }
    figures = {"held": len(held) / len(answerable)}
    for name, order in orders.items():
        places = [_first_right(one, order) for one in held]
        figures |= {f"{name} R@{most}": float(np.mean([p < most for p in places])) for most in _MOST}
    found = [one for one in read if one.features]
    truth = [one.answerable for one in found]
    for name in ("ranking", "encoder"):
        best = [max(map(orders[name], one.features)) for one in found]
        figures[f"{name} AUC"] = float(roc_auc_score(truth, best))
    chances = [judges.answered(one) for one in found]
    figures["reader AUC"] = float(roc_auc_score(truth, chances))
    figures["ECE answered"] = calibration_error(chances, truth)
    return figures


def share_held(asked: Sequence[Json], weights: Mapping[str, float], most: int) -> float:
    """Return in how many of the questions with an answer the first sentences by these weights hold it."""
    answerable = [one for one in asked if one["answerable"] and one["pieces"]]
    held = 0
    for one in answerable:
        told = [sum(weights.get(n, 0.0) * v for n, v in each["parts"].items()) for each in one["candidates"]]
        order = sorted(range(len(told)), key=lambda place: -told[place])
        held += any(one["candidates"][place]["label"] for place in order[:most])
    return held / max(1, len(answerable))


def _first_right(read: ReadQuestion, order: Callable[[Features], float]) -> int:
    places = sorted(range(len(read.labels)), key=lambda place: -order(read.features[place]))
    return next(rank for rank, place in enumerate(places) if read.labels[place])


def calibration_error(chances: Sequence[float], truth: Sequence[bool]) -> float:
    """Return the expected calibration error: how far chances lie from shares, in ten bins of equal width."""
    told, right = np.array(chances), np.array(truth)
    bins = np.minimum((told * _BINS).astype(int), _BINS - 1)
    apart = [abs(told[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in set(bins)]
    return float(sum(apart) / len(told))


@dataclass(frozen=True, slots=True)
class Score:
    """How well one class is told.  true: cases of it."""

    precision: float
    recall: float
    true: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_class(pairs: Sequence[tuple[str, str]], name: str) -> Score:
    """Return how well a class is told.  pairs: (true, told)."""
    right = sum(true == told == name for true, told in pairs)
    told, true = (sum(pair[place] == name for pair in pairs) for place in (1, 0))
    return Score(right / told if told else 0.0, right / true if true else 0.0, true)


def score_statuses(read: Sequence[ReadCase]) -> dict[str, Score]:
    """Return how well each status, and none, is told, of what is certain."""
    pairs = [(one.status, STATUSES[int(one.chances.argmax())]) for one in read if one.certain]
    return {status: score_class(pairs, status) for status in STATUSES}


def score_modes(read: Sequence[ReadCase]) -> dict[str, Score]:
    """Return how well facts are told from hopes and demands, of the sentences that are known to be either."""
    names = {Mode.ASSERTED: "asserted", **dict.fromkeys(_NOT_FACTS, "hoped or asked")}
    modes, known = list(Mode), [(one.mode, one) for one in read if one.mode]
    pairs = [
        (names[Mode(mode)], names.get(modes[int(one.read_mode.argmax())], "other"))
        for mode, one in known
        if Mode(mode) in names
    ]
    return {name: score_class(pairs, name) for name in ("asserted", "hoped or asked")}


def score_extents(read: Sequence[ReadCase]) -> dict[str, Score]:
    """Return how well it is told whether a status is of the whole or of a part."""
    extents = list(Extent)
    pairs = [(one.extent, extents[int(one.read_extent.argmax())].value) for one in read if one.extent]
    return {extent.value: score_class(pairs, extent.value) for extent in extents}


def measure_cases(read: Sequence[ReadCase]) -> Figures:
    """Return what the scores of statuses and modes come to."""
    certain = [one for one in read if one.certain]
    right = [STATUSES[int(one.chances.argmax())] == one.status for one in certain]
    return {
        "macro F1": mean_f1(score_statuses(read)),
        "mode F1": mean_f1(score_modes(read)),
        "ECE status": calibration_error([float(one.chances.max()) for one in certain], right),
    }


def mean_f1(scores: Mapping[str, Score]) -> float:
    """Return the mean F1 of the classes that have cases."""
    return float(np.mean([score.f1 for score in scores.values() if score.true]))


_BELIEVED = (Status.COMPLETE, Status.CLOSED)


def measure_register(read: Sequence[ReadDocument], limits: Mapping[str, float]) -> Figures:
    """Return what rows the register would have with these limits.

    recall: certain claims of which a row cites half of a piece of evidence, with its status.  precision: rows
    that touch the evidence of a claim with their status.  believed: the same of rows that say complete or
    closed; recall of believed: of certain claims with one of these statuses.
    """
    rows = [[row for row in one.findings if row.chance >= limits.get(row.status, 0.0)] for one in read]
    every = [row for some in rows for row in some]
    believed = [row for row in every if row.status in _BELIEVED]
    recalled = [
        one.certain & frozenset().union(*(row.recalls for row in some))
        for one, some in zip(read, rows, strict=True)
    ]
    return {
        "rows": float(len(every)),
        "recall": sum(map(len, recalled)) / max(1, sum(len(one.certain) for one in read)),
        "precision": _share_right(every),
        "believed precision": _share_right(believed),
        "believed": float(len(believed)),
    }


def _share_right(rows: Sequence[ReadFinding]) -> float:
    return sum(row.right for row in rows) / max(1, len(rows))
