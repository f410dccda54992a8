"""What the encoder's heads say, and how their scores become judgements."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from askpcc.model import Status

if TYPE_CHECKING:
    pass


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
