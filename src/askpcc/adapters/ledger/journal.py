"""Audit lines, and marks."""

from dataclasses import asdict

from sqlalchemy import insert, select, update

from askpcc.adapters.ledger.database import insert_once
from askpcc.adapters.ledger.part import Part
from askpcc.adapters.ledger.schema import acts, marks
from askpcc.model import Act


class SqlJournal(Part):
    """What was done, and how far something has come: the Journal of the ports."""

    def note(self, act: Act) -> None:
        """Keep an audit line."""
        with self._database.writing() as connection:
            connection.execute(insert(acts).values(asdict(act)))

    def acts(self, limit: int) -> list[Act]:
        """Return the latest audit lines, the one that was noted last first."""
        columns = (acts.c.person, acts.c.did, acts.c.about, acts.c.at, acts.c.result)
        latest = select(*columns).order_by(acts.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [Act(*row) for row in connection.execute(latest)]

    def mark(self, name: str) -> str | None:
        """Return the value of a mark."""
        with self._database.reading() as connection:
            return connection.execute(select(marks.c.value).where(marks.c.name == name)).scalar_one_or_none()

    def move_mark(self, name: str, seen: str | None, value: str) -> bool:
        """Set a mark that still has the value seen; None: that nobody has set."""
        with self._database.writing() as connection:
            if seen is None:
                return insert_once(connection, marks, {"name": name, "value": value})
            moved = update(marks).where(marks.c.name == name, marks.c.value == seen).values(value=value)
            return connection.execute(moved).rowcount == 1
