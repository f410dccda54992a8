"""What is kept of an inquiry, as JSON and as the cells of a sheet."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from askpcc.model import Citation, Opinion, Record, RecordedAnswer, Statement
from askpcc.ports.reviewing import Deed

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


def deed_as_json(deed: Deed) -> dict[str, Any]:
    """Return what somebody did, under the name of what it is: feedback, helprequest, verdict or act."""
    return {type(deed).__name__.lower(): _plain(deed)}


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
