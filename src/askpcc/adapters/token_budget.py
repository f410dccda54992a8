"""The tokens that a language model may read and write in a day, counted in a file."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from askpcc.errors import ModelError
from askpcc.model import Spent

_LOCK_SECONDS = 5.0


class Unlimited:
    """Lets everything be read and written."""

    def refuse_when_spent(self) -> None:
        """Refuse nothing."""

    def count(self, spent: Spent) -> None:
        """Count nothing."""


class FileBudget:
    """A number of tokens a day; calls that run at the same time can go beyond it by what they take.

    today: the day in UTC.  A file that cannot be read counts as spent, since nobody knows what it held.
    """

    def __init__(self, file: Path, most: int, today: Callable[[], date]) -> None:
        self._file = file
        self._most = most
        self._today = today

    def refuse_when_spent(self) -> None:
        """Raise ModelError when nothing is left of today's tokens."""
        if self._read() >= self._most:
            raise ModelError(f"the {self._most:,} tokens that it may use in a day are used up", lasting=True)

    def count(self, spent: Spent) -> None:
        """Add what was spent; raises ModelError where that cannot be kept: nothing would ever end it."""
        try:
            self._add(spent.read + spent.written)
        except OSError as exc:  # also the lock's time-out
            raise ModelError(f"its count of tokens cannot be kept in {self._file}") from exc

    def _add(self, tokens: int) -> None:
        from filelock import FileLock

        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._file}.lock", timeout=_LOCK_SECONDS):
            held = {"day": self._today().isoformat(), "tokens": self._read() + tokens}
            written = self._file.with_name(f"{self._file.name}.new")
            written.write_text(json.dumps(held), "utf-8")
            written.replace(self._file)

    def _read(self) -> int:
        try:
            held = json.loads(self._file.read_text("utf-8"))
            day, tokens = str(held["day"]), int(held["tokens"])
            return tokens if day == self._today().isoformat() else 0
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, TypeError, KeyError) as exc:
            raise ModelError(f"its count of tokens in {self._file} cannot be read; remove it") from exc
