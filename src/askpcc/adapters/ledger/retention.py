"""The ledger read as a whole, and erased."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    Table,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    update,
)

from askpcc.adapters import read_noun
from askpcc.adapters.ledger.database import Part, group_rows
from askpcc.adapters.ledger.records import (
    read_answers,
    read_approvals,
    read_inquiry,
    read_request,
    read_verdicts,
)
from askpcc.adapters.ledger.schema import (
    acts,
    answers,
    approvals,
    citations,
    help_requests,
    inquiries,
    mutes,
    opinions,
    posts,
    queue,
    ruled_citations,
    ruled_statements,
    statements,
    verdicts,
)
from askpcc.errors import LedgerError
from askpcc.model import Act, Erasure, Feedback, Queued, Record
from askpcc.ports import Activity

_AT_ONCE = 200
"""Inquiries that are read together; no more of them are held than these."""


ERASED = "erased"
"""Who did what somebody did whose name was erased."""

_THREAD = ("surface", "team", "channel", "thread")
_ON_ANSWERS = (queue, help_requests, opinions, posts, citations, statements)
_NAMES = (
    (opinions, "person", "at"),
    (help_requests, "person", "at"),
    (help_requests, "resolved_by", "at"),
    (verdicts, "reviewer", "at"),
    (approvals, "reviewer", "at"),
    (answers, "endorsed_by", "endorsed_at"),
    (acts, "person", "at"),
    (mutes, "person", "at"),
)
"""Where a person's name stands beside what others asked, and the time of what they did."""


class _HasAnswer(Protocol):
    @property
    def answer(self) -> str: ...


_OnAnswer = TypeVar("_OnAnswer", bound=_HasAnswer)


class SqlArchive(Part):
    """What is handed out and what is erased: the Archive of the ports.

    LedgerError for a purge of everything, and for a time without its zone.
    """

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

    def activities(self, person: str) -> list[Activity]:
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
            done = select(acts).where(acts.c.person == person).order_by(acts.c.number)
            lines = connection.execute(done).mappings()
            return [
                *(read_noun(Feedback, row) for row in thought),
                *map(read_request, asked),
                *read_verdicts(connection, ruled),
                *(read_noun(Act, row) for row in lines),
            ]

    def plan_purge(self, before: datetime | None, person: str | None) -> Erasure:
        """Count what a purge would erase."""
        wanted = _Wanted(before, person)
        with self._database.reading() as connection:
            return wanted.count(connection)

    def purge(self, before: datetime | None, person: str | None) -> Erasure:
        """Erase inquiries with all that hangs on them, and a person's name elsewhere, at once or not at all.

        Their words also leave the history of what others asked in their threads.
        """
        wanted = _Wanted(before, person)
        with self._database.writing() as connection:
            wanted.lock(connection)
            counted = wanted.count(connection)
            wanted.clear_histories(connection)
            wanted.delete(connection)
            wanted.rename(connection)
        self._database.forget()
        return counted


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

    feedback = by_inquiry(read_noun(Feedback, row) for row in rows_on(opinions.c.answer))
    requests = by_inquiry(map(read_request, rows_on(help_requests.c.answer)))
    reasons = by_inquiry(read_noun(Queued, row) for row in rows_on(queue.c.answer))
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


class _Wanted:
    """What is to be erased.  Its rows are those that match, also while they are being erased."""

    def __init__(self, before: datetime | None, person: str | None) -> None:
        if before is None and person is None:
            raise LedgerError("A purge would erase everything. Say what is older than when, or whose.")
        if before is not None and before.tzinfo is None:
            raise LedgerError(f"A purge needs the zone of its time, which {before} lacks. Give one in UTC.")
        self._before, self._person = before, person
        self._inquiries = select(inquiries.c.id).where(self._match(inquiries))
        self._answers = select(answers.c.id).where(answers.c.inquiry.in_(self._inquiries))
        self._verdicts = select(verdicts.c.id).where(verdicts.c.answer.in_(self._answers))

    def _match(self, asked: FromClause) -> ColumnElement[bool]:
        matched = []
        if self._before is not None:
            matched.append(asked.c.asked_at < self._before)
        if self._person is not None:
            matched.append(asked.c.person == self._person)
        return and_(*matched)

    def lock(self, connection: Connection) -> None:
        """Let nothing more be hung on what is to be erased."""
        in_order = self._inquiries.order_by(inquiries.c.asked_at, inquiries.c.number)
        for chosen in (in_order, self._answers.order_by(answers.c.number)):
            connection.execute(chosen.with_for_update()).all()

    def count(self, connection: Connection) -> Erasure:
        of_answers = approvals.c.answer.in_(self._answers)
        return Erasure(
            inquiries=_count(connection, self._inquiries),
            answers=_count(connection, self._answers),
            verdicts=_count(connection, self._verdicts),
            approvals=_count(connection, select(approvals.c.number).where(of_answers)),
            renamed=sum(_count(connection, select(column).where(own)) for column, own in self._names()),
        )

    def clear_histories(self, connection: Connection) -> None:
        """Take the words that go out of the histories that stay: the earlier questions of a thread."""
        words: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        threads = [inquiries.c[name] for name in _THREAD]
        given = select(*threads, answers.c.words).join(answers, answers.c.inquiry == inquiries.c.id)
        for asked in (select(*threads, inquiries.c.words), given):
            for row in connection.execute(asked.where(self._match(inquiries))):
                words[tuple(row[:-1])].add(row[-1])
        for table, query in self._staying():
            for number, history, *thread in connection.execute(query).all():
                kept = [said for said in history if said not in words[tuple(thread)]]
                if len(kept) < len(history):
                    one = table.c.number == number
                    connection.execute(update(table).where(one).values(history=kept))

    def _staying(self) -> Iterator[tuple[Table, Select[Any]]]:
        going = inquiries.alias()
        same_thread = and_(*(going.c[name] == inquiries.c[name] for name in _THREAD))
        beside = and_(~self._match(inquiries), exists().where(same_thread, self._match(going)))
        threads = [inquiries.c[name] for name in _THREAD]
        yield inquiries, select(inquiries.c.number, inquiries.c.history, *threads).where(beside)
        of_answers = select(answers.c.number, answers.c.history, *threads)
        yield answers, of_answers.join(inquiries, answers.c.inquiry == inquiries.c.id).where(beside)

    def delete(self, connection: Connection) -> None:
        for table in (ruled_citations, ruled_statements):
            connection.execute(delete(table).where(table.c.verdict.in_(self._verdicts)))
        for table in (approvals, verdicts, *_ON_ANSWERS):
            connection.execute(delete(table).where(table.c.answer.in_(self._answers)))
        connection.execute(delete(answers).where(answers.c.inquiry.in_(self._inquiries)))
        connection.execute(delete(inquiries).where(self._match(inquiries)))

    def rename(self, connection: Connection) -> None:
        """Write the neutral name for the person's."""
        self._tell_apart(connection)
        for column, own in self._names():
            connection.execute(update(column.table).where(own).values({column.name: ERASED}))

    def _tell_apart(self, connection: Connection) -> None:
        """Give numbers to the opinions of those who were erased, where one answer has several of them."""
        other = opinions.alias()
        taken = exists().where(other.c.answer == opinions.c.answer, other.c.person == ERASED)
        numbered = literal(f"{ERASED}-") + cast(opinions.c.number, Text)
        for column, own in self._names():
            if column.table is opinions:
                connection.execute(update(opinions).where(own, taken).values(person=numbered))

    def _names(self) -> Iterator[tuple[Column[str], ColumnElement[bool]]]:
        """Yield the columns with the person's name, and which rows of what stays have it."""
        if self._person is None:
            return
        for table, name, at in _NAMES:
            own = table.c[name] == self._person
            if self._before is not None:
                own = and_(own, table.c[at] < self._before)
            if table is answers:
                own = and_(own, answers.c.inquiry.not_in(self._inquiries))
            elif "answer" in table.c:
                own = and_(own, table.c.answer.not_in(self._answers))
            yield table.c[name], own


def _count(connection: Connection, chosen: Select[Any]) -> int:
    return connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
