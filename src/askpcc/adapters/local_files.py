"""Reading a file of this machine that is to be put into the corpus."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from askpcc.adding.fetched import Fetched
from askpcc.errors import BadDocument

MAX_BYTES = 20 * 1024 * 1024
# A pipe opened without it would wait for somebody to write.
NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class LocalFiles:
    """Reads ordinary files up to a size in bytes; BadDocument says what is wrong with another one."""

    today: Callable[[], date]
    max_bytes: int = MAX_BYTES

    def fetch(self, path: str) -> Fetched:
        """Read a file by its path, which may begin with ``~``."""
        try:
            data = self._read(Path(path).expanduser())
        except FileNotFoundError as exc:
            remedy = "Check its path; a web address begins with https://"
            raise BadDocument(path, "There is no such file.", remedy) from exc
        except (OSError, RuntimeError, ValueError) as exc:
            raise BadDocument(path, f"It cannot be read ({exc}).", "Check its path and permissions.") from exc
        if data is None:
            raise BadDocument(path, "It is a folder, a device or a pipe.", "Give one file.")
        if len(data) > self.max_bytes:
            raise BadDocument(
                path, f"It is larger than {self.max_bytes:,} bytes.", "Split it or save it smaller."
            )
        if not data:
            raise BadDocument(path, "It is empty.", "Save it again.")
        return Fetched(data, self.today().isoformat(), Path(path).name)

    def _read(self, path: Path) -> bytes | None:
        """Return the bytes, at most one more than allowed; None for what is no ordinary file."""
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with os.fdopen(os.open(path, os.O_RDONLY | NEVER_WAIT), "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            return file.read(self.max_bytes + 1) if regular else None
