"""Which claim takes the place of which, as the register has it."""

from collections.abc import Collection, Iterator, Sequence

from askpcc.model import Citation, Speaker, StatusClaim
from askpcc.register.rows import Row


def find_successors(rows: Sequence[Row], claims: Sequence[StatusClaim]) -> dict[str, str]:
    """Return, by the id of each claim that a newer document has overtaken, the id of the newest one."""
    # The inspectorate's word comes before anybody's own on the same matter.
    ordered = sorted(rows, key=lambda row: row.said_by is not Speaker.INSPECTORATE)
    newest = {row.id: row for row in reversed(ordered)}
    found: dict[str, str] = {}
    for row in rows:
        newer = newest.get(row.superseded_by or "")
        telling = next(_of_citations(claims, newer.citations), None) if newer else None
        if telling:
            found |= dict.fromkeys((claim.id for claim in _of_citations(claims, row.citations)), telling.id)
    return found


def find_overtaken(items: Collection[str], rows: Sequence[Row]) -> frozenset[str]:
    """Return the documents whose word on a named item a newer one has taken the place of."""
    of_items = [row for row in rows if f"{row.kind} {row.number}" in items]
    return frozenset(row.response.document for row in of_items if row.superseded_by)


def _of_citations(claims: Sequence[StatusClaim], citations: Collection[Citation]) -> Iterator[StatusClaim]:
    """Yield the claims whose first evidence is cited, in the order of the citations."""
    for citation in citations:
        for claim in claims:
            if claim.document == citation.document and claim.evidence[0] == citation.span:
                yield claim
