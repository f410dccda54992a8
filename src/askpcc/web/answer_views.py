"""Answers, texts and rows as pages show them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from askpcc.model import (
    Answer,
    BlockKind,
    Citation,
    Passage,
    RecordedAnswer,
    Span,
    Statement,
    Status,
    StatusClaim,
    page_of,
)
from askpcc.register import Row
from askpcc.rendering.register_text import name_matter, name_status
from askpcc.rendering.results import (
    follow_quotations,
    number_citations,
    source_link,
    split_label,
)
from askpcc.text.dates import show_date
from askpcc.text.words import plain
from askpcc.web.frame import document_path, place_path, source_path

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


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a paragraph.  marked: they are the cited ones.  first: the cited words begin here."""

    words: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a text.  kind: "heading", "paragraph", "bullet" or "row".  page: where one begins."""

    kind: str
    runs: tuple[Run, ...]
    page: int | None = None


def lay_out(
    text: str, passages: Sequence[Passage], page_starts: tuple[int, ...], cited: Span | None
) -> list[Paragraph]:
    """Return all words of a text in order, without the marks of its format.

    passages: of this version in its order, which tell headings, bullets and rows; may be empty.
    """
    made: list[Paragraph] = []
    page, marked = None, False
    for span in cut(text, passages, page_starts):
        runs = tuple(_runs(text, span, cited, marked=marked))
        if not any(run.words.strip() for run in runs):
            continue
        now = page_of(page_starts, span.start)
        made.append(Paragraph(kind_of(span, text, passages), runs, now if now != page else None))
        page, marked = now, marked or any(run.marked for run in runs)
    return made


def cut(text: str, passages: Sequence[Passage], page_starts: tuple[int, ...]) -> Iterator[Span]:
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


def kind_of(span: Span, text: str, passages: Sequence[Passage]) -> str:
    """Return what a paragraph is: "heading", "paragraph", "bullet" or "row"."""
    at = bisect_right(passages, span.start, key=lambda passage: passage.span.end)
    if at < len(passages) and passages[at].span.overlaps(span):
        return str(passages[at].kind)
    return "heading" if span.of(text).lstrip().startswith("#") else "paragraph"


def _runs(text: str, span: Span, cited: Span | None, *, marked: bool) -> Iterator[Run]:
    """Yield the words of a span, cut where the cited ones begin and end; marks of the format are left out.

    marked: cited words stand before this span already.
    """
    inside = cited if cited and cited.overlaps(span) else Span(span.end, span.end)
    start, end = max(span.start, inside.start), min(span.end, inside.end)
    hidden = find_markup(text, span)
    for part in (Span(span.start, start), Span(start, end), Span(end, span.end)):
        words = _without(text, part, hidden)
        if words:
            is_cited = part.start == start and part.end == end and len(inside) > 0
            yield Run(words, is_cited, first=is_cited and not marked)


def find_markup(text: str, span: Span) -> list[Span]:
    """Return where a span holds marks of the format, which are not shown."""
    return [Span(span.start + m.start(), span.start + m.end()) for m in _MARKUP.finditer(span.of(text))]


def _without(text: str, part: Span, hidden: Sequence[Span]) -> str:
    """Return the words of a part without the hidden ones."""
    kept, at = [], part.start
    for gap in hidden:
        if gap.overlaps(part):
            kept.append(text[at : max(at, gap.start)])
            at = max(at, gap.end)
    return "".join([*kept, text[at : part.end]])


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words with the number of their source.  path: our page of it.  again: they stand above already."""

    number: int
    words: str
    path: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement.  before, headline, after: what it says itself, its status being the headline."""

    before: str
    headline: str
    after: str
    status: Status | None
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A numbered source.  about: its date and page.  path: our page of it.  original: where it came from."""

    number: int
    title: str
    about: tuple[str, ...]
    document: str
    words: str
    path: str
    original: str | None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer with all that a page needs of it.

    indexed_at: when the index was made that it comes from; None where that is not known any more.
    """

    recorded: RecordedAnswer
    statements: tuple[StatementView, ...]
    nearest: tuple[Quotation, ...]
    sources: tuple[SourceView, ...]
    indexed_at: datetime | None = None

    @property
    def answer(self) -> Answer:
        """Return the answer itself."""
        return self.recorded.answer


def view_answer(
    recorded: RecordedAnswer, dates: Mapping[str, str], indexed_at: datetime | None = None
) -> AnswerView:
    """Return an answer as a page shows it.  dates: ISO dates of documents, by path."""
    answer = recorded.answer
    numbers = number_citations(answer)
    return AnswerView(
        recorded,
        tuple(_view_statements(answer.statements, numbers)),
        tuple(_quote(citation, numbers[citation]) for citation in answer.nearest),
        tuple(_view_source(citation, number, dates) for citation, number in numbers.items()),
        indexed_at,
    )


def _view_statements(
    statements: tuple[Statement, ...], numbers: Mapping[Citation, int]
) -> Iterator[StatementView]:
    for statement, citations in follow_quotations(statements):
        before, headline, after = split_label(" ".join(statement.text.split()), statement.status)
        quotations = tuple(_quote(one, numbers[one], again=again) for one, again in citations)
        yield StatementView(before, headline, after.lstrip(",;: "), statement.status, quotations)


def _quote(citation: Citation, number: int, *, again: bool = False) -> Quotation:
    return Quotation(number, plain(citation.quote), source_path(citation), again)


def _view_source(citation: Citation, number: int, dates: Mapping[str, str]) -> SourceView:
    date = dates.get(citation.document)
    about = [*([show_date(date)] if date else []), *([f"page {citation.page}"] if citation.page else [])]
    return SourceView(
        number=number,
        title=" ".join(citation.title.split()) or citation.document,
        about=tuple(about),
        document=citation.document,
        words=plain(citation.quote),
        path=source_path(citation),
        original=source_link(citation),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that say so.  path: our page of them; "" where their document is not held any more."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row.  details: who says so, by when, to whom; superseded: the page of the row's successor."""

    status: str
    label: str
    matter: str
    force: str
    report: str
    document: str
    path: str
    date: str
    details: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    superseded: str = ""


def view_row(row: Row) -> RowView:
    """Return a row as a page shows it."""
    details = [f"says the {row.said_by}"] if row.said_by else []
    if row.due:
        details.append(f"due {show_date(row.due)}")
    if row.addressee:
        details.append(f"addressed to {row.addressee}")
    newer = row.superseded_by.partition("#")[0] if row.superseded_by else ""
    return RowView(
        status=str(row.status),
        label=name_status(row),
        matter=name_matter(row),
        force=row.response.force or "force not known",
        report=row.response.report,
        document=row.response.document,
        path=document_path(row.response.document),
        date=f"{show_date(row.as_of)}{f' ({row.as_of_from})' if row.as_of_from else ''}" if row.as_of else "",
        details=tuple(details),
        evidence=_evidence(row.citations),
        superseded=document_path(newer) if newer else "",
    )


def _evidence(citations: Sequence[Citation]) -> tuple[Evidence, ...]:
    return tuple(Evidence(plain(one.quote), source_path(one)) for one in citations)


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
        label=claim.status.replace("_", " "),
        matter=f"{claim.kind}{number}: {plain(claim.matter)}",
        details=tuple(details),
        evidence=tuple(
            Evidence(plain(span.of(text)), place_path(claim.document, claim.version, span.start, span.end))
            for span in claim.evidence
        ),
    )
