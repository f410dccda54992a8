"""Addresses of our own pages, made from what the catalogue holds."""

from urllib.parse import quote, urlencode

from askpcc.model import Citation

CITED = "cited"
"""The place on a page of a source to which a citation leads."""


def source_path(citation: Citation) -> str:
    """Return the page of a cited document, at the cited words."""
    return place_path(citation.document, citation.version, citation.span.start, citation.span.end)


def place_path(document: str, version: str, start: int, end: int) -> str:
    """Return the page of a version of a document, at a place of its text."""
    query = urlencode({"version": version, "at": f"{start}:{end}"}, errors="replace")
    return f"/source/{_encode(document)}?{query}#{CITED}"


def text_path(document: str) -> str:
    """Return the page of the newest text of a document."""
    return f"/source/{_encode(document)}"


def document_path(document: str) -> str:
    """Return the page of what was read from a document."""
    return f"/documents/{_encode(document)}"


def _encode(document: str) -> str:
    return quote(document, safe="/", errors="replace")
