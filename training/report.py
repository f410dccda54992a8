"""What teaching comes to: figures of each batch, by an encoder that was not taught with it.

python -m training.report [--fold 1 | --exam]
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.batches import EXAMS, ReadingSet
from training.fit import choose_status_limits, fit_judges
from training.folds import FOLDS, WORK, Fold, Taught, Workshop
from training.judge import ReadCase, ReadDocument, ReadQuestion
from training.measure import (
    Figures,
    Score,
    mean_f1,
    measure_answers,
    measure_cases,
    measure_register,
    score_extents,
    score_modes,
    score_statuses,
)
from training.teach import Plan

_WAYS = ("ranking", "encoder", "reader")
_COLUMNS = ("R@1", "R@3", "R@5", "AUC")
_IN_MEAN = (
    *("held", "reader R@1", "reader R@3", "reader R@5", "reader AUC", "macro F1", "mode F1"),
    *("recall", "precision", "believed precision", "ECE answered", "ECE status"),
)


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """A batch as it was read."""

    name: str
    questions: Sequence[ReadQuestion]
    documents: Sequence[ReadDocument]

    @property
    def cases(self) -> list[ReadCase]:
        """Return the sentences and cells of its documents."""
        return [case for one in self.documents for case in one.cases]


def report(workshop: Workshop, folds: Sequence[Fold]) -> Iterator[str]:
    """Yield the report of some folds, a piece a batch; the last line is the mean over the batches.

    The weights and limits of a batch are chosen on the others that its fold leaves out.
    """
    every: list[Figures] = []
    for fold in folds:
        taught = workshop.taught(fold)
        read = _read(workshop, taught, fold.batches)
        for batch in read:
            every.append(_measure(batch, [other for other in read if other is not batch]))
            yield "\n".join(_tell_batch(batch, every[-1]))
        if fold.rows:
            yield "\n".join(_tell_rows(fold.rows, workshop.judge_rows(taught.statuses, fold.rows)))
    means = (f"{name} {np.mean([figures[name] for figures in every]):.3f}" for name in _IN_MEAN)
    yield f"mean of {len(every)} batches: {', '.join(means)}"


def report_exams(workshop: Workshop, fold: Fold) -> Iterator[str]:
    """Yield the report of each exam, by a fold's encoders and weights fitted on what it leaves out."""
    taught = workshop.taught(fold)
    others = _read(workshop, taught, fold.batches)
    limits = choose_status_limits([one for other in others for one in other.documents])
    for exam in _read(workshop, taught, sorted(each.name for each in EXAMS.iterdir()), limits):
        yield "\n".join(_tell_batch(exam, _measure(exam, others)))


def _read(
    workshop: Workshop, taught: Taught, names: Sequence[str], limits: Mapping[str, float] | None = None
) -> list[ReadBatch]:
    """Return batches as they were read.  limits: of statuses; without any they are chosen on these."""
    documents = {name: workshop.judge_documents(taught, name) for name in names}
    least = limits or choose_status_limits([one for some in documents.values() for one in some])
    return [ReadBatch(n, workshop.judge_questions(taught, n, least), documents[n]) for n in names]


def _measure(batch: ReadBatch, others: Sequence[ReadBatch]) -> Figures:
    judges = fit_judges([one for other in others for one in other.questions])
    limits = choose_status_limits([one for other in others for one in other.documents])
    return (
        measure_answers(batch.questions, judges)
        | measure_cases(batch.cases)
        | measure_register(batch.documents, limits)
    )


def _tell_batch(batch: ReadBatch, figures: Figures) -> Iterator[str]:
    cases = batch.cases
    yield f"batch {batch.name}: {len(batch.questions)} questions, {len(cases)} sentences"
    yield f"  answers: {figures['held']:.3f} of answerable questions have one among what is read"
    yield f"  {'':10}" + "".join(f"{column:>7}" for column in _COLUMNS)
    for way in _WAYS:
        yield f"  {way:10}" + "".join(f"{figures[f'{way} {column}']:7.3f}" for column in _COLUMNS)
    yield f"  expected calibration error of answered {figures['ECE answered']:.3f}"
    yield from _tell_scores("status", score_statuses(cases))
    yield f"  expected calibration error of status {figures['ECE status']:.3f}"
    yield from _tell_scores("mode", score_modes(cases))
    yield (
        f"  register: {figures['rows']:.0f} rows, recall {figures['recall']:.3f}, precision "
        f"{figures['precision']:.3f}; of {figures['believed']:.0f} that say complete or closed "
        f"{figures['believed precision']:.3f}"
    )


def _tell_rows(rows: Sequence[str], read: Sequence[ReadCase]) -> Iterator[str]:
    yield f"single cases {' '.join(rows)}: {len(read)}"
    for name, scores in (
        ("status", score_statuses(read)),
        ("mode", score_modes(read)),
        ("extent", score_extents(read)),
    ):
        yield from _tell_scores(name, scores)


def _tell_scores(name: str, scores: Mapping[str, Score]) -> Iterator[str]:
    yield f"  {name}: macro F1 {mean_f1(scores):.3f}"
    for each, score in scores.items():
        yield f"    {each:20} P {score.precision:.2f} R {score.recall:.2f} of {score.true}"


def main() -> None:
    """Print the report of all folds, of one, or of the exam."""
    parser = argparse.ArgumentParser(description=__doc__)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--fold", type=int, choices=range(1, len(FOLDS) + 1), help="report this one only")
    only.add_argument("--exam", action="store_true", help="report the exams, by the package's encoders")
    asked = parser.parse_args()
    workshop = Workshop(ReadingSet(), WORK, Plan())
    if asked.exam:
        print(*report_exams(workshop, FOLDS[0]), sep="\n")
        return
    for piece in report(workshop, FOLDS[asked.fold - 1 : asked.fold] if asked.fold else FOLDS):
        print(piece, flush=True)


if __name__ == "__main__":
    main()
