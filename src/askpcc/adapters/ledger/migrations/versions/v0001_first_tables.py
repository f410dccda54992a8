"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_inquiries()
    _make_answers()
    _make_contents()
    _make_opinions()
    _make_journal()


def _make_inquiries() -> None:
    op.create_table(
        "inquiries",
        sa.Column("number", sa.Integer(), primary_key=True),
        *_texts("id", "surface", "team", "channel", "thread", "message", "person", "words"),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        *_texts("reply_to", "state"),
        *_integers("edition", "attempt"),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", _TIME),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("surface", "team", "channel", "message", name="one_inquiry_a_place"),
    )
    op.create_index("inquiries_by_state", "inquiries", ["state", "asked_at"])
    op.create_index("inquiries_by_person", "inquiries", ["team", "person", "asked_at"])
    op.create_index("inquiries_by_thread", "inquiries", ["team", "channel", "thread"])


def _make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("number", sa.Integer(), primary_key=True),
        *_texts("id"),
        sa.Column("inquiry", sa.Text(), sa.ForeignKey("inquiries.id"), nullable=False),
        *_integers("edition"),
        *_texts("words"),
        sa.Column("history", sa.JSON(), nullable=False),
        *_texts("wanted"),
        sa.Column("reason", sa.Text()),
        *_texts("note"),
        *_integers("withheld"),
        *_texts("index_version"),
        sa.Column("answered_at", _TIME, nullable=False),
        *_texts("writer"),
        *_integers("milliseconds"),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("inquiry", "edition", name="one_answer_an_edition"),
    )


def _make_contents() -> None:
    op.create_table(
        "statements",
        *_belonging_to_an_answer(),
        *_integers("ordinal"),
        *_texts("text"),
        sa.Column("status", sa.Text()),
        sa.UniqueConstraint("answer", "ordinal", name="one_statement_a_place"),
    )
    op.create_table(
        "citations",
        *_belonging_to_an_answer(),
        sa.Column("statement", sa.Integer()),
        *_texts("document", "version", "title"),
        *_integers("span_start", "span_end"),
        *_texts("quote"),
        sa.Column("page", sa.Integer()),
        sa.Column("url", sa.Text()),
    )
    op.create_index("citations_by_answer", "citations", ["answer"])
    op.create_index("citations_by_version", "citations", ["document", "version"])
    op.create_table(
        "posts",
        *_belonging_to_an_answer(),
        *_texts("channel", "ts"),
        sa.UniqueConstraint("answer", "channel", "ts", name="one_post_a_message"),
    )


def _make_opinions() -> None:
    op.create_table(
        "feedback",
        *_belonging_to_an_answer(),
        *_texts("person", "opinion"),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("fault", sa.Text()),
        *_texts("comment"),
        sa.UniqueConstraint("answer", "person", name="one_opinion_a_person"),
    )
    op.create_table(
        "help_requests",
        *_belonging_to_an_answer(),
        *_texts("id", "person"),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("channel", sa.Text()),
        sa.Column("ts", sa.Text()),
        sa.Column("resolved_by", sa.Text()),
        sa.UniqueConstraint("id"),
    )
    unresolved = sa.text("resolved_by IS NULL")
    op.create_index(
        "one_open_request_an_answer",
        "help_requests",
        ["answer"],
        unique=True,
        sqlite_where=unresolved,
        postgresql_where=unresolved,
    )


def _make_journal() -> None:
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer(), primary_key=True),
        *_texts("person", "did", "about"),
        sa.Column("at", _TIME, nullable=False),
        *_texts("result"),
    )
    op.create_table("marks", sa.Column("name", sa.Text(), primary_key=True), *_texts("value"))
    op.create_table(
        "mutes",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("team", "channel", "thread")),
        *_texts("person"),
        sa.Column("at", _TIME, nullable=False),
    )


def _belonging_to_an_answer() -> tuple[sa.Column[int], sa.Column[str]]:
    number = sa.Column("number", sa.Integer(), primary_key=True)
    return number, sa.Column("answer", sa.Text(), sa.ForeignKey("answers.id"), nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _integers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
