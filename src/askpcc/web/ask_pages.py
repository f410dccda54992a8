"""Pages to ask, to read an answer, and to say what one thinks of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from starlette.responses import Response

from askpcc.errors import UnknownAnswer
from askpcc.library import Library
from askpcc.model import (
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    Opinion,
    RecordedAnswer,
    Taking,
)
from askpcc.ports import AnswerBook, Opinions, ReviewBook
from askpcc.review.verdicts import ReviewQueue
from askpcc.web.answer_views import AnswerView, VerdictView, view_answer, view_latest
from askpcc.web.frame import Page, PageRequest, go_to
from askpcc.web.question_service import SURFACE, Exchange, LazyAnswerer, QuestionService
from askpcc.web.sessions import Role

_LONGEST_QUESTION = 2_000
_MOST_RECENT = 10
_ID = re.compile("[0-9a-f]{16}")
_ID_BYTES = 8
_BUSY = 429
_REFUSALS = {
    Taking.QUEUE_FULL: "Too many questions wait at the moment. Try again in a few minutes.",
    Taking.TOO_MANY_A_MINUTE: "You asked {per_minute} questions within a minute, which is the limit for one "
    "person. Wait a minute, then ask again.",
    Taking.TOO_MANY_A_DAY: "You asked {per_day} questions within a day, which is the limit for one person. "
    "Ask again tomorrow.",
}
_THANKS = {
    "opinion": "Thank you; it is kept with the answer.",
    "help": "A person will look at this answer.",
}
_LONGEST_COMMENT = 500


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """A question with what is shown of its answer, and the verdict of a reviewer on it."""

    exchange: Exchange
    answer: AnswerView | None
    verdict: VerdictView | None = None

    @property
    def is_pending(self) -> bool:
        """Tell whether its answer is still to come."""
        return self.answer is None and not self.exchange.failure


@dataclass(frozen=True, slots=True)
class AskingPages:
    """The pages on which people ask."""

    questions: QuestionService
    book: AnswerBook
    reviews: ReviewBook
    library: Library
    answers: LazyAnswerer

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/", self._show_form, nav="Ask"),
            Page("/ask", self._ask, methods=("POST",)),
            Page("/conversations/{id}", self._show_conversation),
            Page("/answers/{id}", self._show_answer),
        ]

    def _show_form(self, request: PageRequest) -> Response:
        return self._render_form(request)

    def _render_form(
        self, request: PageRequest, words: str = "", refusal: str = "", status: int = 200
    ) -> Response:
        person = request.user.person
        recent = [
            (inquiry, recorded)
            for inquiry, recorded in self.book.recent(person.team, person.id, _MOST_RECENT)
            if inquiry.place.surface == SURFACE
        ]
        values = self._about(_new_id(), words, refusal)
        return request.render("ask.html", status, recent=recent, **values)

    def _ask(self, request: PageRequest) -> Response:
        words = request.form.get("question", "").strip()
        conversation = _read_id(request.form.get("conversation"))
        if not words or len(words) > _LONGEST_QUESTION:
            refusal = (
                f"The question has {len(words):,} characters; {_LONGEST_QUESTION:,} are the most. Shorten it."
                if words
                else "The question is empty. Type what you want to know about a response."
            )
            return self._render_form(request, words, refusal, 400)
        taking = self.questions.ask(
            request.user.person, words, conversation, _read_id(request.form.get("message"))
        )
        template = _REFUSALS.get(taking)
        if template:
            limits = self.questions.limits
            refusal = template.format(per_minute=limits.per_minute, per_day=limits.per_day)
            return self._render_form(request, words, refusal, _BUSY)
        return go_to(f"/conversations/{conversation}#latest")

    def _show_conversation(self, request: PageRequest) -> Response:
        conversation = request.path("id")
        exchanges = self.questions.read(request.user.person, conversation)
        if not exchanges:
            raise UnknownAnswer(f"There is no conversation {conversation!a}.")
        shown = [self._view_exchange(one) for one in exchanges]
        return request.render(
            "conversation.html",
            exchanges=shown,
            loading=not self.answers.is_ready(),
            **self._about(conversation),
        )

    def _show_answer(self, request: PageRequest) -> Response:
        recorded, inquiry = _find_answer(request, self.book)
        shown = self._view_exchange(Exchange(inquiry, recorded))
        thanks = _THANKS.get(request.query("thanks") or "")
        return request.render("answer.html", shown=shown, thanks=thanks, **self._about(_new_id()))

    def _view_exchange(self, exchange: Exchange) -> ExchangeView:
        recorded = exchange.recorded
        if recorded is None:
            return ExchangeView(exchange, None)
        reviews = self.reviews
        verdict = view_latest(reviews.verdicts(recorded.id), reviews.approvals_of(recorded.id))
        return ExchangeView(exchange, self._view(recorded), verdict)

    def _view(self, recorded: RecordedAnswer) -> AnswerView:
        indexed_at = self.library.indexed_at(recorded.answer.index_version)
        return view_answer(recorded, self.library.dates(), indexed_at)

    def _about(self, conversation: str, words: str = "", refusal: str = "") -> dict[str, Any]:
        return {
            "freshness": self.library.freshness(),
            "ready": self.answers.is_ready(),
            "conversation": conversation,
            "message": _new_id(),
            "words": words,
            "refusal": refusal,
            "longest": _LONGEST_QUESTION,
        }


def _find_answer(request: PageRequest, book: AnswerBook) -> tuple[RecordedAnswer, Inquiry]:
    """Return the answer that a path names, for its asker and reviewers; for anybody else there is none."""
    recorded = book.answer(request.path("id"))
    inquiry, person = book.inquiry(recorded.inquiry), request.user.person
    own = (inquiry.place.team, inquiry.person) == (person.team, person.id)
    if not own and not request.user.may(Role.REVIEWER):
        raise UnknownAnswer(f"{recorded.id!a} is somebody else's.")
    return recorded, inquiry


def _new_id() -> str:
    return token_hex(_ID_BYTES)


def _read_id(written: str | None) -> str:
    """Return an id that a form had; a new one for anything else."""
    return written if written and _ID.fullmatch(written) else _new_id()


@dataclass(frozen=True, slots=True)
class OpinionPages:
    """Take the forms below an answer, from its asker and from reviewers."""

    book: AnswerBook
    opinions: Opinions
    review_queue: ReviewQueue
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def pages(self) -> list[Page]:
        """Return them."""
        return [
            Page("/answers/{id}/opinion", self._take_opinion, methods=("POST",)),
            Page("/answers/{id}/help", self._ask_person, methods=("POST",)),
        ]

    def _take_opinion(self, request: PageRequest) -> Response:
        answer = _find_answer(request, self.book)[0].id
        chosen = request.form.get("opinion", "")
        if chosen in set(Opinion):
            feedback = Feedback(
                answer=answer,
                person=request.user.person.id,
                opinion=Opinion(chosen),
                at=self.now(),
                fault=_read_fault(request) if chosen == Opinion.BAD else None,
                comment=request.form.get("comment", "").strip()[:_LONGEST_COMMENT],
            )
            self.opinions.vote(feedback)
            self.review_queue.voted(feedback)
        return go_to(f"/answers/{answer}?thanks=opinion#opinion")

    def _ask_person(self, request: PageRequest) -> Response:
        answer = _find_answer(request, self.book)[0].id
        wish = HelpRequest(self.new_id(), answer, request.user.person.id, self.now())
        self.review_queue.asked_person(self.opinions.ask_person(wish))
        return go_to(f"/answers/{answer}?thanks=help#opinion")


def _read_fault(request: PageRequest) -> Fault:
    chosen = request.form.get("fault", "")
    return Fault(chosen) if chosen in set(Fault) else Fault.OTHER
