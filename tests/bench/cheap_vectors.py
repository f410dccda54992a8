"""Vectors that cost nothing, for indexes of which the speed of embedding is not what is measured."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from askpcc.ports import Embedder, Vector

_DIMENSIONS = 384
"""As many as the bundled model's vectors have, so that searching them costs the same."""


@dataclass(frozen=True, slots=True)
class CheapEmbedder:
    """Has the name of a real embedder and counts tokens as it does, but adds up a vector for each word."""

    real: Embedder
    words: dict[str, Vector] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Return the name of the real one."""
        return self.real.fingerprint

    @property
    def max_tokens(self) -> int:
        """Return what the real one sees."""
        return self.real.max_tokens

    def count_tokens(self, text: str) -> int:
        """Count as the real one does."""
        return self.real.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Add up the words of each text."""
        return [self.embed_question(text) for text in texts]

    def embed_question(self, text: str) -> Vector:
        """Add up the words of a text."""
        total = np.sum([self._vector(word) for word in text.lower().split()], axis=0)
        return np.asarray(total / np.linalg.norm(total), np.float32)

    def _vector(self, word: str) -> Vector:
        if word not in self.words:
            seed = int.from_bytes(sha256(word.encode()).digest()[:8], "big")
            self.words[word] = np.random.default_rng(seed).normal(size=_DIMENSIONS).astype(np.float32)
        return self.words[word]
