"""What was looked up is remembered for a while."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

_Found = TypeVar("_Found")


class Memory(Generic[_Found]):
    """Remembers so many things for so many seconds; what was looked up longest ago goes first.

    now: seconds on a clock that never goes back.  Safe in several threads.
    """

    def __init__(self, now: Callable[[], float], seconds: float, most: int) -> None:
        self._now = now
        self._seconds = seconds
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, _Found]] = OrderedDict()

    def get(self, id_: str) -> _Found | None:
        """Return what was found, or None where it was not looked up or too long ago."""
        with self._lock:
            kept = self._kept.get(id_)
            return kept[1] if kept and self._now() - kept[0] < self._seconds else None

    def keep(self, id_: str, found: _Found) -> _Found:
        """Remember what was found, and return it."""
        with self._lock:
            self._kept.pop(id_, None)
            self._kept[id_] = (self._now(), found)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
