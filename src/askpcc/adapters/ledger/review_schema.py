"""The tables of what reviewers decide; a change of them is a migration."""

from sqlalchemy import JSON, Column, Index, Integer, Table, UniqueConstraint, text

from askpcc.adapters.ledger.columns import UtcTime, Words, cited_words, number, reference, words
from askpcc.adapters.ledger.schema import metadata

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

TABLES = frozenset(metadata.tables)
"""The names of all tables of a ledger."""
