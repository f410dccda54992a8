"""What the ledger keeps, written for people and for ``askpcc eval``."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from askpcc.model import (
    Citation,
    Opinion,
    Record,
    RecordedAnswer,
    Ruling,
    Statement,
    Verdict,
)
from askpcc.ports import Activity

COLUMNS = (
    "inquiry",
    "asked_at",
    "surface",
    "team",
    "channel",
    "person",
    "state",
    "question",
    "answer",
    "answered_at",
    "kind",
    "reason",
    "text",
    "sources",
    "index_version",
    "writer",
    "milliseconds",
    "tokens",
    "confidence",
    "endorsed_by",
    "good",
    "bad",
    "ruling",
    "reviewer",
    "ruled_at",
    "comment",
    "correction",
)


def record_as_json(record: Record) -> dict[str, Any]:
    """Return all that is kept of an inquiry, but the address for a private reply, which is a key."""
    inquiry = _plain(record.inquiry)
    del inquiry["reply_to"]
    parts = ("feedback", "requests", "verdicts", "approvals", "queue")
    return {
        "inquiry": inquiry,
        "answers": [_answer_as_json(recorded) for recorded in record.answers],
        **{part: _plain(getattr(record, part)) for part in parts},
    }


def activity_as_json(activity: Activity) -> dict[str, Any]:
    """Return what somebody did, under the name of what it is: feedback, helprequest, verdict or act."""
    return {type(activity).__name__.lower(): _plain(activity)}


def _answer_as_json(recorded: RecordedAnswer) -> dict[str, Any]:
    shape: dict[str, Any] = _plain(recorded)
    answer: dict[str, Any] = shape.pop("answer")
    question = answer.pop("question")
    read = {"words": question["words"], "history": question["history"], "kind": question["wanted"]}
    return {**shape, "question": read, **answer}


def _plain(value: Any) -> Any:  # noqa: ANN401 - nouns hold values of many types
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    names = getattr(value, "__dataclass_fields__", None)
    return value if names is None else {name: _plain(getattr(value, name)) for name in names}


def read_cells(record: Record) -> Iterator[list[str]]:
    """Yield the cells of each answer to an inquiry, in the order of COLUMNS; one row without an answer."""
    inquiry, place = record.inquiry, record.inquiry.place
    asked = [inquiry.id, inquiry.asked_at.isoformat(), place.surface, place.team, place.channel]
    asked += [inquiry.person, str(inquiry.state)]
    if not record.answers:
        yield [*asked, inquiry.words, *[""] * (len(COLUMNS) - len(asked) - 1)]
    for recorded in record.answers:
        question = recorded.answer.question.words
        yield [*asked, question, *_cells_of_answer(recorded), *_cells_of_opinions(record, recorded.id)]


def _cells_of_answer(recorded: RecordedAnswer) -> list[str]:
    answer = recorded.answer
    cited = [citation for statement in answer.statements for citation in statement.citations]
    return [
        recorded.id,
        recorded.answered_at.isoformat(),
        str(answer.question.wanted),
        str(answer.reason or ""),
        _in_words(answer.statements) or answer.note,
        " | ".join(dict.fromkeys(map(_place, cited))),
        answer.index_version,
        recorded.writer,
        str(recorded.milliseconds),
        str(recorded.spent.read + recorded.spent.written),
        f"{recorded.confidence:.2f}",
        answer.endorsement.person if answer.endorsement else "",
    ]


def _cells_of_opinions(record: Record, answer: str) -> list[str]:
    opinions = [feedback.opinion for feedback in record.feedback if feedback.answer == answer]
    counted = [str(opinions.count(opinion)) for opinion in (Opinion.GOOD, Opinion.BAD)]
    verdict = next((one for one in reversed(record.verdicts) if one.answer == answer), None)
    if verdict is None:
        return [*counted, "", "", "", "", ""]
    ruled = [str(verdict.ruling), verdict.reviewer, verdict.at.isoformat(), verdict.comment]
    return [*counted, *ruled, _in_words(verdict.correction)]


def _in_words(statements: tuple[Statement, ...]) -> str:
    return " | ".join(
        " ".join([statement.text, *(f"“{citation.quote}”" for citation in statement.citations)]).strip()
        for statement in statements
    )


def _place(citation: Citation) -> str:
    return f"{citation.document} {citation.version} {citation.span.start}:{citation.span.end}"


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
