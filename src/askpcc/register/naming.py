"""The matters that a document names, whether or not it says what has become of them."""

from collections.abc import Sequence

from askpcc.model import Document, NamedMatter, Passage
from askpcc.statuses.matters import read_items


def read_named(document: Document, passages: Sequence[Passage]) -> list[NamedMatter]:
    """Return what a document names, in its order, as the catalogue keeps it."""
    return [
        NamedMatter(document.path, document.version, item.words, item.kind, item.span, item.number)
        for item in read_items(document, passages)
    ]
