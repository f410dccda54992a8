"""Rows of the register as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from askpcc.language.dates import show_date
from askpcc.language.words import plain
from askpcc.model import Citation, StatusClaim
from askpcc.register import Row
from askpcc.rendering.register_wording import name_matter, name_status
from askpcc.surfaces.web.links import document_path, place_path, source_path


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that say so.  path: our page of them; "" where their document is not held any more."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row.  details: who says so, by when, to whom; superseded: the page of the row's successor."""

    status: str
    label: str
    matter: str
    force: str
    report: str
    document: str
    path: str
    date: str
    details: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    superseded: str = ""


def view_row(row: Row) -> RowView:
    """Return a row as a page shows it."""
    details = [f"says the {row.said_by}"] if row.said_by else []
    if row.due:
        details.append(f"due {show_date(row.due)}")
    if row.addressee:
        details.append(f"addressed to {row.addressee}")
    newer = row.superseded_by.partition("#")[0] if row.superseded_by else ""
    return RowView(
        status=str(row.status),
        label=name_status(row),
        matter=name_matter(row),
        force=row.response.force or "force not known",
        report=row.response.report,
        document=row.response.document,
        path=document_path(row.response.document),
        date=f"{show_date(row.as_of)}{f' ({row.as_of_from})' if row.as_of_from else ''}" if row.as_of else "",
        details=tuple(details),
        evidence=_evidence(row.citations),
        superseded=document_path(newer) if newer else "",
    )


def _evidence(citations: Sequence[Citation]) -> tuple[Evidence, ...]:
    return tuple(Evidence(plain(one.quote), source_path(one)) for one in citations)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What a document claims of a matter."""

    status: str
    label: str
    matter: str
    details: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def view_claim(claim: StatusClaim, text: str) -> ClaimView:
    """Return a claim as a page shows it.  text: of the version that makes it."""
    number = f" {claim.number}" if claim.number else ""
    details = [f"says the {claim.said_by}"]
    if claim.as_of:
        details.append(f"as of {show_date(claim.as_of)}")
    if claim.due:
        details.append(f"due {show_date(claim.due)}")
    return ClaimView(
        status=str(claim.status),
        label=claim.status.replace("_", " "),
        matter=f"{claim.kind}{number}: {plain(claim.matter)}",
        details=tuple(details),
        evidence=tuple(
            Evidence(plain(span.of(text)), place_path(claim.document, claim.version, span.start, span.end))
            for span in claim.evidence
        ),
    )
