"""The ledger's tables."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
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


VERSION = "0005"
"""The latest migration, after which the tables are as below."""

VERSION_TABLE = "ledger_version"
"""Where the ledger keeps its version; not Alembic's own name, which another program may use beside us."""

metadata = MetaData()

inquiries = Table(
    "inquiries",
    metadata,
    number(),
    Column("id", Words, nullable=False, unique=True),
    *words("surface", "team", "channel", "thread", "message", "person", "words"),
    Column("asked_at", UtcTime, nullable=False),
    Column("history", JSON, nullable=False),
    Column("private", Boolean, nullable=False),
    *words("reply_to", "state"),
    Column("edition", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("worker", Words),
    Column("lease_until", UtcTime),
    UniqueConstraint("surface", "team", "channel", "message", name="one_inquiry_a_place"),
    Index("inquiries_by_state", "state", "asked_at"),
    Index("inquiries_by_person", "team", "person", "asked_at"),
    Index("inquiries_by_thread", "team", "channel", "thread"),
    Index("inquiries_by_time", "asked_at", "number"),
)

SPENT = ("tokens_read", "tokens_written", "model_milliseconds")
"""What a language model took for an answer; 0 without one."""

# words, history: of the edition that was answered, which people may have edited since.
answers = Table(
    "answers",
    metadata,
    number(),
    Column("id", Words, nullable=False, unique=True),
    reference("inquiry", "inquiries.id"),
    Column("edition", Integer, nullable=False),
    *words("words"),
    Column("history", JSON, nullable=False),
    *words("wanted"),
    Column("reason", Words),
    *words("note"),
    Column("verdict", Words, nullable=False, server_default=""),
    Column("withheld", Integer, nullable=False),
    *words("index_version"),
    Column("answered_at", UtcTime, nullable=False),
    *words("writer"),
    Column("milliseconds", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("endorsed_by", Words),
    Column("endorsed_at", UtcTime),
    *(Column(name, Integer, nullable=False, server_default="0") for name in SPENT),
    UniqueConstraint("inquiry", "edition", name="one_answer_an_edition"),
)

statements = Table(
    "statements",
    metadata,
    number(),
    reference("answer", "answers.id"),
    Column("ordinal", Integer, nullable=False),
    *words("text"),
    Column("status", Words),
    Column("matter", Words, nullable=False, server_default=""),
    UniqueConstraint("answer", "ordinal", name="one_statement_a_place"),
)

# statement: the ordinal of the statement that rests on it; none where it is among an abstention's nearest.
citations = Table(
    "citations",
    metadata,
    number(),
    reference("answer", "answers.id"),
    Column("statement", Integer),
    *cited_words(),
    Index("citations_by_answer", "answer"),
    Index("citations_by_version", "document", "version"),
)

posts = Table(
    "posts",
    metadata,
    number(),
    reference("answer", "answers.id"),
    *words("channel", "ts"),
    UniqueConstraint("answer", "channel", "ts", name="one_post_a_message"),
)

opinions = Table(
    "feedback",
    metadata,
    number(),
    reference("answer", "answers.id"),
    *words("person", "opinion"),
    Column("at", UtcTime, nullable=False),
    Column("fault", Words),
    *words("comment"),
    UniqueConstraint("answer", "person", name="one_opinion_a_person"),
)

help_requests = Table(
    "help_requests",
    metadata,
    number(),
    Column("id", Words, nullable=False, unique=True),
    reference("answer", "answers.id"),
    *words("person"),
    Column("at", UtcTime, nullable=False),
    Column("channel", Words),
    Column("ts", Words),
    Column("resolved_by", Words),
    Index("help_requests_by_answer", "answer"),
)

_OPEN = text("resolved_by IS NULL")
Index(
    "one_open_request_an_answer",
    help_requests.c.answer,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)

acts = Table(
    "acts",
    metadata,
    number(),
    *words("person", "did", "about"),
    Column("at", UtcTime, nullable=False),
    *words("result"),
)

marks = Table(
    "marks",
    metadata,
    Column("name", Words, primary_key=True),
    *words("value"),
)

mutes = Table(
    "mutes",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("thread", Words, primary_key=True),
    *words("person"),
    Column("at", UtcTime, nullable=False),
)


queue = Table(
    "queue",
    metadata,
    number(),
    reference("answer", "answers.id"),
    *words("why"),
    Column("at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Index("queue_by_answer", "answer"),
)

_WAITS = text("closed_at IS NULL")
Index(
    "one_waiting_reason",
    queue.c.answer,
    queue.c.why,
    unique=True,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)

# judgements: one a statement of the answer, or null.
verdicts = Table(
    "verdicts",
    metadata,
    number(),
    Column("id", Words, nullable=False, unique=True),
    reference("answer", "answers.id"),
    *words("reviewer"),
    Column("at", UtcTime, nullable=False),
    *words("ruling"),
    Column("judgements", JSON, nullable=False),
    *words("comment"),
    Index("verdicts_by_answer", "answer"),
)

# What verdicts say.  part: "correction", or "approval" for what is answered from then on.
ruled_statements = Table(
    "ruled_statements",
    metadata,
    number(),
    reference("verdict", "verdicts.id"),
    *words("part"),
    Column("ordinal", Integer, nullable=False),
    *words("text"),
    Column("status", Words),
    Column("matter", Words, nullable=False, server_default=""),
    UniqueConstraint("verdict", "part", "ordinal", name="one_ruled_statement_a_place"),
)

# statement: the ordinal of the statement that rests on it; the others as in citations.
ruled_citations = Table(
    "ruled_citations",
    metadata,
    number(),
    reference("verdict", "verdicts.id"),
    *words("part"),
    Column("statement", Integer, nullable=False),
    *cited_words(),
    Index("ruled_citations_by_verdict", "verdict"),
)

approvals = Table(
    "approvals",
    metadata,
    number(),
    reference("verdict", "verdicts.id", unique=True),
    reference("answer", "answers.id"),
    *words("key", "reviewer"),
    Column("at", UtcTime, nullable=False),
    *words("basis"),
    Column("lapsed_at", UtcTime),
    *words("lapse"),
    Index("approvals_by_answer", "answer"),
)

_STANDS = text("lapsed_at IS NULL")
Index(
    "one_standing_approval_a_key",
    approvals.c.key,
    unique=True,
    sqlite_where=_STANDS,
    postgresql_where=_STANDS,
)

# Who has taken it upon themselves to review an answer, or was asked to by another.  by: who said so.
assignments = Table(
    "assignments",
    metadata,
    Column("answer", Words, ForeignKey("answers.id"), primary_key=True),
    *words("person", "by"),
    Column("at", UtcTime, nullable=False),
)

# The force that a channel means where it names none.
home_forces = Table(
    "home_forces",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    *words("force", "person"),
    Column("at", UtcTime, nullable=False),
)

# What a person or a channel follows.  channel: "" for the person alone.  force, report, matter: "" for any.
subscriptions = Table(
    "subscriptions",
    metadata,
    number(),
    Column("id", Words, nullable=False, unique=True),
    *words("team", "person", "channel", "force", "report", "matter"),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint(
        "team", "person", "channel", "force", "report", "matter", name="one_of_each_subscription"
    ),
)

# What was told to a subscription, so that it is told once.
told = Table(
    "told",
    metadata,
    Column("subscription", Words, ForeignKey("subscriptions.id"), primary_key=True),
    Column("what", Words, primary_key=True),
    Column("at", UtcTime, nullable=False),
)

TABLES = frozenset(metadata.tables)
"""The names of all tables of a ledger."""
