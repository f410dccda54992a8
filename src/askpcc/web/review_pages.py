"""Pages on which answers are reviewed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import shorten
from threading import Lock
from urllib.parse import urlencode

from starlette.responses import Response

from askpcc.asking.citing import cite_chosen, cite_words
from askpcc.errors import UnknownAnswer, UnknownDocument, VerdictError
from askpcc.library import Library
from askpcc.model import (
    Act,
    Answer,
    Citation,
    Inquiry,
    Judgement,
    RecordedAnswer,
    Ruling,
    Span,
    Statement,
    Status,
    Verdict,
    Waiting,
    Why,
)
from askpcc.ports import Journal
from askpcc.rendering.results import read_place
from askpcc.review.approvals import name_answer
from askpcc.review.verdicts import (
    LONGEST_COMMENT,
    Decision,
    VerdictService,
    read_correction,
    read_judgements,
    read_ruling,
)
from askpcc.text.words import plain
from askpcc.web.answer_views import JUDGEMENTS, VerdictView, view_latest, view_verdict
from askpcc.web.frame import Page, PageRequest, go_to
from askpcc.web.review_cases import CaseReader
from askpcc.web.sessions import Role

REASONS: Mapping[Why, str] = {
    Why.BAD_FEEDBACK: "somebody found it wrong",
    Why.ASKED_PERSON: "somebody asked for a person",
    Why.LOW_CONFIDENCE: "it speaks of little of the question",
    Why.WITHHELD: "something was withheld from it",
    Why.SAMPLE: "it was drawn at random",
    Why.LAPSED: "its approval has lapsed: the documents changed",
}
NEW = "new"
"""The ruling by which what is answered now is approved in the place of what was answered then."""

_JUDGEMENT = "judgement-"
_LONGEST_SUMMARY = 160
_ON_THE_PAGE = 100
_CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was not taken.  field: beside which that stands."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """What was filled in, as it came.

    judgements: by the number of the statement.  known: the verdict that counted when the form was shown.
    seen: the name of what was answered then.  place, version: where the words were chosen, if they were.
    """

    ruling: str = ""
    judgements: Mapping[str, str] | None = None
    comment: str = ""
    document: str = ""
    words: str = ""
    place: str = ""
    version: str = ""
    status: str = ""
    known: str = ""
    seen: str = ""

    def judgement(self, number: int) -> str:
        """Return what was chosen for a statement."""
        return (self.judgements or {}).get(str(number), "")


def read_form(fields: Mapping[str, str]) -> VerdictForm:
    """Return what was filled in."""
    names = ("ruling", "comment", "document", "words", "place", "version", "status", "known", "seen")
    judged = {
        name.removeprefix(_JUDGEMENT): value for name, value in fields.items() if name.startswith(_JUDGEMENT)
    }
    filled = {name: fields.get(name, "").strip() for name in names}
    return VerdictForm(judgements=judged, **filled)


def decide(
    form: VerdictForm, recorded: RecordedAnswer, reviewer: str, library: Library, fresh: Answer | None
) -> Decision:
    """Return the decision that a form makes; VerdictError where it cannot stand.

    fresh: what is answered now, where the form approves that.
    """
    judgements = _read_judgements(form, recorded.answer)
    ruling = Ruling.CORRECTED if form.ruling == NEW else read_ruling(form.ruling)
    correction = _read_fresh(form, fresh) if form.ruling == NEW else ()
    if form.ruling == Ruling.CORRECTED:
        correction = read_correction(form.words, form.document, form.status, lambda: _cite(form, library))
    return Decision(recorded.id, reviewer, ruling, judgements, form.comment, correction, form.seen)


def _read_judgements(form: VerdictForm, answer: Answer) -> tuple[Judgement | None, ...]:
    numbers = [str(number) for number in range(1, len(answer.statements) + 1)]
    others = (form.judgements or {}).keys() - set(numbers)
    if others:
        raise VerdictError("These judgements do not fit this answer. Open it again.", "judgements")
    return read_judgements(map(form.judgement, map(int, numbers)))


def _read_fresh(form: VerdictForm, fresh: Answer | None) -> tuple[Statement, ...]:
    if fresh is None or not fresh.statements or name_answer(fresh) != form.seen:
        raise VerdictError("The documents have changed again, or say nothing now. Look at what they say now.")
    return fresh.statements


def _cite(form: VerdictForm, library: Library) -> Citation:
    document = library.document(form.document)
    place = _read_place(form, document.version, document.text)
    return cite_chosen(document, form.words, place) if place else cite_words(document, form.words)


def _read_place(form: VerdictForm, version: str, text: str) -> Span | None:
    """Return the place where words were chosen; None for one in another version, or in no text at all."""
    if form.version != version:
        return None
    try:
        return read_place(form.place or None, text)
    except UnknownDocument:
        return None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An answer that waits.  summary: how its answer begins."""

    answer: str
    question: str
    summary: str
    reasons: tuple[str, ...]
    since: datetime
    person: str
    where: str


def view_waiting(waiting: Waiting, inquiry: Inquiry, recorded: RecordedAnswer) -> QueueRow:
    """Return an answer that waits as a page shows it."""
    return QueueRow(
        answer=recorded.id,
        question=" ".join(inquiry.words.split()),
        summary=_sum_up(recorded.answer),
        reasons=tuple(REASONS[why] for why in waiting.why),
        since=waiting.since,
        person=inquiry.person,
        where=format_place(inquiry),
    )


def _sum_up(answer: Answer) -> str:
    if not answer.statements:
        return "The documents do not say."
    first = answer.statements[0]
    said = " ".join(first.text.split())
    return said or f"“{shorten(plain(first.citations[0].quote), _LONGEST_SUMMARY, placeholder=' …')}”"


def count_reasons(queue: Sequence[Waiting]) -> list[tuple[Why, str, int]]:
    """Return the reasons for which answers wait, in words and counted."""
    counts = Counter(why for waiting in queue for why in waiting.why)
    return [(why, words, counts[why]) for why, words in REASONS.items() if counts[why]]


def format_place(inquiry: Inquiry) -> str:
    """Return where somebody asked."""
    if inquiry.place.surface == "web":
        return "on these pages"
    surface = inquiry.place.surface.capitalize()
    return (
        f"in {surface}, in private" if inquiry.private else f"in {surface}, channel {inquiry.place.channel}"
    )


_MEANWHILE = Refusal("meanwhile", "")


@dataclass(frozen=True, slots=True)
class Done:
    """A verdict that was just given.  is_reused: the same question is answered with it from now on."""

    question: str
    answer: str
    verdict: VerdictView
    is_reused: bool


@dataclass(frozen=True, slots=True)
class ReviewPages:
    """The pages of reviewers.  One verdict is taken at a time, so that nobody overlooks another's."""

    cases: CaseReader
    verdicts: VerdictService
    journal: Journal
    now: Callable[[], datetime]
    _lock: Lock = field(default_factory=Lock)

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/review", self._list, role=Role.REVIEWER, nav="Review"),
            Page("/review/{id}", self._show, role=Role.REVIEWER),
            Page("/review/{id}", self._take, role=Role.REVIEWER, methods=("POST",)),
        ]

    def _list(self, request: PageRequest) -> Response:
        why = _read_reason(request.query("why"))
        queue = self.cases.queue()
        chosen = _choose(queue, why)
        return request.render(
            "review_queue.html",
            rows=[row for one in chosen[:_ON_THE_PAGE] if (row := self._view(one))],
            count=len(chosen),
            all=len(queue),
            reasons=count_reasons(queue),
            chosen=why,
            query=_write_query(why),
            done=self._find_done(request),
        )

    def _view(self, waiting: Waiting) -> QueueRow | None:
        book = self.cases.book
        try:
            recorded = book.answer(waiting.answer)
            return view_waiting(waiting, book.inquiry(recorded.inquiry), recorded)
        except UnknownAnswer:
            return None  # it was erased meanwhile

    def _show(self, request: PageRequest) -> Response:
        return self._open(request, VerdictForm())

    def _open(
        self, request: PageRequest, form: VerdictForm, refusal: Refusal | None = None, status: int = 200
    ) -> Response:
        queue = self.cases.queue()
        case = self.cases.read(request.path("id"), queue)
        why = _read_reason(request.query("why"))
        return request.render(
            "review_answer.html",
            status,
            case=case,
            form=form,
            refusal=refusal,
            latest=view_latest(case.verdicts, self.cases.reviews.approvals_of(case.recorded.id)),
            where=format_place(case.inquiry),
            reasons=[REASONS[one] for one in case.waiting.why] if case.waiting else [],
            judgements=JUDGEMENTS,
            statuses=list(Status),
            rulings=Ruling,
            new=NEW,
            longest=LONGEST_COMMENT,
            following=_find_next(_choose(queue, why), case.recorded.id),
            query=_write_query(why),
            done=self._find_done(request),
        )

    def _take(self, request: PageRequest) -> Response:
        recorded = self.cases.book.answer(request.path("id"))
        form, why = read_form(request.form), _read_reason(request.query("why"))
        following = _find_next(_choose(self.cases.queue(), why), recorded.id)
        with self._lock:
            refusal = self._rule(request, form, recorded)
        if refusal is not None:
            return self._open(request, form, refusal, _CONFLICT if refusal is _MEANWHILE else 400)
        ruled = Ruling.CORRECTED if form.ruling == NEW else form.ruling
        person = request.user.person.id
        self.journal.note(Act(person, "give verdict", f"answer {recorded.id}", self.now(), ruled))
        query = _write_query(why, done=recorded.id)
        return go_to(f"/review/{following}{query}" if following else f"/review{query}")

    def _rule(self, request: PageRequest, form: VerdictForm, recorded: RecordedAnswer) -> Refusal | None:
        """Take a verdict; return why it was not taken."""
        if _name_latest(self.cases.reviews.verdicts(recorded.id)) != form.known:
            return _MEANWHILE
        fresh = self.cases.find_afresh(recorded) if form.ruling == NEW else None
        try:
            self.verdicts.rule(decide(form, recorded, request.user.person.id, self.cases.library, fresh))
        except VerdictError as exc:
            return Refusal(exc.field, str(exc))
        return None

    def _find_done(self, request: PageRequest) -> Done | None:
        """Return the verdict that this user has just given, where the address says that they have."""
        answer, person = request.query("done"), request.user.person.id
        verdicts = self.cases.reviews.verdicts(answer) if answer else []
        own = next((one for one in reversed(verdicts) if one.reviewer == person), None)
        if own is None:
            return None
        standing = [one for one in self.cases.reviews.approvals_of(own.answer) if one.lapsed_at is None]
        inquiry = self.cases.book.inquiry(self.cases.book.answer(own.answer).inquiry)
        reused = own.id in {one.verdict for one in standing}
        return Done(" ".join(inquiry.words.split()), own.answer, view_verdict(own), reused)


def _choose(queue: Sequence[Waiting], why: Why | None) -> list[Waiting]:
    return [one for one in queue if why is None or why in one.why]


def _find_next(queue: Sequence[Waiting], answer: str) -> str | None:
    """Return the answer that waits after this one, the first after the last; None where no other does."""
    waiting = [one.answer for one in queue]
    after = waiting.index(answer) + 1 if answer in waiting else 0
    return next((one for one in [*waiting[after:], *waiting[:after]] if one != answer), None)


def _read_reason(written: str | None) -> Why | None:
    return Why(written) if written in set(Why) else None


def _write_query(why: Why | None, done: str = "") -> str:
    named = {"why": why, "done": done}
    query = urlencode({name: str(value) for name, value in named.items() if value})
    return f"?{query}" if query else ""


def _name_latest(verdicts: Sequence[Verdict]) -> str:
    return verdicts[-1].id if verdicts else ""
