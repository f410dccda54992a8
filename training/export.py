"""Encoders that were taught become the files of the package: int8 weights, tokenizer, card.

Needs the package onnx.
"""

import json
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from askpcc.adapters.embedding import bundled_model
from askpcc.adapters.taught_encoder import CARD_FILE, TOKENIZER_FILE, encoder_file
from training.encoder import TOKENIZER
from training.judge import Judge

_OPSET = 17
_INPUTS = ("ids", "mask", "parts")
_EXAMPLE = (4, 24)
"""Cases and tokens of the input by which the exporter follows the encoder; any would do."""


def export(judges: Sequence[Judge], folder: Path) -> None:
    """Write each encoder with int8 weights, tokenizer.json, and card.json with what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for judge in judges:
        _export_encoder(judge, folder / encoder_file(judge.subject))
    shutil.copy(bundled_model().path / TOKENIZER, folder / TOKENIZER_FILE)
    files = (*(encoder_file(judge.subject) for judge in judges), TOKENIZER_FILE)
    card = {
        "name": "askpcc-reader",
        "taught_with": {judge.subject.value: judge.batches for judge in judges},
        "layers": {judge.subject.value: judge.layers for judge in judges},
        "based_on": "all-MiniLM-L6-v2 (Apache 2.0)",
        "licence": "MIT, as askpcc",
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }
    (folder / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _export_encoder(judge: Judge, file: Path) -> None:
    with TemporaryDirectory() as temporary:
        whole = Path(temporary) / file.name
        _write_onnx(judge, whole)
        # Without 8-bit dot products a processor adds in 16 bits: the reduced range keeps it from overflowing.
        quantize_dynamic(whole, file, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _write_onnx(judge: Judge, file: Path) -> None:
    judge.model.body.config._attn_implementation = "eager"  # noqa: SLF001 - torch.onnx cannot write the fast one
    ids = torch.ones(_EXAMPLE, dtype=torch.long)
    torch.onnx.export(
        judge.model,
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        str(file),
        input_names=list(_INPUTS),
        output_names=["scores"],
        dynamic_axes={**{name: {0: "cases", 1: "tokens"} for name in _INPUTS}, "scores": {0: "cases"}},
        opset_version=_OPSET,
        dynamo=False,
    )
