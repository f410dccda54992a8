"""Documents as the catalogue gets them: each line is a passage."""

from pathlib import Path

from askpcc.adapters.catalogue import SqlCatalogueWriter
from askpcc.model import (
    BlockKind,
    Document,
    Fact,
    FactName,
    Passage,
    Source,
    Span,
    version_of,
)
from askpcc.ports import CatalogueChange, LoadedDocument

TEXT = "Custody in Borsetshire\nBeds are checked hourly.\nNo café was visited.\n"


def loaded_document(path: str, text: str = TEXT, fingerprint: str = "f") -> LoadedDocument:
    """Make a document of which each line is a passage."""
    version = version_of(text)
    facts = (
        Fact(FactName.FORCE, "Borsetshire Police", Span(0, 0)),
        Fact(FactName.TITLE, "From the file", None),
    )
    source = Source("https://borsetshire.example/custody", "2026-01-02")
    document = Document(path, version, text, (), facts, (0, 23), source)
    passages = []
    start = 0
    for ordinal, line in enumerate(text.splitlines()):
        span = Span(start, start + len(line))
        start += len(line) + 1
        passages.append(
            Passage(
                id=f"{path}#{ordinal}#{version}",
                document=path,
                version=version,
                ordinal=ordinal,
                kind=BlockKind.BULLET,
                span=span,
                quote=line,
                indexed=f"header {line}",
                section="1 Custody",
                items=("recommendation 5", "recommendation 6"),
                lead=Span(0, 0) if ordinal else None,
                quoted=ordinal == 1,
                page=2,
            )
        )
    return LoadedDocument(document, fingerprint, passages)


def commit(path: Path, *added: LoadedDocument, **more: object) -> str:
    """Commit documents and other changes."""
    change = CatalogueChange(embedder="e", store="s", seal="x", added=added, **more)  # type: ignore[arg-type]  # passed on
    return SqlCatalogueWriter(path).commit(change)
