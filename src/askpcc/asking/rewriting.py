"""Whether a question that was rewritten brings in anything that its thread does not name."""

from collections.abc import Sequence

from askpcc.language.forces import ForceTable
from askpcc.language.words import STOPWORDS, stems, words
from askpcc.proving.values import Sort, read_pieces, smooth, values_of

_LONGEST = 400
_EXACT = (Sort.NUMBER, Sort.DATE, Sort.ITEM)


def is_of_thread(rewritten: str, thread: Sequence[str], forces: ForceTable) -> bool:
    """Tell whether forces, numbers, dates, matters and content words of a question are the thread's own."""
    if len(rewritten) > _LONGEST or not rewritten.isprintable():
        return False
    said = " \n".join(thread)
    named = {force.name for force, _ in forces.find_forces(rewritten, typed=True)}
    if not named <= {force.name for force, _ in forces.find_forces(said, typed=True)}:
        return False
    pieces, known = read_pieces(smooth(rewritten)), read_pieces(smooth(said))
    if any(not values_of(pieces, sort) <= values_of(known, sort) for sort in _EXACT):
        return False
    held = set(stems(said))
    return all(
        word in STOPWORDS or stem in held
        for word, stem in zip(words(rewritten), stems(rewritten), strict=True)
    )
