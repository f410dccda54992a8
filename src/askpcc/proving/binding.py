"""Whether a value stands with the words that it stands with in the cited clause."""

import re
from collections.abc import Sequence

from askpcc.language.words import content_stems
from askpcc.proving.clauses import Backing, Turn
from askpcc.proving.values import Piece, Sort, read_pieces

_ENOUGH = 4
_IN_ORDER = 0.8
"""The least share of the words of a clause, if it has so many, that stand in the order of the cited one."""

_AIM = re.compile(r"\bto (?=[a-z])", re.IGNORECASE)
_VALUES = (Sort.NUMBER, Sort.DATE)
_OF = re.compile(r"\b(\S+) (?:of|in|out of) (?:(?:the|our|its|their|his|her|my) )?(\S+)")
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_BY = re.compile(r"\b(by|from|against) (?:(?:the|a|an|its|their|our|his|her|my) )?([\w’'-]+)", re.IGNORECASE)


def swaps(turn: Turn, backing: Backing) -> bool:
    """Tell whether words, values, sides of a comparison or doers have changed places."""
    return (
        _shuffles(turn, backing)
        or _swaps_values(turn, backing)
        or _drops_part(turn, backing)
        or _turns_comparison(turn.text, backing.sentence)
        or _turns_doer(turn.text, backing)
    )


def _shuffles(turn: Turn, backing: Backing) -> bool:
    """Tell whether a clause has the words of the cited one in another order, or only those of its aim."""
    said = [piece.value for piece in turn.pieces]
    cited = [piece.value for piece in backing.turn.pieces]
    shared = [value for value in said if value in cited]
    if len(shared) >= _ENOUGH and _count_in_order(shared, cited) < _IN_ORDER * len(shared):
        return True
    aim = _AIM.split(backing.turn.text, maxsplit=1)
    if len(aim) == 1 or _AIM.search(turn.text) or not shared:
        return False
    return not {piece.value for piece in read_pieces(aim[0])} & set(shared)


def _count_in_order(said: Sequence[str], cited: Sequence[str]) -> int:
    """Return the length of the longest row of words that stand in the same order in both."""
    longest = [0] * (len(cited) + 1)
    for word in said:
        before = longest[:]
        for place, other in enumerate(cited, start=1):
            longest[place] = (
                before[place - 1] + 1 if word == other else max(before[place], longest[place - 1])
            )
    return longest[-1]


def _swaps_values(turn: Turn, backing: Backing) -> bool:
    """Compare what each value stands next to with what it stands next to in the cited sentence."""
    cited = read_pieces(backing.sentence)
    for sort in _VALUES:
        others = [piece for piece in cited if piece.sort is sort]
        if len({piece.value for piece in others}) > 1 and any(
            _is_elsewhere(turn.pieces, place, cited)
            for place, piece in enumerate(turn.pieces)
            if piece.sort is sort
        ):
            return True
    return False


def _is_elsewhere(pieces: Sequence[Piece], place: int, cited: Sequence[Piece]) -> bool:
    value = pieces[place]
    votes = [
        vote
        for beside in (pieces[place - 1 : place], pieces[place + 1 : place + 2])
        for anchor in beside
        if anchor.sort is not value.sort
        and not _is_nearer_to_another(anchor, value, pieces)
        and (vote := _vote(value, anchor, cited)) is not None
    ]
    return (bool(votes) and not any(votes)) or (len(votes) > 1 and votes[1] is False and not votes[0])


def _is_nearer_to_another(anchor: Piece, value: Piece, pieces: Sequence[Piece]) -> bool:
    others = [piece for piece in pieces if piece.sort is value.sort and piece is not value]
    return any(abs(other.at - anchor.at) < abs(value.at - anchor.at) for other in others)


def _vote(value: Piece, anchor: Piece, cited: Sequence[Piece]) -> bool | None:
    """Tell whether no other value of the sort stands nearer to the anchor; None where it cannot be told."""
    anchors = [piece for piece in cited if piece.value == anchor.value and piece.sort is anchor.sort]
    of_sort = [piece for piece in cited if piece.sort is value.sort]
    if not anchors or not any(piece.value == value.value for piece in of_sort):
        return None

    def near(piece: Piece) -> int:
        return min(abs(piece.at - one.at) for one in anchors)

    mine = min(near(piece) for piece in of_sort if piece.value == value.value)
    return mine <= min((near(piece) for piece in of_sort if piece.value != value.value), default=mine)


def _drops_part(turn: Turn, backing: Backing) -> bool:
    """Tell whether a whole is named without the part of it that is meant: 520 of "88 of 520"."""
    held = {piece.value for piece in turn.pieces if piece.sort is Sort.NUMBER}
    for match in _OF.finditer(backing.sentence):
        part, whole = (read_pieces(word) for word in match.groups())
        numbers = [piece.value for piece in (*part[:1], *whole[:1]) if piece.sort is Sort.NUMBER]
        if len(numbers) > 1 and numbers[1] in held and numbers[0] not in held:
            return True
    return False


def _turns_comparison(said: str, cited: str) -> bool:
    """Tell whether what stands before "than" here stands behind it there."""
    if not _THAN.search(said):
        return False
    if not _THAN.search(cited):
        return True
    (first, second), (cited_first, cited_second) = (
        [set(content_stems(part)) for part in _THAN.split(text, maxsplit=1)] for text in (said, cited)
    )
    return bool((first & cited_second) - cited_first) or bool((second & cited_first) - cited_second)


def _turns_doer(said: str, backing: Backing) -> bool:
    """Tell whether "by", "from" or "against" somebody is not said there: who acts, and on whom."""
    for match in _BY.finditer(said):
        stem = content_stems(match[2])
        if not stem or read_pieces(match[2])[0].sort is not Sort.WORD:
            continue
        there = {
            s
            for one in _BY.finditer(backing.words)
            if one[1].lower() == match[1].lower()
            for s in content_stems(one[2])
        }
        begins = (
            set(content_stems(" ".join(backing.turn.text.split()[:4]))) if match[1].lower() == "by" else set()
        )
        if stem[0] not in there | begins:
            return True
    return False
