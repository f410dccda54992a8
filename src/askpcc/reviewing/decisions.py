"""What a reviewer sends in, and when it cannot stand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from askpcc.asking.checking import verify
from askpcc.errors import UnknownDocument, VerdictError
from askpcc.language.words import words
from askpcc.model import Answer, Citation, Judgement, Ruling, Statement, Status, cite_place
from askpcc.ports import Catalogue

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
    return (
        Statement(status.replace("_", " ").capitalize(), (citation,), Status(status) if status else None),
    )


def check_decision(decision: Decision, answer: Answer) -> None:
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


def check_correction(correction: Sequence[Statement], catalogue: Catalogue) -> tuple[Statement, ...]:
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
