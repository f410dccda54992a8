"""What was embedded or read before, kept in files of SQLite so that nothing unchanged is done twice."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from askpcc.errors import IndexFailure
from askpcc.ports import Vector

_MOST_VALUES = 5_000
_WAIT_SECONDS = 30
_DAMAGED = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR))


class _Damaged(Exception):
    """The file is not what it should be."""


class _CacheFile:
    """Values by key in one file.  A damaged one is removed, which costs time or tokens; warn is told so.

    what: how the file is called in complaints.  value: what its column of values is called, in a table of
    that name and an "s".  Raises IndexFailure where it cannot be used.
    """

    def __init__(self, path: Path, what: str, value: str, warn: Callable[[str], None]) -> None:
        self._path = path
        self._what = what
        self._value = value
        self._warn = warn

    def load(self, keys: Collection[str]) -> dict[str, bytes]:
        """Return what is kept of those keys; makes no file."""
        wanted, found = list(keys), dict[str, bytes]()
        if not self._path.exists() or not self._path.stat().st_size:
            return found
        try:
            with self._transaction() as connection:
                for start in range(0, len(wanted), _MOST_VALUES):
                    found |= self._select(connection, wanted[start : start + _MOST_VALUES])
        except _Damaged as damage:
            self._remove(damage)
        return found

    def save(self, kept: Mapping[str, bytes]) -> None:
        """Keep bytes; they are on disk when this returns."""
        try:
            self._insert(kept)
        except _Damaged as damage:
            self._remove(damage)
            self._insert(kept)

    def _insert(self, kept: Mapping[str, bytes]) -> None:
        with self._transaction() as connection:
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS {self._value}s "
                f"(key TEXT PRIMARY KEY, {self._value} BLOB NOT NULL) WITHOUT ROWID"
            )
            connection.executemany(
                f"INSERT OR REPLACE INTO {self._value}s VALUES (?, ?)",  # noqa: S608 - a name of ours
                list(kept.items()),
            )

    def _select(self, connection: sqlite3.Connection, keys: list[str]) -> dict[str, bytes]:
        marks = ",".join("?" * len(keys))
        asked = f"SELECT key, {self._value} FROM {self._value}s WHERE key IN ({marks})"  # noqa: S608 - the same
        return dict(connection.execute(asked, keys).fetchall())

    def _remove(self, damage: Exception) -> None:
        self._warn(f"{self._what} {self._path} was damaged ({damage}) and is built again.")
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
                f"{self._what} {self._path} cannot be used: {exc}. Check its rights and the space."
            ) from exc


class SqliteEmbeddingCache:
    """Keeps vectors as float32 by their key.  Raises IndexFailure where the file cannot be used."""

    def __init__(self, path: Path, warn: Callable[[str], None]) -> None:
        self._file = _CacheFile(path, "The embedding cache", "vector", warn)

    def load(self, keys: Collection[str]) -> dict[str, Vector]:
        """Return the vectors of those keys that are known; makes no file."""
        return {key: np.frombuffer(held, dtype="<f4") for key, held in self._file.load(keys).items()}

    def save(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors; they are on disk when this returns."""
        self._file.save({key: vector.astype("<f4").tobytes() for key, vector in vectors.items()})


class SqliteReadingStore:
    """Keeps what a language model has read by its key.  Raises IndexFailure where the file cannot be used."""

    def __init__(self, path: Path, warn: Callable[[str], None]) -> None:
        self._file = _CacheFile(path, "The store of what a language model has read", "reading", warn)

    def load(self, keys: Collection[str]) -> dict[str, str]:
        """Return the readings of those keys that are known; makes no file."""
        return {key: held.decode("utf-8", "surrogatepass") for key, held in self._file.load(keys).items()}

    def save(self, readings: Mapping[str, str]) -> None:
        """Keep readings; they are on disk when this returns."""
        self._file.save({key: told.encode("utf-8", "surrogatepass") for key, told in readings.items()})
