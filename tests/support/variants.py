"""Variants of the test corpus, read from their table, and applied to a copy of it."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "cases" / "variants.toml"


@dataclass(frozen=True, slots=True)
class Variant:
    """One change to the corpus, a question, and what its answer was and becomes; see the table's head."""

    name: str
    question: str
    was: str
    documents: tuple[str, ...] = ()
    swaps: tuple[tuple[str, str], ...] = ()
    remove: bool = False
    was_status: str | None = None
    never: str | None = None
    never_status: str | None = None
    now: str | None = None
    now_status: tuple[str, ...] = ()
    now_reason: str | None = None
    uncited: bool = False
    newer: tuple[tuple[str, str], ...] = ()
    fault: str | None = None
    lacks: str | None = None

    @property
    def added(self) -> str | None:
        """Return the name of the document that is added."""
        return dict(self.newer).get("name")

    @property
    def forces(self) -> frozenset[str]:
        """Name the forces that the change touches, after their documents."""
        names = [*self.documents, *([self.added] if self.added else [])]
        return frozenset(name.removeprefix("hmicfrs-").split("-")[0] for name in names)

    def apply(self, corpus: Path) -> None:
        """Change the documents of a corpus."""
        for document in self.documents:
            file = corpus / document
            text = file.read_text(encoding="utf-8")
            for old, new in self.swaps:
                text = text.replace(old, new)
            if self.remove:
                file.unlink()
            else:
                file.write_text(text, encoding="utf-8")
        if self.added:
            (corpus / self.added).write_text(dict(self.newer)["text"].lstrip(), encoding="utf-8")


def read_variants(path: Path = TABLE) -> list[Variant]:
    """Read the table; a key that is not known is a mistake in it."""
    return [_read(name, row) for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items()]


def _read(name: str, row: dict[str, Any]) -> Variant:
    known = {field.name for field in fields(Variant)}
    assert set(row) <= known, f"{name} has unknown keys: {set(row) - known}"
    return Variant(name, **{key: _freeze(value) for key, value in row.items()})


def _freeze(value: Any) -> Any:  # noqa: ANN401 - TOML holds any of its values
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(_freeze(inner) for inner in value) if isinstance(value, list) else value


def group(variants: list[Variant]) -> list[list[Variant]]:
    """Group variants that touch different forces, so that few runs of the index serve them all."""
    groups: list[list[Variant]] = []
    for variant in variants:
        free = (some for some in groups if not any(variant.forces & other.forces for other in some))
        chosen = next(free, None)
        if chosen is None:
            groups.append([variant])
        else:
            chosen.append(variant)
    return groups
