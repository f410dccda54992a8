"""Cited words are found again in the newest version of their document."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from askpcc.errors import UnknownDocument
from askpcc.model import Citation, Document, Span, Statement, cite_place
from askpcc.ports import Catalogue


def read_cited(statements: Sequence[Statement], catalogue: Catalogue) -> dict[str, Document]:
    """Read the newest versions of the documents that statements cite; one that is gone is left out."""
    found = {}
    for path in sorted({citation.document for one in statements for citation in one.citations}):
        try:
            found[path] = catalogue.document(path)
        except UnknownDocument:
            continue
    return found


def anchor(
    statements: Sequence[Statement], documents: Mapping[str, Document]
) -> tuple[Statement, ...] | None:
    """Return the statements with all citations in these documents; None where some words are not there.

    documents: the newest versions, by path.  Words that stand there several times are taken where they are
    nearest to their old place; whether that is still their place is for the basis to tell.
    """
    anchored = []
    for statement in statements:
        citations = [_anchor(citation, documents.get(citation.document)) for citation in statement.citations]
        found = tuple(citation for citation in citations if citation is not None)
        if len(found) < len(citations):
            return None
        anchored.append(replace(statement, citations=found))
    return tuple(anchored)


def _anchor(citation: Citation, document: Document | None) -> Citation | None:
    if document is None or not citation.quote:
        return None
    places = _find_all(citation.quote, document.text)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - citation.span.start))
    return cite_place(document, Span(start, start + len(citation.quote)))


def _find_all(words: str, text: str) -> list[int]:
    places, start = [], text.find(words)
    while start >= 0:
        places.append(start)
        start = text.find(words, start + 1)
    return places
