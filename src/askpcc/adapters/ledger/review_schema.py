"""The tables of what reviewers decide; a change of them is a migration."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from askpcc.adapters.ledger.columns import UtcTime, Words
from askpcc.adapters.ledger.schema import metadata

queue = Table(
    "queue",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("why", Words, nullable=False),
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
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("reviewer", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ruling", Words, nullable=False),
    Column("judgements", JSON, nullable=False),
    Column("comment", Words, nullable=False),
    Index("verdicts_by_answer", "answer"),
)

# What verdicts say.  part: "correction", or "approval" for what is answered from then on.
ruled_statements = Table(
    "ruled_statements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("verdict", Words, ForeignKey("verdicts.id"), nullable=False),
    Column("part", Words, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("status", Words),
    UniqueConstraint("verdict", "part", "ordinal", name="one_ruled_statement_a_place"),
)

# statement: the ordinal of the statement that rests on it; the others as in citations.
ruled_citations = Table(
    "ruled_citations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("verdict", Words, ForeignKey("verdicts.id"), nullable=False),
    Column("part", Words, nullable=False),
    Column("statement", Integer, nullable=False),
    Column("document", Words, nullable=False),
    Column("version", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("page", Integer),
    Column("url", Words),
    Index("ruled_citations_by_verdict", "verdict"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("verdict", Words, ForeignKey("verdicts.id"), nullable=False, unique=True),
    Column("answer", Words, ForeignKey("answers.id"), nullable=False),
    Column("key", Words, nullable=False),
    Column("reviewer", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("basis", Words, nullable=False),
    Column("lapsed_at", UtcTime),
    Column("lapse", Words, nullable=False),
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

TABLES = frozenset(metadata.tables)
"""The names of all tables of a ledger."""
