"""What a worker does with a question from Slack: may they ask, answer it, bring the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from askpcc.errors import LedgerError, QuestionError, SlackError, SlackUnavailable
from askpcc.inquiries.responding import Respondent
from askpcc.model import Inquiry, InquiryState, RecordedAnswer
from askpcc.ports import WorkList
from askpcc.rendering.logs import EventLog
from askpcc.surfaces.slack import notices

_LOG = EventLog("slack.answers")
_MOST_ATTEMPTS = 5
"""A question that so many workers began and none finished ends processes; it is given up."""

_NOT_WANTED = frozenset({InquiryState.STOPPED, InquiryState.WITHDRAWN})


class Delivery(Protocol):
    """Brings answers and words to where a question was asked."""

    def deliver(self, inquiry: Inquiry, recorded: RecordedAnswer) -> bool:
        """Bring an answer; False where its thread is gone.  Raises SlackError."""

    def take_back(self, recorded: RecordedAnswer) -> None:
        """Delete what was brought of an answer.  Raises SlackError."""

    def tell(self, inquiry: Inquiry, words: str) -> None:
        """Say something to the asker alone, or in a direct message.  Raises SlackError."""


@dataclass(frozen=True, slots=True)
class Attendant:
    """Handles one inquiry after the other, in any thread.

    refuse: why its asker may not ask there, as a sentence; None where they may; raises SlackError.
    earlier: what people wrote in the thread before a message, by (channel, thread, message).
    ended: is told when nothing more comes, with the answer if there was one.
    """

    work_list: WorkList
    respondent: Respondent
    delivery: Delivery
    refuse: Callable[[Inquiry], str | None]
    earlier: Callable[[str, str, str], Sequence[str]]
    ended: Callable[[Inquiry, RecordedAnswer | None], None]

    def handle(self, inquiry: Inquiry, _: str) -> InquiryState:
        """Do all that an inquiry needs; what goes wrong is told to its asker, with a reference.

        WAITING for one that Slack does not let be answered at the moment, or that is another worker's by now.
        """
        state = self._handle(inquiry)
        if state not in {InquiryState.ANSWERED, InquiryState.WAITING}:
            self.ended(inquiry, None)
        return state

    def _handle(self, inquiry: Inquiry) -> InquiryState:
        if inquiry.attempt > _MOST_ATTEMPTS:
            return self._give_up(inquiry, notices.GAVE_UP)
        try:
            return self._attend(inquiry)
        except LedgerError:
            raise
        except QuestionError as exc:
            self._tell(inquiry, str(exc))
            return InquiryState.STOPPED
        except SlackUnavailable as exc:
            _log(inquiry, exc)
            return InquiryState.WAITING
        except Exception as exc:  # noqa: BLE001 - the asker is told of every failure, with its reference
            _log(inquiry, exc)
            return self._give_up(inquiry, notices.explain_failure(exc, inquiry.id))

    def _attend(self, inquiry: Inquiry) -> InquiryState:
        refusal = self.refuse(inquiry)
        if refusal is not None:
            self._tell(inquiry, refusal)
            return InquiryState.STOPPED
        recorded = self.respondent.respond(self._with_history(inquiry))
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
        self.ended(inquiry, recorded)
        return InquiryState.ANSWERED

    def _with_history(self, inquiry: Inquiry) -> Inquiry:
        """Let the first question of a running thread lean on what people wrote there before it."""
        place = inquiry.place
        if inquiry.history or place.thread in {"", place.message}:
            return inquiry
        return replace(inquiry, history=tuple(self.earlier(place.channel, place.thread, place.message)))

    def _give_up(self, inquiry: Inquiry, words: str) -> InquiryState:
        self._tell(inquiry, words)
        return InquiryState.FAILED

    def _tell(self, inquiry: Inquiry, words: str) -> None:
        try:
            self.delivery.tell(inquiry, words)
        except SlackError as exc:
            _log(inquiry, exc)


def _log(inquiry: Inquiry, failure: Exception) -> None:
    _LOG.failure("question_failed", failure, inquiry=inquiry.id, reference=inquiry.id)
