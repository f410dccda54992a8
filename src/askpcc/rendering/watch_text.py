"""What a turn of watching found and did, as lines for a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from askpcc.indexing.plan import IndexReport
from askpcc.indexing.watching import TurnReport
from askpcc.model import Lead, LeadState
from askpcc.rendering.register_text import format_changes
from askpcc.rendering.results import in_one_line


def format_turn(report: TurnReport) -> list[str]:
    """Return what became of documents, by title where one is known, and which links were found."""
    lines = [f"found    {in_one_line(lead.title)}: {lead.address}" for lead in report.offered]
    if report.offered:
        lines.append("         To add one of them: askpcc watch --add ADDRESS")
    if report.index is not None:
        lines += _list_documents(report.index)
    if report.busy:
        lines.append("Another run holds the index; what is left is done in the next turn.")
    return lines or ["Nothing is new."]


def _list_documents(index: IndexReport) -> Iterator[str]:
    groups = (("added", index.added), ("changed", index.changed), ("removed", index.removed))
    for what, documents in groups:
        yield from (f"{what:8} {name_document(path, index.titles)}" for path in documents)
    for failure in index.failed:
        yield f"failed   {failure.document}: {failure.reason} {failure.remedy}"
    yield from format_changes(index.register)


def name_document(path: str, titles: Mapping[str, str]) -> str:
    """Return title and file of a document; the file alone where no title is known."""
    title = in_one_line(titles.get(path, ""))
    return f"{title} ({path})" if title.strip() else path


def format_leads(leads: Sequence[Lead]) -> list[str]:
    """Return the links that wait for an administrator, and why some could not be added."""
    lines = []
    for lead in leads:
        why = f"\n         {lead.reason}" if lead.state is LeadState.FAILED else ""
        lines += f"{in_one_line(lead.title)}\n         {lead.address}{why}".split("\n")
    return [*lines, "To add one of them: askpcc watch --add ADDRESS"] if lines else ["No link waits."]
