"""A response that is not in the corpus yet, read as it would be indexed, so that a person can judge it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askpcc.adding.adder import Adder
from askpcc.adding.additions import NO_WISHES, Addition, Wishes
from askpcc.adding.fetched import Fetched
from askpcc.model import Document, Passage, StatusClaim


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read from a file.  held: the document that makes adding it needless, where there is one."""

    document: Document
    passages: Sequence[Passage]
    claims: Sequence[StatusClaim]
    held: Addition | None = None


@dataclass(frozen=True, slots=True)
class Previewer:
    """Reads a file in all respects and stores nothing."""

    adder: Adder
    split: Callable[[Document], Sequence[Passage]]
    claims: Callable[[Document, Sequence[Passage]], Sequence[StatusClaim]]

    def preview(self, fetched: Fetched, wishes: Wishes = NO_WISHES) -> Preview:
        """Return what is in a file; raises BadDocument, CorpusError."""
        document, held = self.adder.inspect(fetched, wishes)
        passages = self.split(document)
        return Preview(document, passages, self.claims(document, passages), held)
