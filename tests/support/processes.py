"""Whether processes that a test has started, or had started, are still there."""

import time
from pathlib import Path

_PATIENCE = 5.0
"""Seconds in which a process that was killed is gone."""


def is_running(process: int) -> bool:
    """Tell whether a process goes on; one that has ended and that nobody has asked after does not."""
    until = time.monotonic() + _PATIENCE
    while _goes_on(process):
        if time.monotonic() > until:
            return True
        time.sleep(0.05)
    return False


def _goes_on(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] not in {"Z", "X"}
