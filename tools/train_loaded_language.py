"""Train the fast measure of loaded language on gold data by path: a small network over the words of a sentence.

    python tools/train_loaded_language.py $FRAMING_GOLD [--epochs 8]

Needs torch beside the project, and framing/measuring/tone/words.npz (tools/train_target_tone.py --words). Learns from BABE (biased
sentences and
words) and BASIL (lexical bias) together, each with an offset of its own; prints figures cross-validated by outlet (BABE) and event (BASIL),
the folds of tools/train_encoder.py, beside baselines; then trains on everything and writes framing/measuring/tone/loaded_fast.npz.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from digests import renew_digests
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_fscore_support, roc_auc_score
from splits import OPINIONS, OUTLETS, biased_words, lexical_bias
from splits import read as rows_of
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits
from train_target_tone import WEIGHTS
from training import batches, platt, reliability, with_neighbours

from framing.measuring.tone import loaded_fast, vectors
from framing.measuring.tone.loaded_fast import N_SHAPES
from framing.text import Span

N_FOLDS = len(OUTLETS)
BABE, BASIL = 0, 1


@dataclass
class Coded:
    """Sentences with their codes; one row each, in order. Of a very long one the first stretch."""

    words: np.ndarray
    quoted: np.ndarray
    shapes: np.ndarray
    texts: list[str]
    task: np.ndarray  # BABE or BASIL
    biased: np.ndarray
    opinion: np.ndarray  # nan where not coded
    marked: np.ndarray  # words that coders marked; -1 outside the sentence and where words were not coded
    fold: np.ndarray
    outlet: list[str]


def coded(gold: Path) -> Coded:
    rows = []
    for row in rows_of(gold / "babe_sg1.jsonl.gz"):
        fold = next(k for k, names in enumerate(OUTLETS) if row["outlet"] in names)
        opinion = OPINIONS.get(row["opinion"], np.nan)
        rows.append((row["text"], BABE, row["biased"], opinion, biased_words(row), fold, row["outlet"]))
    for row in rows_of(gold / "basil_1_50.jsonl.gz"):
        for sentence in row["sentences"]:
            if sentence["text"].strip():
                marks = lexical_bias(sentence)
                rows.append((sentence["text"], BASIL, bool(marks), np.nan, marks, row["event"] % N_FOLDS, row["outlet"]))
    n = len(rows)
    words = np.zeros((n, loaded_fast.STRETCH), dtype=np.int64)
    quoted, shapes = words.copy(), np.zeros((n, N_SHAPES), dtype=np.float32)
    marked = np.full((n, loaded_fast.STRETCH), -1, dtype=np.int8)
    for i, (text, _, _, _, marks, _, _) in enumerate(rows):
        whole = [Span(0, len(text))]
        sentence = vectors.read(text, whole[0])
        seen = loaded_fast.stretches(text, whole, [sentence])
        size = min(len(sentence.numbers), loaded_fast.STRETCH)
        words[i, :size], quoted[i, :size], shapes[i] = seen.words[:size], seen.quoted[:size], seen.shapes[0]
        for j, (start, form) in enumerate(zip(sentence.starts[:size], sentence.forms, strict=False)):
            if marks is not None and form[0].isalpha():
                marked[i, j] = any(start < b and a < start + len(form) for a, b in marks)
    _, task, biased, opinion, _, fold, outlet = zip(*rows, strict=True)
    return Coded(
        words, quoted, shapes, [row[0] for row in rows], np.array(task), np.array(biased, dtype=np.float32),
        np.array(opinion, dtype=np.float32), marked, np.array(fold), list(outlet),
    )  # fmt: skip


class Network(nn.Module):
    """What framing.measuring.tone.loaded_fast works out, with dropout and an offset for each collection."""

    def __init__(self, n_units: int, n_heads: int, n_hidden: int, drop: float) -> None:
        super().__init__()
        rows = torch.from_numpy(vectors.known().rows)
        self.register_buffer("rows", rows, persistent=False)
        size = rows.shape[1]
        self.mix = nn.Linear(3 * size, n_units)
        self.passed = nn.Linear(size, n_units, bias=False)
        self.by_quote = nn.Embedding(3, n_units)
        nn.init.normal_(self.by_quote.weight, std=0.1)
        self.judge = nn.Linear(n_units, 1)
        nn.init.constant_(self.judge.bias, -3)
        self.pay = nn.Linear(n_units, n_heads, bias=False)
        self.drop, self.drop_units = nn.Dropout(drop), nn.Dropout(0.1)
        self.hidden = nn.Linear((n_heads + 1) * n_units + 2 + N_SHAPES, n_hidden)
        self.last = nn.Linear(n_hidden, 2)  # biased; opinion, which only helps to learn
        self.offset = nn.Parameter(torch.tensor([0.0, -2.5]))
        self.word_offset = nn.Parameter(torch.tensor([0.0, -1.5]))

    def forward(self, words: torch.Tensor, quoted: torch.Tensor, shapes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if self.training:  # now and then a word is hidden
            words = torch.where((torch.rand(words.shape) < 0.1) & (words > 0), torch.full_like(words, vectors.WORD), words)
        e = self.rows[words]
        units = self.drop_units(torch.relu(self.mix(with_neighbours(e)) + self.by_quote(quoted)) + self.passed(e))
        inside = (words > 0)[..., None]
        judged = self.judge(units)[..., 0]
        share = self.pay(units).masked_fill(~inside, -1e4).softmax(1) * inside
        mean = inside / (inside.sum(1, keepdim=True) + 1).sqrt()
        pooled = torch.einsum("bnk,bnh->bkh", torch.cat([share, mean], 2), units).flatten(1)
        chance = torch.sigmoid(judged) * inside[..., 0]
        most = torch.stack([chance.amax(1), chance.sum(1) / 3], 1)
        x = self.drop(torch.cat([pooled, most, shapes], 1))
        return self.last(self.drop(torch.relu(self.hidden(x)))), judged

    def weights(self) -> dict[str, np.ndarray]:
        """As framing.measuring.tone.loaded_fast reads them."""
        before, itself, behind = self.mix.weight.T.chunk(3)
        found = {
            "before": before, "itself": itself, "behind": behind, "passed": self.passed.weight.T, "bias": self.mix.bias,
            "by_quote": self.by_quote.weight, "judge": self.judge.weight[0], "judge_bias": self.judge.bias, "pay": self.pay.weight.T,
            "hidden": self.hidden.weight.T, "hidden_bias": self.hidden.bias,
            "last": self.last.weight.T[:, :1], "last_bias": self.last.bias[:1],
        }  # fmt: skip
        return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in found.items()}


def tensors(d: Coded, rows: np.ndarray) -> tuple[torch.Tensor, ...]:
    size = max(1, int((d.words[rows] > 0).sum(axis=1).max()))
    return tuple(map(torch.from_numpy, (d.words[rows, :size], d.quoted[rows, :size], d.shapes[rows])))


def trained(d: Coded, rows: np.ndarray, args: argparse.Namespace, seed: int) -> Network:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Network(args.units, args.heads, args.hidden, args.drop)
    opt = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=args.decay)
    length = (d.words > 0).sum(axis=1)
    weight = np.where(d.task == BABE, 1.0, args.basil).astype(np.float32)
    n_steps, step = args.epochs * -(-len(rows) // args.batch), 0
    net.train()
    for _ in range(args.epochs):
        for batch in batches(rows, length, args.batch, 512, rng):
            for some in opt.param_groups:
                some["lr"] = args.rate * max(0.02, 1 - step / n_steps)
            sentence, word = net(*tensors(d, batch))
            task = torch.from_numpy(d.task[batch])
            wanted = torch.from_numpy(d.biased[batch]) * (1 - 2 * args.smooth) + args.smooth * (task == BABE)
            each = binary_cross_entropy_with_logits(sentence[:, 0] + net.offset[task], wanted, reduction="none")
            loss = (torch.from_numpy(weight[batch]) * each).mean()
            opinion = torch.from_numpy(d.opinion[batch])
            if (told := ~opinion.isnan()).any():
                loss = loss + 0.3 * binary_cross_entropy_with_logits(sentence[told, 1], opinion[told])
            marked = torch.from_numpy(d.marked[batch, : word.shape[1]])
            logits = (word + net.word_offset[task][:, None])[marked >= 0]
            loss = loss + args.words * binary_cross_entropy_with_logits(logits, marked[marked >= 0].float(), pos_weight=torch.tensor(3.0))
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step += 1
    return net.eval()


@torch.no_grad()
def scores_of(net: Network, d: Coded, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Score of each sentence, and of each of its words (0 outside)."""
    sentences, words = np.zeros(len(rows)), np.zeros((len(rows), loaded_fast.STRETCH))
    for i in range(0, len(rows), 256):
        score, of_words = net(*tensors(d, rows[i : i + 256]))
        sentences[i : i + 256], words[i : i + 256, : of_words.shape[1]] = score[:, 0].numpy(), of_words.numpy()
    return sentences, words


# --- Figures ------------------------------------------------------------------------------------------------------------------------


def macro_f1(y: np.ndarray, guess: np.ndarray) -> float:
    return float(f1_score(y, guess, average="macro"))


def word_cut(scores: np.ndarray, d: Coded, rows: np.ndarray) -> float:
    """The score from which on a word counts as marked: best mean F1 over BABE and BASIL."""
    some, best = [], (0.0, 0.0)
    for task in (BABE, BASIL):
        mine = rows[d.task[rows] == task]
        told = d.marked[mine] >= 0
        some.append((scores[mine][told], d.marked[mine][told]))
    for cut in np.linspace(-3, 3, 61):
        best = max(best, (float(np.mean([f1_score(y, s >= cut) for s, y in some])), float(cut)))
    return best[1]


def print_baselines(d: Coded) -> None:
    y, fold, task = d.biased.astype(int), d.fold, d.task
    babe, basil = task == BABE, task == BASIL
    length = (d.words > 0).sum(axis=1)
    texts = np.array(d.texts, dtype=object)
    guess = {name: np.zeros(len(y)) for name in ("tf-idf", "length", "outlet")}
    random = np.random.default_rng(0).integers(0, 5, len(y))
    outlets = np.array(d.outlet)
    for k in range(N_FOLDS):
        train, test = babe & (fold != k), babe & (fold == k)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        model = LogisticRegression(C=3, max_iter=500).fit(words.fit_transform(texts[train]), y[train])
        guess["tf-idf"][test] = model.predict(words.transform(texts[test]))
        guess["length"][test] = LogisticRegression().fit(length[train, None], y[train]).predict(length[test, None])
    for k in range(5):
        train, test = babe & (random != k), babe & (random == k)
        share = {o: y[train & (outlets == o)].mean() for o in set(outlets[babe])}
        guess["outlet"][test] = [share[o] > 0.5 for o in outlets[test]]
    shown = ", ".join(f"{name} {macro_f1(y[babe], g[babe]):.3f}" for name, g in guess.items())
    commonest = macro_f1(y[babe], np.full(babe.sum(), round(y[babe].mean())))
    print(f"BABE, macro F1 of: {shown} (the outlet under random folds), always the commonest {commonest:.3f}")
    print(f"BASIL, AUC of length {roc_auc_score(y[basil], length[basil]):.3f}")
    for name, listed in (("TextBlob-subjective words", "subjectivity"), ("words of tone_loaded", "loaded")):
        column = vectors.LISTED.index(listed)
        value = vectors.known().rows[:, -len(vectors.LISTED) + column][d.words] >= 0.5
        for task_name, mine in (("BABE", babe), ("BASIL", basil)):
            told = d.marked[mine] >= 0
            p, r, f, _ = precision_recall_fscore_support(d.marked[mine][told], value[mine][told], average="binary")
            print(f"  {task_name} words by {name}: precision {p:.3f}, recall {r:.3f}, F1 {f:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(N_FOLDS)), help="folds to test; none: only print baselines")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--units", type=int, default=48)
    parser.add_argument("--heads", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.05)
    parser.add_argument("--drop", type=float, default=0.4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--smooth", type=float, default=0.05)
    parser.add_argument("--basil", type=float, default=0.7, help="weight of a sentence of BASIL")
    parser.add_argument("--words", type=float, default=3.0, help="weight of the words")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    began = time.time()
    d = coded(args.gold)
    print(f"{(d.task == BABE).sum():,} sentences of BABE, {(d.task == BASIL).sum():,} of BASIL; {time.time() - began:.0f} s", flush=True)
    if not args.no_baselines:
        print_baselines(d)
    every = np.arange(len(d.fold))
    score, words = np.zeros(len(every)), np.zeros((len(every), loaded_fast.STRETCH))
    for k in args.folds:
        test = every[d.fold == k]
        score[test], words[test] = scores_of(trained(d, every[d.fold != k], args, args.seed + k), d, test)
        auc = [roc_auc_score(d.biased[test][d.task[test] == t], score[test][d.task[test] == t]) for t in (BABE, BASIL)]
        print(f"fold {k}: AUC of BABE {auc[0]:.3f}, of BASIL {auc[1]:.3f}, {time.time() - began:.0f} s", flush=True)
    if not args.folds:
        return
    y = d.biased.astype(int)
    tested = np.isin(d.fold, args.folds)
    babe, basil = tested & (d.task == BABE), tested & (d.task == BASIL)
    p, marked = np.zeros(len(y)), np.zeros(d.marked.shape, dtype=bool)
    for k in args.folds:  # a fold's scale, and its cut for words, are set on the other folds' predictions
        mine, others = d.fold == k, tested & ((d.fold != k) | (len(args.folds) == 1))
        scale, shift = platt(score[others & babe], y[others & babe])
        p[mine] = expit(score[mine] * scale + shift)
        marked[mine] = words[mine] >= word_cut(words, d, every[others])
    ece, table = reliability(np.column_stack([1 - p[babe], p[babe]]), y[babe])
    print(f"BABE: macro F1 {macro_f1(y[babe], p[babe] > 0.5):.3f}, AUC {roc_auc_score(y[babe], p[babe]):.3f}, calibration error {ece:.3f}")
    for mean, right, n in table:
        print(f"  {mean:.2f} said, {right:.2f} right, {n:,}")
    print(f"BASIL: AUC {roc_auc_score(y[basil], p[basil]):.3f}")
    for name, mine in (("BABE", babe), ("BASIL", basil)):
        told = d.marked[mine] >= 0
        values = precision_recall_fscore_support(d.marked[mine][told], marked[mine][told], average="binary")[:3]
        print("  {} words: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(name, *values))
    if not args.no_write:
        net = trained(d, every, args, args.seed)
        scale, shift = platt(score[babe], y[babe])
        told = d.marked[babe] >= 0
        cut = word_cut(words, d, every[tested])
        steep, _ = platt(words[babe][told], d.marked[babe][told])
        numbers = {"scale": scale, "shift": shift, "word_scale": steep, "word_shift": -steep * cut}
        np.savez_compressed(WEIGHTS / "loaded_fast.npz", **net.weights(), **{name: np.float32(value) for name, value in numbers.items()})
        renew_digests()
        print(f"written, {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
