"""A cross-encoder of sentence-transformers, when one is set; its weights must lie on this machine."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from askpcc.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Scores a question and a text together.  Raises EmbedderError when the model cannot be loaded."""

    def __init__(self, model: str) -> None:
        self._name = model
        self._lock = Lock()

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return a score for each text; larger is better."""
        with self._lock:
            scores = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in scores]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self._name)
        except (OSError, ValueError, RuntimeError) as exc:
            raise EmbedderError(
                f"The cross-encoder {self._name!r} cannot be loaded: {exc}. "
                "Correct ASKPCC_RERANKER, or unset it."
            ) from exc
        return model
