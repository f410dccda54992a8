"""Counts how far a step of a run is, for whoever watches it."""

from collections.abc import Callable


class Steps:
    """Counts what is done of a step.  show: hears that so many of so many are done, and what."""

    def __init__(self, show: Callable[[int, int, str], None], what: str, total: int) -> None:
        self._show = show
        self._what = what
        self._total = total
        self._done = 0

    def __call__(self, done: int) -> None:
        """Note that so many more are done; what is done again counts for no more than the whole."""
        self._done = min(self._total, self._done + done)
        self._show(self._done, self._total, self._what)
