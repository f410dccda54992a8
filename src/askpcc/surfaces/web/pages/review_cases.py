"""An answer with all that a reviewer needs to judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from askpcc.errors import QuestionError, UnknownDocument
from askpcc.language.words import plain
from askpcc.library import Library, title_of
from askpcc.model import Answer, Approval, Citation, Inquiry, RecordedAnswer, Verdict, Waiting, Why
from askpcc.ports import AnswerBook, ReviewBook
from askpcc.reviewing.basis import name_answer
from askpcc.reviewing.reuse import Answers
from askpcc.surfaces.web.links import source_path
from askpcc.surfaces.web.views.answers import StatementView, view_answer
from askpcc.surfaces.web.views.review_changes import Change, compare
from askpcc.surfaces.web.views.review_sources import SourceView, mark_text

_MOST_WAITING = 500


@dataclass(frozen=True, slots=True)
class Afresh:
    """What is answered now, where that is not what was answered then.  name: as name_answer names it."""

    answer: Answer
    name: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with its quotations and the numbers of their places in the sources."""

    view: StatementView
    quotes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An answer to be judged.

    waiting: None where it does not wait.  lapse: the approval of it that ended last.  afresh: None where
    nothing else is answered now.  numbers: of all that is cited, by which the sources name it.
    documents: what a correction may cite, the likeliest first, with titles.
    """

    inquiry: Inquiry
    recorded: RecordedAnswer
    waiting: Waiting | None
    verdicts: Sequence[Verdict]
    lapse: Approval | None
    afresh: Afresh | None
    numbers: Mapping[Citation, int]
    statements: Sequence[Judged]
    nearest: Sequence[tuple[int, str]]
    sources: Sequence[SourceView]
    documents: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CaseReader:
    """Reads cases.  answers: afresh, without what was approved."""

    book: AnswerBook
    reviews: ReviewBook
    library: Library
    answers: Answers

    def queue(self) -> list[Waiting]:
        """Return the answers that wait, oldest first."""
        return self.reviews.queue(_MOST_WAITING)

    def read(self, id_: str, queue: Sequence[Waiting]) -> Case:
        """Return the case of an answer; raises UnknownAnswer and the failures of the index."""
        recorded = self.book.answer(id_)
        waiting = next((one for one in queue if one.answer == id_), None)
        lapse = self._find_lapse(id_, waiting)
        afresh = self._answer_afresh(recorded, lapse)
        numbers = _number(recorded.answer, afresh, lapse)
        cited = [citation.document for citation in numbers]
        return Case(
            inquiry=self.book.inquiry(recorded.inquiry),
            recorded=recorded,
            waiting=waiting,
            verdicts=self.reviews.verdicts(id_),
            lapse=lapse,
            afresh=afresh,
            numbers=numbers,
            statements=_view_statements(recorded, numbers),
            nearest=[(numbers[one], plain(one.quote)) for one in recorded.answer.nearest],
            sources=self._read_sources(numbers),
            documents=self._list_documents(cited),
        )

    def find_afresh(self, recorded: RecordedAnswer) -> Answer | None:
        """Return what is answered now; None for what nobody can ask any more."""
        question = recorded.answer.question
        try:
            return self.answers.answer(question.words, question.history).answer
        except QuestionError:
            return None

    def _find_lapse(self, id_: str, waiting: Waiting | None) -> Approval | None:
        if waiting is None or Why.LAPSED not in waiting.why:
            return None
        ended = [one for one in self.reviews.approvals_of(id_) if one.lapsed_at is not None]
        return ended[-1] if ended else None

    def _answer_afresh(self, recorded: RecordedAnswer, lapse: Approval | None) -> Afresh | None:
        given = recorded.answer
        is_old = given.index_version != self.library.catalogue.index_version()
        if lapse is None and (given.endorsement is not None or not is_old):
            return None
        fresh = self.find_afresh(recorded)
        if fresh is None or (lapse is None and name_answer(fresh) == name_answer(given)):
            return None
        then = lapse.statements if lapse else given.statements
        return Afresh(fresh, name_answer(fresh), compare(then, fresh.statements))

    def _read_sources(self, numbers: Mapping[Citation, int]) -> list[SourceView]:
        by_place = sorted(numbers, key=lambda one: (one.document, one.version))
        grouped = groupby(by_place, lambda one: (one.document, one.version))
        return sorted(
            (self._read_source({numbers[one]: one for one in found}) for _, found in grouped),
            key=lambda source: source.numbers,
        )

    def _read_source(self, cited: Mapping[int, Citation]) -> SourceView:
        numbers = tuple(sorted(cited))
        first = cited[numbers[0]]
        try:
            document = self.library.document(first.document, first.version)
        except UnknownDocument:
            return SourceView(
                first.document, first.version, first.title, "", numbers, is_held=False, is_newest=False
            )
        card = self.library.card(first.document)
        spans = {number: citation.span for number, citation in cited.items()}
        return SourceView(
            document=document.path,
            version=document.version,
            title=title_of(document),
            path=source_path(first),
            numbers=numbers,
            blocks=mark_text(document, self.library.passages(document), spans),
            is_newest=card is not None and card.version == document.version,
        )

    def _list_documents(self, cited: Sequence[str]) -> list[tuple[str, str]]:
        titles = {card.path: title_of(card) for card in self.library.cards()}
        likeliest = [path for path in dict.fromkeys(cited) if path in titles]
        return [(path, titles[path]) for path in dict.fromkeys([*likeliest, *titles])]


def _number(given: Answer, afresh: Afresh | None, lapse: Approval | None) -> dict[Citation, int]:
    """Return numbers for all that is cited, then and now, from 1."""
    now = afresh.answer if afresh else given
    statements = (*given.statements, *(lapse.statements if lapse else ()), *now.statements)
    cited = [citation for statement in statements for citation in statement.citations]
    numbered = dict.fromkeys([*cited, *given.nearest, *now.nearest])
    return {citation: number for number, citation in enumerate(numbered, start=1)}


def _view_statements(recorded: RecordedAnswer, numbers: Mapping[Citation, int]) -> list[Judged]:
    shown = view_answer(recorded, {}).statements
    return [
        Judged(view, tuple((numbers[one], plain(one.quote)) for one in statement.citations))
        for view, statement in zip(shown, recorded.answer.statements, strict=True)
    ]
