"""What a language model took for an answer: tokens and time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_AMOUNTS = ("tokens_read", "tokens_written", "model_milliseconds")


def upgrade() -> None:
    """Add the amounts; answers so far were written without a model."""
    for name in _AMOUNTS:
        op.add_column("answers", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
