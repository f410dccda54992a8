"""Which documents keep a run from embedding, asked only once embedding has failed."""

from collections.abc import Sequence

from askpcc.errors import BadDocument
from askpcc.indexing.own_failures import OwnFailures
from askpcc.indexing.vector_supply import VectorSupply
from askpcc.ports import Accession

_HARMLESS = "A response to a report."


def find_unembeddable(
    supply: VectorSupply, accessions: Sequence[Accession], failures: OwnFailures
) -> list[BadDocument]:
    """Embed documents one by one and return the failures.

    A model that embeds nothing at all is no document's failure, and its error goes on.
    """
    supply.embedder.embed_passages([_HARMLESS])
    bad: list[BadDocument] = []
    for made in accessions:
        try:
            with failures.of(made.document.path, "embedded"):
                supply.vectors({passage.id: passage.indexed for passage in made.passages})
        except BadDocument as failure:
            bad.append(failure)
    return bad
