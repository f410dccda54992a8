"""An index of generated documents, made by the real flow with vectors that cost nothing."""

from dataclasses import dataclass, replace
from pathlib import Path

from askpcc.app.flows import build_indexer
from askpcc.indexing.indexer import IndexOptions
from askpcc.indexing.plan import IndexReport
from askpcc.settings import Settings
from bench.cheap_vectors import CheapEmbedder
from bench.figures import Figure
from support.generated import generate_documents


@dataclass(frozen=True, slots=True)
class Silent:
    """Watches a run and says nothing."""

    def step(self, done: int, total: int, what: str) -> None:
        """Hear of a step."""

    def notify(self, sentence: str) -> None:
        """Hear a sentence."""


def make_settings(folder: Path) -> Settings:
    """Return settings for a corpus and an index below a folder, with the bundled model."""
    return Settings(folder / "corpus", folder / "index", "sqlite://")


def build_generated(settings: Settings, documents: int) -> IndexReport:
    """Write that many documents and index them."""
    settings.corpus.mkdir(parents=True)
    for name, text in generate_documents(documents):
        (settings.corpus / name).write_text(text, encoding="utf-8")
    indexer = build_indexer(settings, Silent(), 0)
    return replace(indexer, embedder=CheapEmbedder(indexer.embedder)).run(IndexOptions())


def tell_first_run(report: IndexReport) -> Figure:
    """Tell what the first run cost without the embedding."""
    passages = report.passages.embedded + report.passages.reused
    return Figure(
        f"first index of {len(report.added):,} documents, but for embedding",
        f"{report.seconds:.1f} s",
        f"{passages:,} passages, {passages / report.seconds:,.0f}/s",
    )
