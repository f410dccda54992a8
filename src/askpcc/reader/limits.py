"""How sure the encoder must be before a claim is kept; chosen on documents that it was not taught with."""

import json
from collections.abc import Mapping
from pathlib import Path

from askpcc.errors import ReaderError
from askpcc.model import Status
from askpcc.reader.heads import STATUSES

LIMITS_FILE = "limits.json"


def load_limits(folder: Path) -> Mapping[Status, float]:
    """Return the least chance of each status, from a reader's folder.

    Raises ReaderError where the file is not there, lacks a status or is not what it should be.
    """
    file = folder / LIMITS_FILE
    try:
        held = json.loads(file.read_text(encoding="utf-8"))["agreed"]
        return {Status(name): float(held[name]) for name in STATUSES[1:]}
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ReaderError(
            f"The reader's limits {file} cannot be used: {exc!r}. Install askpcc again."
        ) from exc
