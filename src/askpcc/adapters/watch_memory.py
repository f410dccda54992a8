"""What is known of watched pages and their links, in a file of SQLite beside the index."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from askpcc.downloads import address_key
from askpcc.errors import IndexFailure
from askpcc.model import Lead, LeadState, Validators

_WAIT_SECONDS = 30
_COLUMNS = "address, title, page, state, reason"
_TABLES = """
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS leads (
    row INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, address TEXT NOT NULL,
    title TEXT NOT NULL, page TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0
);
"""


class SqliteWatchMemory:
    """Keeps pages and links by their address; IndexFailure where the file cannot be used.

    Safe in several threads and processes.  Until something is noted there is no file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def validators(self, page: str) -> Validators:
        """Return those of the version of a page that was read last."""
        found = self._select("SELECT etag, modified FROM pages WHERE key = ?", address_key(page))
        return Validators(*found[0]) if found else Validators()

    def note_page(self, page: str, validators: Validators, leads: Sequence[Lead]) -> int:
        """Keep the validators of a page, and the links that are not known yet; return how many were new."""
        with self._transaction() as connection:
            kept = (address_key(page), validators.etag, validators.modified)
            connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", kept)
            before = connection.total_changes
            connection.executemany(
                f"INSERT OR IGNORE INTO leads (key, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
                [
                    (address_key(lead.address), lead.address, lead.title, lead.page, lead.state, lead.reason)
                    for lead in leads
                ],
            )
            return connection.total_changes - before

    def leads(self, state: LeadState, limit: int) -> list[Lead]:
        """Return links of a state, those tried least first, then the oldest."""
        asked = f"SELECT {_COLUMNS} FROM leads WHERE state = ? ORDER BY tries, row LIMIT ?"  # noqa: S608 - ours
        return [_read(row) for row in self._select(asked, state, limit)]

    def lead(self, address: str) -> Lead | None:
        """Return the link with an address; None where it is not known."""
        asked = f"SELECT {_COLUMNS} FROM leads WHERE key = ?"  # noqa: S608 - ours
        return next((_read(row) for row in self._select(asked, address_key(address))), None)

    def settle(self, address: str, state: LeadState, reason: str = "") -> None:
        """Note what has become of a link."""
        with self._transaction() as connection:
            changed = (state, reason, address_key(address))
            connection.execute("UPDATE leads SET state = ?, reason = ? WHERE key = ?", changed)

    def postpone(self, address: str) -> int:
        """Count that a link was tried in vain; return how often it was."""
        with self._transaction() as connection:
            asked = "UPDATE leads SET tries = tries + 1 WHERE key = ? RETURNING tries"
            found = connection.execute(asked, (address_key(address),)).fetchall()
            return int(found[0][0]) if found else 0

    def take_untold(self) -> list[Lead]:
        """Return the offered links that nobody was told of; they count as told from now on."""
        asked = f"SELECT {_COLUMNS} FROM leads WHERE state = ? AND NOT told ORDER BY row"  # noqa: S608 - ours
        if not self._select(f"{asked} LIMIT 1", LeadState.OFFERED):  # so that looking writes nothing
            return []
        with self._transaction() as connection:
            found = connection.execute(asked, (LeadState.OFFERED,)).fetchall()
            connection.execute("UPDATE leads SET told = 1 WHERE state = ?", (LeadState.OFFERED,))
            return [_read(row) for row in found]

    def untell(self, leads: Sequence[Lead]) -> None:
        """Note that links were told to nobody after all."""
        with self._transaction() as connection:
            keys = [(address_key(lead.address),) for lead in leads]
            connection.executemany("UPDATE leads SET told = 0 WHERE key = ?", keys)

    def _select(self, asked: str, *values: str | int) -> list[tuple[str, ...]]:
        if not self._path.exists():
            return []
        with self._transaction() as connection:
            return connection.execute(asked, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one step, which other processes see whole or not at all."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)) as opened:
                opened.executescript(_TABLES)
                opened.execute("BEGIN IMMEDIATE")
                try:
                    yield opened
                except BaseException:
                    opened.execute("ROLLBACK")
                    raise
                opened.execute("COMMIT")
        except (sqlite3.Error, OSError) as exc:
            raise IndexFailure(
                f"What is known of watched pages, {self._path}, cannot be used: {exc}. Check its rights and "
                "the space; if it is damaged remove it, and links are found anew."
            ) from exc


def _read(row: tuple[str, ...]) -> Lead:
    address, title, page, state, reason = row
    return Lead(address, title, page, LeadState(state), reason)
