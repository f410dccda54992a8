"""A reviewer's decision is checked like an answer, kept, and becomes an approval."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from askpcc.errors import QuestionError
from askpcc.model import Answer, Approval, RecordedAnswer, Ruling, Statement, Verdict
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.reviewing.basis import name_answer, name_statements, read_basis
from askpcc.reviewing.decisions import Decision, check_correction, check_decision
from askpcc.reviewing.keys import key_of
from askpcc.reviewing.reuse import Answers, find_again, find_standing

__all__ = ["Decision", "Reviewer", "corrected"]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Takes decisions.  answers: afresh, without what was approved."""

    book: AnswerBook
    reviews: ReviewBook
    catalogue: Catalogue
    answers: Answers
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def rule(self, decision: Decision) -> Verdict:
        """Keep a decision, and where it approves or corrects, answer with it from now on.

        An answer that the documents would not give any more is not approved for reuse, unless the decision
        says that whoever judged it has seen what they say now.  Raises VerdictError for a decision that
        cannot stand, UnknownAnswer, and the index's failures.
        """
        recorded = self.book.answer(decision.answer)
        check_decision(decision, recorded.answer)
        verdict = Verdict(
            id=self.new_id(),
            answer=decision.answer,
            reviewer=decision.reviewer,
            at=self.now(),
            ruling=decision.ruling,
            judgements=decision.judgements,
            comment=decision.comment,
            correction=check_correction(decision.correction, self.catalogue),
        )
        self._keep(decision, verdict, recorded)
        return verdict

    def _keep(self, decision: Decision, verdict: Verdict, recorded: RecordedAnswer) -> None:
        question = recorded.answer.question
        try:
            fresh = self.answers.answer(question.words, question.history).answer
        except QuestionError:
            self.reviews.rule(verdict, None)  # nobody can ask it any more
            return
        key = key_of(fresh.question)
        earlier = self.reviews.approval(key)
        current = decision.seen == name_answer(fresh) or self._is_current(recorded.answer, fresh, earlier)
        approval = self._approve(verdict, recorded.answer, fresh) if current else None
        ended = earlier.verdict if earlier and _contradicts(verdict, recorded.answer, earlier) else None
        self.reviews.rule(verdict, approval, ended)

    def _approve(self, verdict: Verdict, given: Answer, fresh: Answer) -> Approval | None:
        if verdict.ruling is Ruling.REJECTED:
            return None
        statements = find_again(verdict.correction or given.statements, self.catalogue)
        if not statements:
            return None  # an abstention, or words that are not in the documents any more
        return Approval(
            verdict=verdict.id,
            answer=verdict.answer,
            key=key_of(fresh.question),
            reviewer=verdict.reviewer,
            at=verdict.at,
            statements=statements,
            basis=str(read_basis(fresh, statements, self.catalogue)),
        )

    def _is_current(self, given: Answer, fresh: Answer, earlier: Approval | None) -> bool:
        """Tell whether the same would be answered today."""
        if given.endorsement is None:
            return name_answer(given) == name_answer(fresh)
        if earlier is None:
            return False
        standing = find_standing(earlier, fresh, self.catalogue)
        return isinstance(standing, Answer) and name_answer(standing) == name_answer(given)


def _contradicts(verdict: Verdict, given: Answer, earlier: Approval) -> bool:
    """Tell whether a verdict finds fault with what an earlier one approved."""
    same = name_statements(given.statements) == name_statements(earlier.statements)
    return verdict.ruling is not Ruling.APPROVED and same


def corrected(answer: Answer, correction: tuple[Statement, ...]) -> Answer:
    """Return what an answer says once a reviewer corrected it."""
    return replace(answer, statements=correction, reason=None, nearest=(), note="", withheld=0)
