"""What is read in a document before it becomes a claim, and what is to be read."""

import re
from dataclasses import dataclass

from askpcc.model import MatterKind, Span, Speaker, Status
from askpcc.statuses.document_model import NamedItem, Utterance


@dataclass(frozen=True, slots=True)
class Finding:
    """One status of one matter, or of the items that are answered together.

    evidence: places that together say it, the most telling first.  number: of a tracker's entry.
    chance: that it is right, from 0 to 1, as the reader judges; 1 for what a column states.
    read_by: the language model that read it, "" for the taught reader and the rules of tables.
    """

    status: Status
    matter: str
    evidence: tuple[Span, ...]
    said_by: Speaker
    kind: MatterKind = MatterKind.IMPROVEMENT
    items: tuple[NamedItem, ...] = ()
    number: str | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None
    chance: float = 1.0
    read_by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that may say what has become of a matter.

    before: the words before it.  previous: the sentence before it on its line.  label: where a table
    names its matter.  dated: the document's date is its own.  name: the title at the beginning of its line.
    """

    utterance: Utterance
    before: str = ""
    previous: Span | None = None
    label: Span | None = None
    dated: bool = True
    name: str = ""


_CLOSED_BY_OTHERS = re.compile(
    r"\b(?:force|constabulary|chief constable|commissioner|office|panel|board|committee|we|i)\b"
    r"(?: (?!by\b)\w+){0,3} (?:closed|signed (?:\w+ )?off|discharged)\b",
    re.IGNORECASE,
)


def settle(status: Status, words: str) -> Status:
    """Return a status as it stands: only the inspectorate closes; what others call so is complete."""
    return Status.COMPLETE if status is Status.CLOSED and _CLOSED_BY_OTHERS.search(words) else status
