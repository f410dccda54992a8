"""What is indexed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from askpcc.model import Document, DocumentCard, Dossier, IndexRun, NamedMatter, Passage, StatusClaim
from askpcc.ports.vectors import Hit


@dataclass(frozen=True, slots=True)
class Shelved:
    """What the catalogue knows of a document before reading it again.

    fingerprint: of the file's bytes, its source note and the reader that read it.
    stale: the reason why the newest file could not be read, when an earlier version stays.
    """

    document: str
    version: str
    fingerprint: str
    passages: tuple[str, ...]
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the catalogue holds before a run.  store, seal: the vector store in use, and its seal."""

    index_version: str
    embedder: str
    store: str
    seal: str
    shelved: Mapping[str, Shelved]


@dataclass(frozen=True, slots=True)
class Accession:
    """A document with its passages, to be put on the shelf; it takes the place of an earlier version.

    claims, items: what it says of matters, and which it names.
    """

    document: Document
    fingerprint: str
    passages: Sequence[Passage]
    claims: Sequence[StatusClaim] = ()
    items: Sequence[NamedMatter] = ()


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What one run changes, in one transaction.  stale: the reason, or None where a file is mended.

    run: what the run changed, to be kept for those who announce it; the commit fills in its index version.
    """

    embedder: str
    store: str
    seal: str
    added: Sequence[Accession] = ()
    removed: Collection[str] = ()
    stale: Mapping[str, str | None] = field(default_factory=dict)
    run: IndexRun | None = None


class CatalogueWriter(Protocol):
    """The catalogue as the index flow needs it.

    holdings: None where there is none; raises IndexDamaged.  indexed: the indexed text of passages.
    dossiers: every document with what it says of matters; only where there are holdings.
    commit: makes the change visible at once, and returns the index version.  discard: makes room for
    a new catalogue when the old one cannot be read.
    """

    def holdings(self) -> Holdings | None: ...
    def indexed(self, ids: Collection[str]) -> dict[str, str]: ...
    def dossiers(self) -> list[Dossier]: ...
    def commit(self, change: CatalogueChange) -> str: ...
    def discard(self) -> None: ...


class Catalogue(Protocol):
    """What is indexed, as one generation sees it.  It never mixes two generations in one call.

    document: without a version the newest; its blocks are left out.  Raises UnknownDocument.
    passages: in the order of the ids, without those that are not indexed (any more).
    claims, items, dossiers: what documents say of matters, of some documents or of all.
    keyword: finds passages that hold at least one of these Porter stems.
    frequencies: how many passages there are, and how many of them hold each of these Porter stems.
    runs: the latest that changed what is indexed, newest first.
    """

    def index_version(self) -> str: ...
    def documents(self) -> Sequence[DocumentCard]: ...
    def document(self, path: str, version: str | None = None) -> Document: ...
    def passages(self, ids: Collection[str]) -> list[Passage]: ...
    def passages_of(self, document: str) -> list[Passage]: ...
    def claims(self, documents: Collection[str] | None = None) -> list[StatusClaim]: ...
    def items(self, documents: Collection[str] | None = None) -> list[NamedMatter]: ...
    def dossiers(self, documents: Collection[str] | None = None) -> list[Dossier]: ...
    def keyword(
        self, terms: Collection[str], limit: int, documents: Collection[str] | None = None
    ) -> list[Hit]: ...
    def frequencies(self, stems: Collection[str]) -> tuple[int, Mapping[str, int]]: ...
    def runs(self, limit: int) -> list[IndexRun]: ...
