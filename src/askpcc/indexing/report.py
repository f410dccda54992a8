"""What a run of the index did, or would do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from askpcc.register.changes import RegisterChanges


@dataclass(frozen=True, slots=True)
class PassageCount:
    """Passages of a run.  embedded and reused are together what is indexed after it.

    reused: their vector was in the store or in the embedding cache.
    """

    embedded: int = 0
    reused: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read or used.  stale: its last good version stays indexed."""

    document: str
    reason: str
    remedy: str
    stale: bool


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did, or would do; documents by path, sorted.  kept: how many stayed as they were.

    register: what it changed in the register.
    """

    index_version: str
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    kept: int = 0
    passages: PassageCount = field(default_factory=PassageCount)
    failed: Sequence[Failure] = ()
    seconds: float = 0.0
    register: RegisterChanges = field(default_factory=RegisterChanges)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the public interface has it, ready for json.dumps."""
        shape = asdict(replace(self, register=RegisterChanges()))
        return shape | {"seconds": round(self.seconds, 3), "register": self.register.as_json()}
