"""Questions as they come in, wait for a worker, and belong to threads."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)

from askpcc.adapters.ledger.database import (
    Part,
    find_row,
    insert_once,
    take_turns,
)
from askpcc.adapters.ledger.records import read_inquiry, write_row
from askpcc.adapters.ledger.schema import inquiries, mutes
from askpcc.model import (
    Inquiry,
    InquiryState,
    Limits,
    Place,
    Taking,
    Thread,
)

OPEN = (InquiryState.WAITING, InquiryState.WORKING)
FREE: Mapping[str, object] = {"worker": None, "lease_until": None}
"""What is not kept of an inquiry that nobody works on."""

FORGOTTEN: Mapping[str, object] = {"reply_to": "", **FREE}
"""What is not kept of an inquiry that is settled."""

_TAKING = 7_202_601
"""The key by which processes take turns at taking, so that limits hold; any number will do."""

_PLACE = ("surface", "team", "channel", "message")


class SqlInbox(Part):
    """Inquiries on their way to an answer: the Inbox of the ports."""

    def take(self, inquiry: Inquiry, limits: Limits) -> Taking:
        """Keep an inquiry once.

        Limits count what its person asked within a minute and a day (24 hours) of when it was asked, and not
        of when it comes in: what was asked while nobody listened is not too much at once, and a delivery that
        is repeated later is refused again.  One that is refused is not kept.
        """
        with self._database.writing() as connection:
            take_turns(connection, _TAKING)
            if _find(connection, inquiry.place) is not None:
                return Taking.KNOWN
            refusal = _refuse(connection, inquiry, limits)
            if refusal is not None:
                return refusal
            taken = insert_once(connection, inquiries, write_row(inquiries, inquiry, inquiry.place), _PLACE)
            return Taking.TAKEN if taken else Taking.KNOWN

    def revise(self, place: Place, words: str) -> Inquiry | None:
        """Give an inquiry new words; it waits again, as if nobody had begun on it.

        None where the words are the same, and where no such message is known or is there any more.
        """
        with self._database.writing() as connection:
            row = _find(connection, place)
            if row is None or row["words"] == words or row["state"] == InquiryState.WITHDRAWN:
                return None
            edition = row["edition"] + 1
            anew = {"words": words, "state": InquiryState.WAITING, "edition": edition, "attempt": 0}
            _change(connection, row, {**anew, **FREE})
        return replace(read_inquiry(row), words=words, state=InquiryState.WAITING, edition=edition, attempt=0)

    def withdraw(self, place: Place) -> Inquiry | None:
        """Note that a message is gone; return its inquiry, whose state tells whether it was answered."""
        with self._database.writing() as connection:
            row = _find(connection, place)
            if row is None or row["state"] not in OPEN:
                return None if row is None else read_inquiry(row)
            _change(connection, row, {"state": InquiryState.WITHDRAWN, **FORGOTTEN})
            return replace(read_inquiry(row), state=InquiryState.WITHDRAWN)

    def stop(self, team: str, channel: str, thread: str) -> list[Inquiry]:
        """Stop what waits or is worked on in a thread; return it, oldest first."""
        columns = inquiries.c
        chosen = and_(
            columns.team == team,
            columns.channel == channel,
            columns.thread == thread,
            columns.state.in_(OPEN),
        )
        with self._database.writing() as connection:
            rows = lock_rows(connection, chosen)
            for row in rows:
                _change(connection, row, {"state": InquiryState.STOPPED, **FORGOTTEN})
        return [replace(read_inquiry(row), state=InquiryState.STOPPED) for row in rows]

    def end(self, inquiry: Inquiry, state: InquiryState) -> None:
        """Settle an inquiry that nobody's worker holds, in the wording that was worked on."""
        columns = inquiries.c
        own = and_(
            columns.id == inquiry.id,
            columns.edition == inquiry.edition,
            columns.state == InquiryState.WORKING,
            columns.worker.is_(None),
        )
        with self._database.writing() as connection:
            connection.execute(update(inquiries).where(own).values({"state": state, **FORGOTTEN}))


def lock_rows(connection: Connection, chosen: ColumnElement[bool]) -> list[RowMapping]:
    """Return inquiries, oldest first, that nobody else changes until the transaction ends.

    They are always locked in this order, so that no two transactions wait for each other.
    """
    statement = select(inquiries).where(chosen).order_by(inquiries.c.asked_at, inquiries.c.number)
    return list(connection.execute(statement.with_for_update()).mappings())


def _find(connection: Connection, place: Place) -> RowMapping | None:
    rows = lock_rows(connection, and_(*(inquiries.c[name] == getattr(place, name) for name in _PLACE)))
    return rows[0] if rows else None


def _refuse(connection: Connection, inquiry: Inquiry, limits: Limits) -> Taking | None:
    if _count(connection, inquiries.c.state == InquiryState.WAITING) >= limits.waiting:
        return Taking.QUEUE_FULL
    if _count(connection, _own_within(inquiry, timedelta(minutes=1))) >= limits.per_minute:
        return Taking.TOO_MANY_A_MINUTE
    if _count(connection, _own_within(inquiry, timedelta(days=1))) >= limits.per_day:
        return Taking.TOO_MANY_A_DAY
    return None


def _own_within(inquiry: Inquiry, stretch: timedelta) -> ColumnElement[bool]:
    # On both sides of it: messages do not always come in the order in which they were written.
    columns, asked_at = inquiries.c, inquiry.asked_at
    near = and_(columns.asked_at > asked_at - stretch, columns.asked_at < asked_at + stretch)
    return and_(columns.team == inquiry.place.team, columns.person == inquiry.person, near)


def _count(connection: Connection, chosen: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(inquiries).where(chosen)).scalar_one()


def _change(connection: Connection, row: RowMapping, values: Mapping[str, object]) -> None:
    connection.execute(update(inquiries).where(inquiries.c.number == row["number"]).values(values))


class SqlWorkList(Part):
    """Who works on what, and until when: the WorkList of the ports."""

    def claim(self, worker: str, lease: timedelta) -> Inquiry | None:
        """Give a worker the oldest inquiry that waits or whose worker's lease has run out."""
        now, columns = self._now(), inquiries.c
        stale = and_(columns.state == InquiryState.WORKING, columns.lease_until <= now)
        free = select(inquiries).where(or_(columns.state == InquiryState.WAITING, stale))
        oldest = free.order_by(columns.asked_at, columns.number).limit(1)
        with self._database.writing() as connection:
            row = connection.execute(oldest.with_for_update(skip_locked=True)).mappings().first()
            if row is None:
                return None
            held = {"state": InquiryState.WORKING, "attempt": row["attempt"] + 1}
            change = update(inquiries).where(columns.number == row["number"])
            connection.execute(change.values(worker=worker, lease_until=now + lease, **held))
        return replace(read_inquiry(row), state=InquiryState.WORKING, attempt=row["attempt"] + 1)

    def renew(self, worker: str, lease: timedelta) -> None:
        """Let the leases of all that a worker holds begin anew."""
        self._change_held(worker, {"lease_until": self._now() + lease})

    def settle(self, inquiry: Inquiry, worker: str, state: InquiryState) -> bool:
        """End an inquiry and forget where to reply; not if another has it, or its words were edited."""
        columns = inquiries.c
        held = and_(
            columns.id == inquiry.id,
            columns.edition == inquiry.edition,
            columns.worker == worker,
            columns.state == InquiryState.WORKING,
        )
        with self._database.writing() as connection:
            settled = connection.execute(update(inquiries).where(held).values(state=state, **FORGOTTEN))
            return settled.rowcount == 1

    def hand_back(self, worker: str) -> int:
        """Let others have at once what a worker holds."""
        return self._change_held(worker, {"state": InquiryState.WAITING, **FREE})

    def state(self, inquiry: Inquiry) -> InquiryState:
        """Return the state of an inquiry as its worker has it; UnknownAnswer for an unknown id."""
        with self._database.reading() as connection:
            row = find_row(connection, inquiries, inquiry.id)
        is_same = (row["edition"], row["attempt"]) == (inquiry.edition, inquiry.attempt)
        return InquiryState(row["state"]) if is_same else InquiryState.WAITING

    def waiting(self) -> int:
        """Count those that wait."""
        waiting = inquiries.c.state == InquiryState.WAITING
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(inquiries).where(waiting)).scalar_one()

    def _change_held(self, worker: str, changes: Mapping[str, object]) -> int:
        held = and_(inquiries.c.worker == worker, inquiries.c.state == InquiryState.WORKING)
        with self._database.writing() as connection:
            numbers = [row["number"] for row in lock_rows(connection, held)]
            if numbers:
                connection.execute(update(inquiries).where(inquiries.c.number.in_(numbers)).values(changes))
            return len(numbers)


class SqlThreads(Part):
    """Where the assistant is part of the talk: the Threads of the ports."""

    def thread(self, team: str, channel: str, thread: str) -> Thread:
        """Return what is known of a thread, in whatever state."""
        asked = select(inquiries).where(_within(inquiries, team, channel, thread))
        muted = select(mutes.c.person).where(_within(mutes, team, channel, thread))
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(inquiries.c.asked_at, inquiries.c.number)).mappings()
            return Thread(tuple(map(read_inquiry, rows)), connection.execute(muted).first() is not None)

    def mute(self, team: str, channel: str, thread: str, person: str) -> bool:
        """Note that a thread wants no follow-ups, and who said so first."""
        row = {"team": team, "channel": channel, "thread": thread, "person": person, "at": self._now()}
        with self._database.writing() as connection:
            return insert_once(connection, mutes, row)

    def unmute(self, team: str, channel: str, thread: str) -> bool:
        """Note that a thread wants follow-ups again; tell whether it was muted."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(mutes).where(_within(mutes, team, channel, thread)))
            return gone.rowcount == 1


def _within(table: FromClause, team: str, channel: str, thread: str) -> ColumnElement[bool]:
    columns = table.c
    return and_(columns.team == team, columns.channel == channel, columns.thread == thread)
