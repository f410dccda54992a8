"""What reviewers decide as rows of the ledger, and back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, insert

from askpcc.adapters.ledger.part import group_rows
from askpcc.adapters.ledger.review_schema import ruled_citations, ruled_statements
from askpcc.adapters.ledger.rows import read_citation, read_statement, write_citation
from askpcc.model import Approval, Citation, Judgement, Queued, Ruling, Statement, Verdict, Why

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
