"""Vectors come from the cache, or are embedded once."""

from pathlib import Path

import pytest

from askpcc.adapters.caches import SqliteEmbeddingCache
from askpcc.indexing.loading import BATCH, CachedEmbedder
from support.small_index import WordEmbedder


@pytest.fixture
def cache(tmp_path: Path) -> SqliteEmbeddingCache:
    return SqliteEmbeddingCache(tmp_path / "embeddings.sqlite", print)


class Interrupted(Exception):
    """The run ends here."""


def test_each_text_gets_its_vector(cache: SqliteEmbeddingCache) -> None:
    embedder = WordEmbedder()
    texts = {"a": "beds are checked", "b": "late", "c": "beds are checked"}
    made = CachedEmbedder(embedder, cache, lambda _: None).vectors(texts)
    for id_, text in texts.items():
        assert made[id_] == pytest.approx(embedder.embed_question(text))


def test_equal_texts_are_embedded_once(cache: SqliteEmbeddingCache) -> None:
    embedder = WordEmbedder()
    supply = CachedEmbedder(embedder, cache, lambda _: None)
    supply.vectors({"a": "beds", "b": "beds"})
    supply.vectors({"c": "beds"})
    assert (embedder.embedded, supply.embedded) == (["beds"], 1)


def test_another_embedder_does_not_get_the_vectors_of_the_first(cache: SqliteEmbeddingCache) -> None:
    CachedEmbedder(WordEmbedder(), cache, lambda _: None).vectors({"a": "beds"})
    other = CachedEmbedder(WordEmbedder("words 2"), cache, lambda _: None)
    assert (other.known({"a": "beds"}), other.count_unknown({"a": "beds", "b": "beds"})) == ({}, 1)


def test_an_interrupted_run_loses_no_batch_that_was_embedded(cache: SqliteEmbeddingCache) -> None:
    texts = {str(number): f"paragraph {number}" for number in range(3 * BATCH)}
    embedder = WordEmbedder()

    def interrupt(done: int) -> None:
        if done and len(embedder.embedded) == 2 * BATCH:
            raise Interrupted

    with pytest.raises(Interrupted):
        CachedEmbedder(embedder, cache, interrupt).vectors(texts)
    CachedEmbedder(embedder, cache, lambda _: None).vectors(texts)
    assert len(embedder.embedded) == len(set(embedder.embedded)) == 3 * BATCH


def test_batches_are_announced_and_what_is_known_counts_at_once(cache: SqliteEmbeddingCache) -> None:
    heard: list[int] = []
    CachedEmbedder(WordEmbedder(), cache, heard.append).vectors(
        {str(n): f"text {n}" for n in range(BATCH + 1)}
    )
    assert heard == [0, BATCH, 1]
    CachedEmbedder(WordEmbedder(), cache, heard.append).vectors({"a": "text 0", "b": "text 1", "c": "new"})
    assert heard[3:] == [2, 1]
