"""What the ports are in the world; and what an error of SQLite means to all of them."""

import sqlite3
from enum import Enum, auto

_CODES = 0xFF
"""SQLite puts what it knows besides into the higher bits of its codes."""


class Cause(Enum):
    """Why SQLite failed.  MACHINE: rights, space, the disk.  OTHER: a statement that it does not take."""

    BUSY = auto()
    DAMAGED = auto()
    MACHINE = auto()
    OTHER = auto()


_CAUSES = {
    sqlite3.SQLITE_BUSY: Cause.BUSY,
    sqlite3.SQLITE_LOCKED: Cause.BUSY,
    sqlite3.SQLITE_CORRUPT: Cause.DAMAGED,
    sqlite3.SQLITE_NOTADB: Cause.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Cause.MACHINE,
    sqlite3.SQLITE_FULL: Cause.MACHINE,
    sqlite3.SQLITE_IOERR: Cause.MACHINE,
    sqlite3.SQLITE_PERM: Cause.MACHINE,
    sqlite3.SQLITE_READONLY: Cause.MACHINE,
}


def find_cause(error: BaseException | None) -> Cause:
    """Return why SQLite raised an error; OTHER for an error of anybody else's."""
    return _CAUSES.get(getattr(error, "sqlite_errorcode", 0) & _CODES, Cause.OTHER)
