"""Vectors by what was embedded, in a SQLite file of their own that outlives every rebuild."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from askpcc.errors import IndexFailure
from askpcc.ports import Vector

_MOST_VALUES = 5_000
_WAIT_SECONDS = 30
_CREATE = "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


class SqliteEmbeddingCache:
    """Keeps vectors as float32 by their key.  Raises IndexFailure where the file cannot be used.

    A damaged file is removed, which costs time and nothing else; warn is told so.
    """

    def __init__(self, path: Path, warn: Callable[[str], None]) -> None:
        self._path = path
        self._warn = warn

    def load(self, keys: Collection[str]) -> dict[str, Vector]:
        """Return the vectors of those keys that are known; makes no file."""
        wanted, found = list(keys), dict[str, Vector]()
        if not self._path.exists() or not self._path.stat().st_size:
            return found
        try:
            with self._transaction() as connection:
                for start in range(0, len(wanted), _MOST_VALUES):
                    found |= _select(connection, wanted[start : start + _MOST_VALUES])
        except _Damaged as damage:
            self._remove(damage)
        return found

    def save(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors; they are on disk when this returns."""
        rows = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
        try:
            self._insert(rows)
        except _Damaged as damage:
            self._remove(damage)
            self._insert(rows)

    def _insert(self, rows: list[tuple[str, bytes]]) -> None:
        with self._transaction() as connection:
            connection.execute(_CREATE)
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def _remove(self, damage: Exception) -> None:
        self._warn(f"The embedding cache {self._path} was damaged ({damage}) and is built again.")
        for suffix in ("-journal", ""):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as connection, connection:
                yield connection
        except sqlite3.Error as exc:
            if getattr(exc, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
                raise _Damaged(str(exc)) from exc
            raise IndexFailure(
                f"The embedding cache {self._path} cannot be used: {exc}. Check its rights and the space."
            ) from exc


class _Damaged(Exception):
    """The file is not a cache of vectors."""


def _select(connection: sqlite3.Connection, keys: list[str]) -> dict[str, Vector]:
    marks = ",".join("?" * len(keys))
    statement = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 (question marks)
    return {key: np.frombuffer(blob, dtype="<f4") for key, blob in connection.execute(statement, keys)}
