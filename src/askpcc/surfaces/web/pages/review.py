"""Reviewing: the queue, one answer beside its sources, and its verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from urllib.parse import urlencode

from starlette.responses import Response

from askpcc.errors import UnknownAnswer, VerdictError
from askpcc.model import Act, RecordedAnswer, Ruling, Status, Verdict, Waiting, Why
from askpcc.ports import Journal
from askpcc.reviewing.decisions import LONGEST_COMMENT
from askpcc.reviewing.ruling import Reviewer
from askpcc.surfaces.web.access import Role
from askpcc.surfaces.web.pages.review_cases import CaseReader
from askpcc.surfaces.web.pages.review_forms import NEW, Refusal, VerdictForm, decide, read_form
from askpcc.surfaces.web.views.review_queue import QueueRow, count_reasons, view_waiting
from askpcc.surfaces.web.views.review_verdicts import VerdictView, view_latest, view_verdict
from askpcc.surfaces.web.views.review_words import JUDGEMENTS, REASONS, say_where
from askpcc.surfaces.web.visits import Page, Visit, go_to

_ON_THE_PAGE = 100
_CONFLICT = 409
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
    reviewer: Reviewer
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

    def _list(self, visit: Visit) -> Response:
        why = _read_reason(visit.query("why"))
        queue = self.cases.queue()
        chosen = _choose(queue, why)
        return visit.render(
            "review_queue.html",
            rows=[row for one in chosen[:_ON_THE_PAGE] if (row := self._view(one))],
            count=len(chosen),
            all=len(queue),
            reasons=count_reasons(queue),
            chosen=why,
            query=_write_query(why),
            done=self._find_done(visit),
        )

    def _view(self, waiting: Waiting) -> QueueRow | None:
        book = self.cases.book
        try:
            recorded = book.answer(waiting.answer)
            return view_waiting(waiting, book.inquiry(recorded.inquiry), recorded)
        except UnknownAnswer:
            return None  # it was erased meanwhile

    def _show(self, visit: Visit) -> Response:
        return self._open(visit, VerdictForm())

    def _open(
        self, visit: Visit, form: VerdictForm, refusal: Refusal | None = None, status: int = 200
    ) -> Response:
        queue = self.cases.queue()
        case = self.cases.read(visit.path("id"), queue)
        why = _read_reason(visit.query("why"))
        return visit.render(
            "review_answer.html",
            status,
            case=case,
            form=form,
            refusal=refusal,
            latest=view_latest(case.verdicts, self.cases.reviews.approvals_of(case.recorded.id)),
            where=say_where(case.inquiry),
            reasons=[REASONS[one] for one in case.waiting.why] if case.waiting else [],
            judgements=JUDGEMENTS,
            statuses=list(Status),
            rulings=Ruling,
            new=NEW,
            longest=LONGEST_COMMENT,
            following=_find_next(_choose(queue, why), case.recorded.id),
            query=_write_query(why),
            done=self._find_done(visit),
        )

    def _take(self, visit: Visit) -> Response:
        recorded = self.cases.book.answer(visit.path("id"))
        form, why = read_form(visit.form), _read_reason(visit.query("why"))
        following = _find_next(_choose(self.cases.queue(), why), recorded.id)
        with self._lock:
            refusal = self._rule(visit, form, recorded)
        if refusal is not None:
            return self._open(visit, form, refusal, _CONFLICT if refusal is _MEANWHILE else 400)
        ruled = Ruling.CORRECTED if form.ruling == NEW else form.ruling
        person = visit.visitor.person.id
        self.journal.note(Act(person, "give verdict", f"answer {recorded.id}", self.now(), ruled))
        query = _write_query(why, done=recorded.id)
        return go_to(f"/review/{following}{query}" if following else f"/review{query}")

    def _rule(self, visit: Visit, form: VerdictForm, recorded: RecordedAnswer) -> Refusal | None:
        """Take a verdict; return why it was not taken."""
        if _name_latest(self.cases.reviews.verdicts(recorded.id)) != form.known:
            return _MEANWHILE
        fresh = self.cases.find_afresh(recorded) if form.ruling == NEW else None
        try:
            self.reviewer.rule(decide(form, recorded, visit.visitor.person.id, self.cases.library, fresh))
        except VerdictError as exc:
            return Refusal(exc.field, str(exc))
        return None

    def _find_done(self, visit: Visit) -> Done | None:
        """Return the verdict that this visitor has just given, where the address says that they have."""
        answer, person = visit.query("done"), visit.visitor.person.id
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
