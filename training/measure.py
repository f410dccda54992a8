"""Figures of an encoder on batches that it was not taught with.

python -m training.measure WORK NAME BATCH...      reads WORK/NAME/encoder.pt
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer

from askpcc.adapters.embedding import bundled_model
from askpcc.asking.ranking import WEIGHTS
from askpcc.reader.heads import KINDS, STATUSES
from askpcc.model import ReaderInput, Task
from askpcc.reader.inputs import encode, write_asked
from askpcc.reader.status_inputs import status_input
from askpcc.reader.taught import LinearJudge, question_features
from training.batches import Batch, Json, load_batch, read_lines
from training.encoder import TaughtEncoder, pad, split_heads
from training.examples import _around, _tellers

Floats = NDArray[np.float64]
READ = 32
"""Sentences that the reader is given of each question."""


class Judge:
    """An encoder that was taught, for measuring."""

    def __init__(self, file: Path) -> None:
        state = torch.load(file, weights_only=True)
        base = bundled_model().path
        self.model = TaughtEncoder(base, state["layers"])
        self.model.load_state_dict(state["model"])
        self.model.eval()
        self.tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def score(self, cases: Sequence[ReaderInput]) -> dict[str, Floats]:
        """Return the scores of each head, by name: (cases, width)."""
        encoded = [encode(case, self.tokenizer) for case in cases]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        rows: list[torch.Tensor] = []
        with torch.inference_mode():
            for at in range(0, len(order), 64):
                inputs = pad([encoded[place] for place in order[at : at + 64]])
                rows.append(self.model(inputs.ids, inputs.mask, inputs.parts))
        scores = torch.cat(rows)
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return {name: head.double().numpy() for name, head in split_heads(scores[back]).items()}


def read_candidate(found: Json, place: int, answers: float, speaks: float) -> dict[str, float]:
    """Return what is known of a candidate, as the reader knows it."""
    parts = {name: value * (WEIGHTS[name] or 1) for name, value in found["parts"].items()}
    known = {"score": found["score"], "coverage": found["coverage"]}
    return {**parts, **known, "answers": answers, "speaks": speaks, "place": 1 / (1 + place)}


def score_questions(
    judge: Judge, asked: Sequence[Json]
) -> list[tuple[Json, list[Json], list[dict[str, float]]]]:
    """Return each question with its best candidates and their features."""
    cases, ends = [], []
    for one in asked:
        first = write_asked(one["question"], one["history"])
        best = one["candidates"][:READ]
        cases += [ReaderInput(Task.ANSWERS, first, c["sentence"], c["context"]) for c in best]
        ends.append(len(cases))
    heads = judge.score(cases)
    found, begin = [], 0
    for one, end in zip(asked, ends, strict=True):
        best = one["candidates"][:READ]
        rows = [
            read_candidate(c, place, heads["answers"][begin + place, 0], heads["speaks"][begin + place, 0])
            for place, c in enumerate(best)
        ]
        found.append((one, best, rows))
        begin = end
    return found


Features = dict[str, float]
SENTENCE = (*WEIGHTS, "score", "coverage", "answers", "speaks", "place")
QUESTION = ("most", "mean", "drop", "odds", "margin", "first", "coverage", "similarity", "score")


def fit(rows: Sequence[Features], labels: Sequence[bool], names: Sequence[str]) -> LinearJudge:
    """Fit a logistic regression over named features."""
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    means, scales = x.mean(0), x.std(0)
    kept = scales > 1e-6  # noqa: PLR2004 - a feature that is always the same tells nothing
    x, means, scales = x[:, kept], means[kept], scales[kept]
    model = LogisticRegression(C=0.3, max_iter=3000).fit((x - means) / scales, labels)
    named = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    return LinearJudge(named, tuple(means), tuple(scales), tuple(model.coef_[0]), float(model.intercept_[0]))


Scored = Sequence[tuple[Json, list[Json], list[Features]]]


def fit_ranking(scored: Scored) -> LinearJudge:
    """Fit whether a sentence answers, over the questions that have an answer among their candidates."""
    rows, labels = [], []
    for one, best, features in scored:
        if one["answerable"] and any(c["label"] for c in best):
            rows += features
            labels += [c["label"] for c in best]
    return fit(rows, labels, SENTENCE)


def describe(features: Sequence[Features], ranking: LinearJudge) -> Features:
    """Return what is known of a question, as the reader knows it."""
    odds = [ranking.judge(one) for one in features]
    order = sorted(range(len(odds)), key=lambda place: -odds[place])
    return question_features([features[p] for p in order], [odds[p] for p in order])


def fit_gate(scored: Scored, ranking: LinearJudge) -> LinearJudge:
    """Fit whether a question is answered at all."""
    told = [(describe(features, ranking), one["answerable"]) for one, _, features in scored if features]
    return fit([row for row, _ in told], [label for _, label in told], QUESTION)


def measure_answers(name: str, scored: Scored, ranking: LinearJudge | None, gate: LinearJudge | None) -> Json:
    """Return how often the answer stands first and so on, and how well it is told whether there is one."""
    figures: dict[str, float] = {}
    answerable = [each for each in scored if each[0]["answerable"] and each[0]["pieces"]]
    held = [(best, features) for _, best, features in answerable if any(c["label"] for c in best)]
    figures["questions"] = len(answerable)
    figures["held by 32"] = len(held) / len(answerable)
    orders: dict[str, Callable[[Features], float]] = {
        "hand": lambda row: row["score"],
        "encoder": lambda row: row["answers"],
    }
    if ranking is not None:
        orders["taught"] = ranking.judge
    for way, order in orders.items():
        for most in (1, 3, 5):
            hits = []
            for best, features in held:
                places = sorted(range(len(best)), key=lambda p: -order(features[p]))[:most]
                hits.append(any(best[p]["label"] for p in places))
            figures[f"{way} R@{most}"] = float(np.mean(hits))
    real = [(one["answerable"], features) for one, _, features in scored if features]
    truth = [answered for answered, _ in real]
    figures["AUC encoder"] = roc_auc_score(truth, [max(r["answers"] for r in rows) for _, rows in real])
    figures["AUC hand"] = roc_auc_score(truth, [max(r["score"] for r in rows) for _, rows in real])
    if ranking is not None and gate is not None:
        told = [gate.judge(describe(rows, ranking)) for _, rows in real]
        figures["AUC taught"] = roc_auc_score(truth, told)
    return {"batch": name, **{key: round(value, 3) for key, value in figures.items()}}


def status_cases(batch: Batch, said: Sequence[Json]) -> tuple[list[ReaderInput], list[str], list[bool]]:
    """Return the sentences of a batch as the register meets them, their status, and whether it is certain."""
    truth: dict[int, tuple[str, str, bool]] = {}
    by_document: dict[str, list[int]] = {}
    for place, one in enumerate(said):
        by_document.setdefault(one["document"], []).append(place)
    for claim in batch.claims:
        places = by_document.get(claim["doc"], [])
        tellers = [places[i] for i in _tellers(batch, claim, [said[p] for p in places])]
        tellers = [p for p in tellers if said[p]["kind"] != "heading"]
        if tellers:
            status = "none" if claim["status"] == "not_stated" else claim["status"]
            if tellers[-1] not in truth or truth[tellers[-1]][1] == "none":
                truth[tellers[-1]] = (claim["matter"], status, claim["certain"])
    cases, statuses, certain = [], [], []
    for place, one in enumerate(said):
        if one["kind"] == "heading":
            continue
        matter, status, sure = truth.get(place, ("", "none", True))
        if not matter:
            matter = str((one["items"] or one["titles"] or [""])[-1])
        cases.append(status_input(matter, one["words"], _around(one)))
        statuses.append(status)
        certain.append(sure)
    return cases, statuses, certain


def measure_statuses(
    name: str, judge: Judge, batch: Batch, said: Sequence[Json]
) -> tuple[Json, list[tuple[Floats, str, bool]]]:
    """Return precision and recall of each status over all sentences of a batch."""
    cases, statuses, certain = status_cases(batch, said)
    scores = judge.score(cases)["status"]
    chances = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    rows = list(zip(chances, statuses, certain, strict=True))
    return {"batch": name, **tell_statuses(rows)}, rows


def tell_statuses(rows: Sequence[tuple[Floats, str, bool]]) -> Json:
    """Return F1 of each status of certain claims, and their mean."""
    figures: Json = {}
    told = [STATUSES[int(np.argmax(chance))] for chance, _, _ in rows]
    scores = []
    for status in STATUSES:
        right = sum(t == status == s for t, (_, s, c) in zip(told, rows, strict=True) if c)
        of_told = sum(t == status for t, (_, _, c) in zip(told, rows, strict=True) if c)
        of_true = sum(s == status for _, s, c in rows if c)
        if of_true:
            precision, recall = right / max(1, of_told), right / of_true
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            scores.append(f1)
            figures[status] = f"P {precision:.2f} R {recall:.2f} ({of_true})"
    figures["macro F1"] = round(float(np.mean(scores)), 3)
    done = {STATUSES.index("complete"), STATUSES.index("closed")}
    figures["done by limit"] = tell_limits(rows, done)
    return figures


def tell_limits(rows: Sequence[tuple[Floats, str, bool]], wanted: set[int]) -> Mapping[str, str]:
    """Return precision and recall of complete-or-closed by the least probability."""
    told = {}
    for limit in (0.5, 0.7, 0.8, 0.9, 0.95):
        chosen = [
            (s in ("complete", "closed"), c)
            for chance, s, c in rows
            if int(np.argmax(chance)) in wanted and chance[list(wanted)].sum() >= limit
        ]
        true = sum(s in ("complete", "closed") and c for _, s, c in rows)
        right = sum(ok for ok, _ in chosen)
        told[str(limit)] = (
            f"P {right / max(1, len(chosen)):.2f} R {sum(ok and c for ok, c in chosen) / max(1, true):.2f}"
        )
    return told


def main(work: Path, name: str, batches: Sequence[str]) -> None:
    """Measure and print, each batch with weights that were fitted on the other ones left out."""
    judge = Judge(work / name / "encoder.pt")
    scored = {b: score_questions(judge, read_lines(work / b / "candidates.jsonl")) for b in batches}
    every = []
    for batch in batches:
        others = [one for other in batches if other != batch for one in scored[other]]
        ranking = fit_ranking(others) if others else None
        gate = fit_gate(others, ranking) if ranking is not None else None
        print(json.dumps(measure_answers(batch, scored[batch], ranking, gate)))
        figures, rows = measure_statuses(
            batch, judge, load_batch(batch), read_lines(work / batch / "utterances.jsonl")
        )
        every += rows
        print(json.dumps(figures))
        asked = read_lines(work / batch / "candidates.jsonl")
        kinds = judge.score(
            [ReaderInput(Task.ASKS, write_asked(q["question"], q["history"])) for q in asked]
        )["kind"]
        known = [
            (KINDS[int(k.argmax())], q["kind"])
            for k, q in zip(kinds, asked, strict=True)
            if q["kind"] in KINDS
        ]
        print(
            json.dumps({"batch": batch, "asks right": round(float(np.mean([a == b for a, b in known])), 3)})
        )
    print(json.dumps({"batch": "all", **tell_statuses(every)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
