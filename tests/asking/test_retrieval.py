"""Which documents and passages are looked at for a question, on a real catalogue and real vectors."""

from collections.abc import Iterator

import pytest

from askpcc.asking.retrieval import choose_documents, forces_held, gather
from askpcc.model import Candidates
from support.cases import cases
from support.found import ask, make_card
from support.small_index import SmallReader
from support.small_register import SmallRegister

CARDS = [
    make_card("b.md", "Borsetshire Police"),
    make_card("m.md", "Midsomer Constabulary"),
    make_card("report.md"),
]
CHOSEN = [
    ("are cells cold in borsetshire", ["b.md", "report.md"]),
    ("compare midsomer and borsetshire", ["b.md", "m.md", "report.md"]),
    ("are cells cold in wessex-on-sea", ["report.md"]),
    ("are cells cold", None),
]


@cases(("typed", "documents"), CHOSEN)
def test_documents_of_other_forces_are_left_out(typed: str, documents: list[str] | None) -> None:
    assert choose_documents(ask(typed), CARDS) == documents


def test_the_force_of_the_thread_is_kept_to() -> None:
    assert choose_documents(ask("and the roof?", "are cells cold in midsomer"), CARDS) == [
        "m.md",
        "report.md",
    ]


def test_forces_that_have_a_document_are_held() -> None:
    assert forces_held(CARDS) == {"Borsetshire Police", "Midsomer Constabulary"}
    assert forces_held([]) == set()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallReader]:
    """Open an index of a short, a long and a dozen other documents."""
    index = SmallRegister(tmp_path_factory.mktemp("retrieval"))
    index.write(
        "b.md", "Cells in Borsetshire", "Cells are cold", "recommendation 5 | complete | force | | beds"
    )
    index.write("m.md", "Roofs in Midsomer", "Roofs are tiled", "Gutters leak")
    index.write(
        "long.md", "A long report", *(f"Line {n} speaks of heating" for n in range(150)), "Cells burn"
    )
    for number in range(12):
        index.write(f"other{number:02}.md", f"Other document {number}", "Kennels are full")
    index.run()
    with index.reader() as opened:
        yield opened


def look(reader: SmallReader, typed: str, documents: list[str] | None = None) -> Candidates:
    question = ask(typed)
    vector = reader.embedder.embed_question(question.subject)
    return gather(question, vector, reader.catalogue, reader.nearest, documents)


def documents_of(found: Candidates) -> set[str]:
    return {passage.document for passage in found.passages}


def test_a_short_document_is_read_whole(reader: SmallReader) -> None:
    found = look(reader, "are cells cold")
    assert {passage.quote for passage in found.passages if passage.document == "b.md"} == {
        "Cells in Borsetshire",
        "Cells are cold",
        "recommendation 5 | complete | force | | beds",
    }


def test_of_a_long_document_only_what_was_found_is_read(reader: SmallReader) -> None:
    found = [passage for passage in look(reader, "do cells burn").passages if passage.document == "long.md"]
    assert "Cells burn" in [passage.quote for passage in found]
    assert len(found) < 120


def test_few_documents_are_read(reader: SmallReader) -> None:
    assert len(documents_of(look(reader, "are kennels full"))) <= 8


def test_only_the_chosen_documents_are_looked_at(reader: SmallReader) -> None:
    assert documents_of(look(reader, "are cells cold", ["m.md"])) <= {"m.md"}
    assert look(reader, "are cells cold", []).passages == ()


def test_no_passage_comes_twice(reader: SmallReader) -> None:
    ids = [passage.id for passage in look(reader, "are cells cold").passages]
    assert len(ids) == len(set(ids))


def test_what_the_documents_claim_and_name_comes_along(reader: SmallReader) -> None:
    found = look(reader, "are cells cold", ["b.md"])
    assert [(claim.document, claim.number) for claim in found.claims] == [("b.md", "5")]
    assert look(reader, "are roofs tiled", ["m.md"]).claims == ()


def test_similarity_is_a_cosine(reader: SmallReader) -> None:
    found = look(reader, "are cells cold")
    assert found.similar
    assert all(-1.0001 <= similarity <= 1.0001 for similarity in found.similar.values())


@cases("typed", ["is it", "?? cells", '"cells" AND NOT', "cells*", "NEAR(cells roofs)", "x' OR 1=1 --"])
def test_what_would_be_syntax_of_a_search_is_words(reader: SmallReader, typed: str) -> None:
    assert documents_of(look(reader, typed))


def test_the_same_question_finds_the_same(reader: SmallReader) -> None:
    assert look(reader, "are cells cold") == look(reader, "are cells cold")
