"""Which claim takes the place of which, as the register has it."""

from collections.abc import Collection, Iterator, Sequence

from askpcc.model import Citation, Dossier, Speaker, StatusClaim
from askpcc.register import build_register


def find_successors(dossiers: Sequence[Dossier]) -> dict[str, str]:
    """Return, by the id of each claim that a newer document has overtaken, the id of the newest one."""
    rows = build_register(dossiers)
    claims = [claim for dossier in dossiers for claim in dossier.claims]
    # The inspectorate's word comes before anybody's own on the same matter.
    rows.sort(key=lambda row: row.said_by is not Speaker.INSPECTORATE)
    newest = {row.id: row for row in reversed(rows)}
    found: dict[str, str] = {}
    for row in rows:
        newer = newest.get(row.superseded_by or "")
        telling = next(_of_citations(claims, newer.citations), None) if newer else None
        if telling:
            found |= dict.fromkeys((claim.id for claim in _of_citations(claims, row.citations)), telling.id)
    return found


def _of_citations(claims: Sequence[StatusClaim], citations: Collection[Citation]) -> Iterator[StatusClaim]:
    """Yield the claims whose first evidence is cited, in the order of the citations."""
    for citation in citations:
        for claim in claims:
            if claim.document == citation.document and claim.evidence[0] == citation.span:
                yield claim
