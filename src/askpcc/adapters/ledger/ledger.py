"""The ledger as a whole, and how it is opened."""

from datetime import UTC, datetime

from askpcc.adapters.ledger.answers import SqlAnswerBook
from askpcc.adapters.ledger.archive import SqlArchive
from askpcc.adapters.ledger.database import Database
from askpcc.adapters.ledger.erasing import SqlErasing
from askpcc.adapters.ledger.inbox import SqlInbox
from askpcc.adapters.ledger.journal import SqlJournal
from askpcc.adapters.ledger.migrating import migrate
from askpcc.adapters.ledger.opinions import SqlOpinions
from askpcc.adapters.ledger.part import Clock
from askpcc.adapters.ledger.place import read_place
from askpcc.adapters.ledger.reviews import SqlReviewBook
from askpcc.adapters.ledger.threads import SqlThreads
from askpcc.adapters.ledger.worklist import SqlWorkList


class SqlLedger(
    SqlInbox,
    SqlWorkList,
    SqlAnswerBook,
    SqlThreads,
    SqlOpinions,
    SqlJournal,
    SqlReviewBook,
    SqlArchive,
    SqlErasing,
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
