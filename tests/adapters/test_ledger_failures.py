"""What goes wrong with a ledger's place is told in one sentence, without its password."""

import sqlite3
import stat
import traceback
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from ledger_desk import NO_LIMITS, ask, run_on_server

from askpcc.adapters.ledger import open_ledger
from askpcc.adapters.ledger.database import Database, read_place
from askpcc.errors import LedgerError
from askpcc.model import Taking
from support.cases import cases

pytest_plugins = ("ledger_fixtures",)

BAD_URLS = [
    ("", "cannot be read"),
    ("ledger.sqlite", "cannot be read"),
    ("postgresql+psycopg://u:s3cret@host:s3cret/db", "cannot be read"),
    ("mysql://u:s3cret@host/db", "cannot be kept in mysql"),
    ("postgresql+asyncpg://u:s3cret@host/db", r"cannot be kept in postgresql\+asyncpg"),
    ("sqlite://", "needs a file"),
    ("sqlite:///:memory:", "needs a file"),
    ("sqlite:///ledger.sqlite?mode=ro", "takes no parameters"),
    ("postgresql+psycopg://u:s3cret@127.0.0.1:1/db", r"u:\*\*\*@127.0.0.1:1/db cannot be reached"),
    ("postgresql://u@127.0.0.1:1/db?password=s3cret", "u@127.0.0.1:1/db cannot be reached"),
]


END_ALL_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@cases(("url", "message"), BAD_URLS)
def test_a_place_that_cannot_be_used_is_a_sentence_without_secrets(url: str, message: str) -> None:
    with pytest.raises(LedgerError, match=message) as raised:
        open_ledger(url)
    assert "\n" not in str(raised.value)
    assert "s3cret" not in str(raised.value)
    shown = traceback.format_exception_only(raised.value)
    assert "s3cret" not in "".join(shown)


def test_a_file_is_made_with_its_folder_for_its_owner_only(tmp_path: Path) -> None:
    open_ledger(f"sqlite:///{tmp_path}/a/b/ledger.sqlite").close()
    assert stat.S_IMODE((tmp_path / "a" / "b" / "ledger.sqlite").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="cannot be made"):
        open_ledger(f"sqlite:///{tmp_path}/file/ledger.sqlite")


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be used: unable to open"):
        open_ledger(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_a_sentence_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a database. " * 100)
    with pytest.raises(LedgerError, match="is damaged"):
        open_ledger(f"sqlite:///{tmp_path}/notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "Not a database. " * 100


def test_a_file_that_another_program_keeps_locked_is_a_sentence(tmp_path: Path) -> None:
    place = read_place(f"sqlite:///{tmp_path}/ledger.sqlite")
    open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite").close()
    database = Database(place, wait=0)
    other = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="is locked by another program"), database.writing():
        pass
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM acts").scalar_one() == 0
    other.close()
    database.close()


def test_a_new_file_whose_first_transaction_is_another_process_is_waited_for(tmp_path: Path) -> None:
    # SQLite itself refuses at once to turn the log of such a file on.
    other = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    database = Database(read_place(f"sqlite:///{tmp_path}/ledger.sqlite"))
    release = Timer(0.2, other.close)
    release.start()
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    release.join()
    database.close()


def test_a_new_file_that_stays_locked_is_a_sentence(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        database = Database(read_place(f"sqlite:///{tmp_path}/ledger.sqlite"), wait=0)
        with pytest.raises(LedgerError, match="is locked by another program"), database.reading():
            pass


def test_a_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    ledger = open_ledger(f"sqlite:///{file}")
    for number in range(50):
        ledger.take(ask(number, words="x" * 2_000), NO_LIMITS)
    ledger.close()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(LedgerError, match="is damaged"):
        open_ledger(f"sqlite:///{file}").thread("T1", "C1", "t")


def test_a_ledger_whose_tables_are_gone_is_a_sentence(url: str) -> None:
    ledger = open_ledger(url)
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute("DROP TABLE mutes")
        connection.close()
    else:
        run_on_server(url.replace("+psycopg", ""), "DROP TABLE mutes")
    with pytest.raises(LedgerError, match=r"refused a statement: .*mutes"):
        ledger.mute("T1", "C1", "t", "U1")
    ledger.close()


def test_a_ledger_goes_on_after_the_server_has_ended_its_connections(server_url: str) -> None:
    ledger = open_ledger(server_url)
    ledger.take(ask(1), NO_LIMITS)
    run_on_server(server_url.replace("+psycopg", ""), END_ALL_OTHERS)
    assert ledger.take(ask(2), NO_LIMITS) is Taking.TAKEN
    assert ledger.waiting() == 2
    ledger.close()
