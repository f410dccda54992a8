"""Several claims about one matter give it one status."""

from collections.abc import Sequence

from askpcc.model import Status, StatusClaim
from askpcc.statuses.document_model import NamedItem
from askpcc.statuses.matters import asks_for_plan, is_plan

_OF_THE_WHOLE = (Status.CLOSED, Status.NOT_ACCEPTED, Status.NOT_APPLICABLE)


def combine(statuses: Sequence[Status]) -> Status | None:
    """Return the one status of what several sentences say about one matter; None for none."""
    said = set(statuses)
    for final in (Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.IN_PROGRESS, Status.CLOSED):
        if final in said:
            return final
    if Status.COMPLETE in said and said & {Status.PLANNED, Status.UNDER_CONSIDERATION}:
        return Status.IN_PROGRESS
    ranked = (Status.COMPLETE, Status.PLANNED, Status.UNDER_CONSIDERATION, Status.ACCEPTED)
    return next((status for status in ranked if status in said), None)


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
    said = [_said_of_matter(claim, item) for claim in claims if claim.status not in _OF_THE_WHOLE]
    status = combine([status for status in whole if status is not final] or said)
    if status is Status.COMPLETE and item and item.parts > 1 and not whole:
        return Status.IN_PROGRESS
    return status or final or Status.NOT_STATED


def _said_of_matter(claim: StatusClaim, item: NamedItem | None) -> Status:
    """Return what a claim makes of its matter: a plan in place is work begun, unless a plan was asked for."""
    asked = item is not None and asks_for_plan(f"{item.words} {item.text}")
    begun = claim.status is Status.COMPLETE and is_plan(claim.matter) and not asked
    return Status.IN_PROGRESS if begun else claim.status


def _is_of_whole(claim: StatusClaim, item: NamedItem | None) -> bool:
    told = claim.status in (Status.COMPLETE, Status.IN_PROGRESS)
    return told and item is not None and claim.matter == item.words
