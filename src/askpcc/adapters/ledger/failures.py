"""What errors of a database mean for the person who uses the ledger."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from askpcc.adapters.sqlite_errors import Cause, find_cause
from askpcc.errors import LedgerError

_CONNECTION_CLASSES = ("08", "28", "3D", "53", "57")
"""Classes of SQLSTATE of PostgreSQL about reaching the server: connection, authorization, database name,
resources, an administrator's doing."""


@contextmanager
def in_our_words(place: str) -> Iterator[None]:
    """Let what SQLAlchemy raises come out as a LedgerError.  place: the ledger's URL without secrets."""
    try:
        yield
    except SQLAlchemyError as exc:
        raise translate(exc, place) from exc


def translate(exc: SQLAlchemyError, place: str) -> LedgerError:
    """Return what an error means, in one sentence and with what to do."""
    reason = _first_line(exc)
    if isinstance(exc, IntegrityError):
        return LedgerError(f"The ledger {place} refused what contradicts what it holds: {reason}.")
    if not isinstance(exc, DBAPIError):
        return LedgerError(f"The ledger {place} cannot keep this: {reason}.")
    if isinstance(exc.orig, sqlite3.Error):
        return _of_sqlite(exc.orig, place, reason)
    state = getattr(exc.orig, "sqlstate", None)
    if exc.connection_invalidated or state is None or state[:2] in _CONNECTION_CLASSES:
        return LedgerError(f"The ledger {place} cannot be reached: {reason}. Check the server and the URL.")
    return LedgerError(f"The ledger {place} refused a statement: {reason}.")


def _of_sqlite(error: sqlite3.Error, place: str, reason: str) -> LedgerError:
    cause = find_cause(error)
    if cause is Cause.BUSY:
        return LedgerError(f"The ledger {place} is locked by another program. Close it and try again.")
    if cause is Cause.DAMAGED:
        return LedgerError(f"The ledger {place} is damaged ({reason}). Put its latest copy in its place.")
    if cause is Cause.MACHINE:
        return LedgerError(
            f"The ledger {place} cannot be used: {reason}. Check its rights and the free space."
        )
    return LedgerError(f"The ledger {place} refused a statement: {reason}.")


def _first_line(exc: SQLAlchemyError) -> str:
    # What follows the first line of PostgreSQL's may show values; what surrounds it is SQLAlchemy's.
    told = exc.orig if isinstance(exc, StatementError) and exc.orig is not None else exc
    lines = str(told).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(told).__name__
