"""The vector store in use, as a question searches it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np

from askpcc.adapters.chroma.client import get_collection, open_client, translated
from askpcc.adapters.chroma.seal import compute_seal
from askpcc.errors import IndexDamaged
from askpcc.ports import Hit, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.types import Where


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
