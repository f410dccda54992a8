"""The documents of one index version, as the answers need them."""

from collections.abc import Mapping
from dataclasses import dataclass

from askpcc.language.forces import ForceTable
from askpcc.model import DocumentCard


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one index version.  held: the forces that have a document of their own."""

    version: str
    cards: Mapping[str, DocumentCard]
    held: frozenset[str]
    forces: ForceTable
