"""Models that turn text into vectors, or judge it."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"


class Embedder(Protocol):
    """Turns text into vectors of unit length.

    fingerprint names model and weights and costs no loading of the model.
    max_tokens: what is longer is not seen by the model.
    """

    @property
    def fingerprint(self) -> str: ...
    @property
    def max_tokens(self) -> int: ...
    def count_tokens(self, text: str) -> int: ...
    def embed_passages(self, texts: Sequence[str]) -> list[Vector]: ...
    def embed_question(self, text: str) -> Vector: ...


class EmbeddingCache(Protocol):
    """Vectors by what was embedded: nothing unchanged is embedded twice, also not across a rebuild.

    A key names embedder and text.  save is durable when it returns.
    """

    def load(self, keys: Collection[str]) -> dict[str, Vector]: ...
    def save(self, vectors: Mapping[str, Vector]) -> None: ...


class Reranker(Protocol):
    """Scores pairs of a question and a passage; larger is better."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]: ...
