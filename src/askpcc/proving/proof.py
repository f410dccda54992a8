"""A statement is compared with the words it cites, and the first thing that is not proved is named.

Nothing here says that a statement is true: only that all in it that can be checked stands in those words.
What cannot be decided counts as not proved.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from askpcc.model import Status
from askpcc.proving import content
from askpcc.proving.clauses import (
    Backing,
    Grounds,
    Turn,
    gives_another_actor,
    hold_items,
    read_backings,
    read_turns,
)
from askpcc.proving.content import (
    find_nearest,
    swaps,
    turns_decisively,
    widens,
)
from askpcc.proving.values import (
    Sort,
    load_vocabulary,
    read_pieces,
    smooth,
    values_of,
)
from askpcc.text.words import content_stems


class Flaw(StrEnum):
    """What is not proved."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    ITEM = "item"
    DATE = "date"
    NUMBER = "number"
    FORCE = "force"
    NAME = "name"
    ACTOR = "actor"
    STATUS = "status"
    DECISIVE = "decisive"
    NARROWING = "narrowing"
    NEGATION = "negation"
    MOOD = "mood"
    CONTENT = "content"
    ORDER = "order"


_CONNECTS = re.compile(
    r"\b(?:is|are|was|were|has|have|been|be|the|this|now|and|area|cause|status)\b|[\W_]", re.IGNORECASE
)


def claims_another(text: str, status: Status | None, grounds: Grounds) -> bool:
    """Tell whether a statement claims a status that the register does not have of the cited words.

    A status that is claimed besides the words needs a claim; one that only the words give needs cited words
    that give the same.
    """
    held = {claim.status for claim in grounds.claims}
    if status is not None and status not in held:
        return True
    given = held | {one for cited in grounds.cited for one in read_labels(cited.words)}
    return not read_labels(text) <= given


def read_labels(text: str) -> set[Status]:
    """Return the statuses that a sentence names by their own words: closed, refused, for others, accepted."""
    return {status for status, labels in load_vocabulary().labels.items() if labels.search(text)}


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
    from askpcc.text.references import without_items

    rest = without_items(turn.text)
    found = [(status, match) for status, p in load_vocabulary().statuses.items() if (match := p.search(rest))]
    if not found:
        return None
    status, match = max(found, key=lambda one: len(one[1][0]))
    left = rest[: match.start()] + rest[match.end() :]
    return status if not _CONNECTS.sub("", left) else None


_LONGEST = 600
"""Characters of one statement; a longer one is no statement but a text."""

_MARKS = '<>[]|`\n{}*_#\\“”"'


def find_flaw(text: str, status: Status | None, grounds: Grounds) -> Flaw | None:
    """Return the first thing of a statement that its grounds do not prove; None where all is proved.

    text: plain words of one statement.  status: the one that it claims besides its words.
    """
    flaw = _find_in_whole(text, status, grounds)
    if flaw:
        return flaw
    backings = read_backings(grounds.cited)
    flaws = (_find_in_clause(turn, text, backings, grounds) for turn in read_turns(text))
    return next((flaw for flaw in flaws if flaw), None)


def _find_in_whole(text: str, status: Status | None, grounds: Grounds) -> Flaw | None:
    if not content_stems(text) or not grounds.cited:
        return Flaw.EMPTY
    if len(text) > _LONGEST:
        return Flaw.TOO_LONG
    if any(mark in text for mark in _MARKS) or "http" in text.lower() or not text.isprintable():
        return Flaw.MARKUP
    if not values_of(read_pieces(smooth(text)), Sort.ITEM) <= _items(grounds):
        return Flaw.ITEM
    if claims_another(text, status, grounds):
        return Flaw.STATUS
    return None


def _items(grounds: Grounds) -> frozenset[str]:
    said = {v for one in grounds.cited for v in values_of(read_pieces(smooth(one.words)), Sort.ITEM)}
    return hold_items(grounds.cited) | said


def _find_in_clause(turn: Turn, text: str, backings: Sequence[Backing], grounds: Grounds) -> Flaw | None:
    """Return the flaw of a clause that none of the cited clauses nearest to it is without."""
    if is_bare(turn):
        return None if holds_bare(turn, grounds) else Flaw.STATUS
    flaws = [_compare(turn, text, backing, grounds) for backing in find_nearest(turn, backings)]
    if not flaws:
        return Flaw.CONTENT
    return None if None in flaws else flaws[0]


def _compare(turn: Turn, text: str, backing: Backing, grounds: Grounds) -> Flaw | None:
    for flaw, is_flawed in _CHECKS:
        if is_flawed(turn, backing):
            return flaw
    if content.names_another_force(turn, backing, grounds.forces):
        return Flaw.FORCE
    if content.says_more(turn, backing):
        return Flaw.CONTENT
    return Flaw.NARROWING if widens(turn, text, backing) else None


def _names_other_items(turn: Turn, backing: Backing) -> bool:
    named = values_of(read_pieces(backing.sentence), Sort.ITEM)
    held = named or hold_items([backing.cited]) | values_of(read_pieces(backing.words), Sort.ITEM)
    return not values_of(list(turn.pieces), Sort.ITEM) <= held


def _turns_against(turn: Turn, backing: Backing) -> bool:
    return turn.denies is not backing.turn.denies


def _has_another_mood(turn: Turn, backing: Backing) -> bool:
    return turn.mood is not backing.turn.mood


_CHECKS: Sequence[tuple[Flaw, Callable[[Turn, Backing], bool]]] = (
    (Flaw.ITEM, _names_other_items),
    (Flaw.DATE, content.gives_other_dates),
    (Flaw.NUMBER, content.gives_other_numbers),
    (Flaw.NAME, content.names_others),
    (Flaw.ACTOR, gives_another_actor),
    (Flaw.NEGATION, _turns_against),
    (Flaw.MOOD, _has_another_mood),
    (Flaw.DECISIVE, turns_decisively),
    (Flaw.ORDER, swaps),
)
