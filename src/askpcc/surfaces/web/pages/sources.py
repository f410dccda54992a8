"""A source: the whole stored text of a version, the cited words marked."""

from dataclasses import dataclass

from starlette.responses import Response

from askpcc.model import Citation, Document, FactName, Span, page_of
from askpcc.rendering.documents import read_place
from askpcc.rendering.links import source_link, web_address
from askpcc.surfaces.web.library import Library, title_of
from askpcc.surfaces.web.views.facts import view_facts
from askpcc.surfaces.web.views.texts import lay_out
from askpcc.surfaces.web.visits import Page, Visit


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages of sources: what the catalogue holds under that path and version, and nothing else."""

    library: Library

    def pages(self) -> list[Page]:
        """Return them."""
        return [Page("/source/{path:path}", self._show)]

    def _show(self, visit: Visit) -> Response:
        document = self.library.document(visit.path("path"), visit.query("version"))
        cited = read_place(visit.query("at"), document.text)
        card = self.library.card(document.path)
        return visit.render(
            "source.html",
            document=document,
            title=title_of(document),
            facts=view_facts(document, (FactName.FORCE, FactName.RESPONDED, FactName.PUBLISHED)),
            paragraphs=lay_out(document.text, self.library.passages(document), document.page_starts, cited),
            cited=cited,
            page=page_of(document.page_starts, cited.start) if cited else None,
            original=_link(document, cited),
            is_newest=card is not None and card.version == document.version,
            is_held=card is not None,
            stale=card.stale if card and card.version == document.version else None,
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
