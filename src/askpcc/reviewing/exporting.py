"""Verdicts become a question set."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from askpcc.model import Citation, Record, RecordedAnswer, Ruling, Statement, Verdict


def read_cases(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Return a case of a question set for each question that was approved or corrected last.

    Its shape is the one that ``askpcc eval`` reads.  An approved abstention is a question that must not be
    answered.  What has lapsed is left out, as the documents do not say it any more, and so is what was not
    approved because they had changed before.
    """
    latest: dict[tuple[str, ...], tuple[RecordedAnswer, Verdict, bool]] = {}
    for record in records:
        standing = {approval.verdict for approval in record.approvals if approval.lapsed_at is None}
        for recorded in record.answers:
            verdict = next((one for one in reversed(record.verdicts) if one.answer == recorded.id), None)
            question = recorded.answer.question
            asked = (question.words.casefold(), *question.history)
            if verdict is not None and (asked not in latest or latest[asked][1].at <= verdict.at):
                latest[asked] = recorded, verdict, verdict.id in standing
    return [
        _case(recorded, verdict)
        for recorded, verdict, stands in latest.values()
        if stands or _approves_silence(recorded, verdict)
    ]


def _approves_silence(recorded: RecordedAnswer, verdict: Verdict) -> bool:
    return verdict.ruling is Ruling.APPROVED and recorded.answer.abstained


def _case(recorded: RecordedAnswer, verdict: Verdict) -> dict[str, Any]:
    answer = recorded.answer
    statements = verdict.correction or answer.statements
    question = answer.question
    case: dict[str, Any] = {
        "id": recorded.id,
        "question": question.words,
        "kind": str(question.wanted) if statements else "unanswerable",
    }
    if question.history:
        case["history"] = list(question.history)
    return case | _expect(statements)


def _expect(statements: tuple[Statement, ...]) -> dict[str, Any]:
    cited = [citation for statement in statements for citation in statement.citations]
    if not cited:
        return {"doc": None, "evidence": None}
    first, *others = dict.fromkeys(cited)
    same = [one.quote for one in others if one.document == first.document]
    further = [_piece(one) for one in others if one.document != first.document]
    expected: dict[str, Any] = {**_piece(first), "extra_evidence": same, "more": further}
    # An evaluation compares the status of the first statement.
    status = statements[0].status
    return {name: value for name, value in {**expected, "expected_status": status}.items() if value}


def _piece(citation: Citation) -> dict[str, str]:
    return {"doc": PurePosixPath(citation.document).name, "evidence": citation.quote}
