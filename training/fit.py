"""Weights and limits of the reader, fitted on batches that its encoder was not taught with.

python -m training.fit WORK NAME FOLDER BATCH...     writes FOLDER/weights.json and limits.json
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from askpcc.reader.heads import STATUSES
from askpcc.reader.taught import ANSWERED, BESIDE, WEIGHTS_FILE, LinearJudge, chance
from training.batches import load_batch, read_lines
from training.measure import (
    Floats,
    Judge,
    Scored,
    describe,
    fit_gate,
    fit_ranking,
    measure_statuses,
    score_questions,
)

COST_OF_WRONG = 2.0
"""What an answer to a question without one costs, in questions that are wrongly left unanswered."""

PRECISION = {"complete": 0.92, "closed": 0.92}
"""A "complete" that is wrong ends up in a public paper; one that is missed is looked up."""
_USUAL_PRECISION = 0.75
_LEAST_LIMIT, _MOST_LIMIT = 0.4, 0.97
_FEWEST = 8
"""Readings above a limit, fewer than which tell nothing of its precision."""

BESIDE_SHARE = 0.5
"""Of the best sentence's chance; a further one below it was right in fewer than one case in four."""


def choose_answered(scored: Scored, ranking: LinearJudge, gate: LinearJudge) -> float:
    """Return the least chance of an answer that costs least."""
    told = [
        (chance(gate.judge(describe(rows, ranking))), one["answerable"]) for one, _, rows in scored if rows
    ]
    grid = np.linspace(0.05, 0.95, 91)

    def cost(limit: float) -> float:
        wrong = sum(not answerable and sure >= limit for sure, answerable in told)
        silent = sum(answerable and sure < limit for sure, answerable in told)
        return COST_OF_WRONG * wrong + silent

    return float(min(grid, key=cost))


def choose_status_limits(rows: Sequence[tuple[Floats, str, bool]]) -> dict[str, float]:
    """Return for each status the least chance at which it is right as often as it has to be."""
    limits = {}
    for place, status in enumerate(STATUSES[1:], start=1):
        wanted = PRECISION.get(status, _USUAL_PRECISION)
        told = sorted((float(c[place]), s == status) for c, s, _ in rows if int(np.argmax(c)) == place)
        limits[status] = _MOST_LIMIT
        for begin in range(len(told)):
            above = [right for _, right in told[begin:]]
            if len(above) >= _FEWEST and sum(above) / len(above) >= wanted:
                limits[status] = max(_LEAST_LIMIT, told[begin][0])
                break
    return {status: round(limit, 3) for status, limit in limits.items()}


def main(work: Path, name: str, folder: Path, batches: Sequence[str]) -> None:
    """Fit and write."""
    judge = Judge(work / name / "encoder.pt")
    scored = [
        one for b in batches for one in score_questions(judge, read_lines(work / b / "candidates.jsonl"))
    ]
    ranking = fit_ranking(scored)
    gate = fit_gate(scored, ranking)
    limits = {ANSWERED: choose_answered(scored, ranking, gate), BESIDE: BESIDE_SHARE}
    weights = {"sentence": asdict(ranking), "question": asdict(gate), "limits": limits}
    (folder / WEIGHTS_FILE).write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    rows = [
        row
        for b in batches
        for row in measure_statuses(b, judge, load_batch(b), read_lines(work / b / "utterances.jsonl"))[1]
    ]
    status = choose_status_limits(rows)
    (folder / "limits.json").write_text(json.dumps({"status": status}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({**limits, "status": status}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
