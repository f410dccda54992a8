"""An answer as a page shows it: status first, quotations with numbers, numbered sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from askpcc.language.dates import show_date
from askpcc.language.words import plain
from askpcc.model import Answer, Citation, RecordedAnswer, Statement, Status
from askpcc.rendering.answers import number_citations
from askpcc.rendering.links import source_link
from askpcc.surfaces.web.links import source_path

_STATUS_WORDS = re.compile(r"(Earlier: )?([^,;:]+)(.*)", re.DOTALL)


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
    quoted: set[Citation] = set()
    for statement in statements:
        before, headline, after = _split_label(statement)
        quotations = tuple(_quote(one, numbers[one], again=one in quoted) for one in statement.citations)
        yield StatementView(before, headline, after, statement.status, quotations)
        quoted.update(statement.citations)


def _split_label(statement: Statement) -> tuple[str, str, str]:
    text = " ".join(statement.text.split())
    found = _STATUS_WORDS.fullmatch(text) if statement.status else None
    return (found[1] or "", found[2], found[3].lstrip(",;: ")) if found else (text, "", "")


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
