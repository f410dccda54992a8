"""A source as it is read: the whole stored text of a version, the cited words marked, what is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from askpcc.library import Library, title_of
from askpcc.model import Citation, Document, FactName, Span, page_of
from askpcc.rendering.documents import read_place
from askpcc.rendering.links import source_link, web_address
from askpcc.surfaces.web.views.facts import FactView, view_facts
from askpcc.surfaces.web.views.texts import Paragraph, lay_out

_SHOWN = (FactName.FORCE, FactName.RESPONDED, FactName.PUBLISHED)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A version of a document.

    cited: the place that is marked.  page: of that place.  original: an address elsewhere.  stale: why its
    newest file could not be read.
    """

    document: Document
    title: str
    facts: Sequence[FactView]
    paragraphs: Sequence[Paragraph]
    cited: Span | None
    page: int | None
    original: str | None
    is_newest: bool
    stale: str | None


def read_source(library: Library, path: str, version: str | None, place: str | None) -> SourceText:
    """Return a version of a document, or its newest.  place: START:END in characters.

    Raises UnknownDocument for anything that the catalogue does not hold.
    """
    document = library.document(path, version)
    cited = read_place(place, document.text)
    card = library.card(document.path)
    is_newest = card is not None and card.version == document.version
    return SourceText(
        document=document,
        title=title_of(document),
        facts=view_facts(document, _SHOWN),
        paragraphs=lay_out(document.text, library.passages(document), document.page_starts, cited),
        cited=cited,
        page=page_of(document.page_starts, cited.start) if cited else None,
        original=_link(document, cited),
        is_newest=is_newest,
        stale=card.stale if card and is_newest else None,
    )


def _link(document: Document, cited: Span | None) -> str | None:
    """Return the address of the original, at the cited words where there are any."""
    if cited is None:
        return web_address(document.source.url)
    return source_link(
        Citation(
            document=document.path,
            version=document.version,
            title=title_of(document),
            span=cited,
            quote=cited.of(document.text),
            page=page_of(document.page_starts, cited.start),
            url=document.source.url,
        )
    )
