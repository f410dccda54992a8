"""The seams: what the flows need from the world, in our words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from askpcc.model import (
    Document,
    DocumentCard,
    Dossier,
    Draft,
    NamedMatter,
    Passage,
    Question,
    Ranked,
    StatusClaim,
)

Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into vectors of unit length.

    fingerprint names model and weights and costs no loading of the model.
    max_tokens: what is longer is not seen by the model.
    """

    @property
    def fingerprint(self) -> str: ...
    @property
    def max_tokens(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def embed_passages(self, texts: Sequence[str]) -> list[Vector]: ...
    def embed_question(self, text: str) -> Vector: ...


class EmbeddingCache(Protocol):
    """Vectors by what was embedded: nothing unchanged is embedded twice, also not across a rebuild.

    A key names embedder and text.  save is durable when it returns.
    """

    def load(self, keys: Collection[str]) -> dict[str, Vector]: ...
    def save(self, vectors: Mapping[str, Vector]) -> None: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and how well it fits: larger is better, comparable within one search only."""

    passage: str
    score: float


class Vectors(Protocol):
    """A vector store that is being filled; ids are ids of passages.

    finds: whether each of these vectors is found again by a search.  close: what was added is on disk.
    """

    @property
    def name(self) -> str: ...
    def ids(self) -> set[str]: ...
    def add(self, vectors: Mapping[str, Vector], documents: Mapping[str, str]) -> None: ...
    def remove(self, ids: Collection[str]) -> None: ...
    def finds(self, vectors: Mapping[str, Vector]) -> bool: ...
    def close(self) -> None: ...


class VectorStores(Protocol):
    """The vector stores of an index, by name.  One that the catalogue names is never written again.

    derive: a new store, which holds what the named one holds, or nothing.  seal: digest of what lies on
    disk, read without opening the store, empty when it cannot be read.  sweep: drops all others.
    """

    def derive(self, name: str | None) -> Vectors: ...
    def seal(self, name: str) -> str: ...
    def sweep(self, keep: str) -> None: ...


class NearestPassages(Protocol):
    """The vector store as a question needs it; it follows the catalogue from store to store."""

    def nearest(self, vector: Vector, limit: int, documents: Collection[str] | None = None) -> list[Hit]: ...


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
    """What one run changes, in one transaction.  stale: the reason, or None where a file is mended."""

    embedder: str
    store: str
    seal: str
    added: Sequence[Accession] = ()
    removed: Collection[str] = ()
    stale: Mapping[str, str | None] = field(default_factory=dict)


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
    keyword: finds passages that hold at least one of these words, which it stems itself.
    frequencies: how many passages there are, and how many of them hold each of these Porter stems.
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


class Reranker(Protocol):
    """Scores pairs of a question and a passage; larger is better."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]: ...


class Lock(Protocol):
    """Keeps two runs from writing one index."""

    def held(self) -> AbstractContextManager[None]: ...


class Corpus(Protocol):
    """The files that people put there.

    files: paths below the corpus, sorted; raises CorpusError.  read: raises BadDocument.
    """

    def files(self) -> Iterator[str]: ...
    def read(self, path: str) -> bytes: ...


class CorpusWriter(Protocol):
    """Writes files into the corpus, each whole or not at all; paths are below the corpus."""

    def exists(self, path: str) -> bool: ...
    def read_note(self, path: str) -> str: ...
    def write_new(self, path: str, data: bytes) -> None: ...
    def replace(self, path: str, data: bytes) -> None: ...


class Writer(Protocol):
    """Picks what to assert and what to cite; it writes neither quotations nor reference numbers."""

    @property
    def name(self) -> str: ...
    def write(self, question: Question, ranked: Sequence[Ranked]) -> list[Draft]: ...
