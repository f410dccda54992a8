"""The turn of a clause: whether it denies, whether it speaks of what is done, is to come, or ought to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from askpcc.language.words import content_stems
from askpcc.proving.vocabulary import load_vocabulary
from askpcc.statuses.clauses import split_clauses


class Mood(StrEnum):
    """What a clause says of its matter."""

    IS = "is"
    TO_COME = "to_come"
    OUGHT = "ought"


@dataclass(frozen=True, slots=True)
class Turn:
    """A clause with its content and its turn.  denies: an odd number of negations."""

    stems: frozenset[str]
    denies: bool
    mood: Mood


def read_turns(sentences: Iterable[str]) -> list[Turn]:
    """Return the turns of all clauses that say something."""
    turns = [
        _read_turn(clause.span.of(sentence)) for sentence in sentences for clause in split_clauses(sentence)
    ]
    return [turn for turn in turns if turn.stems]


def _read_turn(clause: str) -> Turn:
    vocabulary = load_vocabulary()
    denials = len(vocabulary.negation.findall(clause))
    if vocabulary.ought.search(clause):
        mood = Mood.OUGHT
    elif vocabulary.still_to_come.search(clause):
        mood = Mood.TO_COME
    else:
        mood = Mood.IS
    return Turn(frozenset(content_stems(clause)) - vocabulary.free, denials % 2 == 1, mood)


def find_nearest(turn: Turn, among: Iterable[Turn]) -> list[Turn]:
    """Return the clauses that share most with a clause; none where nothing is shared."""
    shared = [(len(turn.stems & other.stems), other) for other in among]
    most = max((count for count, _ in shared), default=0)
    return [other for count, other in shared if most and count == most]
