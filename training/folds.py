"""Which batches are left out together, and the encoder that is taught with all others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.batches import ReadingSet, read_lines
from training.candidates import CANDIDATES, UTTERANCES, make_candidates
from training.claims import ReadClaim, judge_claims
from training.judge import (
    Judge,
    ReadQuestion,
    ReadSentence,
    judge_questions,
    judge_sentences,
    label_rows,
    label_sentences,
)
from training.teach import Plan, teach

WORK = Path(__file__).parent / ".work"
"""Where candidates and encoders are kept, so that what is there is not made again."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What an encoder is not taught with.  batches, rows: names."""

    batches: tuple[str, ...]
    rows: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Return the name of the folder of its encoder."""
        return "without-" + "-".join(self.batches + self.rows)


FOLDS = (
    Fold(("e", "l", "m")),
    Fold(("a", "c", "f", "n"), ("g", "h")),
    Fold(("b", "d", "s", "x"), ("j", "k")),
)
"""The package's encoder is the first one's: it leaves out no single cases, since these are few."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What an encoder is taught with, where its files are kept, and how.

    plan: its batches and rows are not read, since each fold has its own.
    """

    reading: ReadingSet
    work: Path
    plan: Plan

    def teach(self, fold: Fold) -> Path:
        """Make all candidates and a fold's encoder, where they are not there; return the encoder's file."""
        for name in self.reading.batches:
            make_candidates(self.reading.batch(name), self.work)
        taught = [name for name in self.reading.batches if name not in fold.batches]
        rows = [name for name in self.reading.rows if name not in fold.rows]
        plan = replace(self.plan, batches=taught, rows=rows)
        return teach(self.reading, self.work, self.work / fold.folder, plan)

    def judge_questions(self, judge: Judge, batch: str) -> list[ReadQuestion]:
        """Return what an encoder says of a batch's questions."""
        return judge_questions(judge, read_lines(self.work / batch / CANDIDATES))

    def judge_sentences(self, judge: Judge, batch: str) -> list[ReadSentence]:
        """Return what an encoder says of a batch's sentences."""
        said = read_lines(self.work / batch / UTTERANCES)
        return judge_sentences(judge, label_sentences(self.reading.batch(batch), said))

    def judge_claims(self, judge: Judge, batch: str) -> list[ReadClaim]:
        """Return what an encoder says of the claims that rules read in a batch."""
        return list(judge_claims(judge, self.reading.batch(batch)))

    def judge_rows(self, judge: Judge, rows: Sequence[str]) -> list[ReadSentence]:
        """Return what an encoder says of the single cases of statuses."""
        cases = [row for name in rows for row in self.reading.read_rows(name, "statuses")]
        return judge_sentences(judge, label_rows(cases))
