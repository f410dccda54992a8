"""What was done to the tables since the first ones, as Alembic runs it when a ledger is opened."""
