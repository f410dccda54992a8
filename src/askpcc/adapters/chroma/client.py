"""Opening Chroma the way this project uses it: local, without telemetry, with vectors of our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from askpcc.errors import IndexDamaged

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection

COLLECTION = "passages"
MOST_RECORDS = 5_000
"""Chroma 1.5.9 takes at most 5,461 records a call."""

# The graph is written to disk at each call that adds or removes, so that readers need not make it up
# from the log, each for itself; two is the least that Chroma takes.
_HNSW: "CreateHNSWConfiguration" = {"space": "cosine", "sync_threshold": 2, "batch_size": 2}


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Let Chroma's errors come out in our words."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as exc:
        raise IndexDamaged(f"The vectors in {folder} cannot be read: {exc}. Run: askpcc index") from exc


def open_client(folder: Path) -> "Client":
    """Open the store in a folder; makes it where there is none."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    # Declared as an interface without its close().
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


def create_collection(client: "Client") -> "ChromaCollection":
    """Make the collection of a new store."""
    return client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW})


def get_collection(client: "Client") -> "ChromaCollection":
    """Return the collection of a store."""
    return client.get_collection(COLLECTION, embedding_function=None)
