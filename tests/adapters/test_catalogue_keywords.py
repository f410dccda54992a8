"""Keyword search in the catalogue."""

from pathlib import Path

import pytest

from askpcc.adapters.catalogue import SqlCatalogue
from askpcc.text.words import stems
from support.catalogued import commit, loaded_document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("hourly", 1),
        ("checking", 1),
        ("BEDS", 1),
        ("cafe", 1),
        ("header", 3),
        ("absent", 0),
    ],
)
def test_keywords_are_stemmed_and_stripped_of_case_and_accents(file: Path, term: str, found: int) -> None:
    commit(file, loaded_document("a.md"))
    assert len(SqlCatalogue(file).keyword(stems(term), 5)) == found


def test_a_keyword_hit_with_more_of_the_terms_scores_more(file: Path) -> None:
    commit(file, loaded_document("a.md", "custody beds\ncustody again\nnothing\nat all\n"))
    hits = SqlCatalogue(file).keyword(stems("beds custody"), 5)
    assert [hit.passage[:6] for hit in hits] == ["a.md#0", "a.md#1"]
    assert hits[0].score > hits[1].score > 0


def test_keyword_search_can_be_limited_to_documents(file: Path) -> None:
    commit(file, loaded_document("a.md"), loaded_document("b.md"))
    reader = SqlCatalogue(file)
    assert [hit.passage[:4] for hit in reader.keyword(stems("hourly"), 5, {"b.md", "unknown.md"})] == ["b.md"]
    assert reader.keyword(stems("hourly"), 5, []) == []
    assert len(reader.keyword(stems("hourly"), 1)) == 1


def test_frequencies_count_passages_that_hold_a_stem(file: Path) -> None:
    commit(file, loaded_document("a.md"), loaded_document("b.md"))
    commit(file, removed=["b.md"])
    total, held = SqlCatalogue(file).frequencies(["header", "check", "absent"])
    assert (total, held) == (3, {"header": 3, "check": 1, "absent": 0})


@pytest.mark.parametrize(
    "term", ['"', "*", "NEAR(", "a AND", "-", "", "\0", "indexed:beds", "\ud800", "x" * 10_000, "'; --"]
)
def test_the_syntax_of_the_keyword_index_means_nothing_in_a_term(file: Path, term: str) -> None:
    commit(file, loaded_document("a.md"))
    assert len(SqlCatalogue(file).keyword([term, *stems("hourly")], 5)) == 1
    assert SqlCatalogue(file).frequencies([term])[0] == 3


def test_thousands_of_terms_are_searched(file: Path) -> None:
    commit(file, loaded_document("a.md"))
    assert len(SqlCatalogue(file).keyword([*(f"word{n}" for n in range(3_000)), *stems("hourly")], 5)) == 1


@pytest.mark.parametrize("word", ["abuse", "response", "professional", "decisions"])
def test_a_stem_that_would_be_stemmed_to_another_is_found(file: Path, word: str) -> None:
    commit(file, loaded_document("a.md", f"{word}\n"))
    assert len(SqlCatalogue(file).keyword(stems(word), 5)) == 1
