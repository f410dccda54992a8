"""The SQLite catalogue, by the port that flows know."""

from pathlib import Path

import pytest

from askpcc.adapters.catalogue import SqlCatalogue, SqlCatalogueWriter
from askpcc.errors import UnknownDocument
from askpcc.ports import CatalogueChange, IndexedDocument
from askpcc.text.words import stems
from support.catalogued import TEXT, commit, loaded_document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


def test_a_document_comes_back_without_its_blocks(file: Path) -> None:
    kept = loaded_document("sub/a.md")
    commit(file, kept)
    assert SqlCatalogue(file).document("sub/a.md") == kept.document


def test_passages_come_back_in_the_order_of_the_ids(file: Path) -> None:
    kept = loaded_document("a.md")
    commit(file, kept)
    ids = [kept.passages[2].id, "unknown", kept.passages[0].id]
    assert SqlCatalogue(file).passages(ids) == [kept.passages[2], kept.passages[0]]


def test_passages_of_a_document_come_back_in_its_order(file: Path) -> None:
    kept = loaded_document("a.md")
    commit(file, kept, loaded_document("b.md"))
    assert SqlCatalogue(file).passages_of("a.md") == kept.passages


def test_cards_come_in_the_order_of_paths_with_facts_and_source(file: Path) -> None:
    commit(file, loaded_document("b.md"), loaded_document("a.md"))
    cards = SqlCatalogue(file).documents()
    assert [card.path for card in cards] == ["a.md", "b.md"]
    assert cards[0].facts == loaded_document("a.md").document.facts
    assert cards[0].source.url == "https://borsetshire.example/custody"
    assert cards[0].page_starts == (0, 23)


def test_a_document_with_the_words_of_another_is_its_copy(file: Path) -> None:
    again = TEXT.replace("\n", "\n\n").replace("#", "##")
    commit(file, loaded_document("a.md"), loaded_document("b.md", again), loaded_document("c.md", "Other.\n"))
    assert SqlCatalogue(file).copies() == {"b.md": "a.md"}


def test_an_open_catalogue_shows_what_is_committed_later(file: Path) -> None:
    commit(file, loaded_document("a.md"))
    reader = SqlCatalogue(file)
    first = reader.index_version(), len(reader.documents())
    version = commit(file, loaded_document("b.md"))
    assert first[1] == 1
    assert (reader.index_version(), len(reader.documents())) == (version, 2)


def test_the_index_version_counts_and_names_what_is_indexed(file: Path) -> None:
    versions = [commit(file, loaded_document("a.md")), commit(file, loaded_document("a.md", "Other.\n"))]
    versions.append(commit(file, loaded_document("a.md")))
    generations, digests = zip(*(version.split("-") for version in versions), strict=True)
    assert generations == ("1", "2", "3")
    assert digests[0] == digests[2] != digests[1]


def test_another_store_leaves_the_index_version(file: Path) -> None:
    version = commit(file, loaded_document("a.md"))
    assert SqlCatalogueWriter(file).commit(CatalogueChange("e", "another", "seal")) == version
    head = SqlCatalogue(file).head()
    assert (head.store, head.seal) == ("another", "seal")


def test_a_superseded_version_keeps_its_text_but_not_its_passages(file: Path) -> None:
    old = loaded_document("a.md")
    commit(file, old)
    commit(file, loaded_document("a.md", "Another text.\n"))
    reader = SqlCatalogue(file)
    assert reader.document("a.md", old.document.version).text == TEXT
    assert reader.passages([passage.id for passage in old.passages]) == []
    assert reader.keyword(stems("hourly"), 5) == []


def test_a_removed_document_is_gone_in_all_versions(file: Path) -> None:
    old = loaded_document("a.md")
    commit(file, old)
    commit(file, removed=["a.md"])
    reader = SqlCatalogue(file)
    for version in (None, old.document.version):
        with pytest.raises(UnknownDocument, match=r"a\.md"):
            reader.document("a.md", version)
    assert (reader.documents(), reader.keyword(stems("hourly"), 5)) == ((), [])


def test_a_stale_mark_is_shown_and_taken_away(file: Path) -> None:
    first = commit(file, loaded_document("a.md"))
    reader = SqlCatalogue(file)
    second = commit(file, stale={"a.md": "It is empty."})
    assert (reader.documents()[0].stale, first != second) == ("It is empty.", True)
    commit(file, stale={"a.md": None})
    assert reader.documents()[0].stale is None


def test_what_is_indexed_is_what_was_committed(file: Path) -> None:
    kept = loaded_document("a.md", fingerprint="f1")
    version = commit(file, kept)
    state = SqlCatalogueWriter(file).state()
    assert state is not None
    assert (state.index_version, state.embedder, state.store, state.seal) == (
        version,
        "e",
        "s",
        "x",
    )
    ids = tuple(passage.id for passage in kept.passages)
    assert state.documents == {"a.md": IndexedDocument("a.md", kept.document.version, "f1", ids)}


def test_nothing_is_indexed_without_a_file_and_none_is_made(file: Path) -> None:
    assert SqlCatalogueWriter(file).state() is None
    assert not file.exists()


def test_indexed_texts_come_by_id(file: Path) -> None:
    kept = loaded_document("a.md")
    commit(file, kept)
    wanted = kept.passages[1]
    assert SqlCatalogueWriter(file).indexed([wanted.id, "unknown"]) == {wanted.id: wanted.indexed}
