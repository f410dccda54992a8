"""A statement is compared with the words it cites, and the first thing that is not proved is named.

Nothing here says that a statement is true: only that all in it that can be checked stands in those words.
What cannot be decided counts as not proved.
"""

from collections.abc import Callable, Sequence

from askpcc.language.words import content_stems
from askpcc.model import Status
from askpcc.proving import content, narrowing, statuses
from askpcc.proving.actors import gives_another_actor
from askpcc.proving.binding import swaps
from askpcc.proving.clauses import Backing, Turn, read_backings, read_turns
from askpcc.proving.flaws import Flaw
from askpcc.proving.grounds import Grounds, hold_items
from askpcc.proving.nearest import find_nearest
from askpcc.proving.values import Sort, read_pieces, smooth, values_of

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
    if statuses.claims_another(text, status, grounds):
        return Flaw.STATUS
    return None


def _items(grounds: Grounds) -> frozenset[str]:
    said = {v for one in grounds.cited for v in values_of(read_pieces(smooth(one.words)), Sort.ITEM)}
    return hold_items(grounds.cited) | said


def _find_in_clause(turn: Turn, text: str, backings: Sequence[Backing], grounds: Grounds) -> Flaw | None:
    """Return the flaw of a clause that none of the cited clauses nearest to it is without."""
    if statuses.is_bare(turn):
        return None if statuses.holds_bare(turn, grounds) else Flaw.STATUS
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
    return Flaw.NARROWING if narrowing.widens(turn, text, backing) else None


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
    (Flaw.DECISIVE, narrowing.turns_decisively),
    (Flaw.ORDER, swaps),
)
