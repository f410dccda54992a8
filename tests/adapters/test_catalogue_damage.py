"""A catalogue that is missing, damaged, foreign, locked or replaced."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from askpcc.adapters.catalogue import SqlCatalogue, SqlCatalogueWriter
from askpcc.adapters.catalogue_rows import translate
from askpcc.errors import IndexBusy, IndexDamaged, IndexMissing
from askpcc.ports import LoadedDocument
from support.catalogued import commit, loaded_document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


def test_a_commit_that_fails_changes_nothing(file: Path) -> None:
    version = commit(file, loaded_document("a.md"))
    twice = LoadedDocument(loaded_document("b.md").document, "f", loaded_document("a.md").passages)
    with pytest.raises(IndexDamaged):
        commit(file, twice)
    reader = SqlCatalogue(file)
    assert (reader.index_version(), [card.path for card in reader.documents()]) == (version, ["a.md"])


def test_a_missing_catalogue_names_the_command(file: Path) -> None:
    with pytest.raises(IndexMissing, match="Run: askpcc index"):
        SqlCatalogue(file).index_version()


def test_a_catalogue_of_another_schema_is_refused_with_the_command(file: Path) -> None:
    commit(file, loaded_document("a.md"))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE facts_of_index SET value = '0' WHERE name = 'schema'")
    connection.close()
    with pytest.raises(IndexDamaged, match=r"another askpcc.*askpcc index"):
        SqlCatalogue(file).documents()
    with pytest.raises(IndexDamaged):
        SqlCatalogueWriter(file).state()


def test_a_file_that_is_no_database_is_named_as_damaged_and_can_be_discarded(file: Path) -> None:
    file.write_bytes(b"nonsense" * 1_000)
    writer = SqlCatalogueWriter(file)
    with pytest.raises(IndexDamaged, match="Run: askpcc index"):
        SqlCatalogue(file).documents()
    with pytest.raises(IndexDamaged):
        writer.state()
    writer.discard()
    assert writer.state() is None


def test_a_reader_follows_when_the_file_is_replaced(file: Path) -> None:
    commit(file, loaded_document("a.md"))
    reader = SqlCatalogue(file)
    assert len(reader.documents()) == 1
    SqlCatalogueWriter(file).discard()
    commit(file, loaded_document("b.md"), loaded_document("c.md"))
    assert [card.path for card in reader.documents()] == ["b.md", "c.md"]


def test_a_database_of_something_else_is_no_index(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    with pytest.raises(IndexMissing):
        SqlCatalogue(file).documents()


def test_a_closed_catalogue_can_be_asked_again(file: Path) -> None:
    commit(file, loaded_document("a.md"))
    reader = SqlCatalogue(file)
    reader.documents()
    reader.close()
    assert len(reader.passages_of("a.md")) == 3


def test_readers_are_not_kept_waiting_by_a_writer(file: Path) -> None:
    commit(file, loaded_document("a.md"))
    writing = sqlite3.connect(file, isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("DELETE FROM documents")
    assert len(SqlCatalogue(file).documents()) == 1
    writing.close()


def test_a_locked_catalogue_is_named_as_busy() -> None:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    failure = translate(OperationalError("BEGIN", {}, locked), Path("catalogue.sqlite"))
    assert isinstance(failure, IndexBusy)
