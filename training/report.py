"""What teaching comes to: figures of each batch, by an encoder that was not taught with it.

python -m training.report [--fold 1 | --exam]
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from askpcc.reader.heads import KINDS
from training.batches import EXAM, ReadingSet
from training.candidates import make_candidates
from training.claims import ReadClaim
from training.fit import Judges, choose_agreed, fit_judges
from training.folds import FOLDS, WORK, Fold, Workshop
from training.judge import Floats, Judge, ReadQuestion, ReadSentence
from training.measure import (
    Figures,
    Score,
    confuse_kinds,
    mean_f1,
    measure_answers,
    measure_sentences,
    score_extents,
    score_modes,
    score_statuses,
)
from training.teach import Plan

_WAYS = ("ranking", "encoder", "reader")
_COLUMNS = ("R@1", "R@3", "R@5", "AUC")
_IN_MEAN = (
    *("held", "reader R@1", "reader R@3", "reader R@5", "reader AUC", "macro F1", "mode F1", "asks right"),
    *("ECE answered", "ECE status"),
)


def report(workshop: Workshop, folds: Sequence[Fold]) -> Iterator[str]:
    """Yield the report of some folds, a piece a batch; the last line is the mean over the batches."""
    every: list[Figures] = []
    for fold in folds:
        judge = Judge(workshop.teach(fold))
        read = {batch: workshop.judge_questions(judge, batch) for batch in fold.batches}
        for batch in fold.batches:
            others = [one for other, some in read.items() if other != batch for one in some]
            sentences = workshop.judge_sentences(judge, batch)
            every.append(_measure(read[batch], sentences, fit_judges(others)))
            yield "\n".join(_tell_batch(batch, read[batch], sentences, every[-1]))
        yield from _tell_claims({batch: workshop.judge_claims(judge, batch) for batch in fold.batches})
        if fold.rows:
            yield "\n".join(_tell_rows(fold.rows, workshop.judge_rows(judge, fold.rows)))
    means = (f"{name} {np.mean([figures[name] for figures in every]):.3f}" for name in _IN_MEAN)
    yield f"mean of {len(every)} batches: {', '.join(means)}"


def _tell_claims(read: Mapping[str, Sequence[ReadClaim]]) -> Iterator[str]:
    """Yield what of each batch's claims is kept with limits that are chosen on the others."""
    for batch, claims in read.items():
        limits = choose_agreed([one for other, some in read.items() if other != batch for one in some])
        for what, some in (
            ("that something is done", [claim for claim in claims if claim.is_done]),
            ("of another status", [claim for claim in claims if not claim.is_done]),
        ):
            kept = [claim for claim in some if claim.chance >= limits[claim.status]]
            yield (
                f"batch {batch}: of {len(some)} claims of the rules {what} {_count_right(some)} are right; "
                f"of {len(kept)} that the encoder agrees with {_count_right(kept)}"
            )


def _count_right(claims: Sequence[ReadClaim]) -> int:
    return sum(claim.right for claim in claims)


def report_exam(workshop: Workshop, fold: Fold) -> str:
    """Return the report of the exam, by a fold's encoder and weights fitted on what it leaves out."""
    judge = Judge(workshop.teach(fold))
    make_candidates(workshop.reading.batch(EXAM.name), workshop.work)
    fitted_on = [one for batch in fold.batches for one in workshop.judge_questions(judge, batch)]
    questions = workshop.judge_questions(judge, EXAM.name)
    sentences = workshop.judge_sentences(judge, EXAM.name)
    figures = _measure(questions, sentences, fit_judges(fitted_on))
    return "\n".join(_tell_batch(EXAM.name, questions, sentences, figures))


def _measure(questions: Sequence[ReadQuestion], sentences: Sequence[ReadSentence], judges: Judges) -> Figures:
    kinds = confuse_kinds(questions)
    asks = {"asks right": float(np.trace(kinds) / kinds.sum())}
    return measure_answers(questions, judges) | measure_sentences(sentences) | asks


def _tell_batch(
    batch: str, questions: Sequence[ReadQuestion], sentences: Sequence[ReadSentence], figures: Figures
) -> Iterator[str]:
    yield f"batch {batch}: {len(questions)} questions, {len(sentences)} sentences"
    yield f"  answers: {figures['held']:.3f} of answerable questions have one among what is read"
    yield f"  {'':10}" + "".join(f"{column:>7}" for column in _COLUMNS)
    for way in _WAYS:
        yield f"  {way:10}" + "".join(f"{figures[f'{way} {column}']:7.3f}" for column in _COLUMNS)
    yield f"  expected calibration error of answered {figures['ECE answered']:.3f}"
    yield from _tell_scores("status", score_statuses(sentences))
    yield f"  expected calibration error of status {figures['ECE status']:.3f}"
    yield from _tell_scores("mode", score_modes(sentences))
    yield f"  asks: right {figures['asks right']:.3f}; rows are what is asked, columns what it is taken for"
    yield from _tell_confusion(confuse_kinds(questions))


def _tell_rows(rows: Sequence[str], read: Sequence[ReadSentence]) -> Iterator[str]:
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


def _tell_confusion(table: Floats) -> Iterator[str]:
    yield f"    {'':12}" + "".join(f"{kind[:8]:>9}" for kind in KINDS)
    for kind, row in zip(KINDS, table, strict=True):
        yield f"    {kind:12}" + "".join(f"{int(count):9}" for count in row)


def main() -> None:
    """Print the report of all folds, of one, or of the exam."""
    parser = argparse.ArgumentParser(description=__doc__)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--fold", type=int, choices=range(1, len(FOLDS) + 1), help="report this one only")
    only.add_argument("--exam", action="store_true", help="report the exam, by the package's encoder")
    asked = parser.parse_args()
    workshop = Workshop(ReadingSet(), WORK, Plan())
    if asked.exam:
        print(report_exam(workshop, FOLDS[0]))
        return
    for piece in report(workshop, FOLDS[asked.fold - 1 : asked.fold] if asked.fold else FOLDS):
        print(piece, flush=True)


if __name__ == "__main__":
    main()
