"""Wires the flow from documents to an index."""

from typing import TYPE_CHECKING

from askpcc.app.parts import (
    CATALOGUE,
    EMBEDDINGS,
    LOCK,
    VECTORS,
    build_embedder,
    build_reading,
    open_corpus,
)
from askpcc.settings import Settings

if TYPE_CHECKING:
    from askpcc.indexing.indexer import Indexer, Watcher, Wishes
    from askpcc.indexing.report import IndexReport


def build_indexer(settings: Settings, watcher: "Watcher", wait: float) -> "Indexer":
    """Wire the index flow.  wait: seconds to wait for another run."""
    from askpcc.adapters.catalogue import SqlCatalogueWriter
    from askpcc.adapters.chroma import ChromaStores
    from askpcc.adapters.embedding_cache import SqliteEmbeddingCache
    from askpcc.adapters.locking import IndexLock
    from askpcc.indexing.indexer import Indexer

    embedder = build_embedder(settings)
    return Indexer(
        corpus=open_corpus(settings),
        reading=build_reading(settings, embedder),
        embedder=embedder,
        cache=SqliteEmbeddingCache(settings.index / EMBEDDINGS, watcher.tell),
        catalogue=SqlCatalogueWriter(settings.index / CATALOGUE),
        stores=ChromaStores(settings.index / VECTORS),
        lock=IndexLock(settings.index / LOCK, wait, watcher.tell),
        watcher=watcher,
    )


def run_index(settings: Settings, watcher: "Watcher", wishes: "Wishes", wait: float) -> "IndexReport":
    """Bring the index up to date with the corpus."""
    return build_indexer(settings, watcher, wait).run(wishes)
