"""All that is kept, read bit by bit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, and_, or_, select, true

from askpcc.adapters.ledger.answers import read_answers
from askpcc.adapters.ledger.part import Part, group_rows
from askpcc.adapters.ledger.review_rows import read_queued
from askpcc.adapters.ledger.review_schema import approvals, queue, verdicts
from askpcc.adapters.ledger.reviews import read_approvals, read_verdicts
from askpcc.adapters.ledger.rows import read_feedback, read_inquiry, read_request
from askpcc.adapters.ledger.schema import acts, answers, help_requests, inquiries, opinions
from askpcc.model import Act, Record
from askpcc.ports.reviewing import Deed

_AT_ONCE = 200
"""Inquiries that are read together; no more of them are held than these."""


class _HasAnswer(Protocol):
    @property
    def answer(self) -> str: ...


_OnAnswer = TypeVar("_OnAnswer", bound=_HasAnswer)


class SqlArchive(Part):
    """What is handed out: the reading half of the Archive of the ports."""

    def records(self, since: datetime | None = None, person: str | None = None) -> Iterator[Record]:
        """Yield inquiries with all that hangs on them, oldest first.

        since, person: only those asked then or later, or by that person.  Between two bits no transaction is
        open, so that a slow reader keeps nobody waiting.
        """
        wanted = _choose(since, person)
        last: RowMapping | None = None
        while True:
            with self._database.reading() as connection:
                rows = _read_next(connection, wanted, last)
                found = _gather(connection, rows)
            yield from found
            if len(rows) < _AT_ONCE:
                return
            last = rows[-1]

    def deeds(self, person: str) -> list[Deed]:
        """Return what a person thought, asked for and decided of others' answers, and their audit lines."""
        own = select(answers.c.id).join(inquiries, answers.c.inquiry == inquiries.c.id)
        own = own.where(inquiries.c.person == person)
        with self._database.reading() as connection:
            thought, asked, ruled = (
                connection.execute(
                    select(table)
                    .where(column == person, table.c.answer.not_in(own))
                    .order_by(table.c.at, table.c.number)
                )
                .mappings()
                .all()
                for table, column in (
                    (opinions, opinions.c.person),
                    (help_requests, help_requests.c.person),
                    (verdicts, verdicts.c.reviewer),
                )
            )
            done = (acts.c.person, acts.c.did, acts.c.about, acts.c.at, acts.c.result)
            lines = connection.execute(select(*done).where(acts.c.person == person).order_by(acts.c.number))
            return [
                *map(read_feedback, thought),
                *map(read_request, asked),
                *read_verdicts(connection, ruled),
                *(Act(*line) for line in lines),
            ]


def _choose(since: datetime | None, person: str | None) -> ColumnElement[bool]:
    chosen: list[ColumnElement[bool]] = [true()]
    if since is not None:
        chosen.append(inquiries.c.asked_at >= since)
    if person is not None:
        chosen.append(inquiries.c.person == person)
    return and_(*chosen)


def _read_next(
    connection: Connection, wanted: ColumnElement[bool], last: RowMapping | None
) -> list[RowMapping]:
    columns = inquiries.c
    if last is not None:
        same_time = and_(columns.asked_at == last["asked_at"], columns.number > last["number"])
        wanted = and_(wanted, or_(columns.asked_at > last["asked_at"], same_time))
    in_order = select(inquiries).where(wanted).order_by(columns.asked_at, columns.number).limit(_AT_ONCE)
    return list(connection.execute(in_order).mappings())


def _gather(connection: Connection, asked: Sequence[RowMapping]) -> list[Record]:
    given = group_rows(connection, answers.c.inquiry, [row["id"] for row in asked])
    answered = {inquiry: read_answers(connection, rows) for inquiry, rows in given.items()}
    inquiry_of = {one.id: inquiry for inquiry, recorded in answered.items() for one in recorded}

    def rows_on(column: Column[str]) -> list[RowMapping]:
        rows = chain.from_iterable(group_rows(connection, column, list(inquiry_of)).values())
        return sorted(rows, key=lambda row: (row["at"], row["number"]))

    def by_inquiry(nouns: Iterable[_OnAnswer]) -> Mapping[str, tuple[_OnAnswer, ...]]:
        found: defaultdict[str, tuple[_OnAnswer, ...]] = defaultdict(tuple)
        for noun in nouns:
            found[inquiry_of[noun.answer]] += (noun,)
        return found

    feedback = by_inquiry(map(read_feedback, rows_on(opinions.c.answer)))
    requests = by_inquiry(map(read_request, rows_on(help_requests.c.answer)))
    reasons = by_inquiry(map(read_queued, rows_on(queue.c.answer)))
    ruled = by_inquiry(read_verdicts(connection, rows_on(verdicts.c.answer)))
    approved = by_inquiry(read_approvals(connection, rows_on(approvals.c.answer)))
    return [
        Record(
            inquiry=read_inquiry(row),
            answers=tuple(sorted(answered.get(row["id"], ()), key=lambda recorded: recorded.edition)),
            feedback=feedback[row["id"]],
            verdicts=ruled[row["id"]],
            requests=requests[row["id"]],
            approvals=approved[row["id"]],
            queue=reasons[row["id"]],
        )
        for row in asked
    ]
