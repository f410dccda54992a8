"""What is kept becomes lines: everything for a request, verdicts as a question set."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from askpcc.model import Citation, Record, RecordedAnswer, Ruling, Statement, Verdict


def read_cases(records: Iterator[Record]) -> Iterator[dict[str, Any]]:
    """Yield a case of a question set for each answer whose latest verdict approves or corrects it.

    Its shape is the one that ``askpcc eval`` reads.  An approved abstention is a question that must not be
    answered.
    """
    for record in records:
        for recorded in record.answers:
            verdict = next((one for one in reversed(record.verdicts) if one.answer == recorded.id), None)
            if verdict is not None and verdict.ruling is not Ruling.REJECTED:
                yield _case(recorded, verdict)


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
    status = next((str(statement.status) for statement in statements if statement.status), None)
    return {name: value for name, value in {**expected, "expected_status": status}.items() if value}


def _piece(citation: Citation) -> dict[str, str]:
    return {"doc": PurePosixPath(citation.document).name, "evidence": citation.quote}
