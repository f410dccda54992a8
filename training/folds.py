"""Which batches are left out together, and the encoders that are taught with all others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from askpcc.model import Status
from askpcc.reader.cases import Subject
from askpcc.statuses import StatusReader
from askpcc.statuses.status_reader import StatusLimits
from training.batches import ReadingSet, read_lines
from training.candidates import CANDIDATES, make_candidates
from training.judge import (
    EncoderScorer,
    Judge,
    ReadCase,
    ReadDocument,
    ReadQuestion,
    judge_document,
    judge_questions,
    judge_rows,
)
from training.labels import label_documents
from training.teach import Plan, teach

WORK = Path(__file__).parent / ".work"
"""Where candidates and encoders are kept, so that what is there is not made again."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What encoders are not taught with.  batches, rows: names."""

    batches: tuple[str, ...]
    rows: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Return the name of the folder of its encoders."""
        return "without-" + "-".join(self.batches + self.rows)


FOLDS = (
    Fold(("e", "l", "m")),
    Fold(
        ("a", "c", "f", "n", "aa", "ab", "ag", "ak", "an"),
        ("g", "h", "v", "y", "zc", "ze", "zi", "zk", "zm", "zo", "zq"),
    ),
    Fold(
        ("b", "d", "s", "x", "ad", "ae", "af", "ah", "ai", "al", "am"),
        ("j", "k", "w", "z", "zd", "zf", "zh", "zj", "zl", "zn", "zp", "zr"),
    ),
)
"""The package's encoders are the first one's: it leaves out no single cases, so that all are taught."""


@dataclass(frozen=True, slots=True)
class Taught:
    """The encoders of a fold, for measuring and fitting.  folder: where what they read is kept."""

    questions: Judge
    statuses: Judge
    folder: Path


@dataclass(frozen=True, slots=True)
class Workshop:
    """What encoders are taught with, where their files are kept, and how.

    plan: its subject, batches and rows are not read, since each fold has its own.
    """

    reading: ReadingSet
    work: Path
    plan: Plan

    def taught(self, fold: Fold) -> Taught:
        """Return the encoders of a fold; what is not there is taught."""
        questions, statuses = (Judge(self.teach(fold, subject)) for subject in Subject)
        return Taught(questions, statuses, self.work / fold.folder)

    def teach(self, fold: Fold, subject: Subject) -> Path:
        """Make what is not there of all candidates and an encoder of a fold; return the encoder's file."""
        for name in self.reading.batches:
            make_candidates(self.reading.batch(name), self.work)
        taught = [name for name in self.reading.batches if name not in fold.batches]
        rows = [name for name in self.reading.rows if name not in fold.rows]
        plan = replace(self.plan, subject=subject, batches=taught, rows=rows)
        return teach(self.reading, self.work, self.work / fold.folder, plan)

    def judge_questions(self, taught: Taught, batch: str, limits: Mapping[str, float]) -> list[ReadQuestion]:
        """Return what an encoder says of a batch's questions; the statuses are read with limits."""
        least = StatusLimits({Status(name): chance for name, chance in limits.items()})
        make_candidates(
            self.reading.batch(batch), taught.folder, StatusReader(EncoderScorer(taught.statuses), least)
        )
        return judge_questions(taught.questions, read_lines(taught.folder / batch / CANDIDATES))

    def judge_documents(self, taught: Taught, batch: str) -> list[ReadDocument]:
        """Return what the register's reading makes of a batch's documents."""
        return [judge_document(taught.statuses, one) for one in label_documents(self.reading.batch(batch))]

    def judge_rows(self, judge: Judge, rows: Sequence[str]) -> list[ReadCase]:
        """Return what an encoder says of the single cases of statuses."""
        return judge_rows(judge, [row for name in rows for row in self.reading.read_rows(name, "statuses")])
