"""Train the fast engine: a small convolutional network that learns from hand-coded articles and from what the encoder says of uncoded ones.

    python tools/train_attribution_fast.py $FRAMING_GOLD --work FOLDER [--articles 2200] [--epochs 5]

Needs torch and onnx beside the project, and the shipped encoder (tools/export_encoder.py), whose label probabilities are kept in FOLDER.
Writes framing/measuring/attribution/fast.onnx and attribution_fast_words.txt.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch
from digests import renew_digests
from export_encoder import Graph, to_8_bits
from onnx import TensorProto, helper
from torch import nn
from train_attribution import held_out, labels, read

from framing.article import Article, as_article
from framing.english.tokens import TAGGED
from framing.measuring import encoder
from framing.measuring.attribution import encoded, fast
from framing.measuring.attribution.tagger import log_softmax
from framing.text import quotations

MEASURING = Path(__file__).resolve().parents[1] / "framing/measuring"
N_WORDS, EMBEDDED, WIDTH, DILATIONS = 30_000, 96, 160, (1, 2, 4, 8, 16, 1)
CHUNK = 384


def teacher(article: Article, tokens: fast.Tokens) -> np.ndarray:
    """The encoder's label probabilities for each word: those of its first piece, as 16-bit floats."""
    reading = encoder.read(article)
    at, scores = encoded.scores(reading)
    chances = np.exp(log_softmax(scores))
    where = np.searchsorted(at.starts, tokens.starts, side="right") - 1
    breaks = at.starts[where] == at.ends[where]
    return chances[np.minimum(where + breaks, len(chances) - 1)].astype(np.float16)


class Network(nn.Module):
    def __init__(self, n_words: int) -> None:
        super().__init__()
        sizes = (n_words, fast.N_ENDINGS, fast.N_BEGINNINGS, fast.N_SHAPES, 4)
        self.tables = nn.ModuleList(nn.Embedding(n, EMBEDDED) for n in sizes)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        self.enter = nn.Linear(EMBEDDED, WIDTH)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in DILATIONS)
        self.mixes = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.last, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 7)
        self.dropout = nn.Dropout(0.1)

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        if self.training:  # now and then a word is hidden, so that its ending and shape learn to speak for it
            hide = torch.rand(numbers.shape[:-1]) < 0.05
            numbers = numbers.clone()
            numbers[..., 0][hide] = 0
        x = self.enter(self.dropout(sum(table(numbers[..., i]) for i, table in enumerate(self.tables))))
        for norm, mix, d in zip(self.norms, self.mixes, DILATIONS, strict=True):
            h = nn.functional.pad(norm(x), (0, 0, d, d))
            n = x.shape[1]
            seen = torch.cat([h[:, :n], h[:, d : d + n], h[:, 2 * d : 2 * d + n]], dim=-1)
            x = x + self.dropout(torch.relu(mix(seen)))
        return self.head(self.last(x))


def export(model: Network, path: Path) -> None:
    """Write the network as ONNX in 8-bit integers: the tables with one scale a row, the matrices with one a column."""
    g = Graph()
    w = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    g.value("zero", np.array([0], dtype=np.int64))
    total = ""
    for i in range(5):
        column = g.add("Gather", ["numbers", g.value(f"column{i}", np.array(i, dtype=np.int64))], f"number{i}", axis=1)
        table = w[f"tables.{i}.weight"]
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
        rows = g.add("Gather", [g.value(f"table{i}", np.round(table / scale).astype(np.int8)), column], f"rows8_{i}")
        rows = g.add("Cast", [rows], f"rows{i}", to=TensorProto.FLOAT)
        rows = g.add("Mul", [rows, g.add("Gather", [g.value(f"scale{i}", scale), column], f"scales{i}")], f"embedded{i}")
        total = g.add("Add", [total, rows], f"sum{i}") if total else rows

    def dense(x: str, name: str) -> str:
        product = g.add("MatMul", [x, g.value(f"{name}.w", w[f"{name}.weight"].T)], f"{name}.product")
        return g.add("Add", [product, g.value(f"{name}.b", w[f"{name}.bias"])], f"{name}.out")

    def norm(x: str, name: str) -> str:
        values = [g.value(f"{name}.g", w[f"{name}.weight"]), g.value(f"{name}.b", w[f"{name}.bias"])]
        return g.add("LayerNormalization", [x, *values], f"{name}.out", axis=-1, epsilon=1e-5)

    x = dense(total, "enter")
    n = g.add("Shape", ["numbers"], "n", start=0, end=1)
    for i, d in enumerate(DILATIONS):
        padded = g.add("Pad", [norm(x, f"norms.{i}"), g.value(f"pads{i}", np.array([d, 0, d, 0], dtype=np.int64))], f"padded{i}")
        parts = []
        for k in range(3):
            start = g.value(f"start{i}_{k}", np.array([k * d], dtype=np.int64))
            end = g.add("Add", [n, start], f"end{i}_{k}")
            parts.append(g.add("Slice", [padded, start, end, "zero"], f"part{i}_{k}"))
        seen = g.add("Concat", parts, f"seen{i}", axis=1)
        x = g.add("Add", [x, g.add("Relu", [dense(seen, f"mixes.{i}")], f"relu{i}")], f"block{i}")
    scores = dense(norm(x, "last"), "head")
    graph = helper.make_graph(
        g.nodes,
        "attribution_fast",
        [helper.make_tensor_value_info("numbers", TensorProto.INT64, ["n_words", 5])],
        [helper.make_tensor_value_info(scores, TensorProto.FLOAT, ["n_words", 7])],
        g.values,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made)
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "float.onnx"
        onnx.save(made, before)
        to_8_bits(before, path, op_types_to_quantize=["MatMul"])


def first_tables(words: list[str]) -> torch.Tensor:
    """Words as the encoder's vocabulary knows them (mean of their pieces), reduced to the width of the table."""
    values = {v.name: onnx.numpy_helper.to_array(v) for v in onnx.load(MEASURING / "encoder/encoder.onnx").graph.initializer}
    pieces = values["vocabulary"].astype(np.float32) * values["vocabulary_scale"]
    encodings = encoder.tokenizer().encode_batch([word or "[UNK]" for word in words], add_special_tokens=False)
    mean = np.stack([pieces[e.ids or [100]].mean(axis=0) for e in encodings])
    mean -= mean.mean(axis=0)
    _, vectors = np.linalg.eigh(mean.T @ mean)
    reduced = mean @ vectors[:, -EMBEDDED:]
    return torch.from_numpy((0.1 * reduced / reduced.std()).astype(np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=2200, help="uncoded articles the encoder labels")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=2e-3)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    rng = random.Random(0)

    uncoded = [as_article(row["text"]) for row in read(args.gold / "allsides_sample.jsonl.gz")]
    coded = [row for row in read(args.gold / "polnear_train.jsonl.gz") if not held_out(row["id"])]
    counts = Counter(
        fast.normal(m.group()) for text in [a.text for a in uncoded] + [row["text"] for row in coded] for m in TAGGED.finditer(text)
    )
    words = ["", *(word for word, n in counts.most_common(N_WORDS - 1) if n >= 5)]
    (MEASURING / "attribution/fast_words.txt").write_text("\n".join(words), encoding="utf-8")
    renew_digests()
    lookup = fast.Lookup(words)
    print(f"{len(words)} words", flush=True)

    rng.shuffle(uncoded)
    chunks: list[tuple[np.ndarray, np.ndarray]] = []  # numbers, probabilities
    began = time.time()

    def add(article: Article, gold: list[dict] | None, name: str) -> None:
        spans = article.spans()
        tokens, numbers = fast.tokenize(article.text, spans, quotations(article.text, spans), lookup)
        if len(numbers) < 8:
            return
        kept = args.work / f"{name}.npy"
        if kept.exists():
            chances = np.load(kept)
        else:
            chances = teacher(article, tokens)
            np.save(kept, chances)
        chances = chances.astype(np.float32)
        if gold is not None:
            chances = 0.3 * chances + 0.7 * np.eye(7, dtype=np.float32)[labels(tokens.starts, tokens.ends, gold)]
        for _ in range(2 if gold is not None else 1):
            chunks.extend((numbers[i : i + CHUNK], chances[i : i + CHUNK]) for i in range(0, len(numbers), CHUNK))

    for row in coded:
        add(as_article(row["text"]), row["attributions"], f"coded-{row['id']}".replace("/", "_"))
    for i, article in enumerate(uncoded[: args.articles]):
        add(article, None, f"uncoded-{article.id}")
        if i % 250 == 0:
            print(f"labelled {i} of {args.articles}, {time.time() - began:.0f} s", flush=True)

    model = Network(len(words))
    model.tables[0].weight.data[:] = first_tables(words)
    batch = 16
    n_steps = args.epochs * (len(chunks) // batch + 1)
    opt = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01, fused=True)
    plan = torch.optim.lr_scheduler.OneCycleLR(opt, args.rate, total_steps=n_steps + 1, pct_start=0.1)
    for epoch in range(args.epochs):
        rng.shuffle(chunks)
        pools = [sorted(chunks[i : i + 320], key=lambda c: len(c[0])) for i in range(0, len(chunks), 320)]
        batches = [pool[i : i + batch] for pool in pools for i in range(0, len(pool), batch)]
        rng.shuffle(batches)
        loss_sum = 0.0
        for some in batches:
            n = max(len(c[0]) for c in some)
            numbers = torch.zeros(len(some), n, 5, dtype=torch.long)
            target = torch.zeros(len(some), n, 7)
            for i, (a, b) in enumerate(some):
                numbers[i, : len(a)], target[i, : len(b)] = torch.from_numpy(a), torch.from_numpy(b)
            loss = -(target * torch.log_softmax(model(numbers), dim=-1)).sum() / target.sum()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            plan.step()
            opt.zero_grad()
            loss_sum += loss.item()
        print(f"epoch {epoch} loss {loss_sum / len(batches):.4f} {time.time() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), args.work / "fast.pt")
    model.eval()
    export(model, MEASURING / "attribution/fast.onnx")
    renew_digests()
    print(f"attribution_fast.onnx: {(MEASURING / 'attribution/fast.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
