"""What a reader is shown, and what it makes of it."""

from dataclasses import dataclass
from enum import StrEnum

from askpcc.model.documents import Ranked


class Task(StrEnum):
    """What is judged: does a sentence answer, what has become of a matter, what does a question ask."""

    ANSWERS = "answers"
    STATUS = "status"
    ASKS = "asks"


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """One case for the encoder, as text.

    first: the question with its thread, or the matter.  sentence: what is judged, "" for a question alone.
    context: the heading, lead-in or words before the sentence.
    """

    task: Task
    first: str
    sentence: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a question and the sentences found for it.

    ranked: those that were read, the likeliest to answer first; their scores are log-odds.
    answered: the chance, from 0 to 1, that they hold an answer.  kind: what is asked for.
    """

    ranked: tuple[Ranked, ...]
    answered: float
    kind: str = ""
