"""The ledger's database: its address, its transactions, its migrations."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    QueuePool,
    RowMapping,
    String,
    Table,
    column,
    create_engine,
    event,
    inspect,
    literal_column,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from askpcc.adapters import Cause, find_cause
from askpcc.adapters.ledger.schema import TABLES, VERSION, VERSION_TABLE
from askpcc.errors import LedgerError, UnknownAnswer

_POSTGRESQL = ("postgresql", "postgresql+psycopg")
_FORMS = "sqlite:///<file> or postgresql+psycopg://<user>:<password>@<host>/<database>"


_CONNECTION_CLASSES = ("08", "28", "3D", "53", "57")
"""Classes of SQLSTATE of PostgreSQL about reaching the server: connection, authorization, database name,
resources, an administrator's doing."""

_WAIT_SECONDS = 30
_CONNECT_SECONDS = 10
_PAUSE_SECONDS = 0.01
"""Between two tries at what SQLite refuses without waiting."""
_WRITES = "ledger_writes"
_NO_TRANSACTION = "ledger_no_transaction"
SCRIPTS = "askpcc.adapters.ledger:migrations"
"""Where Alembic finds the migrations: package, colon, folder."""

_MIGRATING = 7_202_602
"""The key by which processes take turns at migrating; any number will do."""

Clock = Callable[[], datetime]
"""Gives the present time, aware of its zone."""

_NOUNS = {"inquiries": "inquiry", "answers": "answer", "help_requests": "request for help"}


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """Where a ledger is.  file: of SQLite; None on PostgreSQL."""

    url: URL
    file: Path | None

    @property
    def shown(self) -> str:
        """Return what people may see of it: no password and no further parameters."""
        return str(self.file) if self.file else self.url.set(query={}).render_as_string(hide_password=True)


def read_place(url: str) -> LedgerPlace:
    """Read a ledger's URL; LedgerError, which shows no password, for one that cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # What went wrong is not shown beside it: it may quote a part of the password.
        raise LedgerError(f"The ledger's URL cannot be read. Write {_FORMS}.") from None
    if parsed.drivername in _POSTGRESQL:
        return LedgerPlace(parsed.set(drivername="postgresql+psycopg"), None)
    if parsed.drivername != "sqlite":
        raise LedgerError(f"A ledger cannot be kept in {parsed.drivername}. Write {_FORMS}.")
    if parsed.database in {None, "", ":memory:"} or parsed.query:
        raise LedgerError(
            "A ledger needs a file that its processes share, and takes no parameters. Write sqlite:///<file>."
        )
    return LedgerPlace(parsed, Path(str(parsed.database)).absolute())


@contextmanager
def in_our_words(place: str) -> Iterator[None]:
    """Let what SQLAlchemy raises come out as a LedgerError.  place: the ledger's URL without secrets."""
    try:
        yield
    except SQLAlchemyError as exc:
        raise translate(exc, place) from exc


def translate(exc: SQLAlchemyError, place: str) -> LedgerError:
    """Return what an error means, in one sentence and with what to do."""
    reason = _first_line(exc)
    if isinstance(exc, IntegrityError):
        return LedgerError(f"The ledger {place} refused what contradicts what it holds: {reason}.")
    if not isinstance(exc, DBAPIError):
        return LedgerError(f"The ledger {place} cannot keep this: {reason}.")
    if isinstance(exc.orig, sqlite3.Error):
        return _of_sqlite(exc.orig, place, reason)
    state = getattr(exc.orig, "sqlstate", None)
    if exc.connection_invalidated or state is None or state[:2] in _CONNECTION_CLASSES:
        return LedgerError(f"The ledger {place} cannot be reached: {reason}. Check the server and the URL.")
    return LedgerError(f"The ledger {place} refused a statement: {reason}.")


def _of_sqlite(error: sqlite3.Error, place: str, reason: str) -> LedgerError:
    cause = find_cause(error)
    if cause is Cause.BUSY:
        return LedgerError(f"The ledger {place} is locked by another program. Close it and try again.")
    if cause is Cause.DAMAGED:
        return LedgerError(f"The ledger {place} is damaged ({reason}). Put its latest copy in its place.")
    if cause is Cause.MACHINE:
        return LedgerError(
            f"The ledger {place} cannot be used: {reason}. Check its rights and the free space."
        )
    return LedgerError(f"The ledger {place} refused a statement: {reason}.")


def _first_line(exc: SQLAlchemyError) -> str:
    # What follows the first line of PostgreSQL's may show values; what surrounds it is SQLAlchemy's.
    told = exc.orig if isinstance(exc, StatementError) and exc.orig is not None else exc
    lines = str(told).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(told).__name__


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
        _turn_wal_on(connection, wait)
        # What is erased is overwritten.
        connection.execute("PRAGMA secure_delete = ON")
        # What was committed outlives a loss of power too.
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _turn_wal_on(connection: sqlite3.Connection, wait: float) -> None:
    # Where two turn a new file's log on at once, SQLite refuses one of them without waiting for the other.
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if find_cause(exc) is not Cause.BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


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


def migrate(place: LedgerPlace, scripts: str = SCRIPTS, latest: str = VERSION) -> None:
    """Bring the tables to the latest version, in one transaction that one process at a time has.

    Raises LedgerError for a ledger of a version that is not known here, and for a database that holds
    something else.
    """
    if place.file:
        _make_file(place.file)
    # SQLite changes a table by making it anew, for which references to it must not be enforced.
    database = Database(place, checked=False)
    try:
        with database.reading() as connection:
            if _read_version(connection) == latest:
                return
        with database.writing() as connection:
            take_turns(connection, _MIGRATING)
            if _read_version(connection) != latest:
                _upgrade(connection, place, scripts)
    finally:
        database.close()


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # What people ask is theirs; SQLite gives its log the rights of the file.
            path.touch(mode=0o600)
    except OSError as exc:
        raise LedgerError(
            f"The ledger {path} cannot be made: {exc.strerror}. Choose another place, or change its rights."
        ) from exc


def _upgrade(connection: Connection, place: LedgerPlace, scripts: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", scripts)
    found = _read_version(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is None:
        _refuse_strange_tables(connection, place)
    elif found not in known:
        raise LedgerError(
            f"The ledger {place.shown} is of version {found}, which a newer askpcc wrote. Use that askpcc."
        )
    command.upgrade(config, "head")
    _check_references(connection, place)


def _read_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = column("version_num", String)
    return connection.execute(select(version).select_from(table(VERSION_TABLE, version))).scalar()


def _refuse_strange_tables(connection: Connection, place: LedgerPlace) -> None:
    strange = set(inspect(connection).get_table_names())
    # A database of a server is often shared with other programs; a file never is.
    if place.file is None:
        strange &= TABLES
    if strange:
        raise LedgerError(
            f"The ledger {place.shown} holds tables of another program ({', '.join(sorted(strange)[:3])}). "
            "Give it a database of its own."
        )


def _check_references(connection: Connection, place: LedgerPlace) -> None:
    if place.file and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise LedgerError(
            f"The ledger {place.shown} would lose references by this migration. Nothing was changed."
        )


class Part:
    """A part of the ledger, on a database whose tables are there.  now: the clock of leases and mutes."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now


def find_row(connection: Connection, table: Table, id_: str) -> RowMapping:
    """Return the row of an id; UnknownAnswer where there is none."""
    row = connection.execute(select(table).where(table.c.id == id_)).mappings().first()
    if row is None:
        raise UnknownAnswer(f"The ledger has no {_NOUNS[table.name]} {id_!a}.")
    return row


def group_rows(
    connection: Connection, column: Column[str], values: Sequence[str]
) -> Mapping[str, list[RowMapping]]:
    """Return the rows of a column's table by their value in it, each in the order in which they came."""
    found: defaultdict[str, list[RowMapping]] = defaultdict(list)
    wanted = select(column.table).where(column.in_(values)).order_by(column.table.c.number)
    for row in connection.execute(wanted).mappings():
        found[row[column.name]].append(row)
    return found
