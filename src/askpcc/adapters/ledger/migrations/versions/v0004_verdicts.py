"""The line that an answer begins with, and what each statement is of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ADDED = {"answers": "verdict", "statements": "matter", "ruled_statements": "matter"}


def upgrade() -> None:
    """Add both; answers so far have neither."""
    for table, name in _ADDED.items():
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
