"""An answer with what it was chosen from."""

from dataclasses import dataclass, field

from askpcc.asking.composing import QUOTING
from askpcc.model import Answer, Ranked, Spent


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, what it was chosen from, for ``--explain``, and how long it took.

    writer: whose words it has beside the documents' own.  rewritten: a follow-up as a language model
    understood it.  spent: what that model took.
    """

    answer: Answer
    ranked: tuple[Ranked, ...] = ()
    milliseconds: int = 0
    writer: str = QUOTING
    rewritten: str = ""
    spent: Spent = field(default_factory=Spent)

    @property
    def confidence(self) -> float:
        """Return how much of the question the best sentence speaks of, from 0 to 1; no probability."""
        return (self.ranked[0].coverage + max(0.0, self.ranked[0].similarity)) / 2 if self.ranked else 0.0
