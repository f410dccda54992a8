"""What was read in one place of a document, before it becomes a claim."""

import re
from dataclasses import dataclass

from askpcc.model import MatterKind, Span, Speaker, Status
from askpcc.statuses.named_items import NamedItem

_KINDS = (
    (MatterKind.AREA_FOR_IMPROVEMENT, re.compile(r"\b(?:areas? for improvement|AFIs?)\b", re.IGNORECASE)),
    (MatterKind.CAUSE_OF_CONCERN, re.compile(r"\b(?:causes?|areas?) of concern\b", re.IGNORECASE)),
    (MatterKind.RECOMMENDATION, re.compile(r"\b(?:recommendations?|recs?)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One status of one matter, or of the items that are answered together.

    evidence: places that together say it, the most telling first.  number: of a tracker's entry.
    """

    status: Status
    matter: str
    evidence: tuple[Span, ...]
    said_by: Speaker
    kind: MatterKind = MatterKind.IMPROVEMENT
    items: tuple[NamedItem, ...] = ()
    number: str | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None


def kind_named_in(words: str) -> MatterKind:
    """Return what sort of matter words speak of; an improvement when they name no other."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), MatterKind.IMPROVEMENT)
