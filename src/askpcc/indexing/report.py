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

    def as_text(self) -> str:
        """Return the failure as a line."""
        rest = " Its last good version stays indexed." if self.stale else ""
        return f"failed  {self.document}: {self.reason} {self.remedy}{rest}"


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

    def as_text(self) -> str:
        """Return the report for people: what failed last, where the eye rests."""
        names = {"added": self.added, "changed": self.changed, "removed": self.removed}
        lines = [f"{what:<8}{path}" for what, paths in names.items() for path in paths]
        documents = {what: len(paths) for what, paths in names.items()}
        documents |= {"kept": self.kept, "failed": len(self.failed)}
        lines.append("documents: " + ", ".join(f"{count} {what}" for what, count in documents.items()))
        lines.append("passages:  " + ", ".join(f"{n} {what}" for what, n in asdict(self.passages).items()))
        lines.append(f"index {self.index_version or 'not there yet'}, {self.seconds:.1f} s")
        return "\n".join([*lines, *(failure.as_text() for failure in self.failed)])
