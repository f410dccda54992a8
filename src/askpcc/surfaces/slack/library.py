"""What the surface shows of the index: its age, its documents, its register, a source in its surroundings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from askpcc.errors import IndexFailure, UnknownDocument
from askpcc.model import Citation, DocumentCard, Fact, FactName
from askpcc.ports import Catalogue
from askpcc.register import Row, build_register
from askpcc.rendering.answers import mark
from askpcc.surfaces.slack.answers.messages import Freshness
from askpcc.surfaces.slack.answers.source_modal import Surroundings
from askpcc.surfaces.slack.text import ELLIPSIS

_AROUND = 1_200
_FIRST_WORD, _LAST_WORD = re.compile(r"\A\S*\s+"), re.compile(r"\s+\S*\Z")


@dataclass
class Library:
    """Reads from the catalogue; the register is kept until the index changes.  Safe in several threads."""

    catalogue: Catalogue
    _lock: Lock = field(default_factory=Lock)
    _register: tuple[str, Sequence[Row]] = ("", ())

    def freshness(self) -> Freshness:
        """Return how old the index is; without one, that nothing is known."""
        try:
            runs = self.catalogue.runs(1)
            return Freshness(runs[0].at if runs else None, len(self.catalogue.documents()))
        except IndexFailure:
            return Freshness(None, 0)

    def cards(self) -> Sequence[DocumentCard]:
        """Return a card of each document; none without an index."""
        try:
            return self.catalogue.documents()
        except IndexFailure:
            return ()

    def dates(self) -> Mapping[str, str]:
        """Return the date of each document that has one, by path."""
        dated = ((card.path, _date(card)) for card in self.cards())
        return {path: fact.value for path, fact in dated if fact is not None}

    def passages(self) -> int:
        """Count what is searched; 0 without an index."""
        try:
            return self.catalogue.frequencies(())[0]
        except IndexFailure:
            return 0

    def rows(self) -> Sequence[Row]:
        """Return the rows of the register; none without an index."""
        try:
            version = self.catalogue.index_version()
            with self._lock:
                if self._register[0] != version:
                    self._register = (version, build_register(self.catalogue.dossiers()))
                return self._register[1]
        except IndexFailure:
            return ()

    def source(self, citation: Citation) -> tuple[DocumentCard, Surroundings]:
        """Return a cited document, and the cited words with what stands around them.

        A version that is not kept any more leaves the words alone.
        """
        try:
            document = self.catalogue.document(citation.document, citation.version)
        except (UnknownDocument, IndexFailure):
            gone = DocumentCard(citation.document, citation.version, stale="not held any more")
            return gone, ("", citation.quote, "")
        held = next((card for card in self.cards() if card.path == citation.document), None)
        card = DocumentCard(document.path, document.version, document.facts, document.page_starts)
        stale = held.stale if held and held.version == citation.version else None
        span = citation.span
        return replace(card, stale=stale), _surround(document.text, span.start, span.end)


def _surround(text: str, start: int, end: int) -> Surroundings:
    """Cut out a place with whole words around it, and "…" where more stands before or after."""
    before, quote, after = mark(text, start, end, _AROUND)
    if start > _AROUND:
        before = ELLIPSIS + (_FIRST_WORD.sub("", before) or before)
    if len(text) - end > _AROUND:
        after = (_LAST_WORD.sub("", after) or after) + ELLIPSIS
    return before, quote, after


def _date(card: DocumentCard) -> Fact | None:
    return card.fact(FactName.RESPONDED) or card.fact(FactName.PUBLISHED)
