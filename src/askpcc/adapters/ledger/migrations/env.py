"""What Alembic runs for an upgrade: the migrations, within the transaction of the connection given to it."""

from alembic import context

from askpcc.adapters.ledger.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()
