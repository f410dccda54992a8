"""What a language model is given, and what it proposes; nothing of it is believed before it is proved."""

from dataclasses import dataclass

from askpcc.model.passages import Sentence
from askpcc.model.statuses import Status, StatusClaim


@dataclass(frozen=True, slots=True)
class Material:
    """A sentence that a statement may rest on.

    number: by which the model names it, from 1.  words: plain words without markup, as they are sent; names
    of people may be missing.  about: whose response, to which report, dated when.  claims: what the register
    reads out of this sentence.
    """

    number: int
    sentence: Sentence
    words: str
    about: str
    claims: tuple[StatusClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """One statement as a model wrote it.  numbers: of the material that it says it rests on."""

    text: str
    numbers: tuple[int, ...]
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens that a model read and wrote, 0 where it does not tell, and the milliseconds it took."""

    read: int = 0
    written: int = 0
    milliseconds: int = 0

    def plus(self, other: "Spent") -> "Spent":
        """Return both together."""
        return Spent(
            self.read + other.read, self.written + other.written, self.milliseconds + other.milliseconds
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model wrote; no statements where it says that the material does not say."""

    statements: tuple[Proposed, ...]
    spent: Spent = Spent()


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A follow-up as a model understood it: a question that stands alone."""

    words: str
    spent: Spent = Spent()
