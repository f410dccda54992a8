"""What a turn of watching found and did, as lines for a terminal."""

from collections.abc import Iterator, Sequence

from askpcc.indexing.plan import IndexReport
from askpcc.indexing.watching import TurnReport
from askpcc.model import Lead, LeadState
from askpcc.rendering.register_text import format_changes, list_documents, list_what_to_look_at
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
    yield from list_documents(index)
    yield from list_what_to_look_at(index)
    yield from format_changes(index.register)


def format_leads(leads: Sequence[Lead]) -> list[str]:
    """Return the links that wait for an administrator, and why some could not be added."""
    lines = []
    for lead in leads:
        why = f"\n         {lead.reason}" if lead.state is LeadState.FAILED else ""
        lines += f"{in_one_line(lead.title)}\n         {lead.address}{why}".split("\n")
    return [*lines, "To add one of them: askpcc watch --add ADDRESS"] if lines else ["No link waits."]
