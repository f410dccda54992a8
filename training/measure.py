"""Figures of an encoder on a batch that it was not taught with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from askpcc.reader.heads import KINDS, STATUSES, Extent, Mode
from training.fit import Judges
from training.judge import Features, Floats, ReadQuestion, ReadSentence

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


def score_statuses(read: Sequence[ReadSentence]) -> dict[str, Score]:
    """Return how well each status, and none, is told, of what is certain."""
    pairs = [(one.label.status, STATUSES[int(one.chances.argmax())]) for one in read if one.label.certain]
    return {status: score_class(pairs, status) for status in STATUSES}


def score_modes(read: Sequence[ReadSentence]) -> dict[str, Score]:
    """Return how well facts are told from hopes and demands, of the sentences that are known to be either."""
    names = {Mode.ASSERTED: "asserted", **dict.fromkeys(_NOT_FACTS, "hoped or asked")}
    modes, known = list(Mode), [(one.label.mode, one) for one in read if one.label.mode]
    pairs = [
        (names[Mode(mode)], names.get(modes[int(one.mode.argmax())], "other"))
        for mode, one in known
        if Mode(mode) in names
    ]
    return {name: score_class(pairs, name) for name in ("asserted", "hoped or asked")}


def score_extents(read: Sequence[ReadSentence]) -> dict[str, Score]:
    """Return how well it is told whether a status is of the whole or of a part."""
    extents = list(Extent)
    pairs = [(one.label.extent, extents[int(one.extent.argmax())].value) for one in read if one.label.extent]
    return {extent.value: score_class(pairs, extent.value) for extent in extents}


def measure_sentences(read: Sequence[ReadSentence]) -> Figures:
    """Return what the scores of statuses and modes come to."""
    certain = [one for one in read if one.label.certain]
    right = [STATUSES[int(one.chances.argmax())] == one.label.status for one in certain]
    return {
        "macro F1": mean_f1(score_statuses(read)),
        "mode F1": mean_f1(score_modes(read)),
        "ECE status": calibration_error([float(one.chances.max()) for one in certain], right),
    }


def mean_f1(scores: Mapping[str, Score]) -> float:
    """Return the mean F1 of the classes that have cases."""
    return float(np.mean([score.f1 for score in scores.values() if score.true]))


def confuse_kinds(read: Sequence[ReadQuestion]) -> Floats:
    """Return how many questions of each kind (rows) are taken for each kind (columns)."""
    table = np.zeros((len(KINDS), len(KINDS)))
    for one in read:
        if one.asked["kind"] in KINDS:
            table[KINDS.index(one.asked["kind"]), KINDS.index(one.kind)] += 1
    return table
