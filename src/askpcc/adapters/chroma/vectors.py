"""One vector store while it is being filled."""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from askpcc.adapters.chroma.client import (
    MOST_RECORDS,
    create_collection,
    get_collection,
    open_client,
    translated,
)
from askpcc.ports import Vector

_SAME = 1e-3
"""Cosine distance below which a vector found is the vector looked for."""
_LOOK_AT = 10
_SHARE_FOUND = 0.95
"""The search is approximate: a sound store may miss one of a hundred."""


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
