"""Loading a model with sentence-transformers, quietly, and from the hub only when it was asked for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from askpcc.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
_QUIET = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "DO_NOT_TRACK": "1"}


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
