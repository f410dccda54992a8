"""Pages of documents, with cited words marked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from askpcc.errors import UnknownDocument
from askpcc.library import Library, date_of, title_of
from askpcc.model import (
    Citation,
    Document,
    DocumentCard,
    FactName,
    Span,
    Status,
    page_of,
)
from askpcc.rendering.results import read_place, source_link, web_address
from askpcc.text.dates import show_date
from askpcc.web.answer_views import Paragraph, lay_out, view_claim
from askpcc.web.frame import (
    Page,
    PageRequest,
    document_path,
    place_path,
    text_path,
)

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


_NOT_HELD = (
    "The index does not hold this document, version or place, or does not hold it any more. Words that were "
    "cited from it stand in the answer that cites them."
)


@dataclass(frozen=True, slots=True)
class SourcePages:
    """The pages of sources: what the catalogue holds under that path and version, and nothing else."""

    library: Library

    def pages(self) -> list[Page]:
        """Return them."""
        return [Page("/source/{path:path}", self._show)]

    def _show(self, request: PageRequest) -> Response:
        try:
            source = read_source(
                self.library, request.path("path"), request.query("version"), request.query("at")
            )
        except UnknownDocument:
            return request.render("notice.html", 404, title="Not held", words=_NOT_HELD)
        return request.render("source.html", source=source)


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

    def _list(self, request: PageRequest) -> Response:
        counts = self.library.claims()
        cards = sorted(self.library.cards(), key=lambda card: date_of(card) or "", reverse=True)
        views = [_view(card, counts.get(card.path, Counter())) for card in cards]
        return request.render("documents.html", documents=views, freshness=self.library.freshness())

    def _show(self, request: PageRequest) -> Response:
        card = self.library.card(request.path("path"))
        if card is None:
            raise UnknownDocument(f"{request.path('path')!a} is not in the index.")
        text = self.library.document(card.path).text
        return request.render(
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
