"""An answer as a reviewer judges it: beside its sources, and beside what is answered now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from askpcc.errors import QuestionError, UnknownDocument
from askpcc.inquiry_workers import Answers
from askpcc.library import Library
from askpcc.metadata import title_of
from askpcc.model import (
    Answer,
    Approval,
    Citation,
    Inquiry,
    RecordedAnswer,
    Statement,
    Verdict,
    Waiting,
    Why,
)
from askpcc.ports import AnswerBook, ReviewBook
from askpcc.review.approvals import name_answer
from askpcc.text.words import plain
from askpcc.web.answer_views import (
    StatementView,
    view_answer,
)
from askpcc.web.document_pages import Paragraph, lay_out
from askpcc.web.frame import source_path

_MOST_WAITING = 500


@dataclass(frozen=True, slots=True)
class Words:
    """Some words.  changed: the other side does not have them."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A statement.  quotes: each with what it quotes."""

    label: tuple[Words, ...]
    quotes: tuple[tuple[tuple[Words, ...], Citation], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement then and now; None where one side has none.  is_same: both say the same."""

    then: Side | None
    now: Side | None
    is_same: bool


def compare(then: Sequence[Statement], now: Sequence[Statement]) -> list[Change]:
    """Return the statements of both sides, each beside the one that took its place."""
    matcher = SequenceMatcher(
        None, [_list_texts(one) for one in then], [_list_texts(one) for one in now], autojunk=False
    )
    changes: list[Change] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        for old, new in zip_longest(then[first:last], now[start:end]):
            changes.append(_compare_pair(old, new, is_same=kind == "equal"))
    return changes


def _list_texts(statement: Statement) -> tuple[str, ...]:
    return (statement.text, *(plain(citation.quote) for citation in statement.citations))


def _compare_pair(then: Statement | None, now: Statement | None, *, is_same: bool) -> Change:
    return Change(
        _view_side(then, now) if then else None,
        _view_side(now, then) if now else None,
        is_same,
    )


def _view_side(statement: Statement, other: Statement | None) -> Side:
    """Return a side.  other: the statement on the other side."""
    quoted = list(zip_longest(statement.citations, other.citations if other else ()))
    return Side(
        label=tuple(_mark(statement.text, other.text if other else "")),
        quotes=tuple(
            (tuple(_mark(plain(own.quote), plain(theirs.quote) if theirs else "")), own)
            for own, theirs in quoted
            if own is not None
        ),
    )


def _mark(own: str, theirs: str) -> Iterator[Words]:
    """Yield the words of a text, cut where they differ from the other text."""
    words, others = own.split(), theirs.split()
    for kind, first, last, _, _ in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if last > first:
            yield Words(" ".join(words[first:last]), kind != "equal")


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document beside an answer.  paragraphs: none where that version is not held any more.

    numbers: of the citations in it.  path: our page of it.
    """

    document: str
    version: str
    title: str
    path: str
    numbers: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...] = ()
    is_held: bool = True
    is_newest: bool = True


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
    sources: Sequence[CitedDocument]
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

    def _read_sources(self, numbers: Mapping[Citation, int]) -> list[CitedDocument]:
        by_place = sorted(numbers, key=lambda one: (one.document, one.version))
        grouped = groupby(by_place, lambda one: (one.document, one.version))
        return sorted(
            (self._read_source({numbers[one]: one for one in found}) for _, found in grouped),
            key=lambda source: source.numbers,
        )

    def _read_source(self, cited: Mapping[int, Citation]) -> CitedDocument:
        numbers = tuple(sorted(cited))
        first = cited[numbers[0]]
        try:
            document = self.library.document(first.document, first.version)
        except UnknownDocument:
            return CitedDocument(
                first.document, first.version, first.title, "", numbers, is_held=False, is_newest=False
            )
        card = self.library.card(first.document)
        spans = {number: citation.span for number, citation in cited.items()}
        return CitedDocument(
            document=document.path,
            version=document.version,
            title=title_of(document),
            path=source_path(first),
            numbers=numbers,
            paragraphs=lay_out(document, self.library.passages(document), spans),
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
