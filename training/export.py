"""An encoder that was taught becomes the files of the package: int8 weights, tokenizer, card.

python -m training.export WORK NAME FOLDER       needs the packages onnx and onnxscript
"""

import json
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from askpcc.adapters.embedding import bundled_model
from askpcc.adapters.taught_encoder import CARD_FILE, ENCODER_FILE, TOKENIZER_FILE
from training.measure import Judge

_OPSET = 17
_NAMES = ("ids", "mask", "parts")


def export(work: Path, name: str, folder: Path) -> None:
    """Write encoder.onnx with int8 weights, tokenizer.json, and what the card says of them."""
    folder.mkdir(parents=True, exist_ok=True)
    judge = Judge(work / name / "encoder.pt")
    judge.model.body.config._attn_implementation = "eager"  # noqa: SLF001 - torch.onnx cannot write the fast one
    ids = torch.randint(1000, 20000, (4, 24))
    whole = work / name / "encoder.fp32.onnx"
    torch.onnx.export(
        judge.model,
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        str(whole),
        input_names=list(_NAMES),
        output_names=["scores"],
        dynamic_axes={**{each: {0: "cases", 1: "tokens"} for each in _NAMES}, "scores": {0: "cases"}},
        opset_version=_OPSET,
        dynamo=False,
    )
    # Without 8-bit dot products a processor adds in 16 bits: the reduced range keeps it from overflowing.
    quantize_dynamic(
        whole, folder / ENCODER_FILE, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )
    shutil.copy(bundled_model().path / "tokenizer.json", folder / TOKENIZER_FILE)
    hashes = {
        each: sha256((folder / each).read_bytes()).hexdigest() for each in (ENCODER_FILE, TOKENIZER_FILE)
    }
    state = torch.load(work / name / "encoder.pt", weights_only=True)
    card = {
        "name": "askpcc-reader",
        "taught_with": state["batches"],
        "layers": state["layers"],
        "sha256": hashes,
    }
    (folder / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    export(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
