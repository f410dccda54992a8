"""What an index says of itself: one row of facts, read at the start of every transaction."""

from dataclasses import dataclass, fields
from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, select
from sqlalchemy.exc import OperationalError

from askpcc.adapters.catalogue.schema import SCHEMA_VERSION, facts_of_index
from askpcc.errors import IndexDamaged, IndexMissing


@dataclass(frozen=True, slots=True)
class Head:
    """What the index says of itself.  store, seal: the vector store in use, and what lies in it.

    index_version: the count of changes so far, and a digest of what is indexed.
    """

    index_version: str
    embedder: str
    store: str
    seal: str
    schema: str = SCHEMA_VERSION

    @property
    def generation(self) -> int:
        """Return the count of changes so far."""
        return int(self.index_version.partition("-")[0])


def read_head(connection: Connection, path: Path) -> Head:
    """Return the head; IndexMissing while the first run has not ended, IndexDamaged for another schema."""
    try:
        values = dict(connection.execute(select(facts_of_index.c.name, facts_of_index.c.value)).all())
    except OperationalError as exc:
        if _has_table(connection):
            raise
        raise IndexMissing(f"No index at {path.parent}. Run: askpcc index") from exc
    if values.get("schema") != SCHEMA_VERSION or values.keys() != {field.name for field in fields(Head)}:
        raise IndexDamaged(f"The index at {path.parent} is of another askpcc. Run: askpcc index")
    return Head(**values)


def write_head(connection: Connection, head: Head) -> None:
    """Put a head in the place of the earlier one."""
    connection.execute(delete(facts_of_index))
    rows = [{"name": field.name, "value": getattr(head, field.name)} for field in fields(head)]
    connection.execute(insert(facts_of_index), rows)


def _has_table(connection: Connection) -> bool:
    return inspect(connection).has_table(facts_of_index.name)
