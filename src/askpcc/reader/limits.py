"""How sure the reader must be before it says something; chosen on documents that it was not taught with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from askpcc.errors import ReaderError
from askpcc.model import Status

_FILE = "data/reader/limits.json"


@dataclass(frozen=True, slots=True)
class StatusLimits:
    """The least chance (0 to 1) of each status.  temperature: what raw scores are divided by."""

    least: Mapping[Status, float]
    temperature: float = 1.0

    @property
    def fingerprint(self) -> str:
        """Return what tells these limits from others."""
        told = (f"{status} {self.least[status]}" for status in sorted(self.least))
        return ", ".join([*told, f"/{self.temperature}"])


def load_status_limits() -> StatusLimits:
    """Return the limits that are installed with this package; raises ReaderError where they are damaged."""
    file = resources.files("askpcc") / _FILE
    try:
        return read_status_limits(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as exc:
        raise ReaderError(
            f"The reader's limits {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc


def read_status_limits(data: Mapping[str, Any]) -> StatusLimits:
    """Return the limits of a file: {"status": {name: chance}, "temperature": {"status": number}}."""
    least = {Status(name): float(chance) for name, chance in data["status"].items()}
    return StatusLimits(least, float(data.get("temperature", {}).get("status", 1.0)))
