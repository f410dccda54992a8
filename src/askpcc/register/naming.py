"""The matters that a document names, whether or not it says what has become of them."""

from collections.abc import Sequence

from askpcc.model import Document, NamedMatter, Passage
from askpcc.statuses import NamedItem, read_items
from askpcc.statuses.addressees import read_addressee
from askpcc.statuses.claim_dates import read_demanded


def read_named(document: Document, passages: Sequence[Passage]) -> list[NamedMatter]:
    """Return what a document names, in its order, as the catalogue keeps it."""
    return [
        NamedMatter(
            document=document.path,
            version=document.version,
            matter=item.words,
            kind=item.kind,
            span=item.span,
            number=item.number,
            due=read_demanded(item.text),
            addressee=read_addressee(item.text),
            parts=item.parts,
        )
        for item in read_items(document, passages)
    ]


def as_item(named: NamedMatter) -> NamedItem:
    """Return what the reading of statuses needs of a named matter to sum up its claims."""
    return NamedItem(named.kind, named.number, named.matter, named.span, parts=named.parts)
