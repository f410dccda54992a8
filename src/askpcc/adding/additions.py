"""What a person asks for when adding a file to the corpus, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from askpcc.model import Source


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person adding a file asks for.

    name: a path below the corpus.  url: where a file of this machine came from.
    replace: the document in whose place the file is put; name is not used then.
    """

    name: str | None = None
    url: str | None = None
    replace: str | None = None


NO_WISHES = Wishes()


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    SAME_WORDS = "same_words"
    SAME_ADDRESS = "same_address"


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was stored as a document, or the document that made storing it needless.

    like: another document of the same title or name, of which the stored one may be a newer wording.
    """

    document: str
    outcome: Outcome
    source: Source
    like: str | None = None

    @property
    def stored(self) -> bool:
        """Tell whether the corpus has changed, so that it is to be indexed."""
        return self.outcome in {Outcome.ADDED, Outcome.REPLACED}

    @property
    def sentence(self) -> str:
        """Say what happened and, where nothing was stored, what can be done."""
        told = SENTENCES[self.outcome].format(self.document)
        return f"{told} {LIKE.format(self.document, self.like)}" if self.like else told


SENTENCES = {
    Outcome.ADDED: "Added as {0}.",
    Outcome.REPLACED: "Put in place of the earlier {0}.",
    Outcome.SAME_WORDS: "Already in the corpus as {0}; nothing was stored.",
    Outcome.SAME_ADDRESS: "Already in the corpus as {0}, from the same address but with other words; "
    "nothing was stored. To put the new words in its place, add --replace {0}",
}


LIKE = (
    "{1} has the same title or name. If this is a newer wording of it, "
    "remove {0} and add the file again with --replace {1}"
)


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """How the text of the source notes is read and extended: one row a document, a later row wins."""

    parse: Callable[[str], Mapping[str, Source]]
    append: Callable[[str, str, Source], str]
