"""Passages embedded a second, as the index flow does it, against the bare encoder on the same texts."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from askpcc.adapters.embedding import SqliteEmbeddingCache
from askpcc.indexing.loading import CachedEmbedder
from askpcc.ports import Embedder
from bench.figures import Figure, time_call

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LEAST_SHARE = 0.9


def measure_embedding(
    embedder: Embedder, bare: "SentenceTransformer", batches: Sequence[Sequence[str]], folder: Path
) -> Figure:
    """Embed each batch both ways, in turns, with empty caches; value: the median of the pairs' ratios."""
    ours, theirs = list[float](), list[float]()
    for number, texts in enumerate(batches):
        supply = CachedEmbedder(embedder, SqliteEmbeddingCache(folder / f"{number}.sqlite", print), _ignore)
        by_id = {str(place): text for place, text in enumerate(texts)}
        calls: list[tuple[list[float], Callable[[], object]]] = [
            (ours, partial(supply.vectors, by_id)),
            (theirs, partial(bare.encode, list(texts), show_progress_bar=False)),
        ]
        for series, call in calls if number % 2 else reversed(calls):
            series.append(len(texts) / time_call(call))
    ratio = median(mine / other for mine, other in zip(ours, theirs, strict=True))
    return Figure(
        f"passages embedded, {len(batches)} x {len(batches[0])} of them",
        f"{median(ours):.1f} /s",
        f"{median(theirs):.1f} /s bare encode",
        ratio,
        _LEAST_SHARE,
        at_least=True,
    )


def _ignore(_: int) -> None:
    """Hear of a batch."""
