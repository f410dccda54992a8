"""Which cited clauses a clause can rest on: those that share most with it."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from askpcc.language.words import stems
from askpcc.proving.clauses import Backing, Mood, Turn
from askpcc.proving.vocabulary import load_vocabulary

_MOSTLY = 0.8
"""The least share of a sentence that a clause repeats in order, to rest on the sentence as a whole."""


def find_nearest(turn: Turn, among: Sequence[Backing]) -> list[Backing]:
    """Return the cited clauses that share most with a clause; none where nothing is shared.

    What only a demand says is no ground for anything else: it counts only where nothing else does.
    """
    asked = {stem for other in among if other.turn.mood is Mood.OUGHT for stem in other.turn.stems}
    done = {stem for other in among if other.turn.mood is not Mood.OUGHT for stem in other.turn.stems}
    among = [other for other in among if other.is_clause or _follows(turn, other.turn)]
    telling = turn.stems if turn.mood is Mood.OUGHT else turn.stems - (asked - done)
    shared = [(_count_shared(telling or turn.stems, other), other) for other in among]
    most = max((count for count, _ in shared), default=0)
    return [other for count, other in shared if most and count == most]


def _follows(turn: Turn, whole: Turn) -> bool:
    """Tell whether a clause is a whole sentence, hardly shortened and in the same order."""
    said = [piece.value for piece in turn.pieces if piece.value not in load_vocabulary().free]
    cited = [piece.value for piece in whole.pieces if piece.value not in load_vocabulary().free]
    same = sum(
        block.size for block in SequenceMatcher(None, said, cited, autojunk=False).get_matching_blocks()
    )
    return bool(cited) and same >= _MOSTLY * max(len(said), len(cited))


def _count_shared(telling: frozenset[str], other: Backing) -> int:
    same = load_vocabulary().same
    held = other.turn.stems | set(stems(other.turn.text))
    return sum(
        stem in held or any(len(p) == 1 and p[0] in held for p in same.equivalents.get((stem,), ()))
        for stem in telling
    )
