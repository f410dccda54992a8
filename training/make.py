"""The package's reader is made: candidates, encoders, weights and limits, files of the package.

python -m training.make [--quick]      needs the package onnx
"""

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from askpcc.adapters.taught_encoder import OnnxScorer, packaged_reader
from askpcc.reader.cases import HEADS, Subject, status_input
from training.batches import ReadingSet
from training.claims import fit_check
from training.fit import choose_status_limits, write_weights
from training.folds import FOLDS, WORK, Fold, Taught, Workshop
from training.small import SMALL_FOLD, write_small_set
from training.teach import Plan

_QUICK = Plan(epochs=1, most=32)
"""One step."""
_COMPARED = 50
"""Cases that the encoder reads before and after its weights are made int8."""


def fit_reader(workshop: Workshop, fold: Fold, folder: Path) -> Taught:
    """Teach a fold's encoders, write weights and limits that are fitted on what the fold leaves out."""
    taught = workshop.taught(fold)
    documents = [one for batch in fold.batches for one in workshop.judge_documents(taught, batch)]
    limits = choose_status_limits(documents)
    questions = [one for batch in fold.batches for one in workshop.judge_questions(taught, batch, limits)]
    write_weights(folder, questions, limits)
    return taught


def make(workshop: Workshop, fold: Fold, folder: Path) -> None:
    """Write all files of a reader, and let the product read some cases with them."""
    from training.export import export  # before hours of teaching: it tells what is not installed

    made = workshop.work / "reader"
    taught = fit_reader(workshop, fold, made)
    export([taught.questions, taught.statuses], made)
    rows = workshop.reading.read_rows(workshop.reading.rows[0], "statuses")[:_COMPARED]
    cases = [status_input(row["matter"], row["sentence"], row["context"]) for row in rows]
    scores = taught.statuses.score(cases)
    whole = np.hstack([scores[name] for name in HEADS[Subject.STATUSES]])
    apart = np.abs(np.array(OnnxScorer(made, Subject.STATUSES).score(cases)) - whole)
    print(f"int8 weights move a score by up to {apart.max():.2f}, {apart.mean():.3f} in the mean")
    fit_check(workshop.reading, fold.batches, made)
    shutil.copytree(made, folder, dirs_exist_ok=True)  # when all of it is there
    print("made:", *(f"{file.name} ({file.stat().st_size:,} bytes)" for file in sorted(folder.iterdir())))


def main() -> None:
    """Make the package's reader, or a useless small one that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="try the same with a few examples and one step")
    if not parser.parse_args().quick:
        make(Workshop(ReadingSet(), WORK, Plan()), FOLDS[0], packaged_reader())
        return
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        reading = write_small_set(ReadingSet(), folder / "data")
        make(Workshop(reading, folder / "work", _QUICK), SMALL_FOLD, folder / "reader")


if __name__ == "__main__":
    main()
