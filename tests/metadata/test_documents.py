"""A file becomes a document with its text, its facts and where it came from."""

import pytest

from askpcc.errors import BadDocument
from askpcc.metadata import read_document
from askpcc.model import (
    Document,
    FactName,
    Source,
    version_of,
)
from askpcc.text.forces import load_forces
from support.cases import cases

FORCES = load_forces()
NOTED = Source("https://noted.example/a", "2024-05-31")
PAGE = '<html><head><title>T</title><link rel="canonical" href="{}"></head><body><p>Words.</p></body></html>'


def _read(text: str, path: str = "a.md", source: Source = NOTED) -> Document:
    return read_document(path, text.encode(), source, FORCES)


def test_text_of_a_markdown_file_is_the_file_and_names_its_version() -> None:
    document = _read("# Lanterns\n\nWords.\n", "sub/a.md")
    assert (document.path, document.text) == ("sub/a.md", "# Lanterns\n\nWords.\n")
    assert document.version == version_of(document.text)


def test_facts_lie_within_the_text() -> None:
    document = _read("# Commissioner's response to HMICFRS report: lanterns in Borsetshire\n\nI agree.\n")
    fact = document.fact(FactName.TITLE)
    assert fact is not None
    assert fact.span is not None
    assert fact.span.of(document.text) == "Commissioner's response to HMICFRS report: lanterns in Borsetshire"


def test_noted_source_is_kept() -> None:
    assert _read("Words.").source == NOTED


def test_front_matter_says_where_a_document_came_from() -> None:
    text = "---\nurl: https://own.example/b\nfetched: 1 June 2024\n---\n\nWords.\n"
    assert _read(text).source == Source("https://own.example/b", "2024-06-01")


def test_canonical_link_of_a_page_wins_over_the_note() -> None:
    document = _read(PAGE.format("https://own.example/c"), "a.html")
    assert document.source == Source("https://own.example/c", "2024-05-31")


@cases("line", ["url: own.example", "url: 'javascript:alert(1)'", "fetched: yesterday"])
def test_front_matter_with_a_source_that_cannot_be_is_refused(line: str) -> None:
    with pytest.raises(BadDocument, match="Write"):
        _read(f"---\n{line}\n---\n\nWords.\n")


def test_a_document_says_what_its_reader_doubts() -> None:
    hidden = "<div style='display: none'>Words that no click shows to anybody at all.</div>"
    page = f"<p>Words of a response.</p>{hidden}"
    document = read_document("a.html", page.encode(), Source(), FORCES)
    assert document.doubts == ("Some text of the page is hidden and was left out.",)
