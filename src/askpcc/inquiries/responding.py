"""An inquiry becomes a recorded answer, once for each wording."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from askpcc.asking.answering import Answered
from askpcc.model import Inquiry, RecordedAnswer
from askpcc.ports import AnswerBook


class Answers(Protocol):
    """Answers a question; history holds the earlier ones of its thread, oldest first."""

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer; raises QuestionError and the failures of the index."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """Answers inquiries and keeps what was answered before anybody is told."""

    answers: Answers
    book: AnswerBook
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def respond(self, inquiry: Inquiry) -> RecordedAnswer:
        """Return the answer to an inquiry; one that was recorded for this wording is not made again.

        Raises QuestionError, and the failures of the index and the ledger.
        """
        given = self.book.answers_to(inquiry.id)
        known = next((answer for answer in given if answer.edition == inquiry.edition), None)
        return known or self.book.record(self._answer(inquiry))

    def _answer(self, inquiry: Inquiry) -> RecordedAnswer:
        answered = self.answers.answer(inquiry.words, inquiry.history)
        return RecordedAnswer(
            id=self.new_id(),
            inquiry=inquiry.id,
            edition=inquiry.edition,
            answer=answered.answer,
            answered_at=self.now(),
            writer=answered.writer,
            milliseconds=answered.milliseconds,
            confidence=answered.confidence,
            spent=answered.spent,
        )
