"""Let trained encoders say how uncoded articles speak of the names in them: more for tools/train_encoder.py to learn from.

    python tools/label_targets.py $FRAMING_GOLD FOLDER/targets.jsonl.gz --teacher FOLDER/epoch3.pt [FOLDER/epoch3.pt ...] [--n 8000]

Takes sentences with names of people, organisations and groups from allsides_sample, of many outlets, none that stands in NewsMTSC's
gold, and writes for each target the mean probabilities of the teachers. Neutral ones are the most by far; of the sentences read,
those with the most probable other label are all kept and neutral ones fill up to ``--n``, half as many again as either other label.
"""

import argparse
import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import torch
from splits import read
from train_encoder import POLARITIES, Heads, Sentence, batch, packed

from framing.article import as_article
from framing.measuring.names import find_names
from framing.measuring.page import Page

KINDS = ("person", "organisation", "group")


def key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def drawn(gold: Path, n: int, rng: random.Random) -> list[dict]:
    """Rows as those of NewsMTSC: a sentence with one or two of the names in it, up to three sentences an article."""
    known = {key(row["text"]) for row in read(gold / "newsmtsc_train.jsonl.gz")}
    rows: list[dict] = []
    for row in rng.sample(articles := read(gold / "allsides_sample.jsonl.gz"), len(articles)):
        article = as_article(row["text"][:8000])
        names = [name.span for name in find_names(article) if name.kind in KINDS]
        found = []
        for sentence in Page(article).sentences:
            inside = [span for span in names if sentence.start <= span.start and span.end <= sentence.end]
            text = sentence.of(article.plain)
            if inside and 50 <= len(text) <= 400 and "\n" not in text and key(text) not in known:
                some = rng.sample(inside, min(2, len(inside)))
                found.append((text, [(s.start - sentence.start, s.end - sentence.start) for s in some]))
        for i, (text, spans) in enumerate(rng.sample(found, min(3, len(found)))):
            rows.append({"id": f"{row['id']} {i}", "text": text, "targets": [{"start": a, "end": b} for a, b in spans]})
        if len(rows) >= n:
            break
    return rows


@torch.no_grad()
def taught(rows: list[dict], teacher: Path) -> dict[str, list[list[float]]]:
    model = Heads(teacher).eval()
    held = []
    for row in rows:
        sentence = Sentence(row["text"], row["id"])
        sentence.targets = [(*(sentence.under(t["start"], t["end"]) or (0, 1)), (0.0, 1.0, 0.0)) for t in row["targets"]]
        held.append(sentence)
    out: dict[str, list[list[float]]] = {}
    read = packed(held, None)
    for at in range(0, len(read), 8):
        some = read[at : at + 8]
        ids, shapes, places, blocks, _ = batch(some)
        x = model.vectors(ids, shapes, places, blocks)
        spans = [(i, a, b, a + c, a + d) for i, w in enumerate(some) for s, a, b in w.held for c, d, _ in s.targets]
        names = [s.name for w in some for s, _, _ in w.held for _ in s.targets]
        for name, p in zip(names, model.toward(x, spans).softmax(1).tolist(), strict=True):
            out.setdefault(name, []).append(p)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", type=Path, nargs="+", required=True)
    parser.add_argument("--n", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    rows = drawn(args.gold, 2 * args.n, rng)
    by_teacher = [taught(rows, teacher) for teacher in args.teacher]
    kept: dict[str, list[dict]] = {label: [] for label in POLARITIES}
    for row in rows:
        means = np.mean([told[row["id"]] for told in by_teacher], axis=0)
        for target, p in zip(row["targets"], means, strict=True):
            target["probabilities"] = [round(float(v), 4) for v in p]
        said = {POLARITIES[int(p.argmax())] for p in means} - {"neutral"}
        kept[rng.choice(sorted(said)) if said else "neutral"].append(row)
    print({label: len(some) for label, some in kept.items()})
    share = args.n / 7
    chosen = kept["negative"][: int(2 * share)] + kept["positive"][: int(2 * share)]
    chosen += kept["neutral"][: args.n - len(chosen)]
    with gzip.open(args.out, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rng.sample(chosen, len(chosen)))
    print(f"{len(chosen)} sentences, {sum(len(row['targets']) for row in chosen)} targets -> {args.out}")


if __name__ == "__main__":
    main()
