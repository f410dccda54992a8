"""A question that waits is answered and delivered, with a sign that it is being worked on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from askpcc.errors import (
    AskpccError,
    LedgerError,
    QuestionError,
    SlackError,
    SlackUnavailable,
)
from askpcc.inquiry_workers import AnswerRecorder
from askpcc.library import Library
from askpcc.model import Inquiry, InquiryState, RecordedAnswer
from askpcc.ports import AnswerBook, WorkList
from askpcc.rendering.logs import EventLog
from askpcc.review.verdicts import ReviewQueue
from askpcc.slack import notices
from askpcc.slack.access import Authorizer
from askpcc.slack.client import reason_of
from askpcc.slack.delivery import AnswerDelivery
from askpcc.slack.intake import ThreadReader
from askpcc.slack.monitoring import Metrics
from askpcc.slack.mrkdwn import LOADING_LINES
from askpcc.slack.socket import PendingAcks

_LOG = EventLog("slack.answers")
_WORK_LOG = EventLog("slack.work")
_MOST_ATTEMPTS = 5
"""A question that so many workers began and none finished ends processes; it is given up."""

_NOT_WANTED = frozenset({InquiryState.STOPPED, InquiryState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class InquiryHandler:
    """Handles one inquiry after the other, in any thread."""

    work_list: WorkList
    authorizer: Authorizer
    reader: ThreadReader
    recorder: AnswerRecorder
    delivery: AnswerDelivery
    status: "ThreadStatus"
    review_queue: ReviewQueue
    metrics: Metrics

    def handle(self, inquiry: Inquiry, _: str) -> InquiryState:
        """Do all that an inquiry needs; what goes wrong is told to its asker, with a reference.

        WAITING for one that Slack does not let be answered at the moment, or that is another worker's by now.
        """
        state = self._handle(inquiry)
        if state not in {InquiryState.ANSWERED, InquiryState.WAITING}:
            self.status.clear(inquiry)
        return state

    def _handle(self, inquiry: Inquiry) -> InquiryState:
        if inquiry.attempt > _MOST_ATTEMPTS:
            return self._give_up(inquiry, notices.GAVE_UP)
        try:
            return self._answer(inquiry)
        except LedgerError:
            raise
        except QuestionError as exc:
            self._notify(inquiry, str(exc))
            return InquiryState.STOPPED
        except SlackUnavailable as exc:
            _log(inquiry, exc)
            return InquiryState.WAITING
        except Exception as exc:  # noqa: BLE001 - the asker is told of every failure, with its reference
            _log(inquiry, exc)
            return self._give_up(inquiry, notices.explain_failure(exc, inquiry.id))

    def _answer(self, inquiry: Inquiry) -> InquiryState:
        refusal = self.authorizer.refuse(inquiry)
        if refusal is not None:
            self._notify(inquiry, refusal)
            return InquiryState.STOPPED
        recorded = self.recorder.respond(self._with_history(inquiry))
        state = self.work_list.state(inquiry)
        if state is not InquiryState.WORKING:
            return state  # somebody stopped, withdrew or edited it meanwhile, or has taken it over
        if not self.delivery.deliver(inquiry, recorded):
            return InquiryState.WITHDRAWN
        state = self.work_list.state(inquiry)
        if state in _NOT_WANTED:
            self.delivery.take_back(recorded)
        if state is not InquiryState.WORKING:
            return state
        self._finish(inquiry, recorded)
        return InquiryState.ANSWERED

    def _finish(self, inquiry: Inquiry, recorded: RecordedAnswer) -> None:
        self.status.end(inquiry)
        self.review_queue.answered(recorded)
        waited = (datetime.now(UTC) - inquiry.asked_at).total_seconds()
        kind = str(recorded.answer.reason or recorded.answer.question.wanted)
        self.metrics.answered(kind, waited)
        _WORK_LOG.event("answered", inquiry=inquiry.id, answer=recorded.id, kind=kind, ms=1000 * waited)

    def _with_history(self, inquiry: Inquiry) -> Inquiry:
        """Let the first question of a running thread lean on what people wrote there before it."""
        place = inquiry.place
        if inquiry.history or place.thread in {"", place.message}:
            return inquiry
        earlier = self.reader.earlier_words(place.channel, place.thread, place.message)
        return replace(inquiry, history=tuple(earlier))

    def _give_up(self, inquiry: Inquiry, words: str) -> InquiryState:
        self._notify(inquiry, words)
        return InquiryState.FAILED

    def _notify(self, inquiry: Inquiry, words: str) -> None:
        try:
            self.delivery.notify(inquiry, words)
        except SlackError as exc:
            _log(inquiry, exc)


def _log(inquiry: Inquiry, failure: Exception) -> None:
    _LOG.failure("question_failed", failure, inquiry=inquiry.id, reference=inquiry.id)


_STATUS_LOG = EventLog("slack.status")
_THREADS = 4
_LONGEST_TITLE = 60
_NEVER_HERE = {
    "unknown_method",
    "missing_scope",
    "not_allowed_token_type",
    "feature_not_enabled",
    "access_denied",
}


@dataclass(frozen=True, slots=True)
class ThreadStatus:
    """Shows that a question is being worked on, in threads of its own.

    It is no part of an answer: where Slack refuses it, that is logged and the answer comes all the same.
    client: without waiting for rate limits, since a status that comes late is of no use.
    """

    client: WebClient
    library: Library
    book: AnswerBook
    pending_acks: PendingAcks
    refused: set[str] = field(default_factory=set)
    threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_THREADS, thread_name_prefix="status")
    )

    def begin(self, inquiry: Inquiry, words: str) -> None:
        """Show soon that a question arrived, in words, and in a conversation with the bot a stop button."""
        if not inquiry.private and inquiry.place.thread:
            self.threads.submit(self._begin, inquiry, words)

    def _begin(self, inquiry: Inquiry, words: str) -> None:
        self.pending_acks.wait()
        try:
            if self._is_open(inquiry):
                self._show(inquiry, words)
                if not self._is_open(inquiry):
                    # The answer overtook the status, which would stay.
                    self.clear(inquiry)
        except AskpccError as exc:
            _STATUS_LOG.failure("status_failed", exc, inquiry=inquiry.id)

    def _is_open(self, inquiry: Inquiry) -> bool:
        """Tell whether an answer is still to come."""
        return self.book.inquiry(inquiry.id).state in {InquiryState.WAITING, InquiryState.WORKING}

    def _show(self, inquiry: Inquiry, words: str) -> None:
        place = inquiry.place
        if place.channel.startswith("D"):
            self._try(
                "agents_sessions_setStatus",
                channel_id=place.channel,
                thread_ts=place.thread,
                status="processing",
                title=inquiry.words[:_LONGEST_TITLE],
                initiator_user_id=inquiry.person,
            )
        steps = loading_lines(self.library.count_passages(), self.library.freshness().documents)
        self._try(
            "assistant_threads_setStatus",
            channel_id=place.channel,
            thread_ts=place.thread,
            status=words,
            loading_messages=steps,
        )

    def wipe(self, inquiry: Inquiry) -> None:
        """Take away soon a status that came after the answer.

        Another process may have shown it between the moment when the answer stood there and the moment when
        that could be seen in the ledger, since which none is shown.
        """
        if not inquiry.private and inquiry.place.thread:
            self.threads.submit(self._wipe, inquiry)

    def _wipe(self, inquiry: Inquiry) -> None:
        self._try(
            "assistant_threads_setStatus",
            channel_id=inquiry.place.channel,
            thread_ts=inquiry.place.thread,
            status="",
        )

    def end(self, inquiry: Inquiry) -> None:
        """Show that nothing goes on any more; the status itself goes with the answer."""
        place = inquiry.place
        if inquiry.private or not place.channel.startswith("D") or not place.thread:
            return
        self._try(
            "agents_sessions_setStatus", channel_id=place.channel, thread_ts=place.thread, status="active"
        )

    def clear(self, inquiry: Inquiry) -> None:
        """Take the status away where no answer follows."""
        self.end(inquiry)
        if not inquiry.private and inquiry.place.thread:
            self._wipe(inquiry)

    def _try(self, method: str, **arguments: object) -> None:
        if method in self.refused:
            return
        try:
            getattr(self.client, method)(**arguments)
        except (SlackApiError, OSError) as exc:
            reason = reason_of(exc) if isinstance(exc, SlackApiError) else type(exc).__name__
            if reason in _NEVER_HERE:
                self.refused.add(method)
            _STATUS_LOG.event("status_not_shown", reason=reason, method=method)


def loading_lines(passages: int, documents: int) -> list[str]:
    """Return the steps of an answer, for Slack to show one after the other."""
    lines = [
        f"Searching {passages:,} passages of {documents:,} documents",
        "Reading what fits best",
        "Checking each quotation word for word",
    ]
    return lines[:LOADING_LINES]
