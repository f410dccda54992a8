"""What somebody asks."""

from dataclasses import dataclass
from enum import StrEnum


class Wanted(StrEnum):
    """What sort of answer a question wants."""

    STATUS = "status"
    LIST = "list"
    COUNT = "count"
    WHO = "who"
    WHEN = "when"
    DEADLINE = "deadline"
    COMPARE = "compare"
    FACT = "fact"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of a question that carries its subject, with the other ways to say it.

    weight: 1 for a typed word, less for one inherited from the thread.  phrases: each a row of stems
    with its strength from 0 to 1; the typed one comes first.
    """

    weight: float
    phrases: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed, and what was read from it and from the earlier ones of its thread.

    forces: full names of the forces it is about.  items: what it names by number ("recommendation 5").
    sought: what the answer must hold; differs from wanted when what is compared is a number or a date.
    concepts: the words that carry its subject.  subject: the words to embed.
    """

    words: str
    wanted: Wanted
    subject: str
    history: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    sought: Wanted = Wanted.FACT
