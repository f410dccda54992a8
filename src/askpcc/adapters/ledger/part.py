"""What the parts of the ledger stand on."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, Connection, RowMapping, Table, select

from askpcc.adapters.ledger.database import Database
from askpcc.errors import UnknownAnswer

Clock = Callable[[], datetime]
"""Gives the present time, aware of its zone."""


class Part:
    """A part of the ledger, on a database whose tables are there.  now: the clock of leases and mutes."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now


def find_row(connection: Connection, table: Table, id_: str) -> RowMapping:
    """Return the row of an id; UnknownAnswer where there is none."""
    row = connection.execute(select(table).where(table.c.id == id_)).mappings().first()
    if row is None:
        raise UnknownAnswer(f"The ledger has no {_NOUNS[table.name]} {id_!a}.")
    return row


def group_rows(
    connection: Connection, column: Column[str], values: Sequence[str]
) -> Mapping[str, list[RowMapping]]:
    """Return the rows of a column's table by their value in it, each in the order in which they came."""
    found: defaultdict[str, list[RowMapping]] = defaultdict(list)
    wanted = select(column.table).where(column.in_(values)).order_by(column.table.c.number)
    for row in connection.execute(wanted).mappings():
        found[row[column.name]].append(row)
    return found


_NOUNS = {"inquiries": "inquiry", "answers": "answer", "help_requests": "request for help"}
