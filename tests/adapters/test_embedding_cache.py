"""The cache of embeddings, in a real file."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from askpcc.adapters.caches import SqliteEmbeddingCache
from askpcc.errors import IndexFailure

VECTOR = np.array([0.25, -1.5, 3.0], np.float32)


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def cache(tmp_path: Path, warnings: list[str]) -> SqliteEmbeddingCache:
    return SqliteEmbeddingCache(tmp_path / "embeddings.sqlite", warnings.append)


def test_a_saved_vector_is_loaded_by_another_cache(cache: SqliteEmbeddingCache, tmp_path: Path) -> None:
    cache.save({"key": VECTOR})
    loaded = SqliteEmbeddingCache(tmp_path / "embeddings.sqlite", print).load(["key", "unknown"])
    assert loaded.keys() == {"key"}
    assert loaded["key"].dtype == np.float32
    assert np.array_equal(loaded["key"], VECTOR)


def test_loading_makes_no_file(cache: SqliteEmbeddingCache, tmp_path: Path) -> None:
    assert cache.load(["key"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_thousands_of_keys_are_loaded_at_once(cache: SqliteEmbeddingCache) -> None:
    keys = [f"key {number}" for number in range(12_000)]
    cache.save(dict.fromkeys(keys, VECTOR))
    assert len(cache.load(keys)) == 12_000


def test_saving_again_replaces(cache: SqliteEmbeddingCache) -> None:
    cache.save({"key": VECTOR})
    cache.save({"key": VECTOR * 2})
    assert np.array_equal(cache.load(["key"])["key"], VECTOR * 2)


@pytest.mark.parametrize("content", [b"nonsense" * 1_000, b""])
def test_a_damaged_file_is_built_again(
    cache: SqliteEmbeddingCache, tmp_path: Path, warnings: list[str], content: bytes
) -> None:
    (tmp_path / "embeddings.sqlite").write_bytes(content)
    assert cache.load(["key"]) == {}
    cache.save({"key": VECTOR})
    assert cache.load(["key"]).keys() == {"key"}
    assert len(warnings) == bool(content)


def test_a_database_of_something_else_is_built_again(cache: SqliteEmbeddingCache, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "embeddings.sqlite")
    connection.execute("CREATE TABLE vectors (name)")
    connection.close()
    cache.save({"key": VECTOR})
    assert cache.load(["key"]).keys() == {"key"}


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure, match="cannot be used"):
        SqliteEmbeddingCache(tmp_path / "no" / "embeddings.sqlite", print).save({"key": VECTOR})
