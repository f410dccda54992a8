"""Passages embedded and indexed a second, against the bare encoder on the same texts."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from askpcc.adapters.caches import SqliteEmbeddingCache
from askpcc.app.flows import build_indexer, open_catalogue
from askpcc.indexing.indexer import IndexOptions
from askpcc.indexing.loading import CachedEmbedder
from askpcc.ports import Embedder
from askpcc.settings import Settings
from bench.figures import Figure, time_call
from bench.thousand import Silent, make_settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LEAST_SHARE = 0.9
_LEAST_INDEXED = 0.7
"""With the reading of statuses, which is a second encoder's work."""


def measure_embedding(
    embedder: Embedder, bare: "SentenceTransformer", batches: Sequence[Sequence[str]], folder: Path
) -> Figure:
    """Embed each batch both ways, with empty caches."""

    def embed(number: int) -> Callable[[], object]:
        supply = CachedEmbedder(embedder, SqliteEmbeddingCache(folder / f"{number}.sqlite", print), _ignore)
        return partial(supply.vectors, {str(place): text for place, text in enumerate(batches[number])})

    name = f"passages embedded, {len(batches)} x {len(batches[0])} of them"
    return _compare_rates(name, embed, bare, batches, _LEAST_SHARE)


def measure_indexing(written: Settings, bare: "SentenceTransformer", folder: Path, rounds: int) -> Figure:
    """Index a corpus from nothing, statuses read, and embed its passages barely."""
    with open_catalogue(written) as catalogue:
        texts = [p.indexed for card in catalogue.documents() for p in catalogue.passages_of(card.path)]

    def index(number: int) -> Callable[[], object]:
        settings = make_settings(folder / str(number))
        shutil.copytree(written.corpus, settings.corpus)
        return partial(build_indexer(settings, Silent(), 0).run, IndexOptions())

    name = f"passages indexed, statuses read, {len(texts)} of them"
    return _compare_rates(name, index, bare, [texts] * rounds, _LEAST_INDEXED)


def _compare_rates(
    name: str,
    prepare: Callable[[int], Callable[[], object]],
    bare: "SentenceTransformer",
    batches: Sequence[Sequence[str]],
    least: float,
) -> Figure:
    """Do each batch both ways, in turns; value: the median of the pairs' ratios.

    prepare: returns our way with the batch of a number, which is not timed.
    """
    ours, theirs = list[float](), list[float]()
    for number, texts in enumerate(batches):
        calls: list[tuple[list[float], Callable[[], object]]] = [
            (ours, prepare(number)),
            (theirs, partial(bare.encode, list(texts), show_progress_bar=False)),
        ]
        for series, call in calls if number % 2 else reversed(calls):
            series.append(len(texts) / time_call(call))
    ratio = median(mine / other for mine, other in zip(ours, theirs, strict=True))
    measured, against = f"{median(ours):.1f} /s", f"{median(theirs):.1f} /s bare encode"
    return Figure(name, measured, against, ratio, least, at_least=True)


def _ignore(_: int) -> None:
    """Hear of a batch."""
