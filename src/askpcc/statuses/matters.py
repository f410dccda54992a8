"""One status for a whole matter, out of what several sentences say about it."""

from collections.abc import Sequence

from askpcc.model import Status, StatusClaim
from askpcc.statuses.named_items import NamedItem
from askpcc.statuses.readings import combine

_OF_THE_WHOLE = (Status.CLOSED, Status.NOT_ACCEPTED, Status.NOT_APPLICABLE)


def summarise(claims: Sequence[StatusClaim], item: NamedItem | None = None) -> Status:
    """Return the one status of a matter; not_stated without claims.

    What is said about the matter itself wins over what is said about its parts; the inspectorate's
    closing and a refusal are always about the matter itself.  A recommendation that lists several things
    is not complete because one of them is.
    """
    whole = [claim.status for claim in claims if claim.status in _OF_THE_WHOLE or _is_of_whole(claim, item)]
    final = next((status for status in _OF_THE_WHOLE if status in whole), None)
    if final and Status.IN_PROGRESS not in whole:
        return final
    said = [claim.status for claim in claims if claim.status not in _OF_THE_WHOLE]
    status = combine([status for status in whole if status is not final] or said)
    if status is Status.COMPLETE and item and item.parts > 1 and not whole:
        return Status.IN_PROGRESS
    return status or final or Status.NOT_STATED


def _is_of_whole(claim: StatusClaim, item: NamedItem | None) -> bool:
    told = claim.status in (Status.COMPLETE, Status.IN_PROGRESS)
    return told and item is not None and claim.matter == item.words
