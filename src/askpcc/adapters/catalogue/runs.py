"""Runs of the index, kept for those who announce what they changed."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from askpcc.adapters.catalogue.schema import runs
from askpcc.model import IndexRun


def put_run(connection: Connection, run: IndexRun, index_version: str) -> None:
    """Keep a run under the index version that it led to."""
    row = {
        "index_version": index_version,
        "at": run.at.isoformat(),
        "added": list(run.added),
        "changed": list(run.changed),
        "removed": list(run.removed),
        "register": dict(run.register),
    }
    connection.execute(insert(runs), [row])


def read_runs(connection: Connection, limit: int) -> list[IndexRun]:
    """Return the latest runs, newest first."""
    statement = select(runs).order_by(runs.c.row.desc()).limit(limit)
    return [
        IndexRun(
            index_version=row["index_version"],
            at=datetime.fromisoformat(row["at"]),
            added=tuple(row["added"]),
            changed=tuple(row["changed"]),
            removed=tuple(row["removed"]),
            register=row["register"],
        )
        for row in connection.execute(statement).mappings()
    ]
