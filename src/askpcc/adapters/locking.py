"""The lock that keeps two runs from writing one index, also when one of them was killed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from askpcc.errors import IndexBusy, IndexFailure


class IndexLock:
    """A lock of the operating system on a file, which ends with the process that holds it.

    wait: seconds to wait for another run.  tell: hears who holds the lock before the wait.
    """

    def __init__(self, path: Path, wait: float, tell: Callable[[str], None]) -> None:
        self._path = path
        self._holder = path.with_name(f"{path.name}.holder")
        self._wait = wait
        self._tell = tell

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; IndexBusy names who else has it when the wait was in vain."""
        lock = self._acquired()
        try:
            self._holder.write_text(
                f"process {os.getpid()} since {datetime.now().astimezone().isoformat(' ', 'seconds')}"
            )
            yield
        finally:
            self._holder.unlink(missing_ok=True)
            lock.release()

    def _acquired(self) -> FileLock:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._wait_for(FileLock(self._path))
        except OSError as exc:
            raise IndexFailure(
                f"The index folder {self._path.parent} cannot be written: {exc.strerror}. "
                "Choose another with --index, or change its rights."
            ) from exc

    def _wait_for(self, lock: FileLock) -> FileLock:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self._tell(f"Waiting for another run on this index: {self._name_holder()}.")
            try:
                lock.acquire(timeout=self._wait, poll_interval=0.1)
            except Timeout as exc:
                raise IndexBusy(
                    f"Another run holds the index {self._path.parent}: {self._name_holder()}. "
                    "Wait until it has ended, or end it."
                ) from exc
        return lock

    def _name_holder(self) -> str:
        try:
            return self._holder.read_text()
        except OSError:
            return "process unknown"
