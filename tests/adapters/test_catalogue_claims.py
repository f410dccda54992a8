"""What documents say of matters, kept in the catalogue."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from askpcc.adapters.catalogue import SqlCatalogue, SqlCatalogueWriter
from askpcc.errors import IndexDamaged
from askpcc.model import (
    DocumentClaims,
    MatterKind,
    NamedMatter,
    Span,
    Speaker,
    Status,
    StatusClaim,
)
from askpcc.ports import CatalogueChange, LoadedDocument
from support.small_register import SmallRegister, entry

LINES = (
    "Force: Borsetshire Police",
    "Report: Custody in Borsetshire",
    "recommendation 5 | complete | force | 2024-01-16 | beds are checked hourly",
    "recommendation 6 | log books",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.sqlite"


def commit(file: Path, *added: DocumentClaims, removed: tuple[str, ...] = ()) -> None:
    made = [LoadedDocument(part.document, "f", (), part.claims, part.items) for part in added]
    SqlCatalogueWriter(file).commit(CatalogueChange("e", "s", "x", made, removed))


def test_a_claim_comes_back_as_it_was_read(file: Path) -> None:
    stored = entry("a.md", *LINES)
    version = stored.document.version
    claim = StatusClaim(
        id="c1",
        document="a.md",
        version=version,
        matter="the custody log",
        kind=MatterKind.CAUSE_OF_CONCERN,
        status=Status.NOT_ACCEPTED,
        said_by=Speaker.INSPECTORATE,
        evidence=(Span(30, 40), Span(2, 9)),
        number="5a",
        as_of="2024-01",
        as_of_from="response dated",
        due="2024-12-31",
        addressee="chief constables",
    )
    bare = StatusClaim(
        "c2",
        "a.md",
        version,
        "beds",
        MatterKind.IMPROVEMENT,
        Status.PLANNED,
        Speaker.FORCE,
        (Span(0, 4),),
    )
    commit(file, DocumentClaims(stored.document, (claim, bare)))
    assert SqlCatalogue(file).claims() == [claim, bare]


def test_a_named_matter_comes_back_as_it_was_read(file: Path) -> None:
    stored = entry("a.md", *LINES)
    matter = NamedMatter(
        "a.md",
        stored.document.version,
        "log books",
        MatterKind.AREA_FOR_IMPROVEMENT,
        Span(3, 9),
        "6",
        "2024-12-31",
        "forces",
        3,
    )
    commit(file, DocumentClaims(stored.document, (), (matter,)))
    [found] = SqlCatalogue(file).document_claims()
    assert found.items == (matter,)


def test_the_claims_of_some_documents_are_theirs_alone(file: Path) -> None:
    commit(file, entry("a.md", *LINES), entry("b.md", *LINES), entry("c.md", *LINES))
    catalogue = SqlCatalogue(file)
    assert [claim.document for claim in catalogue.claims({"a.md", "c.md"})] == ["a.md", "c.md"]
    assert (catalogue.claims(()), catalogue.document_claims(())) == ([], [])


def test_documents_are_found_by_the_numbered_matters_that_they_claim_of_or_name(file: Path) -> None:
    commit(file, entry("a.md", LINES[2]), entry("b.md", LINES[3]), entry("c.md", "recommendation 7 | maps"))
    catalogue = SqlCatalogue(file)
    assert catalogue.naming(["recommendation 5", "recommendation 6"]) == ["a.md", "b.md"]
    assert catalogue.naming(["recommendation 5", "recommendation 6"], ["b.md", "c.md"]) == ["b.md"]


def test_the_claims_of_a_document_come_with_its_text_and_facts(file: Path) -> None:
    stored = entry("a.md", *LINES)
    commit(file, stored)
    [found] = SqlCatalogue(file).document_claims()
    assert (found.document.text, found.document.facts) == (stored.document.text, stored.document.facts)
    assert (found.claims, found.items) == (stored.claims, stored.items)
    assert SqlCatalogueWriter(file).document_claims() == [found]


def test_a_new_version_of_a_document_takes_the_place_of_its_claims(file: Path) -> None:
    commit(file, entry("a.md", *LINES))
    newer = entry("a.md", *LINES[:2], "recommendation 7 | planned | force | | a new desk")
    commit(file, newer)
    [found] = SqlCatalogue(file).document_claims()
    assert (found.claims, found.items) == (newer.claims, ())


def test_the_claims_of_a_removed_document_go_with_it(file: Path) -> None:
    commit(file, entry("a.md", *LINES), entry("b.md", *LINES))
    commit(file, removed=("a.md",))
    catalogue = SqlCatalogue(file)
    assert {claim.document for claim in catalogue.claims()} == {"b.md"}
    assert [found.document.path for found in catalogue.document_claims()] == ["b.md"]


def test_a_document_without_claims_is_there_with_none(file: Path) -> None:
    commit(file, entry("a.md", "Nothing is said here"))
    [found] = SqlCatalogue(file).document_claims()
    assert (found.claims, found.items, found.stale) == ((), (), None)


def test_claims_are_read_with_the_document_in_one_run(tmp_path: Path) -> None:
    small = SmallRegister(tmp_path)
    small.write("a.md", *LINES)
    small.run()
    with small.reader() as reader:
        [claim] = reader.catalogue.claims()
        [item] = reader.catalogue.document_claims()[0].items
        document = reader.catalogue.document("a.md", claim.version)
    assert claim.evidence[0].of(document.text) == LINES[2]
    assert item.span.of(document.text) == LINES[3]


def test_a_stale_document_keeps_its_claims_and_says_so(tmp_path: Path) -> None:
    small = SmallRegister(tmp_path)
    small.write("a.md", *LINES)
    small.run()
    small.write("a.md", "BAD")
    small.run()
    with small.reader() as reader:
        [found] = reader.catalogue.document_claims()
    assert (len(found.claims), found.stale) == (1, "It is bad.")


def test_an_index_from_before_the_register_is_built_again(tmp_path: Path) -> None:
    small = SmallRegister(tmp_path)
    small.write("a.md", *LINES)
    small.run()
    engine = create_engine(f"sqlite:///{small.index / 'catalogue.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE claims"))
        connection.execute(text("UPDATE facts_of_index SET value = '1' WHERE name = 'schema'"))
    engine.dispose()
    with small.reader() as reader, pytest.raises(IndexDamaged, match="Run: askpcc index"):
        reader.catalogue.claims()
    report = small.run()
    with small.reader() as reader:
        assert len(reader.catalogue.claims()) == 1
    assert (report.added, report.passages.embedded) == (["a.md"], 0)
