"""After the documents changed, approvals whose sources no longer say the same come to an end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from askpcc.errors import QuestionError, UnknownAnswer
from askpcc.model import Answer, Approval, Inquiry, RecordedAnswer
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.reviewing.keys import key_of
from askpcc.reviewing.reuse import Answers, find_standing

READ_OTHERWISE = "Its question is read differently now."


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
    """Asks each approved question again.  answers: afresh, without what was approved."""

    answers: Answers
    book: AnswerBook
    reviews: ReviewBook
    catalogue: Catalogue
    now: Callable[[], datetime]

    def check(self) -> Iterator[Lapse]:
        """End the approvals that do not stand any more, and yield those that this call ended, one by one.

        Of several keepers at once, one ends an approval.  Raises the failures of the index and the ledger.
        """
        for approval in self.reviews.approvals():
            lapse = self._check(approval)
            if lapse is not None:
                yield lapse

    def _check(self, approval: Approval) -> Lapse | None:
        try:
            recorded = self.book.answer(approval.answer)
            inquiry = self.book.inquiry(recorded.inquiry)
        except UnknownAnswer:
            return None  # it was erased meanwhile, and its approval with it
        question = recorded.answer.question
        try:
            fresh = self.answers.answer(question.words, question.history).answer
        except QuestionError:
            return None  # it was a question when it was approved, and nobody can ask it any more
        reason = self._find_reason(approval, fresh)
        if reason is None or not self.reviews.lapse(approval.verdict, self.now(), reason):
            return None
        return Lapse(approval, inquiry, recorded, fresh, reason)

    def _find_reason(self, approval: Approval, fresh: Answer) -> str | None:
        if key_of(fresh.question) != approval.key:
            return READ_OTHERWISE
        standing = find_standing(approval, fresh, self.catalogue)
        return standing if isinstance(standing, str) else None
