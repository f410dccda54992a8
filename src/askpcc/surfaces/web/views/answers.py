"""An answer as a page shows it: status first, quotations with numbers, numbered sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from askpcc.language.dates import show_date
from askpcc.language.words import plain
from askpcc.model import Answer, Citation, RecordedAnswer, Statement, Status
from askpcc.rendering.answers import follow_quotations, number_citations, split_label
from askpcc.rendering.links import source_link
from askpcc.surfaces.web.links import source_path


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
