"""What the ports are in the world; how all of them read nouns, and what an error of SQLite means to them."""

import sqlite3
from collections.abc import Mapping
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_Noun = TypeVar("_Noun")

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


def read_noun(noun: type[_Noun], shape: Mapping[Any, Any]) -> _Noun:
    """Return the noun of a shape that holds its fields by name, and possibly more.

    A field that is a noun may be one already, or a shape of its own; a list does for a tuple, and a string
    for a member of an enumeration.  Raises ValueError for a shape without a field or with another type.
    """
    read: _Noun = _adapter(noun).validate_python(dict(shape))  # type: ignore[arg-type] # a class is hashable
    return read


@cache
def _adapter(noun: type[_Noun]) -> "TypeAdapter[_Noun]":
    # Importing it takes longer than most commands need for all that they read.
    from pydantic import TypeAdapter

    return TypeAdapter(noun)
