"""The files of a reader are those that were taught, or are refused."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from askpcc.adapters.taught_encoder import CARD_FILE, ENCODER_FILE, TOKENIZER_FILE, OnnxScorer
from askpcc.errors import ReaderError
from askpcc.model import ReaderInput, Task

CASE = ReaderInput(Task.ASKS, "is it done")


def write_reader(folder: Path, **changed: bytes) -> OnnxScorer:
    """Write a reader's files with a card of what they should be.  changed: what one of them holds instead."""
    files = {ENCODER_FILE: b"encoder", TOKENIZER_FILE: b"tokenizer"}
    hashes = {name: sha256(held).hexdigest() for name, held in files.items()}
    card = json.dumps({"name": "a reader", "sha256": hashes})
    (folder / CARD_FILE).write_text(card, encoding="utf-8")
    for name, held in files.items():
        (folder / name).write_bytes(changed.get(name.partition(".")[0], held))
    return OnnxScorer(folder)


@pytest.mark.parametrize("name", [TOKENIZER_FILE, ENCODER_FILE])
def test_a_file_that_is_not_the_one_on_the_card_is_not_read(tmp_path: Path, name: str) -> None:
    reader = write_reader(tmp_path, **{name.partition(".")[0]: b"another"})
    with pytest.raises(ReaderError, match="another SHA-256"):
        reader._read(name)


def test_a_folder_without_a_card_is_no_reader(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="card"):
        OnnxScorer(tmp_path).score([CASE])


def test_a_reader_is_named_after_its_weights(tmp_path: Path) -> None:
    digest = sha256(b"encoder").hexdigest()
    assert write_reader(tmp_path).fingerprint == f"a reader {digest[:16]}"
