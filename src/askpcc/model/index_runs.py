"""Runs of the index that changed what is indexed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class IndexRun:
    """What one run changed.  at: in UTC.  Documents by path, sorted.

    register: what changed in the register, as ``askpcc index --json`` prints it.
    """

    index_version: str
    at: datetime
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    register: Mapping[str, Any] = field(default_factory=dict)
