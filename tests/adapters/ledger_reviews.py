"""What tests have reviewers decide."""

from datetime import datetime

from ledger_desk import MONDAY, NO_LIMITS, ask, cite, give

from askpcc.adapters.ledger import SqlLedger
from askpcc.model import (
    Approval,
    Judgement,
    Ruling,
    Statement,
    Status,
    Verdict,
)

LATER = "It is for the Home Office."
CORRECTION = (
    Statement("Complete, the force says:", (cite(9), cite(4, "midsomer/a.md")), Status.COMPLETE),
    Statement("", (cite(), cite(9))),
)


def approve(id_: str = "verdict-1", answer: str = "answer-1", at: datetime = MONDAY) -> Verdict:
    """Return a verdict that approves an answer."""
    judged = (Judgement.SUPPORTED,)
    return Verdict(id_, answer, "U7", at, Ruling.APPROVED, judged, "Checked against the letter.")


def correct(id_: str = "verdict-1", answer: str = "answer-1", at: datetime = MONDAY) -> Verdict:
    """Return a verdict that corrects an answer."""
    judged = (Judgement.WRONG_STATUS, None)
    return Verdict(id_, answer, "U8", at, Ruling.CORRECTED, judged, LATER, CORRECTION)


def approval_by(verdict: Verdict, key: str = "key-1") -> Approval:
    """Return the approval that follows from a verdict."""
    said = verdict.correction or (Statement("", (cite(),), Status.ACCEPTED),)
    return Approval(verdict.id, verdict.answer, key, verdict.reviewer, verdict.at, said, "basis")


def fill(ledger: SqlLedger, answers: int = 2) -> None:
    """Put inquiries with an answer each into a ledger: inquiry-1 with answer-1 of U1, and so on."""
    for number in range(1, answers + 1):
        inquiry = ask(number, f"U{number}", words=f"Was recommendation {number} accepted?")
        ledger.take(inquiry, NO_LIMITS)
        ledger.record(give(inquiry, f"answer-{number}", [cite()]))
