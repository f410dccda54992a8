"""After the documents changed, approvals whose sources no longer say the same come to an end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from askpcc.errors import QuestionError
from askpcc.model import Answer, Approval, Inquiry, RecordedAnswer, Why
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.reviewing.reuse import Answers, find_standing


@dataclass(frozen=True, slots=True)
class Lapse:
    """An approval that ended, for those who are told.

    recorded: the answer that was approved.  now: what the documents say today.
    """

    approval: Approval
    inquiry: Inquiry
    recorded: RecordedAnswer
    now: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovalKeeper:
    """Asks each approved question again."""

    answers: Answers
    book: AnswerBook
    reviews: ReviewBook
    catalogue: Catalogue
    now: Callable[[], datetime]

    def check(self) -> list[Lapse]:
        """End the approvals that do not stand any more, and return those that this call ended.

        Raises the failures of the index.
        """
        found = (self._check(approval) for approval in self.reviews.approvals())
        return [lapse for lapse in found if lapse is not None]

    def _check(self, approval: Approval) -> Lapse | None:
        recorded = self.book.answer(approval.answer)
        question = recorded.answer.question
        try:
            fresh = self.answers.answer(question.words, question.history).answer
        except QuestionError:
            return None  # it was a question when it was approved, and is answered afresh when asked again
        standing = find_standing(approval, fresh, self.catalogue)
        if not isinstance(standing, str) or not self.reviews.lapse(approval.verdict, self.now(), standing):
            return None
        self.reviews.enqueue(approval.answer, Why.LAPSED, self.now())
        return Lapse(approval, self.book.inquiry(recorded.inquiry), recorded, fresh, standing)
