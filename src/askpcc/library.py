"""What the surfaces show of the index: its age, its documents, its register, a source in its surroundings."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from askpcc.errors import IndexFailure, UnknownDocument
from askpcc.metadata import own_date
from askpcc.model import (
    Citation,
    Document,
    DocumentCard,
    DocumentClaims,
    FactName,
    IndexRun,
    Passage,
    Status,
    StatusClaim,
)
from askpcc.ports import Catalogue
from askpcc.register import (
    Choice,
    Register,
    Row,
    build_register,
    choose,
)
from askpcc.rendering.results import mark
from askpcc.text.forces import ForceTable

Surroundings = tuple[str, str, str]
"""What stands before, the cited words, what stands after; all as stored."""

_MOST_RUNS = 200
_AROUND = 1_200
_ELLIPSIS = "…"
_FIRST_WORD, _LAST_WORD = re.compile(r"\A\S*\s+"), re.compile(r"\s+\S*\Z")


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the index is.  built_at: in UTC; None where there is none, or where it is not known.

    documents: how many there are, without Welsh copies of others.
    """

    built_at: datetime | None
    documents: int


@dataclass
class Library:
    """Reads from the catalogue, and keeps claims and rows until the index changes.

    Safe in several threads.
    """

    catalogue: Catalogue
    forces: ForceTable
    _lock: Lock = field(default_factory=Lock)
    _claims: tuple[str, Sequence[DocumentClaims]] = ("", ())
    _rows: tuple[str, Sequence[Row]] = ("", ())

    def freshness(self) -> Freshness:
        """Return how old the index is; without one, that nothing is known."""
        try:
            runs = self.catalogue.runs(1)
            documents = sum(not card.welsh_copy_of for card in self.catalogue.documents())
            return Freshness(runs[0].at if runs else None, documents)
        except IndexFailure:
            return Freshness(None, 0)

    def indexed_at(self, index_version: str) -> datetime | None:
        """Return when an index was made; None where that is not known any more, or there is none."""
        try:
            runs = self.catalogue.runs(_MOST_RUNS)
        except IndexFailure:
            return None
        return next((run.at for run in runs if run.index_version == index_version), None)

    def cards(self) -> Sequence[DocumentCard]:
        """Return a card of each document, by path."""
        return self.catalogue.documents()

    def card(self, path: str) -> DocumentCard | None:
        """Return the card of the newest version of a document; None where it is not in the corpus."""
        return next((card for card in self.cards() if card.path == path), None)

    def dates(self) -> Mapping[str, str]:
        """Return the date of each document that has one, by path; none without an index."""
        try:
            cards = self.cards()
        except IndexFailure:
            return {}
        dated = ((card.path, date_of(card)) for card in cards)
        return {path: date for path, date in dated if date}

    def document(self, path: str, version: str | None = None) -> Document:
        """Return a document with its text; UnknownDocument for what the catalogue does not hold."""
        return self.catalogue.document(path, version)

    def passages(self, document: Document) -> Sequence[Passage]:
        """Return the passages of a version of a document; none of one that is not the newest."""
        found = self.catalogue.passages_of(document.path)
        return [passage for passage in found if passage.version == document.version]

    def count_passages(self) -> int:
        """Count what is searched; 0 without an index."""
        try:
            return self.catalogue.frequencies(())[0]
        except IndexFailure:
            return 0

    def source(self, citation: Citation) -> tuple[DocumentCard, Surroundings]:
        """Return a cited document, and the cited words with what stands around them.

        A version that is not kept any more leaves the words alone.
        """
        try:
            document = self.catalogue.document(citation.document, citation.version)
            held = self.card(citation.document)
        except (UnknownDocument, IndexFailure):
            gone = DocumentCard(citation.document, citation.version, stale="not held any more")
            return gone, ("", citation.quote, "")
        card = DocumentCard(document.path, document.version, document.facts, document.page_starts)
        stale = held.stale if held and held.version == citation.version else None
        span = citation.span
        return replace(card, stale=stale, doubts=document.doubts), _surround(
            document.text, span.start, span.end
        )

    def rows(self) -> Sequence[Row]:
        """Return the rows of the register; none without an index."""
        try:
            version, claims = self._read()
        except IndexFailure:
            return ()
        with self._lock:
            if self._rows[0] != version:
                self._rows = (version, build_register(claims))
            return self._rows[1]

    def choose(self, choice: Choice) -> Register:
        """Return rows of the register; raises SettingsError for what it does not have."""
        return choose(self.document_claims(), choice, self.forces)

    def count_claims(self) -> Mapping[str, Counter[Status]]:
        """Count the claims of each document by their status."""
        return {
            one.document.path: Counter(claim.status for claim in one.claims) for one in self.document_claims()
        }

    def claims_of(self, document: str) -> Sequence[StatusClaim]:
        """Return what a document claims, in its order."""
        return self.catalogue.claims([document])

    def runs(self, limit: int) -> Sequence[IndexRun]:
        """Return the latest runs that changed something, newest first."""
        return self.catalogue.runs(limit)

    def document_claims(self) -> Sequence[DocumentClaims]:
        """Return all documents with what they claim."""
        return self._read()[1]

    def _read(self) -> tuple[str, Sequence[DocumentClaims]]:
        """Return the version of the index, and all documents with what they claim."""
        version = self.catalogue.index_version()
        with self._lock:
            if self._claims[0] != version:
                self._claims = (version, self.catalogue.document_claims())
            return self._claims


def _surround(text: str, start: int, end: int) -> Surroundings:
    """Cut out a place with whole words around it, and "…" where more stands before or after."""
    before, quote, after = mark(text, start, end, _AROUND)
    if start > _AROUND:
        before = _ELLIPSIS + (_FIRST_WORD.sub("", before) or before)
    if len(text) - end > _AROUND:
        after = (_LAST_WORD.sub("", after) or after) + _ELLIPSIS
    return before, quote, after


def date_of(card: DocumentCard | Document) -> str | None:
    """Return the date of a document, or that of the report which it answers."""
    fact = own_date(card) or card.fact(FactName.PUBLISHED)
    return fact.value if fact else None
