"""What the encoder's heads say, and how their scores become judgements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from askpcc.model import Status

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

HEADS: Mapping[str, int] = {
    "answers": 1,
    "speaks": 1,
    "status": len(STATUSES),
    "mode": len(Mode),
    "extent": len(Extent),
    "kind": len(KINDS),
}
"""Names and widths of the heads, in the order in which their scores stand side by side."""


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
    """Return the raw scores of one head of a case."""
    import numpy as np

    begin = 0
    for known, width in HEADS.items():
        if known == name:
            return np.asarray(scores[begin : begin + width], dtype=np.float64)
        begin += width
    raise KeyError(name)


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
