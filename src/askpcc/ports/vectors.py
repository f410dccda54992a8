"""Vector stores."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from askpcc.ports.embedding import Vector


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
