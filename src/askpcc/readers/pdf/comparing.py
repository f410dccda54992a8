"""Doubts about a page: its text as it was put in order, against what another parser reads."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from askpcc.readers.pdf.columns import Flow
from askpcc.readers.pdf.letters import mend

_LEAST_WORDS = 0.9
"""Share of a page's words that the other parser reads as well: the rest it parts or joins otherwise."""
_LEAST_LETTERS = 0.9
"""Share of the letters that each parser has of the other's."""
_LEAST_PAIRS = 0.6
"""Share of the steps from line to line that the other parser makes too: in columns that are read across
it makes none, in columns one after the other it makes all."""
_FEWEST = 12
"""On fewer words or lines a share says little."""
_SEPARATORS = str.maketrans({"\ufffe": None, "\x02": None, "\xad": None})
"""What PDFium writes for a hyphen at the end of a line."""


def doubt_page(
    number: int, flows: Sequence[Flow], letters: int, filled: Counter[str], other: str | None
) -> list[str]:
    """Return what speaks against the text of a page, one sentence each.

    letters: how many the page holds.  filled: words of fields, which are not drawn with the page.
    other: what the other parser reads; None where it cannot.
    """
    if other is None:
        return [f"The text of page {number} could not be compared with what another parser reads."]
    theirs = [mend(word.translate(_SEPARATORS)) for word in other.split()]
    lines = [line.split() for line in _lines(flows) if line.strip()]
    ours = Counter(word for line in lines for word in line) - filled
    doubts = []
    if not _agree(ours, Counter(theirs)) or not _as_many(letters, sum(map(len, theirs))):
        doubts.append(f"The words of page {number} may not be as they are printed.")
    steps = {(before, after) for before, after in pairwise(theirs)}
    own = [
        (before[-1], after[0])
        for before, after in pairwise(lines)
        if not filled[before[-1]] and not filled[after[0]]
    ]
    kept = sum(step in steps or _is_broken(step[0]) for step in own)
    if len(own) >= _FEWEST and kept < _LEAST_PAIRS * len(own):
        doubts.append(f"The text of page {number} may not be in its order.")
    return doubts


def _lines(flows: Sequence[Flow]) -> Iterator[str]:
    for flow in flows:
        for line in flow.lines:
            if line.cells:
                yield from (each.text for cell in line.cells for each in cell)
            else:
                yield line.text


def _is_broken(word: str) -> bool:
    return word.endswith(("-", "\u2010", "\xad"))


def _agree(ours: Counter[str], theirs: Counter[str]) -> bool:
    count = ours.total()
    return count < _FEWEST or (ours & theirs).total() >= _LEAST_WORDS * count


def _as_many(letters: int, others: int) -> bool:
    return max(letters, others) < _FEWEST or min(letters, others) >= _LEAST_LETTERS * max(letters, others)
