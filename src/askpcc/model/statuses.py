"""What documents say has become of a matter, with the words that say so."""

from dataclasses import dataclass
from enum import StrEnum

from askpcc.model.documents import Document
from askpcc.model.places import Span


class Status(StrEnum):
    """What has become of a matter.  complete is somebody's own word, closed the inspectorate's."""

    COMPLETE = "complete"
    CLOSED = "closed"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    ACCEPTED = "accepted"
    UNDER_CONSIDERATION = "under_consideration"
    NOT_ACCEPTED = "not_accepted"
    NOT_APPLICABLE = "not_applicable"
    NOT_STATED = "not_stated"


class Speaker(StrEnum):
    """Who says so."""

    COMMISSIONER = "commissioner"
    FORCE = "force"
    INSPECTORATE = "inspectorate"


class MatterKind(StrEnum):
    """What sort of thing a status is about."""

    RECOMMENDATION = "recommendation"
    AREA_FOR_IMPROVEMENT = "area for improvement"
    CAUSE_OF_CONCERN = "cause of concern"
    IMPROVEMENT = "improvement"


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """One thing a document says about one matter.

    matter: the words that name it, as they stand in the document.  number: as written ("5").
    as_of: ISO date, as precise as known; as_of_from: what that date is ("response dated").
    due: ISO date by which it is to be done.  addressee: whom the recommendation is addressed to.
    evidence: places whose words together say it, all of them needed; the most telling first.
    """

    id: str
    document: str
    version: str
    matter: str
    kind: MatterKind
    status: Status
    said_by: Speaker
    evidence: tuple[Span, ...]
    number: str | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class NamedMatter:
    """A matter that a document names, whether or not it says what has become of it.

    matter: the words that name it, as they stand at span.  number: as written ("5").  due, addressee: as
    in StatusClaim.  parts: how many things it lists, all of which it asks for.
    """

    document: str
    version: str
    matter: str
    kind: MatterKind
    span: Span
    number: str | None = None
    due: str | None = None
    addressee: str | None = None
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document with all that the register is made of.  stale: as on its card."""

    document: Document
    claims: tuple[StatusClaim, ...] = ()
    items: tuple[NamedMatter, ...] = ()
    stale: str | None = None
