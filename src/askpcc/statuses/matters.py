"""One status for a whole matter, out of what several sentences say about it."""

import re
from collections.abc import Sequence

from askpcc.model import Status, StatusClaim
from askpcc.statuses.named_items import NamedItem
from askpcc.statuses.readings import combine

_PLAN = re.compile(
    r"\b(?:action|improvement|delivery|implementation|recovery|project|work|remedial|detailed) plans?\b"
    r"|^(?:(?:an?|the|its|this|that|our|their|new|clear|full|joint) )*plans?\b(?! (?:for|on) \w+ing\b)",
    re.IGNORECASE,
)
_ANY_PLAN = re.compile(r"\bplans?\b", re.IGNORECASE)
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
    said = [_said_of_matter(claim, item) for claim in claims if claim.status not in _OF_THE_WHOLE]
    status = combine([status for status in whole if status is not final] or said)
    if status is Status.COMPLETE and item and item.parts > 1 and not whole:
        return Status.IN_PROGRESS
    return status or final or Status.NOT_STATED


def _said_of_matter(claim: StatusClaim, item: NamedItem | None) -> Status:
    """Return what a claim makes of its matter: a plan in place is work begun, unless a plan was asked for."""
    plan = _PLAN.search(claim.matter) is not None
    asked = item is not None and _ANY_PLAN.search(f"{item.words} {item.text}") is not None
    return Status.IN_PROGRESS if claim.status is Status.COMPLETE and plan and not asked else claim.status


def _is_of_whole(claim: StatusClaim, item: NamedItem | None) -> bool:
    told = claim.status in (Status.COMPLETE, Status.IN_PROGRESS)
    return told and item is not None and claim.matter == item.words
