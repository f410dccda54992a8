"""Parts of a run that end its process, without a chance to tidy up, at one point."""

import os
import signal
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from askpcc.indexing.indexer import Indexer
from askpcc.model import DocumentClaims
from askpcc.ports import (
    CatalogueChange,
    CatalogueWriter,
    EmbeddingCache,
    IndexState,
    LoadedDocument,
    Vector,
    Vectors,
    VectorStores,
)
from support.small_index import SmallIndex, WordEmbedder

EMBEDDED = "embedded.txt"


@dataclass(frozen=True)
class Killer:
    """Ends this process, without a chance to tidy up, at one point of the run."""

    point: str

    def at(self, point: str) -> None:
        """Die here, if this is the point."""
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class KillingEmbedder(WordEmbedder):
    """Writes down what it embeds, for those who come after."""

    killer: Killer = Killer("")
    log: Path = Path(EMBEDDED)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Embed, and write down what."""
        with self.log.open("a", encoding="utf-8") as log:
            log.writelines(f"{text}\n" for text in texts)
        vectors = super().embed_passages(texts)
        self.killer.at("after embedding")
        return vectors


@dataclass
class KillingCache:
    """An embedding cache with a point after each save."""

    cache: EmbeddingCache
    killer: Killer

    def load(self, keys: Collection[str]) -> dict[str, Vector]:
        """Load."""
        return self.cache.load(keys)

    def save(self, vectors: Mapping[str, Vector]) -> None:
        """Save, perhaps for the last time."""
        self.cache.save(vectors)
        self.killer.at("after save")


@dataclass
class KillingVectors:
    """A vector store with points around each call that writes."""

    vectors: Vectors
    killer: Killer

    @property
    def name(self) -> str:
        """Return the name of the store."""
        return self.vectors.name

    def ids(self) -> set[str]:
        """Return the ids in the store."""
        return self.vectors.ids()

    def add(self, vectors: Mapping[str, Vector], documents: Mapping[str, str]) -> None:
        """Add half before the point."""
        half = dict(list(vectors.items())[: len(vectors) // 2])
        self.vectors.add(half, documents)
        self.killer.at("after add")
        self.vectors.add({id_: vectors[id_] for id_ in vectors if id_ not in half}, documents)

    def remove(self, ids: Collection[str]) -> None:
        """Remove."""
        self.vectors.remove(ids)
        self.killer.at("after remove")

    def finds(self, vectors: Mapping[str, Vector]) -> bool:
        """Look for vectors."""
        return self.vectors.finds(vectors)

    def close(self) -> None:
        """Close."""
        self.vectors.close()


@dataclass
class KillingStores:
    """Vector stores with points around each call that writes."""

    stores: VectorStores
    killer: Killer

    def derive(self, name: str | None) -> Vectors:
        """Derive a store."""
        return KillingVectors(self.stores.derive(name), self.killer)

    def seal(self, name: str) -> str:
        """Return a seal."""
        return self.stores.seal(name)

    def sweep(self, keep: str) -> None:
        """Sweep."""
        self.stores.sweep(keep)


@dataclass
class KillingCatalogue:
    """A catalogue with points around and within its transaction."""

    catalogue: CatalogueWriter
    killer: Killer

    def state(self) -> IndexState | None:
        """Return the state."""
        return self.catalogue.state()

    def indexed(self, ids: Collection[str]) -> dict[str, str]:
        """Return texts."""
        return self.catalogue.indexed(ids)

    def document_claims(self) -> list[DocumentClaims]:
        """Return what is said of matters."""
        return self.catalogue.document_claims()

    def commit(self, change: CatalogueChange) -> str:
        """Commit; within means after the first document was written."""
        within = _Interrupted(change.added, lambda: self.killer.at("within commit"))
        version = self.catalogue.commit(replace(change, added=within))
        self.killer.at("after commit")
        return version

    def discard(self) -> None:
        """Discard."""
        self.catalogue.discard()


class _Interrupted(list[LoadedDocument]):
    """Calls something when the second of two rounds is through its first item."""

    def __init__(self, items: Sequence[LoadedDocument], call: Callable[[], None]) -> None:
        super().__init__(items)
        self._call = call
        self._rounds = 0

    def __iter__(self) -> Iterator[LoadedDocument]:
        self._rounds += 1
        for item in super().__iter__():
            yield item
            if self._rounds > 1:
                self._call()


def killing(folder: Path, point: str) -> Indexer:
    """Return a run that is killed at a point, or never."""
    killer = Killer(point)
    small = SmallIndex(folder, KillingEmbedder(killer=killer, log=folder / EMBEDDED))
    parts = small.indexer()
    return replace(
        parts,
        cache=KillingCache(parts.cache, killer),
        catalogue=KillingCatalogue(parts.catalogue, killer),
        stores=KillingStores(parts.stores, killer),
    )
