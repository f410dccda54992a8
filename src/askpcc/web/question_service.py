"""Questions asked on the pages are taken down, answered and kept."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Protocol

from askpcc.asking.answering import Answered
from askpcc.errors import AskpccError, LedgerError, QuestionError
from askpcc.inquiry_workers import AnswerRecorder, Answers
from askpcc.model import (
    Inquiry,
    InquiryState,
    Limits,
    Place,
    RecordedAnswer,
    Taking,
)
from askpcc.ports import AnswerBook, Inbox, Threads
from askpcc.rendering.logs import EventLog
from askpcc.review.verdicts import ReviewQueue
from askpcc.web.sessions import Person

SURFACE = "web"
_SECONDS_TO_WAIT = 3.0
"""An answer takes less once the model is loaded; a page that looks again shows the others."""

_MOST_FAILURES = 1_000
_LOST = "This question was not answered, because askpcc ended meanwhile. Ask it again."
_LOG = EventLog("web.questions")


class Ledger(Inbox, Threads, AnswerBook, Protocol):
    """What the service needs of the ledger."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it.  recorded: its answer; failure: why there is none, as a sentence.

    With neither, it is being worked on.
    """

    inquiry: Inquiry
    recorded: RecordedAnswer | None = None
    failure: str = ""


@dataclass
class QuestionService:
    """Keeps each question in the ledger first, and then has it answered.

    Inquiries are taken as being worked on, so that no worker of another surface takes them up.
    recorder: answers and records.  review_queue: looks at each answer that was recorded.
    """

    ledger: Ledger
    recorder: AnswerRecorder
    review_queue: ReviewQueue
    limits: Limits
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    seconds_to_wait: float = _SECONDS_TO_WAIT
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "answers"))
    _lock: Lock = field(default_factory=Lock)
    _working: dict[str, "Future[None]"] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)

    def ask(self, person: Person, words: str, conversation: str, message: str) -> Taking:
        """Take a question once, and wait for its answer a little.

        conversation, message: names that its form had; a form that was sent twice is taken once.
        """
        if len(self._working) >= self.limits.waiting:
            return Taking.QUEUE_FULL  # the ledger counts what waits for workers, and these do not
        earlier = self.ledger.thread(person.team, _channel(person), conversation).inquiries
        inquiry = Inquiry(
            id=self.new_id(),
            place=Place(SURFACE, person.team, _channel(person), conversation, message),
            person=person.id,
            words=words,
            asked_at=self.now(),
            history=tuple(one.words for one in earlier),
            private=True,
            state=InquiryState.WORKING,
        )
        taking = self.ledger.take(inquiry, self.limits)
        if taking is Taking.TAKEN:
            wait_for([self._begin(inquiry)], self.seconds_to_wait)
        return taking

    def read(self, person: Person, conversation: str) -> list[Exchange]:
        """Return what a person asked in a conversation, oldest first; nothing of anybody else's."""
        thread = self.ledger.thread(person.team, _channel(person), conversation)
        return [self._read(inquiry) for inquiry in thread.inquiries]

    def close(self) -> None:
        """Finish what is being answered, and begin nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def _begin(self, inquiry: Inquiry) -> "Future[None]":
        with self._lock:
            working = self._working[inquiry.id] = self._pool.submit(self._work, inquiry)
        working.add_done_callback(lambda done: self._forget(inquiry) if done.cancelled() else None)
        return working

    def _work(self, inquiry: Inquiry) -> None:
        """Answer an inquiry; all that follows is done when it ends, so that whoever waits finds it."""
        try:
            recorded = self.recorder.respond(inquiry)
        except Exception as exc:  # noqa: BLE001 - the asker is told of every failure, with its reference
            self._fail(inquiry, exc)
        else:
            self._queue_for_review(recorded)
            self._settle(inquiry, InquiryState.ANSWERED)
        self._forget(inquiry)

    def _queue_for_review(self, recorded: RecordedAnswer) -> None:
        try:
            self.review_queue.answered(recorded)
        except AskpccError as exc:
            # The answer stands in the ledger; that nobody looks at it must not keep it from its asker.
            _LOG.failure("not_scrutinised", exc, answer=recorded.id)

    def _fail(self, inquiry: Inquiry, error: Exception) -> None:
        words = _format_failure(inquiry, error)
        with self._lock:
            self._failed[inquiry.id] = words
            for forgotten in list(self._failed)[:-_MOST_FAILURES]:
                del self._failed[forgotten]
        self._settle(inquiry, InquiryState.FAILED)

    def _forget(self, inquiry: Inquiry) -> None:
        with self._lock:
            self._working.pop(inquiry.id, None)

    def _settle(self, inquiry: Inquiry, state: InquiryState) -> None:
        try:
            self.ledger.end(inquiry, state)
        except LedgerError as exc:
            _LOG.failure("question_not_settled", exc, inquiry=inquiry.id)

    def _read(self, inquiry: Inquiry) -> Exchange:
        with self._lock:
            failure, working = self._failed.get(inquiry.id, ""), inquiry.id in self._working
        if failure:
            return Exchange(inquiry, failure=failure)
        given = self.ledger.answers_to(inquiry.id)
        if given:
            return Exchange(inquiry, given[-1])
        return Exchange(inquiry) if working else Exchange(inquiry, failure=_LOST)


def _channel(person: Person) -> str:
    """Name what only this person's conversations are kept under; no channel of Slack's has such a name."""
    return f"{SURFACE}:{person.id}"


def _format_failure(inquiry: Inquiry, error: Exception) -> str:
    if isinstance(error, QuestionError):
        return str(error)
    _LOG.failure("question_failed", error, inquiry=inquiry.id, reference=inquiry.id)
    known = isinstance(error, AskpccError)
    why = "The index or the ledger cannot be used now." if known else "Something went wrong that should not."
    return f"{why} Tell whoever runs askpcc, with {inquiry.id}."


@dataclass
class LazyAnswerer:
    """Answers questions; safe in several threads.  open: loads what is needed."""

    open: Callable[[], AbstractContextManager[Answers]]
    _lock: Lock = field(default_factory=Lock)
    _opened: ExitStack = field(default_factory=ExitStack)
    _answers: Answers | None = None
    _ready: bool = False

    def is_ready(self) -> bool:
        """Tell whether a question has been answered, so that all is in memory."""
        return self._ready

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; raises as the answers do."""
        answered = self._take().answer(typed, history)
        self._ready = True
        return answered

    def close(self) -> None:
        """Let go of what was opened."""
        with self._lock:
            self._opened.close()
            self._answers = None

    def _take(self) -> Answers:
        with self._lock:
            if self._answers is None:
                self._answers = self._opened.enter_context(self.open())
            return self._answers
