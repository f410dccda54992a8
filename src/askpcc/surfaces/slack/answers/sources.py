"""The sources of an answer, numbered as in its text."""

from collections.abc import Mapping

from askpcc.language.dates import show_date
from askpcc.model import Citation
from askpcc.rendering.links import source_link
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.answers.blocks import context, weigh
from askpcc.surfaces.slack.answers.messages import Block, Piece
from askpcc.surfaces.slack.answers.statements import Numbers
from askpcc.surfaces.slack.text import cut, escape_line, in_one_line, link, mrkdwn

_LONGEST_TITLE = 150
_LONGEST_BLOCK = 4_000
"""Characters of one block of sources, so that several go into a message with other blocks."""


def list_sources(numbers: Numbers, dates: Mapping[str, str]) -> list[Piece]:
    """Return small print with all sources: number, title with its link, page, date."""
    parts: list[list[tuple[Block, str]]] = []
    for citation, number in numbers.items():
        iso = dates.get(citation.document)
        shown = mrkdwn(show_source(citation, number, iso, source_link(citation)))
        said = show_source(citation, number, iso, None)
        if not parts or not _has_room([element for element, _ in parts[-1]], shown):
            parts.append([])
        parts[-1].append((shown, said))
    return [
        Piece((context(element for element, _ in part),), tuple(said for _, said in part)) for part in parts
    ]


def _has_room(elements: list[Block], further: Block) -> bool:
    return len(elements) < limits.CONTEXT_ELEMENTS and weigh(elements) + weigh(further) <= _LONGEST_BLOCK


def show_source(citation: Citation, number: int, iso: str | None, url: str | None) -> str:
    """Return the line of a source in mrkdwn, its title linked where there is an address."""
    title = cut(in_one_line(citation.title or citation.document), _LONGEST_TITLE)
    return f"[{number}] {link(url, title)}{_say_place(citation)}{_say_date(iso)}"


def name_source(citation: Citation, number: int, limit: int) -> str:
    """Return the number, the title and the page of a source in so many characters, the title cut."""
    before, after = f"[{number}] ", _say_place(citation)
    title = in_one_line(citation.title or citation.document)
    return f"{before}{cut(title, limit - len(before) - len(after))}{after}"


def _say_place(citation: Citation) -> str:
    return f", page {citation.page}" if citation.page else ""


def _say_date(iso: str | None) -> str:
    return f", {escape_line(show_date(iso))}" if iso else ""
