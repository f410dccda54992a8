"""What happens to an answer after it was given puts it before a reviewer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from askpcc.model import Feedback, HelpRequest, Opinion, RecordedAnswer, Why
from askpcc.ports import ReviewBook
from askpcc.reviewing.reasons import Scrutiny, find_reasons


@dataclass(frozen=True, slots=True)
class Scrutineer:
    """Fills the reviewers' queue.  Each call may be repeated: a reason that waits already stays one.

    Called once the ledger has what it is about; raises LedgerError.
    """

    reviews: ReviewBook
    now: Callable[[], datetime]
    scrutiny: Scrutiny = field(default_factory=Scrutiny)

    def answered(self, recorded: RecordedAnswer) -> list[Why]:
        """Look at an answer that was recorded, and return why it waits.

        What is in the answer itself is settled by the first verdict on it.
        """
        reasons = find_reasons(recorded, self.scrutiny)
        if not reasons or self.reviews.verdicts(recorded.id):
            return []
        for why in reasons:
            self.reviews.enqueue(recorded.id, why, self.now())
        return reasons

    def voted(self, feedback: Feedback) -> bool:
        """Take note of what somebody thinks of an answer; tell whether it waits because of that."""
        if feedback.opinion is not Opinion.BAD:
            return False
        self.reviews.enqueue(feedback.answer, Why.BAD_FEEDBACK, feedback.at)
        return True

    def asked_person(self, request: HelpRequest) -> None:
        """Take note of a request to a person."""
        self.reviews.enqueue(request.answer, Why.ASKED_PERSON, request.at)
