"""The tables of the ledger as they are now; a change of them is a migration.

number: the order in which rows came.  Nothing is deleted but by a purge and by unmuting a thread.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from askpcc.adapters.ledger.columns import UtcTime, Words

VERSION = "0003"
"""The latest migration, after which the tables are as below and in review_schema."""

VERSION_TABLE = "ledger_version"
"""Where the ledger keeps its version; not Alembic's own name, which another program may use beside us."""

metadata = MetaData()

inquiries = Table(
    "inquiries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("surface", Words, nullable=False),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("history", JSON, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("reply_to", Words, nullable=False),
    Column("state", Words, nullable=False),
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
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("inquiry", Words, ForeignKey("inquiries.id"), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("history", JSON, nullable=False),
    Column("wanted", Words, nullable=False),
    Column("reason", Words),
    Column("note", Words, nullable=False),
    Column("withheld", Integer, nullable=False),
    Column("index_version", Words, nullable=False),
    Column("answered_at", UtcTime, nullable=False),
    Column("writer", Words, nullable=False),
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
    Column("number", Integer, primary_key=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("status", Words),
    UniqueConstraint("answer", "ordinal", name="one_statement_a_place"),
)

# statement: the ordinal of the statement that rests on it; none where it is among an abstention's nearest.
# span_start, span_end: characters of the stored text of that version, as in Span.
citations = Table(
    "citations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("statement", Integer),
    Column("document", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("page", Integer),
    Column("url", Words),
    Index("citations_by_answer", "answer"),
    Index("citations_by_version", "document", "version"),
)

posts = Table(
    "posts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("channel", Words, nullable=False),
    Column("ts", Words, nullable=False),
    UniqueConstraint("answer", "channel", "ts", name="one_post_a_message"),
)

opinions = Table(
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("person", Words, nullable=False),
    Column("opinion", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("fault", Words),
    Column("comment", Words, nullable=False),
    UniqueConstraint("answer", "person", name="one_opinion_a_person"),
)

help_requests = Table(
    "help_requests",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("person", Words, nullable=False),
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
    Column("number", Integer, primary_key=True),
    Column("person", Words, nullable=False),
    Column("did", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("result", Words, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

mutes = Table(
    "mutes",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("thread", Words, primary_key=True),
    Column("person", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
)
