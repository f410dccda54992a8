"""Vectors for passages: from the embedding cache where the text was embedded before, else embedded now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from askpcc.ports import Embedder, EmbeddingCache, Vector

BATCH = 64
"""Texts embedded between two writes to the cache: what a killed run loses at most, some two seconds."""


@dataclass(slots=True)
class VectorSupply:
    """Gives vectors by id.  embedded: how many texts had to be embedded; on_batch hears of each batch."""

    embedder: Embedder
    cache: EmbeddingCache
    on_batch: Callable[[int], None]
    embedded: int = 0
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        self.fingerprint = self.embedder.fingerprint

    def vectors(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        """Return a vector for each text, by id."""
        keys = {id_: self._key(text) for id_, text in texts.items()}
        known = self.cache.load(set(keys.values()))
        self.on_batch(sum(key in known for key in keys.values()))
        missing = {key: texts[id_] for id_, key in keys.items() if key not in known}
        # Texts of like length together: the model pads a batch to its longest.
        order = sorted(missing, key=lambda key: len(missing[key]), reverse=True)
        for start in range(0, len(order), BATCH):
            known |= self._embed({key: missing[key] for key in order[start : start + BATCH]})
        return {id_: known[key] for id_, key in keys.items()}

    def known(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        """Return the vectors of those texts that were embedded before, by id."""
        keys = {id_: self._key(text) for id_, text in texts.items()}
        found = self.cache.load(set(keys.values()))
        return {id_: found[key] for id_, key in keys.items() if key in found}

    def count_unknown(self, texts: Mapping[str, str]) -> int:
        """Return how many of those texts would have to be embedded."""
        keys = {self._key(text) for text in texts.values()}
        return len(keys) - len(self.cache.load(keys))

    def _embed(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        made = dict(zip(texts, self.embedder.embed_passages(list(texts.values())), strict=True))
        self.cache.save(made)
        self.embedded += len(made)
        self.on_batch(len(made))
        return made

    def _key(self, text: str) -> str:
        return sha256(f"{self.fingerprint}\0{text}".encode()).hexdigest()
