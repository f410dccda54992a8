"""Rows of the register: one for each matter of a document and each speaker who says what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from askpcc.model import (
    Citation,
    Document,
    Dossier,
    MatterKind,
    NamedMatter,
    Span,
    Speaker,
    Status,
    StatusClaim,
    cite_place,
)
from askpcc.register.matters import Matter, read_matters
from askpcc.register.naming import as_item
from askpcc.register.responses import Response, read_response
from askpcc.statuses.matters import summarise


@dataclass(frozen=True, slots=True)
class Row:
    """What one speaker says has become of one matter, in one document.

    id: the document's path, "#", and the matter's number or first words ("a.md#recommendation-5"); rows
    of several speakers on a matter share it, since what the force calls complete the inspectorate need
    not have closed.  said_by: None where no status is stated.  superseded_by: id of the newest row of
    another document that takes its place.
    """

    id: str
    response: Response
    matter: str
    kind: MatterKind
    status: Status
    citations: tuple[Citation, ...]
    number: str | None = None
    said_by: Speaker | None = None
    as_of: str | None = None
    as_of_from: str = ""
    due: str | None = None
    addressee: str | None = None
    superseded_by: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row as the public interface has it, ready for json.dumps."""
        return {
            "force": self.response.force,
            "report": self.response.report,
            "document": self.response.document,
            "matter": self.matter,
            "number": self.number,
            "kind": str(self.kind),
            "status": str(self.status),
            "said_by": str(self.said_by) if self.said_by else None,
            "as_of": self.as_of,
            "due": self.due,
            "addressee": self.addressee,
            "citations": [_citation_as_json(citation) for citation in self.citations],
            "superseded_by": self.superseded_by,
        }


def _citation_as_json(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "version": citation.version,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
    }


def build_rows(dossiers: Iterable[Dossier]) -> list[Row]:
    """Return the rows of documents, each by itself, in the documents' order."""
    return [row for dossier in dossiers for row in _rows(dossier)]


def _rows(dossier: Dossier) -> Iterator[Row]:
    response = read_response(dossier.document)
    for matter in read_matters(dossier):
        stated = [claim for claim in matter.claims if claim.status is not Status.NOT_STATED]
        speakers = [speaker for speaker in Speaker if any(claim.said_by is speaker for claim in stated)]
        for speaker in speakers:
            said = [claim for claim in stated if claim.said_by is speaker]
            yield _stated(dossier.document, response, matter, said)
        if not speakers:
            yield _not_stated(dossier.document, response, matter)


def _stated(document: Document, response: Response, matter: Matter, said: Sequence[StatusClaim]) -> Row:
    item = next(iter(matter.items), None)
    status = summarise(said, as_item(item) if item else None)
    # Those that say it come first, the newest of them before the others.
    telling = sorted(said, key=lambda claim: claim.as_of or "", reverse=True)
    telling.sort(key=lambda claim: claim.status is not status)
    sayings: list[StatusClaim | NamedMatter] = [*telling, *matter.items]
    return Row(
        id=f"{document.path}#{matter.name}",
        response=response,
        matter=matter.words,
        kind=matter.kind,
        status=status,
        citations=_cite(document, (span for claim in telling for span in claim.evidence)),
        number=matter.number,
        said_by=telling[0].said_by,
        as_of=telling[0].as_of,
        as_of_from=telling[0].as_of_from,
        due=next((one.due for one in sayings if one.due), None),
        addressee=next((one.addressee for one in sayings if one.addressee), None),
    )


def _not_stated(document: Document, response: Response, matter: Matter) -> Row:
    """Return the row of a matter that is only named; it cites the words that name it."""
    naming = [item.span for item in matter.items] or [s for claim in matter.claims for s in claim.evidence]
    return Row(
        id=f"{document.path}#{matter.name}",
        response=response,
        matter=matter.words,
        kind=matter.kind,
        status=Status.NOT_STATED,
        citations=_cite(document, naming),
        number=matter.number,
        as_of=response.responded,
        as_of_from="response dated" if response.responded else "",
        due=next((one.due for one in matter.items), None),
        addressee=next((one.addressee for one in matter.items), None),
    )


def _cite(document: Document, spans: Iterable[Span]) -> tuple[Citation, ...]:
    return tuple(cite_place(document, span) for span in dict.fromkeys(spans))
