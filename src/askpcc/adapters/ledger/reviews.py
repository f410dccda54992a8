"""What waits for reviewers, what they decided, and what is approved by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, select, update

from askpcc.adapters.ledger.database import insert_once, take_turns
from askpcc.adapters.ledger.part import Part, find_row
from askpcc.adapters.ledger.review_rows import (
    RuledPart,
    read_approval,
    read_ruled,
    read_verdict,
    write_approval,
    write_ruled,
    write_verdict,
)
from askpcc.adapters.ledger.review_schema import approvals, queue, verdicts
from askpcc.adapters.ledger.schema import answers
from askpcc.model import Approval, Verdict, Waiting, Why

REPLACED = "A newer verdict took its place."

_RULING = 7_202_603
"""The key by which processes take turns at approving, so that one approval a key stands; any will do."""

_WAITS = queue.c.closed_at.is_(None)
_STANDS = approvals.c.lapsed_at.is_(None)


class SqlReviewBook(Part):
    """The queue, the verdicts and the approvals: the ReviewBook of the ports.

    UnknownAnswer for what is about no answer.
    """

    def enqueue(self, answer: str, why: Why, at: datetime) -> None:
        """Note why an answer waits, once while it does."""
        with self._database.writing() as connection:
            find_row(connection, answers, answer)
            _enqueue(connection, answer, why, at)

    def queue(self, limit: int) -> list[Waiting]:
        """Return the answers that wait, the one whose first reason is oldest first."""
        columns = queue.c
        oldest = (func.min(columns.at), func.min(columns.number))
        first = select(columns.answer).where(_WAITS).group_by(columns.answer).order_by(*oldest).limit(limit)
        with self._database.reading() as connection:
            reasons: dict[str, list[RowMapping]] = {id_: [] for id_ in connection.execute(first).scalars()}
            all_of_them = select(queue).where(_WAITS, columns.answer.in_(reasons))
            for row in connection.execute(all_of_them.order_by(columns.at, columns.number)).mappings():
                reasons[row["answer"]].append(row)
        return [
            Waiting(answer, tuple(Why(row["why"]) for row in rows), rows[0]["at"])
            for answer, rows in reasons.items()
            if rows
        ]

    def rule(self, verdict: Verdict, approval: Approval | None, ended: str | None = None) -> None:
        """Keep a verdict, end the approvals that it replaces or contradicts, and empty its answer's queue."""
        with self._database.writing() as connection:
            find_row(connection, answers, verdict.answer)
            take_turns(connection, _RULING)
            connection.execute(insert(verdicts).values(write_verdict(verdict)))
            write_ruled(connection, verdict.id, RuledPart.CORRECTION, verdict.correction)
            if ended is not None:
                _end(connection, approvals.c.verdict == ended, verdict.at, REPLACED)
            if approval is not None:
                _end(connection, approvals.c.key == approval.key, verdict.at, REPLACED)
                connection.execute(insert(approvals).values(write_approval(approval)))
                write_ruled(connection, verdict.id, RuledPart.APPROVAL, approval.statements)
            of_answer = and_(queue.c.answer == verdict.answer, _WAITS)
            connection.execute(update(queue).where(of_answer).values(closed_at=verdict.at))

    def verdicts(self, answer: str) -> list[Verdict]:
        """Return the verdicts on an answer, oldest first."""
        given = select(verdicts).where(verdicts.c.answer == answer).order_by(verdicts.c.at, verdicts.c.number)
        with self._database.reading() as connection:
            return read_verdicts(connection, connection.execute(given).mappings().all())

    def latest_verdicts(self, limit: int) -> list[Verdict]:
        """Return the verdicts that came last, newest first."""
        given = select(verdicts).order_by(verdicts.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return read_verdicts(connection, connection.execute(given).mappings().all())

    def approval(self, key: str) -> Approval | None:
        """Return the approval that stands for a key."""
        with self._database.reading() as connection:
            standing = select(approvals).where(approvals.c.key == key, _STANDS)
            return next(iter(read_approvals(connection, connection.execute(standing).mappings().all())), None)

    def approvals(self) -> list[Approval]:
        """Return the approvals that stand, oldest first."""
        with self._database.reading() as connection:
            standing = select(approvals).where(_STANDS).order_by(approvals.c.number)
            return read_approvals(connection, connection.execute(standing).mappings().all())

    def approvals_of(self, answer: str) -> list[Approval]:
        """Return the approvals that verdicts on an answer led to, oldest first, also the ended ones."""
        with self._database.reading() as connection:
            given = select(approvals).where(approvals.c.answer == answer).order_by(approvals.c.number)
            return read_approvals(connection, connection.execute(given).mappings().all())

    def lapse(self, verdict: str, at: datetime, reason: str) -> bool:
        """End an approval and put its answer into the queue again; tell whether this call did."""
        approved = select(approvals.c.answer).where(approvals.c.verdict == verdict)
        with self._database.writing() as connection:
            if not _end(connection, approvals.c.verdict == verdict, at, reason):
                return False
            _enqueue(connection, connection.execute(approved).scalar_one(), Why.LAPSED, at)
            return True


def _enqueue(connection: Connection, answer: str, why: Why, at: datetime) -> None:
    insert_once(connection, queue, {"answer": answer, "why": why, "at": at})


def _end(connection: Connection, which: ColumnElement[bool], at: datetime, reason: str) -> bool:
    ended = update(approvals).where(which, _STANDS).values(lapsed_at=at, lapse=reason)
    return connection.execute(ended).rowcount > 0


def read_verdicts(connection: Connection, rows: Sequence[RowMapping]) -> list[Verdict]:
    """Return the verdicts of rows, with their corrections."""
    ruled = read_ruled(connection, [row["id"] for row in rows])
    return [read_verdict(row, ruled) for row in rows]


def read_approvals(connection: Connection, rows: Sequence[RowMapping]) -> list[Approval]:
    """Return the approvals of rows, with what they approve."""
    ruled = read_ruled(connection, [row["verdict"] for row in rows])
    return [read_approval(row, ruled) for row in rows]
