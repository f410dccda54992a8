"""Threads: what was asked in them, and which want no follow-ups."""

from sqlalchemy import ColumnElement, FromClause, and_, delete, select

from askpcc.adapters.ledger.database import insert_once
from askpcc.adapters.ledger.part import Part
from askpcc.adapters.ledger.rows import read_inquiry
from askpcc.adapters.ledger.schema import inquiries, mutes
from askpcc.model import Thread


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
