"""Nouns become rows of the ledger, and rows become nouns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, insert

from askpcc.adapters.ledger.database import group_rows
from askpcc.adapters.ledger.schema import SPENT, ruled_citations, ruled_statements
from askpcc.model import (
    Answer,
    Approval,
    Citation,
    Endorsement,
    Fault,
    Feedback,
    HelpRequest,
    Inquiry,
    InquiryState,
    Judgement,
    Opinion,
    Place,
    Post,
    Question,
    Queued,
    Reason,
    RecordedAnswer,
    Ruling,
    Span,
    Spent,
    Statement,
    Status,
    Verdict,
    Wanted,
    Why,
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


Ruled = Mapping[tuple[str, "RuledPart"], tuple[Statement, ...]]
"""The statements of verdicts, by verdict and part."""


class RuledPart(StrEnum):
    """What statements are to a verdict: its correction, or what is answered from then on."""

    CORRECTION = "correction"
    APPROVAL = "approval"


def write_verdict(verdict: Verdict) -> dict[str, Any]:
    """Return the row of a verdict, without its correction."""
    return {
        "id": verdict.id,
        "answer": verdict.answer,
        "reviewer": verdict.reviewer,
        "at": verdict.at,
        "ruling": verdict.ruling,
        "judgements": list(verdict.judgements),
        "comment": verdict.comment,
    }


def read_verdict(row: RowMapping, ruled: Ruled) -> Verdict:
    """Return the verdict of a row."""
    judgements = (None if judged is None else Judgement(judged) for judged in row["judgements"])
    return Verdict(
        id=row["id"],
        answer=row["answer"],
        reviewer=row["reviewer"],
        at=row["at"],
        ruling=Ruling(row["ruling"]),
        judgements=tuple(judgements),
        comment=row["comment"],
        correction=ruled.get((row["id"], RuledPart.CORRECTION), ()),
    )


def write_approval(approval: Approval) -> dict[str, Any]:
    """Return the row of an approval, without what it approves."""
    return {
        "verdict": approval.verdict,
        "answer": approval.answer,
        "key": approval.key,
        "reviewer": approval.reviewer,
        "at": approval.at,
        "basis": approval.basis,
        "lapsed_at": approval.lapsed_at,
        "lapse": approval.lapse,
    }


def read_approval(row: RowMapping, ruled: Ruled) -> Approval:
    """Return the approval of a row."""
    return Approval(
        verdict=row["verdict"],
        answer=row["answer"],
        key=row["key"],
        reviewer=row["reviewer"],
        at=row["at"],
        statements=ruled.get((row["verdict"], RuledPart.APPROVAL), ()),
        basis=row["basis"],
        lapsed_at=row["lapsed_at"],
        lapse=row["lapse"],
    )


def read_queued(row: RowMapping) -> Queued:
    """Return a reason of the queue."""
    return Queued(row["answer"], Why(row["why"]), row["at"], row["closed_at"])


def write_ruled(connection: Connection, verdict: str, part: RuledPart, said: Sequence[Statement]) -> None:
    """Keep the statements of a verdict."""
    whose = {"verdict": verdict, "part": part}
    rows = [
        {**whose, "ordinal": ordinal, "text": statement.text, "status": statement.status}
        for ordinal, statement in enumerate(said)
    ]
    cited = [
        {**whose, **write_citation(ordinal, citation)}
        for ordinal, statement in enumerate(said)
        for citation in statement.citations
    ]
    if rows:
        connection.execute(insert(ruled_statements), rows)
    if cited:
        connection.execute(insert(ruled_citations), cited)


def read_ruled(connection: Connection, verdicts: Sequence[str]) -> Ruled:
    """Return the statements of verdicts."""
    cited: defaultdict[tuple[str, str, int], list[Citation]] = defaultdict(list)
    for verdict, rows in group_rows(connection, ruled_citations.c.verdict, verdicts).items():
        for row in rows:
            cited[verdict, row["part"], row["statement"]].append(read_citation(row))
    said: defaultdict[tuple[str, RuledPart], tuple[Statement, ...]] = defaultdict(tuple)
    for verdict, rows in group_rows(connection, ruled_statements.c.verdict, verdicts).items():
        for row in rows:
            statement = read_statement(row, cited[verdict, row["part"], row["ordinal"]])
            said[verdict, RuledPart(row["part"])] += (statement,)
    return said
