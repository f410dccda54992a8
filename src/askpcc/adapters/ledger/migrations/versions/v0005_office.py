"""Who reviews what, which force a channel means, and what people follow."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _at() -> sa.Column[object]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    """Add the tables; they are empty."""
    op.create_table(
        "assignments",
        sa.Column("answer", sa.Text(), sa.ForeignKey("answers.id"), primary_key=True),
        *_words("person", "by"),
        _at(),
    )
    op.create_table(
        "home_forces",
        sa.Column("team", sa.Text(), primary_key=True),
        sa.Column("channel", sa.Text(), primary_key=True),
        *_words("force", "person"),
        _at(),
    )
    op.create_table(
        "subscriptions",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        *_words("team", "person", "channel", "force", "report", "matter"),
        _at(),
        sa.UniqueConstraint(
            "team", "person", "channel", "force", "report", "matter", name="one_of_each_subscription"
        ),
    )
    op.create_table(
        "told",
        sa.Column("subscription", sa.Text(), sa.ForeignKey("subscriptions.id"), primary_key=True),
        sa.Column("what", sa.Text(), primary_key=True),
        _at(),
    )
