"""What may be left out of a cited sentence: whole parts that narrow nothing of what is kept."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from askpcc.proving.tokens import Mark, Token
from askpcc.proving.values import Sort, load_vocabulary

STRONG = (Mark.SEMICOLON, Mark.STOP, Mark.CELL)
"""Marks behind which something new begins."""


_INSPECTORATE = "inspectorate"
_FEW = 10
"""Words of a part that only doubts; a longer one says something of its own."""
_DATE = 4
"""Tokens of "since 1 July" or "since the end of July"."""


def may_leave_out(gap: Sequence[Token]) -> bool:
    """Tell whether what stands between two words that are kept may be left out."""
    said = [token for token in gap if not token.is_free]
    if not said or all(token.key in load_vocabulary().connectives for token in said):
        return True
    if _tells_time(gap):
        return True
    if gap[-1].sort is Mark.OPEN:
        # What stands in brackets belongs to the word before them.
        return False
    closed = gap[0].is_mark and (gap[-1].is_mark or gap[-1].is_joint)
    return closed and may_parts_go(gap)


def may_leave_out_before(gap: Sequence[Token]) -> bool:
    """Tell whether what stands before the first word that is kept may be left out."""
    said = [token.key for token in gap if not token.is_free]
    vocabulary = load_vocabulary()
    if all(key in vocabulary.connectives for key in said):
        return True
    if gap[-1].key in vocabulary.announcing_ends and all(
        key in vocabulary.connectives or key in vocabulary.announcing for key in said
    ):
        return True
    if _tells_time(gap) or _is_label(gap):
        return True
    if not gap or gap[-1].sort is Mark.OPEN:
        return False
    return (gap[-1].is_mark or gap[-1].is_joint) and may_parts_go(gap)


def may_leave_out_behind(gap: Sequence[Token]) -> bool:
    """Tell whether all behind the last word that is kept may be left out."""
    if all(token.is_free for token in gap) or _tells_time(gap):
        return True
    while gap[0].sort is Mark.CLOSE:
        # Behind a bracket the sentence goes on.
        gap = gap[1:]
    if _goes_on(gap) or _doubts(gap):
        return False
    parts = _split(gap)
    head = parts[0] if not (gap[0].is_mark or gap[0].is_joint) else []
    if head and not (_tells_time(head) or gives_reason(head) or all(t.is_free for t in head)):
        return False
    return may_parts_go(gap[len(head) :])


def _goes_on(gap: Sequence[Token]) -> bool:
    """Tell whether "and" or "but" goes on with a verb of the same subject, which may turn what is said.

    Another auxiliary only adds to it, as "and has been shared" does, where nothing denies it.
    """
    joined, *behind = gap
    if not behind or joined.key not in {"and", "but"}:
        return False
    following = behind[0]
    if following.key in load_vocabulary().verbs and not any(token.key == "not" for token in behind):
        return False
    names = following.capital or following.is_free or following.is_pronoun or following.sort is not Sort.WORD
    return not names


def _doubts(gap: Sequence[Token]) -> bool:
    """Tell whether what follows doubts what is kept, says that it came too late, or takes it back."""
    vocabulary = load_vocabulary()
    near = list(takewhile(lambda token: token.sort not in STRONG, gap))
    doubted = any(
        len(part) <= _FEW and any(token.key in vocabulary.doubting for token in part) for part in _split(near)
    )
    behind = gap[len(near) :]
    turned = any(one.sort in STRONG and other.key in vocabulary.turns for one, other in pairwise(behind))
    taken_back = any(token.key in vocabulary.doubting for token in _split(behind[1:])[0])
    return doubted or turned or taken_back


def gives_reason(part: Sequence[Token]) -> bool:
    """Tell whether words begin to say why; "since" before a date says since when."""
    dated = any(token.sort is Sort.DATE for token in part[:_DATE])
    return bool(part) and part[0].key in load_vocabulary().reasons and not dated


def _tells_time(gap: Sequence[Token]) -> bool:
    """Tell whether a stretch tells a date and nothing else."""
    said = [token for token in gap if not token.is_free]
    vocabulary = load_vocabulary()
    timely = vocabulary.timely - vocabulary.bounding - vocabulary.reasons
    return any(token.sort is Sort.DATE for token in said) and all(
        token.sort is Sort.DATE or token.key in timely for token in said
    )


def only_numbers(gap: Sequence[Token], following: Token) -> bool:
    """Tell whether what begins a sentence only numbers what follows: "4", "FL3", "recommendation 7"."""
    said = [token for token in gap if not token.is_mark]
    if not said or not all(token.text[-1:].isdigit() and token.sort is not Sort.DATE for token in said):
        return False
    coded = all(token.text[:1].isalpha() for token in said)
    return coded or gap[-1].is_mark or following.capital


def _is_label(gap: Sequence[Token]) -> bool:
    """Tell whether a stretch is a label: it ends with a colon, a dash or a cell and has no verb."""
    ends = (Mark.COLON, Mark.DASH, Mark.CELL, Mark.STOP, Mark.CLOSE)
    return bool(gap) and gap[-1].sort in ends and not any(t.key in load_vocabulary().verbs for t in gap)


def _split(gap: Sequence[Token]) -> list[list[Token]]:
    """Return the parts of a stretch between its marks and joints, each joint with what follows it."""
    parts: list[list[Token]] = [[]]
    for token in gap:
        if token.is_mark:
            parts.append([token] if token.sort is Mark.OPEN else [])
        elif token.is_joint and parts[-1]:
            parts.append([token])
        else:
            parts[-1].append(token)
    return [part for part in parts if part] or [[]]


def may_parts_go(gap: Sequence[Token]) -> bool:
    """Tell whether none of the parts of a stretch narrows what is kept.

    What stands beyond a semicolon, a stop or a cell hangs on its own first part, which is left out with it.
    What a row says of the inspectorate outranks its other cells.
    """
    if any(token.sort is Mark.CELL for token in gap) and any(token.key == _INSPECTORATE for token in gap):
        return False
    whole: list[list[Token]] = [[]]
    for token in gap:
        if token.sort in STRONG:
            whole.append([])
        else:
            whole[-1].append(token)
    near, *beyond = whole
    return all(map(_may_part_go, _split(near))) and all(_may_part_go(_split(one)[0]) for one in beyond)


def _may_part_go(part: Sequence[Token]) -> bool:
    """Tell whether a part of a sentence may be left out: not where it narrows what stands beside it."""
    vocabulary = load_vocabulary()
    words = [token for token in part if not token.is_mark and token.key not in vocabulary.joints]
    if not words:
        return True
    if _tells_time(words) or {token.key for token in words} <= vocabulary.under_way:
        return True
    if part[0].key in vocabulary.narrowing or not vocabulary.collective.isdisjoint(t.key for t in words):
        return False
    return words[0].key not in vocabulary.narrowing
