"""What the reader is shown."""

from dataclasses import dataclass
from enum import StrEnum


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
