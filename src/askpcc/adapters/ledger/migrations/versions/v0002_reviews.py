"""What reviewers decide: the queue, verdicts, approvals, and who endorsed an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and what is needed to read everything in its order."""
    op.add_column("answers", sa.Column("endorsed_by", sa.Text()))
    op.add_column("answers", sa.Column("endorsed_at", _TIME))
    op.create_index("inquiries_by_time", "inquiries", ["asked_at", "number"])
    op.create_index("help_requests_by_answer", "help_requests", ["answer"])
    _make_queue()
    _make_verdicts()
    _make_rulings()
    _make_approvals()


def _make_queue() -> None:
    op.create_table(
        "queue",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("answer", sa.Text(), sa.ForeignKey("answers.id"), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("closed_at", _TIME),
    )
    op.create_index("queue_by_answer", "queue", ["answer"])
    _make_unique_where("one_waiting_reason", "queue", ["answer", "why"], "closed_at IS NULL")


def _make_verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), sa.ForeignKey("answers.id"), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("judgements", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.UniqueConstraint("id"),
    )
    op.create_index("verdicts_by_answer", "verdicts", ["answer"])


def _make_rulings() -> None:
    op.create_table(
        "ruled_statements",
        *_belonging_to_a_verdict(),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.Text()),
        sa.UniqueConstraint("verdict", "part", "ordinal", name="one_ruled_statement_a_place"),
    )
    op.create_table(
        "ruled_citations",
        *_belonging_to_a_verdict(),
        sa.Column("statement", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("document", "version", "title")),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("url", sa.Text()),
    )
    op.create_index("ruled_citations_by_verdict", "ruled_citations", ["verdict"])


def _make_approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("verdict", sa.Text(), sa.ForeignKey("verdicts.id"), nullable=False),
        sa.Column("answer", sa.Text(), sa.ForeignKey("answers.id"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("lapsed_at", _TIME),
        sa.Column("lapse", sa.Text(), nullable=False),
        sa.UniqueConstraint("verdict"),
    )
    op.create_index("approvals_by_answer", "approvals", ["answer"])
    _make_unique_where("one_standing_approval_a_key", "approvals", ["key"], "lapsed_at IS NULL")


def _make_unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=only, postgresql_where=only)


def _belonging_to_a_verdict() -> tuple[sa.Column[int], sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("verdict", sa.Text(), sa.ForeignKey("verdicts.id"), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
    )
