"""What the encoder's heads say, and how their scores become judgements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from askpcc.model import Status, Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Mode(StrEnum):
    """How a sentence speaks of a matter: as a fact, a hope, a demand, a promise and so on."""

    ASSERTED = "asserted"
    DENIED = "denied"
    HOPED = "hoped"
    ASKED = "asked"
    PROMISED = "promised"
    REPORTED = "reported"
    PAST = "past"


class Extent(StrEnum):
    """Whether a sentence speaks of the whole of a matter or of a part."""

    WHOLE = "whole"
    PART = "part"


NONE = "none"
STATUSES: tuple[str, ...] = (
    NONE,
    Status.COMPLETE.value,
    Status.CLOSED.value,
    Status.IN_PROGRESS.value,
    Status.PLANNED.value,
    Status.ACCEPTED.value,
    Status.UNDER_CONSIDERATION.value,
    Status.NOT_ACCEPTED.value,
    Status.NOT_APPLICABLE.value,
)
KINDS = ("status", "list", "count", "who", "when", "deadline", "compare", "fact", "out_of_scope")
"""What a question can ask for."""


class Subject(StrEnum):
    """What an encoder is taught to judge; each has one of its own, since one for both is worse at both."""

    QUESTIONS = "questions"
    STATUSES = "statuses"


SUBJECTS: Mapping[Task, Subject] = {
    Task.ANSWERS: Subject.QUESTIONS,
    Task.ASKS: Subject.QUESTIONS,
    Task.STATUS: Subject.STATUSES,
}
"""Which encoder a task is for."""

HEADS: Mapping[Subject, Mapping[str, int]] = {
    Subject.QUESTIONS: {"answers": 1, "speaks": 1, "kind": len(KINDS)},
    Subject.STATUSES: {"status": len(STATUSES), "mode": len(Mode), "extent": len(Extent)},
}
"""Names and widths of each encoder's heads, in the order in which their scores stand side by side."""


@dataclass(frozen=True, slots=True)
class StatusJudgement:
    """What a sentence says has become of a matter.

    status: None where it says nothing.  chance: of that status, or of none.  done: the chance that it is
    complete or closed.  Chances are from 0 to 1, calibrated on batches that were left out.
    """

    status: Status | None
    chance: float
    done: float
    mode: Mode
    extent: Extent


def head(scores: "Sequence[float] | NDArray[np.float32]", name: str) -> "NDArray[np.float64]":
    """Return the raw scores of one head of a case, out of those of its encoder."""
    import numpy as np

    beside = next(heads for heads in HEADS.values() if name in heads)
    names = list(beside)
    begin = sum(beside[other] for other in names[: names.index(name)])
    return np.asarray(scores[begin : begin + beside[name]], dtype=np.float64)


def read_status(scores: "NDArray[np.float32]", temperature: float = 1.0) -> StatusJudgement:
    """Return the likeliest status of a case.  temperature: what the raw scores are divided by."""
    chances = status_chances(scores, temperature)
    best = int(chances.argmax())
    done = chances[STATUSES.index(Status.COMPLETE)] + chances[STATUSES.index(Status.CLOSED)]
    return StatusJudgement(
        None if STATUSES[best] == NONE else Status(STATUSES[best]),
        float(chances[best]),
        float(done),
        list(Mode)[int(head(scores, "mode").argmax())],
        list(Extent)[int(head(scores, "extent").argmax())],
    )


def status_chances(scores: "NDArray[np.float32]", temperature: float = 1.0) -> "NDArray[np.float64]":
    """Return the chance of each of STATUSES."""
    return _shares(head(scores, "status") / temperature)


def _shares(scores: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    raised = np.exp(scores - scores.max())
    return raised / raised.sum()  # type: ignore[no-any-return]  # numpy's sums are Any
