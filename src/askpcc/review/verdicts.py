"""Which answers a person should look at, and what a verdict makes of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from askpcc.asking.citing import verify
from askpcc.errors import QuestionError, UnknownDocument, VerdictError
from askpcc.inquiry_workers import Answers
from askpcc.model import (
    Answer,
    Approval,
    Citation,
    Feedback,
    HelpRequest,
    Judgement,
    Opinion,
    RecordedAnswer,
    Ruling,
    Statement,
    Status,
    Verdict,
    Why,
    cite_place,
)
from askpcc.ports import AnswerBook, Catalogue, ReviewBook
from askpcc.review.approvals import (
    find_again,
    find_standing,
    key_of,
    name_answer,
    name_statements,
    read_basis,
)
from askpcc.text.words import words

_RULINGS, _JUDGEMENTS, _STATUSES = set(Ruling), set(Judgement), set(Status)
_FAULTY = frozenset(Judgement) - {Judgement.SUPPORTED}
LONGEST_COMMENT = 2_000
_NO_DOCUMENT = "This is no document of the corpus. Choose the source that says what is right."
_LONGEST_TEXT = 1_000
_MOST_STATEMENTS = 10


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer sends in: as in Verdict.

    seen: the name (basis.name_answer) of what the documents said when it was decided, where that was shown
    beside the answer; "" where it was not.
    """

    answer: str
    reviewer: str
    ruling: Ruling
    judgements: tuple[Judgement | None, ...] = ()
    comment: str = ""
    correction: tuple[Statement, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class VerdictService:
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
        _check_decision(decision, recorded.answer)
        verdict = Verdict(
            id=self.new_id(),
            answer=decision.answer,
            reviewer=decision.reviewer,
            at=self.now(),
            ruling=decision.ruling,
            judgements=decision.judgements,
            comment=decision.comment,
            correction=_check_correction(decision.correction, self.catalogue),
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


def read_ruling(chosen: str) -> Ruling:
    """Return the ruling that was chosen in a form; VerdictError for what is none."""
    if chosen not in _RULINGS:
        raise VerdictError("Choose what is to become of the answer: approve, correct or reject it.")
    return Ruling(chosen)


def read_judgements(chosen: Iterable[str]) -> tuple[Judgement | None, ...]:
    """Return the judgements that were chosen, "" for none; VerdictError for what is none."""
    listed = tuple(chosen)
    if not set(listed) <= {"", *_JUDGEMENTS}:
        raise VerdictError("These judgements do not fit this answer. Open it again.", "judgements")
    return tuple(Judgement(one) if one else None for one in listed)


def read_correction(
    words: str, document: str, status: str, cite: Callable[[], Citation]
) -> tuple[Statement, ...]:
    """Return the correction of a form: words of a document, and the status that they show, "" for none.

    cite: returns the citation of the words.  Raises VerdictError where one of them is missing, or is none.
    """
    if not document:
        raise VerdictError(_NO_DOCUMENT, "document")
    if not words.strip():
        raise VerdictError("Choose the words of the source that say what is right.", "words")
    if status not in {"", *_STATUSES}:
        raise VerdictError("This is no status. Choose one of the list, or none.", "status")
    try:
        citation = cite()
    except UnknownDocument as exc:
        raise VerdictError(_NO_DOCUMENT, "document") from exc
    if not status:
        return (Statement("", (citation,), None),)
    return (Statement(Status(status).words.capitalize(), (citation,), Status(status)),)


def _check_decision(decision: Decision, answer: Answer) -> None:
    """Raise VerdictError for a decision on an answer that contradicts itself, or says too much."""
    if len(decision.comment) > LONGEST_COMMENT:
        raise VerdictError(
            f"The comment is longer than {LONGEST_COMMENT:,} characters. Shorten it.", "comment"
        )
    said = answer.statements
    if decision.judgements and len(decision.judgements) != len(said):
        raise VerdictError(
            f"There are {len(decision.judgements)} judgements on {len(said)} statements. Judge each once."
        )
    if decision.ruling is Ruling.APPROVED and set(decision.judgements) & _FAULTY:
        raise VerdictError(
            "A statement that is not supported cannot be approved. Correct the answer, or reject it."
        )
    if (decision.ruling is Ruling.CORRECTED) != bool(decision.correction):
        raise VerdictError("A correction says what is right, and nothing else does. Add it, or leave it out.")


def _check_correction(correction: Sequence[Statement], catalogue: Catalogue) -> tuple[Statement, ...]:
    """Return a correction with titles, pages and addresses as the documents have them.

    Raises VerdictError where it does not cite words, and exactly where they stand.
    """
    if len(correction) > _MOST_STATEMENTS:
        raise VerdictError(f"A correction has {_MOST_STATEMENTS} statements at most. Say less.")
    return tuple(_check_statement(statement, catalogue) for statement in correction)


def _check_statement(statement: Statement, catalogue: Catalogue) -> Statement:
    if len(statement.text) > _LONGEST_TEXT:
        raise VerdictError(f"A statement is longer than {_LONGEST_TEXT:,} characters. Shorten it.")
    if not statement.citations:
        raise VerdictError("A correction must cite the words that it rests on. Choose them.")
    citations = tuple(_check_citation(citation, catalogue) for citation in statement.citations)
    return replace(statement, citations=citations)


def _check_citation(citation: Citation, catalogue: Catalogue) -> Citation:
    exact = verify(citation, lambda path, version: catalogue.document(path, version).text)
    if not exact or not words(citation.quote):
        raise VerdictError(
            f"These words do not stand at that place of {citation.document}. Choose them again."
        )
    return cite_place(catalogue.document(citation.document, citation.version), citation.span)


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """How much is looked at.

    least_confidence: answers below it are looked at.  sample: of the others one in so many; 0 for none.
    """

    least_confidence: float = 0.35
    sample: int = 20


@dataclass(frozen=True, slots=True)
class ReviewQueue:
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


def find_reasons(recorded: RecordedAnswer, scrutiny: Scrutiny) -> list[Why]:
    """Return why an answer should be looked at; what a reviewer approved needs nobody again."""
    return [] if recorded.answer.endorsement else list(_reasons(recorded, scrutiny))


def _reasons(recorded: RecordedAnswer, scrutiny: Scrutiny) -> Iterator[Why]:
    if recorded.answer.withheld:
        yield Why.WITHHELD
    if not recorded.answer.abstained and recorded.confidence < scrutiny.least_confidence:
        yield Why.LOW_CONFIDENCE
    if scrutiny.sample and _drawn(recorded.id) % scrutiny.sample == 0:
        yield Why.SAMPLE


def _drawn(answer: str) -> int:
    """Return a number that is by chance, and the same for one answer in every process."""
    return int.from_bytes(sha256(answer.encode()).digest()[:4])
