"""Bringing a ledger's tables up to date, when it is opened."""

from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table

from askpcc.adapters.ledger.database import Database, take_turns
from askpcc.adapters.ledger.place import LedgerPlace
from askpcc.adapters.ledger.review_schema import TABLES
from askpcc.adapters.ledger.schema import VERSION, VERSION_TABLE
from askpcc.errors import LedgerError

SCRIPTS = "askpcc.adapters.ledger:migrations"
"""Where Alembic finds the migrations: package, colon, folder."""

_MIGRATING = 7_202_602
"""The key by which processes take turns at migrating; any number will do."""


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
