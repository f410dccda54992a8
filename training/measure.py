"""Figures of an encoder on batches that it was not taught with.

    python -m training.measure WORK NAME BATCH...      reads WORK/NAME/encoder.pt
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer
from training.batches import Batch, Json, load_batch, read_lines
from training.encoder import TaughtEncoder, pad, split_heads
from training.examples import _around, _tellers

from askpcc.adapters.embedding import bundled_model
from askpcc.asking.ranking import WEIGHTS
from askpcc.reader.heads import KINDS, STATUSES
from askpcc.reader.inputs import ReaderInput, Task, encode, write_asked
from askpcc.reader.status_inputs import status_input

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


FEATURES = (*WEIGHTS, "score", "coverage", "answers", "speaks", "place")


def read_features(found: Json, place: int, answers: float, speaks: float) -> list[float]:
    """Return what is known of a candidate, in the order of FEATURES."""
    parts = [found["parts"].get(name, 0.0) for name in WEIGHTS]
    return [*parts, found["score"], found["coverage"], answers, speaks, 1 / (1 + place)]


def score_questions(judge: Judge, asked: Sequence[Json]) -> list[tuple[Json, list[Json], Floats]]:
    """Return each question with its best candidates and their features: (candidates, features)."""
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
            read_features(c, place, heads["answers"][begin + place, 0], heads["speaks"][begin + place, 0])
            for place, c in enumerate(best)
        ]
        found.append((one, best, np.array(rows, dtype=float).reshape(len(best), len(FEATURES))))
        begin = end
    return found


Scored = Sequence[tuple[Json, list[Json], Floats]]


def fit_ranking(scored: Scored) -> Pipeline:
    """Fit a linear ranking over the features of questions that have an answer among their candidates."""
    rows = [(x, [c["label"] for c in best]) for one, best, x in scored if one["answerable"] and len(best)]
    rows = [(x, labels) for x, labels in rows if any(labels)]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000))
    return model.fit(np.vstack([x for x, _ in rows]), np.concatenate([labels for _, labels in rows]))


def summarise(x: Floats, order: Floats) -> list[float]:
    """Return what is known of a question from its candidates' scores."""
    answers = np.sort(x[:, FEATURES.index("answers")])[::-1]
    best = np.sort(order)[::-1]
    top = int(np.argmax(order))
    return [
        answers[0],
        float(np.mean(answers[:3])),
        answers[0] - answers[min(4, len(answers) - 1)],
        best[0],
        best[0] - best[min(1, len(best) - 1)],
        x[top, FEATURES.index("answers")],
        x[top, FEATURES.index("coverage")],
        x[top, FEATURES.index("similarity")],
        float(x[:, FEATURES.index("score")].max()),
    ]


def measure_answers(name: str, scored: Scored, ranking: Pipeline | None, gate: Pipeline | None) -> Json:
    """Return how often the answer stands first and so on, and how well it is told whether there is one."""
    figures: dict[str, float] = {}
    answerable = [(one, best, x) for one, best, x in scored if one["answerable"] and one["pieces"]]
    held = [(best, x) for _, best, x in answerable if any(c["label"] for c in best)]
    figures["questions"] = len(answerable)
    figures["held by 32"] = len(held) / len(answerable)
    orders = {"hand": lambda x: x[:, FEATURES.index("score")], "encoder": lambda x: x[:, FEATURES.index("answers")]}
    if ranking is not None:
        orders["taught"] = lambda x: ranking.decision_function(x)
    for way, order in orders.items():
        for most in (1, 3, 5):
            hits = [any(best[i]["label"] for i in np.argsort(-order(x))[:most]) for best, x in held]
            figures[f"{way} R@{most}"] = float(np.mean(hits))
    real = [(one["answerable"], x) for one, best, x in scored if len(best)]
    truth = [answered for answered, _ in real]
    figures["AUC encoder"] = roc_auc_score(truth, [x[:, FEATURES.index("answers")].max() for _, x in real])
    figures["AUC hand"] = roc_auc_score(truth, [x[:, FEATURES.index("score")].max() for _, x in real])
    if ranking is not None and gate is not None:
        summary = np.array([summarise(x, ranking.decision_function(x)) for _, x in real])
        figures["AUC taught"] = roc_auc_score(truth, gate.decision_function(summary))
    return {"batch": name, **{key: round(value, 3) for key, value in figures.items()}}


def fit_gate(scored: Scored, ranking: Pipeline) -> Pipeline:
    """Fit whether a question is answered at all."""
    rows = [(summarise(x, ranking.decision_function(x)), one["answerable"]) for one, best, x in scored if best]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000))
    return model.fit(np.array([row for row, _ in rows]), [label for _, label in rows])


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


def measure_statuses(name: str, judge: Judge, batch: Batch, said: Sequence[Json]) -> tuple[Json, list[tuple[Floats, str, bool]]]:
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
        told[str(limit)] = f"P {right / max(1, len(chosen)):.2f} R {sum(ok and c for ok, c in chosen) / max(1, true):.2f}"
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
        figures, rows = measure_statuses(batch, judge, load_batch(batch), read_lines(work / batch / "utterances.jsonl"))
        every += rows
        print(json.dumps(figures))
        asked = read_lines(work / batch / "candidates.jsonl")
        kinds = judge.score([ReaderInput(Task.ASKS, write_asked(q["question"], q["history"])) for q in asked])["kind"]
        known = [(KINDS[int(k.argmax())], q["kind"]) for k, q in zip(kinds, asked, strict=True) if q["kind"] in KINDS]
        print(json.dumps({"batch": batch, "asks right": round(float(np.mean([a == b for a, b in known])), 3)}))
    print(json.dumps({"batch": "all", **tell_statuses(every)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
