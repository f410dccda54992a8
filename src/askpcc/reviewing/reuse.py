"""A question that a reviewer has answered before is answered with that, as long as its sources stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from askpcc.asking.answering import Answered
from askpcc.asking.checking import keep_verified
from askpcc.model import Answer, Approval, Document, Endorsement, Why
from askpcc.ports import Catalogue, ReviewBook
from askpcc.reviewing.anchoring import anchor
from askpcc.reviewing.keys import basis_of, key_of

CHANGED = "The documents now say something else to this question."
GONE = "Words that it cites are not in the documents any more."


class Answers(Protocol):
    """Answers a question; history holds the earlier ones of its thread, oldest first."""

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer; raises QuestionError and the failures of the index."""


@dataclass(frozen=True, slots=True)
class ApprovedAnswers:
    """Answers with what was approved, where that stands, and otherwise afresh.

    A question is answered afresh each time: only that shows whether the documents still say what they said
    when the approval was given.
    """

    answers: Answers
    reviews: ReviewBook
    catalogue: Catalogue
    now: Callable[[], datetime]

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; raises as the answers do."""
        fresh = self.answers.answer(typed, history)
        approval = self.reviews.approval(key_of(fresh.answer.question))
        if approval is None:
            return fresh
        standing = find_standing(approval, fresh.answer, self.catalogue)
        if isinstance(standing, str):
            if self.reviews.lapse(approval.verdict, self.now(), standing):
                self.reviews.enqueue(approval.answer, Why.LAPSED, self.now())
            return fresh
        return replace(fresh, answer=standing)


def find_standing(approval: Approval, fresh: Answer, catalogue: Catalogue) -> Answer | str:
    """Return the approved answer with its citations in the newest versions, or why it has lapsed."""
    if basis_of(fresh) != approval.basis:
        return CHANGED
    moved = anchor(approval.statements, _read_cited(approval, catalogue))
    if moved is None:
        return GONE
    kept, dropped = keep_verified(moved, lambda path, version: catalogue.document(path, version).text)
    if dropped:
        return GONE
    endorsement = Endorsement(approval.reviewer, approval.at)
    return replace(
        fresh, statements=kept, reason=None, nearest=(), note="", withheld=0, endorsement=endorsement
    )


def _read_cited(approval: Approval, catalogue: Catalogue) -> dict[str, Document]:
    """Read the newest versions of the documents that an approval cites; one that is gone is left out."""
    cited = {citation.document for statement in approval.statements for citation in statement.citations}
    held = [card.path for card in catalogue.documents() if card.path in cited]
    return {path: catalogue.document(path) for path in held}
