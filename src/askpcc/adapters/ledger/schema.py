"""The tables of the ledger as they are now; a change of them is a migration.

number: the order in which rows came.  Nothing is deleted but by a purge and by unmuting a thread.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from askpcc.adapters.ledger.columns import UtcTime, Words, cited_words, number, reference, words

VERSION = "0003"
"""The latest migration, after which the tables are as below and in review_schema."""

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
