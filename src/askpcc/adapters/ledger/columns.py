"""What columns hold alike in SQLite and PostgreSQL, and the columns that many tables have."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Integer, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED = re.compile("\x10([0-9a-f]{4})")


def escape(words: str) -> str:
    r"""Return words that every database takes.

    PostgreSQL takes no NUL, and no encoding takes half of a surrogate pair.  Each is written as DLE (U+0010)
    and its four hexadecimal digits, and so is a DLE; all other words stay as they are.
    """
    return _UNSTORABLE.sub(lambda found: f"\x10{ord(found[0]):04x}", words)


def unescape(stored: str) -> str:
    """Return the words that were escaped."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)


class Words(TypeDecorator[str]):
    """Any str, given back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's)
        """Return what is stored."""
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's)
        """Return what was given."""
        return None if value is None else unescape(value)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, given back in UTC; SQLite keeps it as text that sorts as the times do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's)
        """Return the time in UTC; ValueError for one that does not say where it holds."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's)
        """Return the time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def number() -> Column[int]:
    """Return the column of the order in which rows came."""
    return Column("number", Integer, primary_key=True)


def words(*names: str) -> tuple[Column[str], ...]:
    """Return columns of words that are always there."""
    return tuple(Column(name, Words, nullable=False) for name in names)


def reference(name: str, to: str, *, unique: bool = False) -> Column[str]:
    """Return a column that names a row of another table, such as "answers.id"."""
    return Column(name, Words, ForeignKey(to), nullable=False, unique=unique)


def cited_words() -> tuple[Column[Any], ...]:
    """Return the columns of a citation.

    span_start, span_end: characters of the stored text of that version, as in Span.
    """
    return (
        *words("document", "version", "title"),
        Column("span_start", Integer, nullable=False),
        Column("span_end", Integer, nullable=False),
        *words("quote"),
        Column("page", Integer),
        Column("url", Words),
    )
