"""What each part of the ranking counts is learned from the questions of all batches but those left out.

python -m training.ranking      writes src/askpcc/data/reader/ranking.json

Candidates are made by the weights that the package has, so that it is run twice where much has changed.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from askpcc.adapters.taught_encoder import packaged_reader
from training.batches import Json, ReadingSet, read_lines
from training.candidates import CANDIDATES, make_candidates
from training.fit import LEAST_SCALE, fit_listwise, tabulate
from training.folds import FOLDS, WORK
from training.measure import share_held

RANKING_FILE = "ranking.json"
PARTS = (
    "own context similarity document coverage item year number date person heading row short first".split()
)
"""Others that were there changed nothing on batches e, l and m: what they see the encoder sees."""

_DIGITS = 2
_MEASURED = (1, 3, 24, 32)


def fit_ranking(asked: Sequence[Json]) -> dict[str, float]:
    """Return the weight of each part."""
    found = [one["candidates"] for one in asked if one["answerable"] and one["pieces"] and one["candidates"]]
    rows = [tabulate([each["parts"] for each in some], PARTS) for some in found]
    labels = [np.array([each["label"] for each in some]) for some in found]
    scales = np.maximum(np.concatenate(rows).std(0), LEAST_SCALE)
    weights = fit_listwise([table / scales for table in rows], labels) / scales
    return {name: round(float(weight), _DIGITS) for name, weight in zip(PARTS, weights, strict=True)}


def read_asked(reading: ReadingSet, work: Path, batches: Sequence[str]) -> list[Json]:
    """Return the questions of batches with their candidates, which are made where they are not there."""
    for name in batches:
        make_candidates(reading.batch(name), work)
    return [one for name in batches for one in read_lines(work / name / CANDIDATES)]


def main() -> None:
    """Write the weights, and print what they and those before them come to on the batches left out."""
    reading, left_out = ReadingSet(), FOLDS[0].batches
    taught = [name for name in reading.batches if name not in left_out]
    weights = fit_ranking(read_asked(reading, WORK, taught))
    for name in left_out:
        asked = read_asked(reading, WORK, [name])
        print(name, *(f"held by {most}: {share_held(asked, weights, most):.3f}" for most in _MEASURED))
    file = packaged_reader() / RANKING_FILE
    file.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(f"{file.name}: {weights}")


if __name__ == "__main__":
    main()
