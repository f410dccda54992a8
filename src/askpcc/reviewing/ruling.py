"""A reviewer's decision is checked like an answer, kept, and becomes an approval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from askpcc.asking.checking import verify
from askpcc.errors import VerdictError
from askpcc.model import (
    Answer,
    Approval,
    Citation,
    Judgement,
    RecordedAnswer,
    Ruling,
    Statement,
    Verdict,
)
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.reviewing.keys import basis_of, key_of
from askpcc.reviewing.reuse import Answers

_FAULTY = frozenset(Judgement) - {Judgement.SUPPORTED}
_LONGEST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer sends in: as in Verdict."""

    answer: str
    reviewer: str
    ruling: Ruling
    judgements: tuple[Judgement | None, ...] = ()
    comment: str = ""
    correction: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Takes decisions."""

    book: AnswerBook
    reviews: ReviewBook
    catalogue: Catalogue
    answers: Answers
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def rule(self, decision: Decision) -> Verdict:
        """Keep a decision, and where it approves or corrects, answer with it from now on.

        Raises VerdictError for a decision that cannot stand, UnknownAnswer, and the index's failures.
        """
        recorded = self.book.answer(decision.answer)
        self._check(decision, recorded)
        verdict = Verdict(
            id=self.new_id(),
            answer=decision.answer,
            reviewer=decision.reviewer,
            at=self.now(),
            ruling=decision.ruling,
            judgements=decision.judgements,
            comment=decision.comment,
            correction=decision.correction,
        )
        self.reviews.rule(verdict, self._approve(verdict, recorded))
        return verdict

    def _check(self, decision: Decision, recorded: RecordedAnswer) -> None:
        if len(decision.comment) > _LONGEST_COMMENT:
            raise VerdictError(f"The comment is longer than {_LONGEST_COMMENT:,} characters. Shorten it.")
        said = recorded.answer.statements
        if decision.judgements and len(decision.judgements) != len(said):
            raise VerdictError(
                f"There are {len(decision.judgements)} judgements on {len(said)} statements. Judge each once."
            )
        if decision.ruling is Ruling.APPROVED and set(decision.judgements) & _FAULTY:
            raise VerdictError(
                "A statement that is not supported cannot be approved. Correct the answer, or reject it."
            )
        if (decision.ruling is Ruling.CORRECTED) != bool(decision.correction):
            raise VerdictError(
                "A correction says what is right, and nothing else does. Add it, or leave it out."
            )
        self._check_correction(decision.correction)

    def _check_correction(self, correction: Sequence[Statement]) -> None:
        for statement in correction:
            if not statement.citations:
                raise VerdictError("A correction must cite the words that it rests on. Choose them.")
            for citation in statement.citations:
                if not verify(citation, self._stored_text):
                    raise VerdictError(
                        f"These words do not stand at that place of {citation.document}. Choose them again."
                    )

    def _approve(self, verdict: Verdict, recorded: RecordedAnswer) -> Approval | None:
        if verdict.ruling is Ruling.REJECTED:
            return None
        question = recorded.answer.question
        fresh = self.answers.answer(question.words, question.history).answer
        statements = verdict.correction or recorded.answer.statements
        if not statements or not all(self._stands(one) for one in _citations(statements)):
            return None  # an abstention, or words of a version that is not the newest any more
        return Approval(
            verdict=verdict.id,
            answer=recorded.id,
            key=key_of(fresh.question),
            reviewer=verdict.reviewer,
            at=verdict.at,
            statements=statements,
            basis=basis_of(fresh),
        )

    def _stands(self, citation: Citation) -> bool:
        """Tell whether the cited version is the newest one."""
        cards = self.catalogue.documents()
        return any((card.path, card.version) == (citation.document, citation.version) for card in cards)

    def _stored_text(self, document: str, version: str) -> str:
        return self.catalogue.document(document, version).text


def _citations(statements: Sequence[Statement]) -> list[Citation]:
    return [citation for statement in statements for citation in statement.citations]


def corrected(answer: Answer, correction: tuple[Statement, ...]) -> Answer:
    """Return what an answer says once a reviewer corrected it."""
    return replace(answer, statements=correction, reason=None, nearest=(), note="", withheld=0)
