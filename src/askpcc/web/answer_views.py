"""Answers, and verdicts on them, as pages show them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from askpcc.model import (
    Answer,
    Approval,
    Citation,
    Judgement,
    RecordedAnswer,
    Ruling,
    Statement,
    Status,
    Verdict,
)
from askpcc.rendering.results import (
    follow_quotations,
    number_citations,
    source_link,
    split_label,
)
from askpcc.text.dates import show_date
from askpcc.text.words import plain
from askpcc.web.frame import source_path

JUDGEMENTS: Mapping[Judgement, str] = {
    Judgement.SUPPORTED: "supported",
    Judgement.NOT_SUPPORTED: "not supported",
    Judgement.WRONG_STATUS: "wrong status",
    Judgement.WRONG_SOURCE: "wrong source",
    Judgement.OUT_OF_DATE: "out of date",
}
RULED: Mapping[Ruling, str] = {
    Ruling.APPROVED: "Approved",
    Ruling.CORRECTED: "Corrected",
    Ruling.REJECTED: "Rejected",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that say so.  path: our page of them; "" where their document is not held any more."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words with the number of their source.  path: our page of it.  again: they stand above already."""

    number: int
    words: str
    path: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement.  before, headline, after: what it says itself, its status being the headline.

    matter: of what, where it is one of a list.
    """

    before: str
    headline: str
    after: str
    status: Status | None
    quotations: tuple[Quotation, ...]
    matter: str = ""


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
        yield StatementView(
            before, headline, after.lstrip(",;: "), statement.status, quotations, statement.matter
        )


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
class CorrectionView:
    """What is right instead.  label: its status and what else it says."""

    label: str
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict.

    judgements: what was said of statements, by their number from 1.  lapse: why its approval has ended; ""
    where it has not.
    """

    id: str
    ruling: Ruling
    ruled: str
    reviewer: str
    at: datetime
    comment: str
    judgements: tuple[tuple[int, str], ...]
    correction: tuple[CorrectionView, ...]
    lapse: str = ""


def view_verdict(verdict: Verdict, approvals: Sequence[Approval] = ()) -> VerdictView:
    """Return a verdict as a page shows it.  approvals: of its answer, also the ended ones."""
    numbered = enumerate(verdict.judgements, start=1)
    ended = (one.lapse for one in approvals if one.verdict == verdict.id and one.lapsed_at is not None)
    return VerdictView(
        id=verdict.id,
        ruling=verdict.ruling,
        ruled=RULED[verdict.ruling],
        reviewer=verdict.reviewer,
        at=verdict.at,
        comment=" ".join(verdict.comment.split()),
        judgements=tuple((number, JUDGEMENTS[one]) for number, one in numbered if one is not None),
        correction=tuple(_view_correction(statement) for statement in verdict.correction),
        lapse=next(ended, ""),
    )


def view_latest(verdicts: Sequence[Verdict], approvals: Sequence[Approval]) -> VerdictView | None:
    """Return the verdict that counts, as a page shows it; None where there is none."""
    return view_verdict(verdicts[-1], approvals) if verdicts else None


def _view_correction(statement: Statement) -> CorrectionView:
    cited = tuple(Evidence(plain(one.quote), source_path(one)) for one in statement.citations)
    return CorrectionView(" ".join(statement.text.split()), str(statement.status or ""), cited)
