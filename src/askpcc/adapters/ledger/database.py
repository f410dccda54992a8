"""The database of a ledger: connections and transactions, in SQLite and PostgreSQL alike."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, Table, create_engine, event, literal_column, text
from sqlalchemy.dialects import postgresql, sqlite

from askpcc.adapters.ledger.failures import in_our_words
from askpcc.adapters.ledger.place import LedgerPlace
from askpcc.errors import LedgerError

_WAIT_SECONDS = 30
_CONNECT_SECONDS = 10
_WRITES = "ledger_writes"
_NO_TRANSACTION = "ledger_no_transaction"


class Database:
    """Gives transactions on a ledger.  shown: its place as people may see it.

    checked: with SQLite's foreign keys enforced; a migration that makes a table anew goes without.
    wait: seconds that SQLite waits for another process's transaction to end.
    What the database raises within a transaction comes out as a LedgerError, and nothing was written.
    """

    def __init__(self, place: LedgerPlace, *, checked: bool = True, wait: float = _WAIT_SECONDS) -> None:
        self.shown = place.shown
        if place.file:
            self._engine = _open_file(place.file, checked=checked, wait=wait)
        else:
            self._engine = _open_server(place)
        self._writer = self._engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that reads."""
        with in_our_words(self.shown), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that is committed at its end; SQLite has one at a time."""
        with in_our_words(self.shown), self._writer.begin() as connection:
            yield connection

    def forget(self) -> None:
        """Leave nothing in SQLite's log of what was erased, unless another process reads it just now.

        PostgreSQL overwrites what was erased in its own time.
        """
        if self._engine.dialect.name == "sqlite":
            with in_our_words(self.shown), self._engine.connect() as connection:
                outside = connection.execution_options(**{_NO_TRANSACTION: True})
                outside.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def take_turns(connection: Connection, key: int) -> None:
    """Keep out, to this transaction's end, all others that take turns by this key.

    In SQLite they are kept out already, as every transaction that writes is alone.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def insert_once(
    connection: Connection, table: Table, row: Mapping[str, Any], key: Sequence[str] | None = None
) -> bool:
    """Add a row, unless one with its key is there; tell whether it was added.

    key: columns that are unique together; None for any that are.
    """
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(dict(row)).on_conflict_do_nothing(index_elements=key)
    return connection.execute(statement.returning(literal_column("1"))).first() is not None


def _open_file(path: Path, *, checked: bool, wait: float) -> Engine:
    # As many connections as there are threads: waiting is left to the database.
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, checked=checked, wait=wait),
        poolclass=QueuePool,
        max_overflow=-1,
        hide_parameters=True,
    )
    # The driver begins a transaction at the first write only, when it may be too late for a lock.
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path, *, checked: bool, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA foreign_keys = {'ON' if checked else 'OFF'}")
        # Those who read do not wait for those who write.
        connection.execute("PRAGMA journal_mode = WAL")
        # What is erased is overwritten.
        connection.execute("PRAGMA secure_delete = ON")
        # What was committed outlives a loss of power too.
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(_NO_TRANSACTION):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")


def _open_server(place: LedgerPlace) -> Engine:
    try:
        return create_engine(
            place.url,
            max_overflow=-1,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
    except ModuleNotFoundError as exc:
        raise LedgerError(
            f"The ledger {place.shown} needs the package {exc.name}. Run: pip install 'askpcc[postgresql]'"
        ) from exc
