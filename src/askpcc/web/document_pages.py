"""Pages of documents, and of their texts with cited words marked."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from starlette.responses import Response

from askpcc.errors import UnknownDocument
from askpcc.library import Library, date_of
from askpcc.metadata import find_lacking, title_of
from askpcc.model import (
    BlockKind,
    Citation,
    Document,
    DocumentCard,
    FactName,
    Passage,
    Span,
    Status,
    StatusClaim,
    page_of,
)
from askpcc.rendering.results import read_place, source_link, web_address
from askpcc.text.dates import show_date
from askpcc.text.words import plain
from askpcc.web.answer_views import Evidence
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
    FactName.DATED: "Dated",
    FactName.AUTHOR: "Author",
    FactName.NATIONAL: "National",
    FactName.LOCAL: "Local",
    FactName.SPECIFIC: "Specific",
    FactName.QUOTED: "Quoted",
}


_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*+(?:>[^\S\n]*+)?\n)+")
"""Also those of a block quote, on which nothing but its sign stands."""

_NO_WORDS = "> \t\r\n"

_MARKUP = re.compile(
    r"(?m)^[ \t]*#{1,6}[ \t]+"
    r"|^[ \t]*>[ \t]?"
    r"|^[ \t]*[-*+][ \t]+(?=\S)"
    r"|\*{2,3}|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)"
    r"|</?(?:sup|sub|b|i|u|em|strong|span)\b[^<>\n]*>"
    r"|\r(?=\n)"
)
_OF_THEIR_OWN = {BlockKind.BULLET, BlockKind.ROW}
_SHOWN = (FactName.FORCE, FactName.RESPONDED, FactName.DATED, FactName.PUBLISHED)
_NOT_HELD = (
    "The index does not hold this document, version or place, or does not hold it any more. Words that were "
    "cited from it stand in the answer that cites them."
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a text.  start: their place in it.  numbers: of the citations that they belong to.

    opens: the numbers of those that begin here.
    """

    words: str
    start: int
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a text.  kind: "heading", "paragraph", "bullet" or "row".  page: where one begins."""

    kind: str
    runs: tuple[Run, ...]
    page: int | None = None


def lay_out(
    document: Document, passages: Sequence[Passage], cited: Mapping[int, Span]
) -> tuple[Paragraph, ...]:
    """Return all words of a text in order, without the marks of its format.

    passages: of this version in its order, which tell headings, bullets and rows; may be empty.
    cited: places of the text by the numbers of their citations.
    """
    opened: set[int] = set()
    paragraphs: list[Paragraph] = []
    page = None
    for span in _cut(document.text, passages, document.page_starts):
        runs = tuple(_cut_runs(document.text, span, cited, opened))
        if not any(run.words.strip() for run in runs):
            continue
        now = page_of(document.page_starts, span.start)
        kind = _kind_of(span, document.text, passages)
        paragraphs.append(Paragraph(kind, runs, now if now != page else None))
        page = now
    return tuple(paragraphs)


def _cut(text: str, passages: Sequence[Passage], page_starts: tuple[int, ...]) -> Iterator[Span]:
    """Yield the places of paragraphs: cut at blank lines, pages, and lines that begin bullets and rows."""
    lines = {
        text.rfind("\n", 0, passage.span.start) + 1 for passage in passages if passage.kind in _OF_THEIR_OWN
    }
    blanks = {edge for found in _BLANK_LINES.finditer(text) for edge in found.span()}
    cuts = sorted({0, len(text), *lines, *blanks, *(start for start in page_starts if start < len(text))})
    for start, end in pairwise(cuts):
        words = text[start:end].lstrip("\r\n")
        if words.strip(_NO_WORDS):
            yield Span(end - len(words), end - len(words) + len(words.rstrip()))


def _kind_of(span: Span, text: str, passages: Sequence[Passage]) -> str:
    """Return what a paragraph is: "heading", "paragraph", "bullet" or "row"."""
    at = bisect_right(passages, span.start, key=lambda passage: passage.span.end)
    if at < len(passages) and passages[at].span.overlaps(span):
        return str(passages[at].kind)
    return "heading" if span.of(text).lstrip().startswith("#") else "paragraph"


def _cut_runs(text: str, span: Span, cited: Mapping[int, Span], opened: set[int]) -> Iterator[Run]:
    """Yield the shown words of a span, cut where cited ones begin and end.  opened: citations that began."""
    hidden = [Span(span.start + m.start(), span.start + m.end()) for m in _MARKUP.finditer(span.of(text))]
    edges = {edge for one in [*cited.values(), *hidden] for edge in (one.start, one.end)}
    cuts = sorted({span.start, span.end, *(edge for edge in edges if span.start < edge < span.end)})
    for start, end in pairwise(cuts):
        part = Span(start, end)
        if any(gap.overlaps(part) for gap in hidden):
            continue
        numbers = tuple(number for number, place in cited.items() if place.overlaps(part))
        opens = tuple(number for number in numbers if number not in opened)
        opened.update(opens)
        yield Run(part.of(text), start, numbers, opens)


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact.

    path: our page of the words that say so; "" where only the file's own data, or a person, does.  by: who
    corrected it, "" for nobody.
    """

    label: str
    value: str
    path: str
    by: str = ""


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
            fact.by,
        )
        for name, fact in found
        if fact is not None
    ]


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
        paragraphs=lay_out(document, library.passages(document), {1: cited} if cited else {}),
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
        label=claim.status.words,
        matter=f"{claim.kind}{number}: {plain(claim.matter)}",
        details=tuple(details),
        evidence=tuple(
            Evidence(plain(span.of(text)), place_path(claim.document, claim.version, span.start, span.end))
            for span in claim.evidence
        ),
    )


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in the list.

    counts: how many claims of each status it makes.  lacking: what somebody should look at.
    welsh_copy_of: title and page of the document whose Welsh copy it is; None for none.
    """

    title: str
    path: str
    page: str
    force: str
    date: str
    counts: Sequence[tuple[str, str, int]]
    stale: str | None
    lacking: Sequence[str]
    welsh_copy_of: tuple[str, str] | None


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
        counts = self.library.count_claims()
        cards = sorted(self.library.cards(), key=lambda card: date_of(card) or "", reverse=True)
        by_path = {card.path: card for card in cards}
        views = [_view(card, counts.get(card.path, Counter()), by_path) for card in cards]
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
            lacking=find_lacking(card),
            welsh_copy_of=_view_twin(card, self.library.card(card.welsh_copy_of)),
            correct_path=f"/correct/{quote(card.path)}",
        )


def _view_twin(card: DocumentCard, twin: DocumentCard | None) -> tuple[str, str] | None:
    if not card.welsh_copy_of or twin is None:
        return None
    return title_of(twin), document_path(twin.path)


def _view(card: DocumentCard, counts: Counter[Status], cards: Mapping[str, DocumentCard]) -> DocumentView:
    force = card.fact(FactName.FORCE)
    return DocumentView(
        title=title_of(card),
        path=card.path,
        page=document_path(card.path),
        force=force.value if force else "force not known",
        date=date_of(card) or "",
        counts=[(str(status), status.words, counts[status]) for status in Status if counts[status]],
        stale=card.stale,
        lacking=find_lacking(card),
        welsh_copy_of=_view_twin(card, cards.get(card.welsh_copy_of)),
    )
