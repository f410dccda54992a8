"""A question that a reviewer has answered before is answered with that, as long as its sources stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from askpcc.asking.answering import Answered
from askpcc.asking.checking import keep_verified
from askpcc.model import Answer, Approval, Endorsement, Statement
from askpcc.ports import Catalogue, ReviewBook
from askpcc.reviewing.anchoring import anchor, read_cited
from askpcc.reviewing.basis import name_statements, parse_basis, read_basis
from askpcc.reviewing.keys import key_of

GONE = "Words that it cites are not in the documents any more."
MOVED = "The passage that it cites has changed."
NEWER = "A newer document speaks of what it cites."
CHANGED = "The documents now say something else to this question."


class Answers(Protocol):
    """Answers a question; history holds the earlier ones of its thread, oldest first."""

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer; raises QuestionError and the failures of the index."""


@dataclass(frozen=True, slots=True)
class ApprovedAnswers:
    """Answers with what was approved, where that stands, and otherwise afresh.

    answers: afresh.  A question is answered afresh each time: only that shows whether the documents still
    say what they said when the approval was given.
    """

    answers: Answers
    reviews: ReviewBook
    catalogue: Catalogue
    now: Callable[[], datetime]

    def answer(self, typed: str, history: Sequence[str] = ()) -> Answered:
        """Answer a question; raises as the answers and the ledger do."""
        fresh = self.answers.answer(typed, history)
        approval = self.reviews.approval(key_of(fresh.answer.question))
        if approval is None:
            return fresh
        standing = find_standing(approval, fresh.answer, self.catalogue)
        if isinstance(standing, str):
            self.reviews.lapse(approval.verdict, self.now(), standing)
            return fresh
        return replace(fresh, answer=standing)


def find_standing(approval: Approval, fresh: Answer, catalogue: Catalogue) -> Answer | str:
    """Return the approved answer with its citations in the newest versions, or why it has lapsed."""
    moved = find_again(approval.statements, catalogue)
    if moved is None:
        return GONE
    then, now = parse_basis(approval.basis), read_basis(fresh, moved, catalogue)
    if then is None or then.said != now.said:
        return NEWER if then is not None and then.newer != now.newer else CHANGED
    if then.around != now.around:
        return MOVED
    if then.newer != now.newer:
        return NEWER
    endorsed = replace(fresh, endorsement=Endorsement(approval.reviewer, approval.at))
    if name_statements(fresh.statements) == name_statements(moved):
        return replace(endorsed, statements=moved)
    return replace(endorsed, statements=moved, reason=None, nearest=(), note="", withheld=0)


def find_again(statements: Sequence[Statement], catalogue: Catalogue) -> tuple[Statement, ...] | None:
    """Return statements with their citations in the newest versions; None where some words are not there."""
    moved = anchor(statements, read_cited(statements, catalogue))
    if moved is None:
        return None
    kept, dropped = keep_verified(moved, lambda path, version: catalogue.document(path, version).text)
    return None if dropped else kept
