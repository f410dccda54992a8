"""What is SQLite's own about the catalogue: connections, transactions, what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, Pool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from askpcc.adapters.sqlite_errors import Cause, find_cause
from askpcc.errors import IndexBusy, IndexDamaged, IndexFailure

_WAIT_SECONDS = 30


def open_for_reading(path: Path) -> Engine:
    """Return an engine on an existing catalogue, each of whose transactions sees one generation."""
    return _engine(path, "rw", "BEGIN", QueuePool)


def open_for_writing(path: Path) -> Engine:
    """Return an engine that makes the catalogue where there is none and keeps other writers out.

    It keeps no connection open, so that the file can be replaced.
    """
    engine = _engine(path, "rwc", "BEGIN IMMEDIATE", NullPool)
    # Readers see the last generation while a run writes the next one.
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode = WAL"))
    return engine


def _engine(path: Path, mode: str, begin: str, pool: type[Pool]) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=pool)
    # The driver begins a transaction at the first write only: reads would each see another generation.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def transaction(engine: Engine, path: Path) -> Iterator[Connection]:
    """Give a transaction that is committed at its end; what SQLite raises comes out in our words."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as exc:
        raise translate(exc, path) from exc


def translate(exc: DBAPIError, path: Path) -> IndexFailure:
    """Return what an error of SQLite means for the person who asked."""
    cause = find_cause(exc.orig)
    if cause is Cause.BUSY:
        return IndexBusy(f"The catalogue {path} is locked by another program. Close it and try again.")
    if cause is Cause.MACHINE:
        return IndexFailure(
            f"The catalogue {path} cannot be used: {exc.orig}. Check its rights and the free space."
        )
    return IndexDamaged(f"The catalogue {path} cannot be read: {exc.orig}. Run: askpcc index")
