"""A source as people look at it: the cited words, marked, in what stands around them."""

from collections.abc import Iterator

from askpcc.language.dates import show_date
from askpcc.library import Freshness, Surroundings
from askpcc.model import Citation, DocumentCard, FactName
from askpcc.rendering.answers import visible
from askpcc.rendering.links import source_link
from askpcc.surfaces.slack import limits
from askpcc.surfaces.slack.action_ids import SOURCE_VIEW
from askpcc.surfaces.slack.answers.ageing import say_freshness
from askpcc.surfaces.slack.answers.blocks import context, quotation, rich_text, section, words
from askpcc.surfaces.slack.answers.messages import Block
from askpcc.surfaces.slack.text import (
    cut,
    cut_start,
    escape_line,
    in_one_line,
    link,
    plain,
    split,
)

_LONGEST_QUOTE = 7_000
_LONGEST_AROUND = 1_200
_LONGEST_PART = 2_000
_LONGEST_TITLE = 300
_DATES = {FactName.RESPONDED: "response dated", FactName.PUBLISHED: "report published"}
_STALE = "The newest file of this document cannot be read; this is the version before it."


def build_source_modal(
    citation: Citation, document: DocumentCard, surroundings: Surroundings, freshness: Freshness
) -> Block:
    """Return a view of a source.  Words stand in it as stored, without what steers a display."""
    before, quote, after = surroundings
    blocks = [
        _describe(citation, document),
        {"type": "divider"},
        *_around(cut_start(visible(before).strip(), _LONGEST_AROUND)),
        *_mark(cut(visible(quote).strip(), _LONGEST_QUOTE)),
        *_around(cut(visible(after).strip(), _LONGEST_AROUND)),
        {"type": "divider"},
        *([context([plain(_STALE)])] if document.stale else []),
        context([plain(say_freshness(freshness))]),
    ]
    return {
        "type": "modal",
        "callback_id": SOURCE_VIEW,
        "title": plain("Source", limits.VIEW_TITLE),
        "close": plain("Close", limits.VIEW_BUTTON),
        "private_metadata": f"{citation.version}:{citation.span.start}:{citation.span.end}",
        "blocks": blocks,
    }


def _describe(citation: Citation, document: DocumentCard) -> Block:
    title = escape_line(cut(in_one_line(citation.title or citation.document), _LONGEST_TITLE))
    facts = [escape_line(cut(fact, _LONGEST_TITLE)) for fact in _facts(citation, document)]
    opened = link(source_link(citation), "Open the source")
    lines = [f"*{title}*", ", ".join(facts), opened if opened.startswith("<") else ""]
    return section("\n".join(line for line in lines if line))


def _facts(citation: Citation, document: DocumentCard) -> Iterator[str]:
    force = document.fact(FactName.FORCE)
    if force:
        yield force.value
    for name, label in _DATES.items():
        fact = document.fact(name)
        if fact:
            yield f"{label} {show_date(fact.value)}"
    if citation.page:
        yield f"page {citation.page}"


def _around(text: str) -> Iterator[Block]:
    if text:
        yield {"type": "section", "text": plain(text), "expand": True}


def _mark(text: str) -> Iterator[Block]:
    """Yield the cited words as bold quotations; in rich text no mark of theirs is read as markup."""
    for part in split(text, _LONGEST_PART):
        yield rich_text(quotation([words(part, bold=True)]))
