"""Where a ledger is: its URL, read and checked."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from askpcc.errors import LedgerError

_POSTGRESQL = ("postgresql", "postgresql+psycopg")
_FORMS = "sqlite:///<file> or postgresql+psycopg://<user>:<password>@<host>/<database>"


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """Where a ledger is.  file: of SQLite; None on PostgreSQL."""

    url: URL
    file: Path | None

    @property
    def shown(self) -> str:
        """Return what people may see of it: no password and no further parameters."""
        return str(self.file) if self.file else self.url.set(query={}).render_as_string(hide_password=True)


def read_place(url: str) -> LedgerPlace:
    """Read a ledger's URL; LedgerError, which shows no password, for one that cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # What went wrong is not shown beside it: it may quote a part of the password.
        raise LedgerError(f"The ledger's URL cannot be read. Write {_FORMS}.") from None
    if parsed.drivername in _POSTGRESQL:
        return LedgerPlace(parsed.set(drivername="postgresql+psycopg"), None)
    if parsed.drivername != "sqlite":
        raise LedgerError(f"A ledger cannot be kept in {parsed.drivername}. Write {_FORMS}.")
    if parsed.database in {None, "", ":memory:"} or parsed.query:
        raise LedgerError(
            "A ledger needs a file that its processes share, and takes no parameters. Write sqlite:///<file>."
        )
    return LedgerPlace(parsed, Path(str(parsed.database)).absolute())
