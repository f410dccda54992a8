"""What an approval rests on, named: what the documents say to its question, and around its citations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from askpcc.model import Answer, Citation, Dossier, FactName, Passage, Statement, StatusClaim
from askpcc.ports import Catalogue
from askpcc.register import Row, build_register
from askpcc.register.responses import is_later, is_same_report, read_response
from askpcc.reviewing.keys import digest

_PARTS = 3


@dataclass(frozen=True, slots=True)
class Basis:
    """Three names; each changes with what it names.

    said: what is answered afresh.  around: the passages that the approved citations stand in, and what is
    claimed there.  newer: which newer documents speak of the same report or matter.
    """

    said: str
    around: str
    newer: str

    def __str__(self) -> str:
        return f"{self.said}.{self.around}.{self.newer}"


def parse_basis(written: str) -> Basis | None:
    """Return the basis that was written; None where it is none."""
    parts = written.split(".")
    return Basis(*parts) if len(parts) == _PARTS else None


def read_basis(fresh: Answer, approved: Sequence[Statement], catalogue: Catalogue) -> Basis:
    """Return what statements rest on today, all of whose citations stand in the newest versions.

    fresh: what is answered to the question without any approval.
    """
    cited = [citation for statement in approved for citation in statement.citations]
    return Basis(name_answer(fresh), _name_surroundings(cited, catalogue), _name_newer(cited, catalogue))


def name_answer(answer: Answer) -> str:
    """Name all that an answer says; where its words stand does not count, so that documents may grow."""
    nearest = [f"{citation.document}\n{citation.quote}" for citation in answer.nearest]
    said = [answer.reason or "", answer.note, "nearest", *nearest]
    return digest([*said, "statements", name_statements(answer.statements)])


def name_statements(statements: Iterable[Statement]) -> str:
    """Name what statements say: their texts, statuses and quoted words."""
    return digest(
        part
        for statement in statements
        for part in (
            "statement",
            statement.text,
            statement.status or "",
            *(f"{citation.document}\n{citation.quote}" for citation in statement.citations),
        )
    )


def _name_surroundings(cited: Sequence[Citation], catalogue: Catalogue) -> str:
    documents = sorted({citation.document for citation in cited})
    passages = {path: catalogue.passages_of(path) for path in documents}
    claims = catalogue.claims(documents) if documents else []
    return digest(part for citation in cited for part in _tell_surroundings(citation, passages, claims))


def _tell_surroundings(
    citation: Citation, passages: Mapping[str, Sequence[Passage]], claims: Sequence[StatusClaim]
) -> Iterator[str]:
    """Yield the passages under a citation with their headings, and the claims that rest on its words."""
    yield f"citation {citation.document}"
    for passage in passages[citation.document]:
        if passage.span.overlaps(citation.span):
            yield from (passage.indexed, passage.section, *passage.items)
    for claim in claims:
        if claim.document == citation.document and any(s.overlaps(citation.span) for s in claim.evidence):
            yield from ("claim", claim.matter, claim.number or "", claim.status, claim.said_by)
            yield from (claim.as_of or "", claim.due or "", claim.addressee or "")


def _name_newer(cited: Sequence[Citation], catalogue: Catalogue) -> str:
    dossiers = _read_related({citation.document for citation in cited}, catalogue)
    rows = build_register(dossiers)
    return digest(sorted({*_find_superseding(cited, rows), *_find_later(cited, dossiers)}))


def _read_related(cited: set[str], catalogue: Catalogue) -> list[Dossier]:
    """Read the documents of the forces that the cited documents are of."""
    forces = {
        card.path: {fact.value for fact in card.facts if fact.name is FactName.FORCE}
        for card in catalogue.documents()
    }
    concerned: set[str] = set().union(*(forces.get(path, set()) for path in cited))
    related = sorted(path for path, own in forces.items() if path in cited or own & concerned)
    return catalogue.dossiers(related) if related else []


def _find_superseding(cited: Sequence[Citation], rows: Sequence[Row]) -> Iterator[str]:
    """Yield what has taken the place of what is cited, with what it says now."""
    for row in rows:
        if row.superseded_by is not None and any(_shares_words(row, citation) for citation in cited):
            newest = (other for other in rows if other.id == row.superseded_by)
            yield f"{row.superseded_by} {' '.join(sorted(other.status for other in newest))}"


def _shares_words(row: Row, citation: Citation) -> bool:
    return any(
        one.document == citation.document and one.span.overlaps(citation.span) for one in row.citations
    )


def _find_later(cited: Sequence[Citation], dossiers: Sequence[Dossier]) -> Iterator[str]:
    """Yield the documents that are later than a cited one and speak of the same report."""
    responses = {dossier.document.path: read_response(dossier.document) for dossier in dossiers}
    for path in {citation.document for citation in cited} & responses.keys():
        own = responses[path]
        for other in responses.values():
            if is_same_report(own, other) and is_later(other.dated, own.dated):
                yield other.document
