"""Vectors, catalogue and cache that are wiped or damaged are noticed, and repaired from one another."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from askpcc.errors import IndexDamaged, IndexMissing
from support.living_index import CHANGED, assert_holds, change, living_index, opened
from support.small_index import SmallIndex


@pytest.fixture
def small(tmp_path: Path) -> SmallIndex:
    return living_index(tmp_path)


def wipe_vectors(small: SmallIndex) -> None:
    shutil.rmtree(small.index / "chroma")


def wipe_database(small: SmallIndex) -> None:
    (small.store() / "chroma.sqlite3").unlink()


def spoil_database(small: SmallIndex) -> None:
    (small.store() / "chroma.sqlite3").write_bytes(b"nonsense" * 4_000)


def cut_database(small: SmallIndex) -> None:
    os.truncate(small.store() / "chroma.sqlite3", 50_000)


def wipe_graph(small: SmallIndex) -> None:
    for directory in small.store().glob("*/"):
        shutil.rmtree(directory)


def cut_graph(small: SmallIndex) -> None:
    for file in small.store().glob("*/*.bin"):
        os.truncate(file, file.stat().st_size // 2)


def spoil_graph(small: SmallIndex) -> None:
    for file in small.store().glob("*/data_level0.bin"):
        file.write_bytes(b"\0" * file.stat().st_size)


def delete_collection(small: SmallIndex) -> None:
    with opened(small.store()) as client:
        client.delete_collection("passages")


def delete_half(small: SmallIndex) -> None:
    with opened(small.store()) as client:
        collection = client.get_collection("passages", embedding_function=None)
        collection.delete(ids=collection.get(include=[])["ids"][::2])


DAMAGES = [
    wipe_vectors,
    wipe_database,
    spoil_database,
    cut_database,
    wipe_graph,
    cut_graph,
    spoil_graph,
    delete_collection,
    delete_half,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_vectors_are_noticed_by_a_question(
    small: SmallIndex, damage: Callable[[SmallIndex], None]
) -> None:
    small.run()
    damage(small)
    with small.reader() as reader, pytest.raises(IndexDamaged, match="Run: askpcc index"):
        reader.find("checks are late")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_vectors_are_repaired_without_embedding_anything(
    small: SmallIndex, damage: Callable[[SmallIndex], None]
) -> None:
    version = small.run().index_version
    with small.reader() as reader:
        earlier = reader.everything()
    damage(small)
    small.embedder.embedded.clear()
    report = small.run()
    assert small.embedder.embedded == []
    assert (report.index_version, report.kept) == (version, 3)
    assert_holds(small, earlier)
    assert "built again" in small.notebook.told[-1]


def test_large_stores_are_repaired_too(tmp_path: Path) -> None:
    small = SmallIndex(tmp_path)
    small.write("long.md", *(f"paragraph {number} of Borsetshire" for number in range(2_500)))
    small.run()
    wipe_graph(small)
    small.run()
    with small.reader() as reader:
        assert reader.find("paragraph 17 of Borsetshire")["nearest"][0] == "paragraph 17 of Borsetshire"
    assert len(small.embedder.embedded) == 2_500


@pytest.mark.parametrize("content", [b"nonsense" * 1_000, b"", None])
def test_a_damaged_catalogue_is_built_again_without_embedding_anything(
    small: SmallIndex, content: bytes | None
) -> None:
    small.run()
    with small.reader() as reader:
        earlier = reader.everything()
    catalogue = small.index / "catalogue.sqlite"
    if content is None:
        os.truncate(catalogue, catalogue.stat().st_size // 2)
    else:
        catalogue.write_bytes(content)
    with small.reader() as reader, pytest.raises((IndexDamaged, IndexMissing), match="Run: askpcc index"):
        reader.everything()
    small.embedder.embedded.clear()
    small.run()
    assert small.embedder.embedded == []
    assert_holds(small, earlier)


def test_a_damaged_embedding_cache_costs_only_time(small: SmallIndex) -> None:
    small.run()
    (small.index / "embeddings.sqlite").write_bytes(b"nonsense" * 1_000)
    change(small)
    small.run()
    assert_holds(small, CHANGED)
    assert any("embedding cache" in sentence for sentence in small.notebook.told)
