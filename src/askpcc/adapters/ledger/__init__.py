"""The ledger in SQL: inquiries, answers, opinions and audit lines, in SQLite or PostgreSQL."""

from datetime import UTC, datetime

from askpcc.adapters.ledger.answer_records import (
    SqlAnswerBook,
    SqlJournal,
    SqlOpinions,
    SqlReviewBook,
)
from askpcc.adapters.ledger.database import (
    Clock,
    Database,
    migrate,
    read_place,
)
from askpcc.adapters.ledger.inquiry_records import SqlInbox, SqlThreads, SqlWorkList
from askpcc.adapters.ledger.retention import SqlArchive


class SqlLedger(
    SqlInbox,
    SqlWorkList,
    SqlAnswerBook,
    SqlThreads,
    SqlOpinions,
    SqlJournal,
    SqlReviewBook,
    SqlArchive,
):
    """All that a ledger keeps; threads and processes may share it.

    Every method but records is one transaction.
    Raises LedgerError where the database does not do what was asked; then nothing was written.
    """

    def close(self) -> None:
        """Let go of all connections."""
        self._database.close()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_ledger(url: str, now: Clock = _utc_now) -> SqlLedger:
    """Open the ledger of a URL, make its tables or bring them up to date.

    url: sqlite:///<file>, which is made with its folder, or postgresql+psycopg://.  now: an aware clock.
    Raises LedgerError, also for a ledger that a newer askpcc wrote.
    """
    place = read_place(url)
    migrate(place)
    return SqlLedger(Database(place), now)
