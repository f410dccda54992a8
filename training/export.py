"""An encoder that was taught becomes the files of the package: int8 weights, tokenizer, card.

Needs the package onnx.
"""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from askpcc.adapters.embedding import bundled_model
from askpcc.adapters.taught_encoder import CARD_FILE, ENCODER_FILE, TOKENIZER_FILE
from training.encoder import TOKENIZER
from training.judge import Judge

_OPSET = 17
_INPUTS = ("ids", "mask", "parts")
_EXAMPLE = (4, 24)
"""Cases and tokens of the input by which the exporter follows the encoder; any would do."""


def export(judge: Judge, folder: Path) -> None:
    """Write encoder.onnx with int8 weights, tokenizer.json, and card.json with what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        whole = Path(temporary) / ENCODER_FILE
        _write_onnx(judge, whole)
        # Without 8-bit dot products a processor adds in 16 bits: the reduced range keeps it from overflowing.
        quantize_dynamic(
            whole, folder / ENCODER_FILE, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    shutil.copy(bundled_model().path / TOKENIZER, folder / TOKENIZER_FILE)
    files = (ENCODER_FILE, TOKENIZER_FILE)
    card = {
        "name": "askpcc-reader",
        "taught_with": judge.batches,
        "layers": judge.layers,
        "based_on": "all-MiniLM-L6-v2 (Apache 2.0)",
        "licence": "MIT, as askpcc",
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }
    (folder / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


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
