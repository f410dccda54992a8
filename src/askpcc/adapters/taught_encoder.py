"""The reader's encoder, run by onnxruntime; its scores are kept so that no case is read twice."""

import json
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from askpcc.errors import ReaderError
from askpcc.model import ReaderInput
from askpcc.ports import CaseScorer, EmbeddingCache, Vector
from askpcc.reader.cases import Encoded, Subject, encode

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENIZER_FILE = "tokenizer.json"
CARD_FILE = "card.json"
_AT_ONCE = 8
"""Cases a run of the model, of similar length; more tokens at once leave the processor's cache."""
_DIGITS = 16


def encoder_file(subject: Subject) -> str:
    """Return the name of an encoder's file."""
    return f"{subject}.onnx"


def packaged_reader() -> Path:
    """Return the folder of the reader that is installed with this package."""
    return Path(str(resources.files("askpcc") / "data" / "reader"))


class OnnxScorer:
    """The taught encoder of a subject, in a folder with tokenizer.json and card.json, which has their hashes.

    threads: how many compute at the most; 0 for as many as there are cores.
    Loaded when the first case is scored.  Raises ReaderError where the files are not what the card says.
    """

    def __init__(self, folder: Path, subject: Subject, threads: int = 0) -> None:
        self._folder = folder
        self._file = encoder_file(subject)
        self._threads = threads
        self._lock = Lock()

    @cached_property
    def fingerprint(self) -> str:
        """Return the name of the reader with a digest of its weights."""
        card = self._card
        return f"{card['name']} {card['sha256'][self._file][:_DIGITS]}"

    @cached_property
    def _card(self) -> dict[str, Any]:
        file = self._folder / CARD_FILE
        try:
            return dict(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError) as exc:
            raise ReaderError(
                f"The reader's card {file} cannot be read: {exc}. Install askpcc again."
            ) from exc

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return the scores of all heads of each case."""
        with self._lock:
            tokenizer, session = self._tokenizer, self._session
        encoded = [encode(case, tokenizer) for case in cases]
        order = sorted(range(len(cases)), key=lambda place: len(encoded[place].ids))
        scores: dict[int, Vector] = {}
        for begin in range(0, len(order), _AT_ONCE):
            places = order[begin : begin + _AT_ONCE]
            rows = session.run(None, _pad([encoded[place] for place in places]))[0]
            scores.update(zip(places, np.asarray(rows, dtype=np.float32), strict=True))
        return [scores[place] for place in range(len(cases))]

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_buffer(self._read(TOKENIZER_FILE))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = self._threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return InferenceSession(self._read(self._file), options, providers=["CPUExecutionProvider"])

    def _read(self, name: str) -> bytes:
        file = self._folder / name
        try:
            held = file.read_bytes()
        except OSError as exc:
            raise ReaderError(
                f"The reader's file {file} cannot be read: {exc}. Install askpcc again."
            ) from exc
        if sha256(held).hexdigest() != self._card["sha256"][name]:
            raise ReaderError(
                f"The reader's file {file} is not the one that was taught: it has another SHA-256 than "
                f"{CARD_FILE} says. Install askpcc again."
            )
        return held


def _pad(encoded: Sequence[Encoded]) -> dict[str, "np.typing.NDArray[np.int64]"]:
    longest = max(len(one.ids) for one in encoded)
    inputs = {name: np.zeros((len(encoded), longest), dtype=np.int64) for name in ("ids", "mask", "parts")}
    for row, one in enumerate(encoded):
        inputs["ids"][row, : len(one.ids)] = one.ids
        inputs["parts"][row, : len(one.ids)] = one.parts
        inputs["mask"][row, : len(one.ids)] = 1
    return inputs


class CachedScorer:
    """Keeps the scores of cases: what is unchanged is not read twice, also not across a rebuild.

    keeps: what is read now is kept too, and not only what was read before is used.
    """

    def __init__(self, scorer: CaseScorer, cache: EmbeddingCache, *, keeps: bool = True) -> None:
        self._scorer = scorer
        self._cache = cache
        self._keeps = keeps

    @property
    def fingerprint(self) -> str:
        """Return the scorer's."""
        return self._scorer.fingerprint

    def score(self, cases: Sequence[ReaderInput]) -> list[Vector]:
        """Return the scores of each case, read now or before."""
        keys = [_key_of(self.fingerprint, case) for case in cases]
        known = self._cache.load(set(keys))
        new = {key: case for key, case in zip(keys, cases, strict=True) if key not in known}
        if new:
            read = dict(zip(new, self._scorer.score(list(new.values())), strict=True))
            if self._keeps:
                self._cache.save(read)
            known |= read
        return [known[key] for key in keys]


def _key_of(fingerprint: str, case: ReaderInput) -> str:
    parts = (fingerprint, case.task.value, case.first, case.sentence, case.context)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
