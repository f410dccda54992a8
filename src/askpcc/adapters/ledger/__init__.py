"""The ledger in SQL: inquiries, answers, opinions and audit lines, in SQLite or PostgreSQL."""

from askpcc.adapters.ledger.ledger import SqlLedger, open_ledger

__all__ = ["SqlLedger", "open_ledger"]
