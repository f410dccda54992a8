"""The nouns as rows of the ledger, and back."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from sqlalchemy import RowMapping

from askpcc.adapters.ledger.schema import SPENT
from askpcc.model import (
    Answer,
    Citation,
    Endorsement,
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    InquiryState,
    Opinion,
    Place,
    Post,
    Question,
    Reason,
    RecordedAnswer,
    Span,
    Spent,
    Statement,
    Status,
    Wanted,
)


def write_inquiry(inquiry: Inquiry) -> dict[str, Any]:
    """Return the row of an inquiry that nobody works on."""
    return {
        "id": inquiry.id,
        "surface": inquiry.place.surface,
        "team": inquiry.place.team,
        "channel": inquiry.place.channel,
        "thread": inquiry.place.thread,
        "message": inquiry.place.message,
        "person": inquiry.person,
        "words": inquiry.words,
        "asked_at": inquiry.asked_at,
        "history": list(inquiry.history),
        "private": inquiry.private,
        "reply_to": inquiry.reply_to,
        "state": inquiry.state,
        "edition": inquiry.edition,
        "attempt": inquiry.attempt,
    }


def read_inquiry(row: RowMapping) -> Inquiry:
    """Return the inquiry of a row."""
    return Inquiry(
        id=row["id"],
        place=Place(row["surface"], row["team"], row["channel"], row["thread"], row["message"]),
        person=row["person"],
        words=row["words"],
        asked_at=row["asked_at"],
        history=tuple(row["history"]),
        private=row["private"],
        reply_to=row["reply_to"],
        state=InquiryState(row["state"]),
        edition=row["edition"],
        attempt=row["attempt"],
    )


def write_answer(recorded: RecordedAnswer) -> dict[str, Any]:
    """Return the row of an answer, without what it says."""
    answer = recorded.answer
    return {
        "id": recorded.id,
        "inquiry": recorded.inquiry,
        "edition": recorded.edition,
        "words": answer.question.words,
        "history": list(answer.question.history),
        "wanted": answer.question.wanted,
        "reason": answer.reason,
        "note": answer.note,
        "withheld": answer.withheld,
        "index_version": answer.index_version,
        "answered_at": recorded.answered_at,
        "writer": recorded.writer,
        "milliseconds": recorded.milliseconds,
        "confidence": recorded.confidence,
        "endorsed_by": answer.endorsement.person if answer.endorsement else None,
        "endorsed_at": answer.endorsement.at if answer.endorsement else None,
        **dict(zip(SPENT, astuple(recorded.spent), strict=True)),
    }


def read_answer(
    row: RowMapping, statements: tuple[Statement, ...], nearest: tuple[Citation, ...], posts: tuple[Post, ...]
) -> RecordedAnswer:
    """Return the answer of a row; of its question, what people see."""
    endorsed_by = row["endorsed_by"]
    answer = Answer(
        question=Question(row["words"], Wanted(row["wanted"]), row["words"], tuple(row["history"])),
        statements=statements,
        reason=None if row["reason"] is None else Reason(row["reason"]),
        nearest=nearest,
        note=row["note"],
        withheld=row["withheld"],
        index_version=row["index_version"],
        endorsement=None if endorsed_by is None else Endorsement(endorsed_by, row["endorsed_at"]),
    )
    return RecordedAnswer(
        id=row["id"],
        inquiry=row["inquiry"],
        edition=row["edition"],
        answer=answer,
        answered_at=row["answered_at"],
        writer=row["writer"],
        milliseconds=row["milliseconds"],
        confidence=row["confidence"],
        posts=posts,
        spent=Spent(*(row[name] for name in SPENT)),
    )


def write_citation(statement: int | None, citation: Citation) -> dict[str, Any]:
    """Return the row of a citation, without whose it is.

    statement: the ordinal of the statement that rests on it; None for one of the nearest.
    """
    return {
        "statement": statement,
        "document": citation.document,
        "version": citation.version,
        "title": citation.title,
        "span_start": citation.span.start,
        "span_end": citation.span.end,
        "quote": citation.quote,
        "page": citation.page,
        "url": citation.url,
    }


def read_citation(row: RowMapping) -> Citation:
    """Return the citation of a row."""
    return Citation(
        document=row["document"],
        version=row["version"],
        title=row["title"],
        span=Span(row["span_start"], row["span_end"]),
        quote=row["quote"],
        page=row["page"],
        url=row["url"],
    )


def read_statement(row: RowMapping, cited: Sequence[Citation]) -> Statement:
    """Return the statement of a row, which rests on those citations."""
    return Statement(row["text"], tuple(cited), None if row["status"] is None else Status(row["status"]))


def read_feedback(row: RowMapping) -> Feedback:
    """Return the feedback of a row."""
    return Feedback(
        answer=row["answer"],
        person=row["person"],
        opinion=Opinion(row["opinion"]),
        at=row["at"],
        fault=None if row["fault"] is None else Fault(row["fault"]),
        comment=row["comment"],
    )


def write_request(request: HelpRequest) -> dict[str, Any]:
    """Return the row of a request for help."""
    return {
        "id": request.id,
        "answer": request.answer,
        "person": request.person,
        "at": request.at,
        "channel": request.post.channel if request.post else None,
        "ts": request.post.ts if request.post else None,
        "resolved_by": request.resolved_by,
    }


def read_request(row: RowMapping) -> HelpRequest:
    """Return the request of a row."""
    post = None if row["channel"] is None else Post(row["channel"], row["ts"])
    return HelpRequest(row["id"], row["answer"], row["person"], row["at"], post, row["resolved_by"])
