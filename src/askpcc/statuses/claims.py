"""Claims and named matters of a document, as the catalogue keeps them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from askpcc.model import (
    Document,
    FactName,
    Passage,
    StatusClaim,
)
from askpcc.statuses.claim_dates import read_addressee, read_demanded
from askpcc.statuses.document_model import NamedItem, read_lines
from askpcc.statuses.findings import Finding
from askpcc.statuses.outline import read_outline
from askpcc.statuses.tables import read_row_items
from askpcc.text.words import plain

_ID_DIGITS = 24
_NO_RESPONSE = frozenset({"guidance", "legislation"})


def read_items(document: Document, passages: Sequence[Passage]) -> list[NamedItem]:
    """Return the matters that a document names as a recommendation or the like, each once, in order."""
    if is_no_response(document):
        return []
    outline, items = read_outline(document, read_lines(document, passages))
    named = {item.key: item for item in [*items, *read_row_items(document, outline)]}
    return list(named.values())


def is_no_response(document: Document) -> bool:
    """Tell whether a document is guidance or law, which says nothing of what has become of a matter."""
    facts = (document.fact(name) for name in (FactName.SOURCE_KIND, FactName.REPORT_KIND))
    return any(fact is not None and fact.value in _NO_RESPONSE for fact in facts)


def make_claims(document: Document, findings: Iterable[Finding]) -> Iterator[StatusClaim]:
    """Yield the claims of a document's findings, one for each item that is answered together."""
    seen: Counter[str] = Counter()
    for finding in findings:
        for item in finding.items or (None,):
            evidence = " ".join(plain(span.of(document.text)) for span in finding.evidence)
            matter, kind = finding.matter, finding.kind
            number = finding.number
            if item is not None:
                kind, number = item.kind, item.number
                whole = item.number is None or finding.matter == finding.items[0].words
                matter = item.words if whole else matter
            name = "\0".join((document.path, matter, kind, number or "", evidence))
            yield StatusClaim(
                id=_claim_id(name, seen[name]),
                document=document.path,
                version=document.version,
                matter=matter,
                kind=kind,
                status=finding.status,
                said_by=finding.said_by,
                evidence=finding.evidence,
                number=number,
                as_of=finding.as_of,
                as_of_from=finding.as_of_from,
                due=finding.due or (read_demanded(item.text) if item else None),
                addressee=finding.addressee or (read_addressee(item.text) if item else None),
                read_by=finding.read_by,
            )
            seen[name] += 1


def _claim_id(name: str, occurrence: int) -> str:
    digest = sha256(f"{name}\0{occurrence}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:_ID_DIGITS]
