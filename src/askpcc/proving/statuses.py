"""Which statuses words claim, read by the rules that the register is read with."""

import re

from askpcc.model import Status
from askpcc.proving.clauses import Turn
from askpcc.proving.grounds import Grounds
from askpcc.proving.values import Sort, values_of
from askpcc.proving.vocabulary import load_vocabulary
from askpcc.statuses.places import Place
from askpcc.statuses.readings import read_cues

_CONNECTS = re.compile(
    r"\b(?:is|are|was|were|has|have|been|be|the|this|now|and|area|cause|status)\b|[\W_]", re.IGNORECASE
)
_LABELLED = frozenset({Status.CLOSED, Status.NOT_ACCEPTED, Status.NOT_APPLICABLE, Status.ACCEPTED})


def claims_another(text: str, status: Status | None, grounds: Grounds) -> bool:
    """Tell whether a statement claims a status that the register does not have of the cited words.

    A status that is claimed besides the words needs a claim; one that only the words give needs cited words
    that give the same.
    """
    held = {claim.status for claim in grounds.claims}
    if status is not None and status not in held:
        return True
    given = held | {one for cited in grounds.cited for one in read_statuses(cited.words)}
    return not read_statuses(text) & _LABELLED <= given


def read_statuses(text: str) -> set[Status]:
    """Return the statuses that a sentence gives to whatever it is about."""
    return {reading.status for reading in read_cues(text, Place(answer=True)) if not reading.rule.weak}


def is_bare(turn: Turn) -> bool:
    """Tell whether a clause names a status, and perhaps a matter by number, and nothing else."""
    return _read_bare(turn) is not None


def holds_bare(turn: Turn, grounds: Grounds) -> bool:
    """Tell whether the register has that status of that matter."""
    status, items = _read_bare(turn), values_of(list(turn.pieces), Sort.ITEM)
    of_status = [claim for claim in grounds.claims if claim.status is status]
    if not items:
        return bool(of_status) and len({claim.status for claim in grounds.claims}) == 1
    return items <= {f"{claim.kind} {claim.number}" for claim in of_status}


def _read_bare(turn: Turn) -> Status | None:
    from askpcc.language.items import without_items

    rest = without_items(turn.text)
    found = [(status, match) for status, p in load_vocabulary().statuses.items() if (match := p.search(rest))]
    if not found:
        return None
    status, match = max(found, key=lambda one: len(one[1][0]))
    left = rest[: match.start()] + rest[match.end() :]
    return status if not _CONNECTS.sub("", left) else None
