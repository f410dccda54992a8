"""The bundled model run by onnxruntime: tokens become vectors, without torch and sentence-transformers."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_GRAPH = "minilm_graph.onnx"
"""Written by training/embedder_graph.py.  It holds no weights, only where in model.safetensors each lies."""
_MOST_TOKENS = 512
"""In a batch, with what pads it; larger ones leave the processor's cache and take longer for each text."""


class OnnxEncoder:
    """Turns texts into vectors of unit length.  folder: holds the weights for which the graph was made.

    max_tokens: what a text has more is left out.  threads: how many compute at the most.
    """

    def __init__(self, folder: Path, tokenizer: "Tokenizer", max_tokens: int, threads: int) -> None:
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._session = _open_session(folder, threads)

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a vector for each text."""
        tokens = [self._tokens(text) for text in texts]
        vectors: NDArray[np.float32] | None = None
        for places in _batches([len(one) for one in tokens]):
            made = self._run([tokens[place] for place in places])
            if vectors is None:
                vectors = np.empty((len(texts), made.shape[1]), dtype=np.float32)
            vectors[places] = made
        if vectors is None:
            raise ValueError("There is no text to embed.")
        return vectors

    def encode_question(self, text: str) -> "NDArray[np.float32]":
        """Return the vector of a question."""
        return np.asarray(self.encode([text])[0], dtype=np.float32)

    def _tokens(self, text: str) -> list[int]:
        """Return what the model sees of a text; the mark that ends it stays its last token."""
        tokens = self._tokenizer.encode(text).ids
        return tokens if len(tokens) <= self._max_tokens else [*tokens[: self._max_tokens - 1], tokens[-1]]

    def _run(self, tokens: Sequence[Sequence[int]]) -> "NDArray[np.float32]":
        lengths = np.array([len(one) for one in tokens])
        mask = np.arange(lengths.max()) < lengths[:, None]
        ids = np.zeros(mask.shape, dtype=np.int64)  # what stands under no mask is not seen
        ids[mask] = np.concatenate([np.asarray(one) for one in tokens])
        (vectors,) = self._session.run(["vectors"], {"ids": ids, "mask": mask.astype(np.int64)})
        return np.asarray(vectors, dtype=np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Put the places of texts of like length together, the longest first."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place], reverse=True):
        if batch and lengths[batch[0]] * (len(batch) + 1) > _MOST_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _open_session(folder: Path, threads: int) -> Any:  # noqa: ANN401 - onnxruntime has no types
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # its build for Windows has some
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # A thread that waits would else keep its core busy, which doubled the processor time of a question.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    graph = files("askpcc").joinpath("data", _GRAPH).read_bytes()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
