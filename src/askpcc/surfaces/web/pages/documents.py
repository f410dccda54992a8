"""The documents: what was read from each, and what it claims."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from askpcc.errors import UnknownDocument
from askpcc.library import Library, date_of, title_of
from askpcc.model import DocumentCard, FactName, Status
from askpcc.rendering.links import web_address
from askpcc.surfaces.web.links import document_path, text_path
from askpcc.surfaces.web.views.facts import view_facts
from askpcc.surfaces.web.views.rows import view_claim
from askpcc.surfaces.web.visits import Page, Visit


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in the list.  counts: how many claims of each status it makes."""

    title: str
    path: str
    page: str
    force: str
    date: str
    counts: Sequence[tuple[str, str, int]]
    stale: str | None


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """The pages of documents."""

    library: Library

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/documents", self._list, nav="Documents"),
            Page("/documents/{path:path}", self._show),
        ]

    def _list(self, visit: Visit) -> Response:
        counts = self.library.claims()
        cards = sorted(self.library.cards(), key=lambda card: date_of(card) or "", reverse=True)
        views = [_view(card, counts.get(card.path, Counter())) for card in cards]
        return visit.render("documents.html", documents=views, freshness=self.library.freshness())

    def _show(self, visit: Visit) -> Response:
        card = self.library.card(visit.path("path"))
        if card is None:
            raise UnknownDocument(f"{visit.path('path')!a} is not in the index.")
        text = self.library.document(card.path).text
        return visit.render(
            "document.html",
            card=card,
            title=title_of(card),
            facts=view_facts(card),
            claims=[view_claim(claim, text) for claim in self.library.claims_of(card.path)],
            text_path=text_path(card.path),
            original=web_address(card.source.url),
        )


def _view(card: DocumentCard, counts: Counter[Status]) -> DocumentView:
    force = card.fact(FactName.FORCE)
    return DocumentView(
        title=title_of(card),
        path=card.path,
        page=document_path(card.path),
        force=force.value if force else "force not known",
        date=date_of(card) or "",
        counts=[
            (str(status), status.replace("_", " "), counts[status]) for status in Status if counts[status]
        ],
        stale=card.stale,
    )
