"""Vectors in Chroma's folders: one store a version of the index."""

import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast
from urllib.parse import quote
from uuid import uuid4

import numpy as np

from askpcc.errors import IndexDamaged, IndexFailure
from askpcc.ports import Hit, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.api.types import Where


COLLECTION = "passages"
MOST_RECORDS = 5_000
"""Chroma 1.5.9 takes at most 5,461 records a call."""

# The graph is written to disk at each call that adds or removes, so that readers need not make it up
# from the log, each for itself; two is the least that Chroma takes.
_HNSW: "CreateHNSWConfiguration" = {"space": "cosine", "sync_threshold": 2, "batch_size": 2}


DATABASE = "chroma.sqlite3"
_DIRECTORY = "index_metadata.pickle"
_WAIT_SECONDS = 10
# What Chroma keeps of the records themselves; opening a store writes to other tables only.
_RECORDS = (
    "SELECT name, dimension, config_json_str FROM collections ORDER BY name",
    "SELECT id, scope FROM segments ORDER BY id",
    "SELECT segment_id, seq_id FROM max_seq_id ORDER BY segment_id",
    "SELECT id, segment_id, embedding_id FROM embeddings ORDER BY id",
    "SELECT id, key, string_value FROM embedding_metadata ORDER BY id, key",
    "SELECT seq_id, operation, id, vector, metadata FROM embeddings_queue ORDER BY seq_id",
)

_SAME = 1e-3
"""Cosine distance below which a vector found is the vector looked for."""

_LOOK_AT = 10
_SHARE_FOUND = 0.95
"""The search is approximate: a sound store may miss one of a hundred."""


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


def compute_seal(folder: Path) -> str:
    """Return the seal of the store in a folder; empty when it cannot be read."""
    digest = sha256()
    try:
        for line in _read_records(folder / DATABASE):
            digest.update(line)
        for file in _graph_files(folder):
            digest.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    except (OSError, sqlite3.Error):
        return ""
    return digest.hexdigest()


def _graph_files(folder: Path) -> list[Path]:
    """Return the files of search graphs that are on disk; one without a directory of its own is not yet."""
    return sorted(file for directory in folder.glob(f"*/{_DIRECTORY}") for file in directory.parent.iterdir())


def _read_records(database: Path) -> list[bytes]:
    # Not "mode=ro": what a killed reader left half written is to be rolled back first.
    uri = f"file:{quote(str(database))}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS)) as connection:
        return [repr(row).encode() for statement in _RECORDS for row in connection.execute(statement)]


@dataclass(frozen=True, slots=True)
class StoreInUse:
    """The store that the catalogue names, and the seal that it had then."""

    name: str
    seal: str


class ChromaNearest:
    """Searches the store that the catalogue names at that moment.  Raises IndexDamaged.

    in_use asks the catalogue, and is asked before every search: so what another process has indexed
    is found at the next question.  Safe in several threads.
    """

    def __init__(self, folder: Path, in_use: Callable[[], StoreInUse]) -> None:
        self._folder = folder
        self._in_use = in_use
        self._lock = Lock()
        self._client: Client | None = None
        self._opened: StoreInUse | None = None

    def nearest(self, vector: Vector, limit: int, documents: Collection[str] | None = None) -> list[Hit]:
        """Return the passages nearest to a vector, by cosine similarity, best first."""
        if documents is not None and not documents:
            return []
        with self._lock:
            try:
                return self._search(vector, limit, documents)
            except IndexDamaged:
                # A run that ended just now has swept the store that this search was about to read.
                self._close()
                return self._search(vector, limit, documents)

    def close(self) -> None:
        """Let go of the files; the next search opens them again."""
        with self._lock:
            self._close()

    def _search(self, vector: Vector, limit: int, documents: Collection[str] | None) -> list[Hit]:
        store = self._in_use()
        folder = self._folder / store.name
        with translated(folder):
            found = get_collection(self._client_of(store, folder)).query(
                query_embeddings=vector[np.newaxis],
                n_results=limit,
                where=None if documents is None else _among(documents),
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return [Hit(id_, 1 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def _client_of(self, store: StoreInUse, folder: Path) -> "Client":
        if self._client is None or self._opened != store:
            self._close()
            if compute_seal(folder) != store.seal:
                raise IndexDamaged(f"The vectors in {folder} are not as they were left. Run: askpcc index")
            self._client, self._opened = open_client(folder), store
        return self._client

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._opened = None


def _among(documents: Collection[str]) -> "Where":
    return cast("Where", {"document": {"$in": sorted(documents)}})


class ChromaVectors:
    """Fills the store in a folder.  Raises IndexDamaged."""

    def __init__(self, folder: Path, *, empty: bool) -> None:
        self._folder = folder
        with translated(folder):
            self._client = open_client(folder)
            self._collection = create_collection(self._client) if empty else get_collection(self._client)

    @property
    def name(self) -> str:
        """Return the name by which the catalogue knows the store."""
        return self._folder.name

    def ids(self) -> set[str]:
        """Return the ids of all passages in the store."""
        with translated(self._folder):
            return set(self._collection.get(include=[])["ids"])

    def add(self, vectors: Mapping[str, Vector], documents: Mapping[str, str]) -> None:
        """Add vectors of passages, each with the path of its document."""
        ids = list(vectors)
        with translated(self._folder):
            for start in range(0, len(ids), MOST_RECORDS):
                some = ids[start : start + MOST_RECORDS]
                self._collection.add(
                    ids=some,
                    embeddings=np.stack([vectors[id_] for id_ in some]),
                    metadatas=[{"document": documents[id_]} for id_ in some],
                )

    def remove(self, ids: Collection[str]) -> None:
        """Remove passages."""
        gone = sorted(ids)
        with translated(self._folder):
            for start in range(0, len(gone), MOST_RECORDS):
                self._collection.delete(ids=gone[start : start + MOST_RECORDS])

    def finds(self, vectors: Mapping[str, Vector]) -> bool:
        """Tell whether a search for each of these vectors finds it, as full as it should be."""
        if not vectors:
            return True
        with translated(self._folder):
            full = min(_LOOK_AT, self._collection.count())
            found = self._collection.query(
                query_embeddings=np.stack(list(vectors.values())), n_results=_LOOK_AT, include=["distances"]
            )
        distances = found["distances"] or []
        sound = sum(len(row) == full and row[0] < _SAME for row in distances)
        return sound >= _SHARE_FOUND * len(vectors)

    def close(self) -> None:
        """Let go of the files."""
        with translated(self._folder):
            self._client.close()


class ChromaStores:
    """Makes, seals and sweeps the stores below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def derive(self, name: str | None) -> ChromaVectors:
        """Return a new store, open: a copy of the named one, which has to be whole, or an empty one."""
        folder = self._folder / uuid4().hex
        try:
            folder.mkdir(parents=True)
            if name is not None:
                _copy(self._folder / name, folder)
        except (OSError, sqlite3.Error) as exc:
            raise IndexFailure(
                f"The vectors in {folder} cannot be written: {exc}. Check its rights and the free space."
            ) from exc
        return ChromaVectors(folder, empty=name is None)

    def seal(self, name: str) -> str:
        """Return the seal of a store; empty when there is none or it cannot be read."""
        return compute_seal(self._folder / name)

    def sweep(self, keep: str) -> None:
        """Remove every store but one: what earlier runs used, or left behind when they were killed."""
        if self._folder.is_dir():
            for entry in self._folder.iterdir():
                if entry.name != keep:
                    _remove(entry)


def _copy(source: Path, target: Path) -> None:
    """Copy a store that readers may have open: its database through SQLite, which sees it whole."""
    for file in source.glob("*/*"):
        (target / file.parent.name).mkdir(exist_ok=True)
        shutil.copyfile(file, target / file.parent.name / file.name)
    with (
        closing(sqlite3.connect(source / DATABASE)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)


def _remove(entry: Path) -> None:
    """Remove a folder or a file; what cannot be removed now is for the next run."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)
