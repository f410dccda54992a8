"""A sentence-transformers model, loaded when the first text has to be embedded."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, cast

import numpy as np

from askpcc.adapters.embedding.loading import fetch_model, load_model
from askpcc.adapters.embedding.model_folder import ModelFolder, bundled_model
from askpcc.errors import EmbedderError
from askpcc.ports import Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

_BATCH = 32


class SentenceTransformerEmbedder:
    """Embeds with the bundled model, or with a folder or hub name of sentence-transformers.

    Raises EmbedderError.  Safe in several threads: they take turns, as the tokenizer demands.
    """

    def __init__(self, model: str | None = None) -> None:
        self._chosen = model
        self._lock = RLock()

    @property
    def fingerprint(self) -> str:
        """Name model and weights; torch is not needed."""
        with self._lock:
            return self._fingerprint

    @property
    def max_tokens(self) -> int:
        """Return how many tokens of a text the model sees."""
        with self._lock:
            return self._max_tokens

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has, with the marks that the model puts around it."""
        with self._lock:
            if self._tokenizer is None:
                return len(self._model.tokenizer(text, truncation=False)["input_ids"])
            return len(self._tokenizer.encode(text).ids)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector of unit length for each text; texts of like length together go fastest."""
        if not texts:
            return []
        with self._lock:
            vectors = self._model.encode_document(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return list(np.asarray(vectors, dtype=np.float32))

    def embed_question(self, text: str) -> Vector:
        """Return the vector of a question."""
        with self._lock:
            vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return cast("Vector", np.asarray(vector, dtype=np.float32))

    @cached_property
    def _folder(self) -> ModelFolder:
        if self._chosen is None:
            return bundled_model()
        folder = Path(self._chosen).expanduser()
        if folder.is_dir():
            return ModelFolder(folder.resolve().name, folder)
        if folder.is_absolute() or self._chosen.startswith((".", "~")):
            raise EmbedderError(
                f"No embedding model at {self._chosen}. Correct ASKPCC_EMBEDDER, or unset it."
            )
        return ModelFolder(self._chosen, fetch_model(self._chosen))

    @cached_property
    def _fingerprint(self) -> str:
        self._folder.check()
        return self._folder.fingerprint()

    @cached_property
    def _max_tokens(self) -> int:
        return self._folder.max_tokens()

    @cached_property
    def _tokenizer(self) -> "Tokenizer | None":
        return self._folder.tokenizer()

    @cached_property
    def _model(self) -> "SentenceTransformer":
        self._folder.check()
        return load_model(self._folder.path)
