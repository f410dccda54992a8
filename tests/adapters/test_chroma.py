"""The vector stores, with real Chroma."""

from pathlib import Path

import numpy as np
import pytest

from askpcc.adapters.chroma import (
    ChromaNearest,
    ChromaStores,
    ChromaVectors,
    StoreInUse,
)
from askpcc.errors import IndexDamaged, IndexFailure
from askpcc.ports import Vector


def vectors(count: int) -> dict[str, Vector]:
    rows = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    return {f"p{number}": row / np.linalg.norm(row) for number, row in enumerate(rows)}


def fill(store: ChromaVectors, added: dict[str, Vector]) -> None:
    store.add(added, {id_: f"{int(id_[1:]) % 3}.md" for id_ in added})


@pytest.fixture
def stores(tmp_path: Path) -> ChromaStores:
    return ChromaStores(tmp_path)


def made(stores: ChromaStores, count: int) -> StoreInUse:
    store = stores.derive(None)
    fill(store, vectors(count))
    store.close()
    return StoreInUse(store.name, stores.seal(store.name))


def test_the_nearest_passage_comes_first_with_its_cosine(stores: ChromaStores, tmp_path: Path) -> None:
    use, known = made(stores, 50), vectors(50)
    hits = ChromaNearest(tmp_path, lambda: use).nearest(known["p7"] * 3, 5)
    assert (hits[0].passage, len(hits)) == ("p7", 5)
    assert hits[0].score == pytest.approx(1)
    assert hits[1].score == pytest.approx(float(known["p7"] @ known[hits[1].passage]), abs=1e-4)


def test_the_search_can_be_limited_to_documents(stores: ChromaStores, tmp_path: Path) -> None:
    use = made(stores, 50)
    nearest = ChromaNearest(tmp_path, lambda: use)
    hits = nearest.nearest(vectors(50)["p7"], 50, {"2.md", "unknown.md"})
    assert {int(hit.passage[1:]) % 3 for hit in hits} == {2}
    assert nearest.nearest(vectors(50)["p7"], 50, []) == []


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_tiny_store_is_searched_and_keeps_its_seal(
    stores: ChromaStores, tmp_path: Path, count: int
) -> None:
    use = made(stores, count)
    nearest = ChromaNearest(tmp_path, lambda: use)
    assert len(nearest.nearest(vectors(1)["p0"], 5)) == count
    nearest.close()
    assert stores.seal(use.name) == use.seal


def test_reading_leaves_the_seal_of_a_large_store(stores: ChromaStores, tmp_path: Path) -> None:
    use = made(stores, 2_500)
    for _ in range(2):
        nearest = ChromaNearest(tmp_path, lambda: use)
        nearest.nearest(vectors(1)["p0"], 5)
        nearest.close()
    assert stores.seal(use.name) == use.seal


def test_a_derived_store_holds_the_same_and_is_its_own(stores: ChromaStores, tmp_path: Path) -> None:
    use, known = made(stores, 1_200), vectors(1_200)
    copy = stores.derive(use.name)
    copy.remove(["p7", "unknown"])
    assert copy.ids() == known.keys() - {"p7"}
    assert copy.finds({"p8": known["p8"], "p1100": known["p1100"]})
    assert not copy.finds({"p7": known["p7"]})
    copy.close()
    assert stores.seal(use.name) == use.seal != stores.seal(copy.name)
    assert ChromaNearest(tmp_path, lambda: use).nearest(known["p7"], 1)[0].passage == "p7"


def test_more_records_than_a_call_takes_are_added_and_removed(stores: ChromaStores) -> None:
    store = stores.derive(None)
    fill(store, vectors(6_000))
    assert len(store.ids()) == 6_000
    store.remove(vectors(5_999).keys())
    assert store.ids() == {"p5999"}
    store.close()


def test_a_search_follows_from_store_to_store(stores: ChromaStores, tmp_path: Path) -> None:
    in_use = [made(stores, 5)]
    nearest = ChromaNearest(tmp_path, lambda: in_use[-1])
    assert len(nearest.nearest(vectors(1)["p0"], 50)) == 5
    in_use.append(made(stores, 20))
    stores.sweep(keep=in_use[-1].name)
    assert len(nearest.nearest(vectors(1)["p0"], 50)) == 20


def test_a_search_that_meets_the_end_of_a_run_is_made_again(stores: ChromaStores, tmp_path: Path) -> None:
    old, new = made(stores, 5), made(stores, 20)
    stores.sweep(keep=new.name)
    answers = [old, new]
    nearest = ChromaNearest(tmp_path, lambda: answers.pop(0))
    assert len(nearest.nearest(vectors(1)["p0"], 50)) == 20


def test_a_store_that_is_not_as_it_was_left_is_refused_with_the_command(
    stores: ChromaStores, tmp_path: Path
) -> None:
    use = made(stores, 5)
    other = StoreInUse(use.name, "another seal")
    with pytest.raises(IndexDamaged, match="Run: askpcc index"):
        ChromaNearest(tmp_path, lambda: other).nearest(vectors(1)["p0"], 5)


def test_sweeping_leaves_one_store_and_no_litter(stores: ChromaStores, tmp_path: Path) -> None:
    use = made(stores, 5)
    made(stores, 5)
    (tmp_path / "litter").write_text("")
    stores.sweep(keep=use.name)
    assert [entry.name for entry in tmp_path.iterdir()] == [use.name]


def test_a_store_that_is_not_there_has_no_seal(stores: ChromaStores) -> None:
    assert stores.seal("unknown") == ""


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("a file")
    with pytest.raises(IndexFailure, match="cannot be written"):
        ChromaStores(tmp_path / "chroma").derive(None)


def test_chroma_errors_come_out_in_our_words(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"nonsense" * 1_000)
    with pytest.raises(IndexDamaged, match="Run: askpcc index"):
        ChromaVectors(tmp_path, empty=True)
