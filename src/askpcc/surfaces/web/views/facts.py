"""Facts of a document as a page shows them, each with the place that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from askpcc.language.dates import show_date
from askpcc.model import Document, DocumentCard, FactName
from askpcc.surfaces.web.links import place_path

LABELS: Mapping[FactName, str] = {
    FactName.TITLE: "Title",
    FactName.FORCE: "Force",
    FactName.REPORT_KIND: "Kind of report",
    FactName.SOURCE_KIND: "Kind of source",
    FactName.PUBLISHED: "Report published",
    FactName.DEADLINE: "Deadline",
    FactName.RESPONDED: "Response dated",
    FactName.AUTHOR: "Author",
    FactName.NATIONAL: "National",
    FactName.LOCAL: "Local",
    FactName.SPECIFIC: "Specific",
    FactName.QUOTED: "Quoted",
}


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact.  path: our page of the words that say so; "" where only the file's own data does."""

    label: str
    value: str
    path: str


def view_facts(
    document: Document | DocumentCard, names: Iterable[FactName] = tuple(LABELS)
) -> list[FactView]:
    """Return the facts of these names that are known, in the order of the names."""
    found = ((name, document.fact(name)) for name in names)
    return [
        FactView(
            LABELS[name],
            show_date(fact.value),
            place_path(document.path, document.version, fact.span.start, fact.span.end) if fact.span else "",
        )
        for name, fact in found
        if fact is not None
    ]
