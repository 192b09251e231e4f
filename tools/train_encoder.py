"""Fine-tune the encoder for all its heads at once: who says what, tone toward a target, loaded language; on gold data by path.

    python tools/train_encoder.py $FRAMING_GOLD --start FOLDER/epoch4.pt --work FOLDER [--epochs 5] [--fold K] [--more FILE]

Starts from the weights of tools/train_attribution.py and needs what that needs. They are first mixed with those of the model they were
made from (a straight line between the two keeps who says what and brings back what fine-tuning forgot: Wortsman et al. 2022). Every batch
holds windows of PolNeAR (attribution, so that it is not forgotten), of NewsMTSC (tone toward a target), of BABE (biased sentences and
words) and of BASIL (lexical bias, whole articles). Sentences of NewsMTSC and BABE are read alone or several in a window, in turn, because
at run time a head sees both. The target is not marked in the input: one pass serves all targets.

A teacher is trained first, with ``--start none --tasks target,biased``: the whole model that was pruned for who says what, forgetting that.
What it says of targets in uncoded articles (tools/label_targets.py) is learned beside gold from ``--more``.

Without ``--fold``, an eighth of NewsMTSC's groups (one event or one article) is kept back and all of BABE and BASIL is used: the shipped
encoder. With ``--fold`` 0 to 3, that quarter of outlets (BABE), events (BASIL) and groups (NewsMTSC) is kept back and PolNeAR is left out:
the cross-validation. Predictions for what was kept back are written to FOLDER/kept_back.json.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from splits import OPINIONS, OUTLETS, biased_words, fold_of, kept_back, lexical_bias
from splits import read as rows_of
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, normalize
from train_attribution import BASE, CLS, SEP, Example, Tagger, f1, held_out

from framing.measuring.encoder import BREAK, SIZE, WINDOW, pieces, tokenizer
from framing.text import Span

POLARITIES = ("negative", "neutral", "positive")
GAP = tokenizer().token_to_id(BREAK)


class Heads(nn.Module):
    """The encoder, the attribution head, and the heads for tone toward a target and for loaded language."""

    def __init__(self, start: Path | None, share: float = 1.0, other: Path | None = None) -> None:
        super().__init__()
        weights = torch.load(start, map_location="cpu", weights_only=True) if start else {}
        own = {name.removeprefix("tagger."): value for name, value in weights.items()}
        whole = Tagger()
        if other:
            known = torch.load(other, map_location="cpu", weights_only=True)
            whole.load_state_dict({k.removeprefix("tagger."): v for k, v in known.items() if k.startswith("tagger.")})
        self.tagger = mixed(own, share, whole) if start else whole
        self.look = nn.Linear(SIZE, 128, bias=False)  # what a target looks for in its sentence
        self.show = nn.Linear(SIZE, 128, bias=False)
        self.tell = nn.Linear(SIZE, 128, bias=False)
        self.target = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * SIZE + 128, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, 3))
        self.words = nn.Linear(SIZE, 2)  # biased words of BABE, lexical bias of BASIL
        self.weigh = nn.Linear(SIZE, 1)
        self.sentence = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * SIZE + 2, 64), nn.GELU(), nn.Dropout(0.1), nn.Linear(64, 4))
        if own.keys() != weights.keys():  # the heads are trained already
            self.load_state_dict({k: v for k, v in weights.items() if not k.startswith("tagger.")}, strict=False)

    def vectors(self, ids: torch.Tensor, shapes: torch.Tensor, places: torch.Tensor, blocks: torch.Tensor) -> torch.Tensor:
        bert = self.tagger.bert
        seen = bert.embeddings.word_embeddings(ids) + self.tagger.shape(shapes)
        mask = (blocks[:, :, None] == blocks[:, None, :]) | torch.eye(ids.shape[1], dtype=torch.bool)
        return bert(inputs_embeds=seen, position_ids=places, attention_mask=mask[:, None]).last_hidden_state

    def toward(self, x: torch.Tensor, spans: list[tuple[int, ...]]) -> torch.Tensor:
        """``x``: (n_windows, n_pieces, 384); spans: window, sentence from and to, target from and to. Logits, (n_spans, 3)."""
        sentence, inside = gathered(x, [(w, a, b) for w, a, b, _, _ in spans])
        target, named = gathered(x, [(w, c, d) for w, _, _, c, d in spans])
        mean = (target * named[:, :, None]).sum(1) / named.sum(1)[:, None]
        q = self.look(mean).view(-1, 1, 4, 32)
        k, v = (part(sentence).view(*sentence.shape[:2], 4, 32) for part in (self.show, self.tell))
        weight = ((q * k).sum(-1) / 32**0.5).masked_fill(inside[:, :, None] == 0, -1e9).softmax(1)
        seen = (weight[..., None] * v).sum(1).flatten(1)
        around = (sentence * inside[:, :, None]).sum(1) / inside.sum(1)[:, None]
        return self.target(torch.cat([mean, around, seen], dim=1))

    def loaded(self, x: torch.Tensor, spans: list[tuple[int, int, int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of every sentence (biased in BABE, lexical and informational in BASIL, opinion in BABE), and of its pieces, padded."""
        sentence, inside = gathered(x, spans)
        word = self.words(sentence)
        outside = inside[:, :, None] == 0
        weight = self.weigh(sentence).masked_fill(outside, -1e9).softmax(1)
        around = (sentence * inside[:, :, None]).sum(1) / inside.sum(1)[:, None]
        most = word.masked_fill(outside, -1e9).amax(1)
        return self.sentence(torch.cat([around, (weight * sentence).sum(1), most], dim=1)), word


def gathered(x: torch.Tensor, spans: list[tuple[int, int, int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Vectors of spans (window, from, to), padded to the longest, and a mask of what is no padding."""
    n = max(b - a for _, a, b in spans)
    first = torch.tensor([w * x.shape[1] + a for w, a, _ in spans])[:, None]
    inside = torch.arange(n)[None] < torch.tensor([b - a for _, a, b in spans])[:, None]
    places = (first + torch.arange(n)[None]) * inside
    return x.flatten(0, 1)[places], inside.float()


def mixed(weights: dict[str, torch.Tensor], share: float, tagger: Tagger) -> Tagger:
    """A pruned tagger's weights with those of a whole one mixed in: ``share`` of the first."""
    kept = []
    for i, layer in enumerate(tagger.bert.encoder.layer):
        now, before = weights[f"bert.encoder.layer.{i}.intermediate.dense.weight"], layer.intermediate.dense.weight.data
        place = (normalize(now, dim=1) @ normalize(before, dim=1).T).argmax(1)  # pruned units are known by their direction
        if len(place.unique()) != len(place):
            raise SystemExit(f"weights to mix must come from one model, that in {BASE}")
        kept.append(torch.zeros(len(before)).index_fill(0, place, 1.0))
    tagger.prune(kept, weights["bert.encoder.layer.0.intermediate.dense.weight"].shape[0])
    before = tagger.state_dict() | {name: weights[name] for name in ("head.weight", "head.bias")}
    tagger.load_state_dict({k: share * weights[k] + (1 - share) * v if v.dtype.is_floating_point else v for k, v in before.items()})
    return tagger


# --- What is read: sentences with their labels, packed into windows -----------------------------------------------------------------


class Sentence:
    """A sentence of NewsMTSC or BABE, or of a BASIL article, with its labels by piece."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.found = pieces(text, [Span(0, len(text))])
        self.targets: list[tuple[int, int, tuple[float, ...]]] = []  # pieces from and to, probability of each label
        self.labels: dict[int, float] = {}  # output of the sentence head -> wanted
        self.word_task = -1
        self.word_y = np.zeros(len(self.found), dtype=np.float32)

    def under(self, start: int, end: int) -> tuple[int, int] | None:
        hit = np.flatnonzero((self.found.starts < end) & (self.found.ends > start))
        return (int(hit[0]), int(hit[-1]) + 1) if len(hit) else None

    def mark(self, spans: list[tuple[int, int]]) -> None:
        """Coders marked these stretches of the text."""
        for start, end in spans:
            place = self.under(start, end)
            if place:
                self.word_y[slice(*place)] = 1


def targets(gold: Path) -> list[Sentence]:
    read = []
    for row in rows_of(gold / "newsmtsc_train.jsonl.gz"):
        sentence = Sentence(row["text"], row["id"])
        for target in row["targets"]:
            place = sentence.under(target["start"], target["end"])
            if place and place[1] < WINDOW - 2:
                sentence.targets.append((*place, tuple(0.95 * (target["polarity"] == label) + 0.05 / 3 for label in POLARITIES)))
        read.append(sentence)
    return read


def labelled(path: Path) -> list[Sentence]:
    """Sentences with a teacher's probabilities for the targets in them: of tools/label_targets.py."""
    read = []
    for row in rows_of(path):
        sentence = Sentence(row["text"], row["id"])
        for target in row["targets"]:
            place = sentence.under(target["start"], target["end"])
            if place and place[1] < WINDOW - 2:
                sentence.targets.append((*place, tuple(target["probabilities"])))
        read.append(sentence)
    return read


def biased(gold: Path) -> list[Sentence]:
    read = []
    for row in rows_of(gold / "babe_sg1.jsonl.gz"):
        sentence = Sentence(row["text"], f"{row['outlet']} {row['id']}")
        sentence.labels = {0: float(row["biased"]), 3: OPINIONS.get(row["opinion"], math.nan)}
        sentence.labels = {k: v for k, v in sentence.labels.items() if v == v}
        marks = biased_words(row)
        if marks is not None:
            sentence.word_task = 0
            sentence.mark(marks)
        read.append(sentence)
    return read


def basil(gold: Path) -> list[list[Sentence]]:
    read = []
    for row in rows_of(gold / "basil_1_50.jsonl.gz"):
        article = []
        for i, s in enumerate(row["sentences"]):
            if not s["text"].strip():
                continue
            sentence = Sentence(s["text"], f"{row['event']} {row['outlet']} {i}")
            kinds = {b["bias"] for b in s["bias"]}
            sentence.labels = {1: float("Lexical" in kinds), 2: float("Informational" in kinds)}
            sentence.word_task = 1
            sentence.mark(lexical_bias(s))
            article.append(sentence)
        read.append(article)
    return read


class Window:
    """Pieces of one window and, for each sentence in it, where its pieces are."""

    def __init__(self) -> None:
        self.ids, self.shapes, self.places, self.blocks = [], [], [], []  # type: ignore[var-annotated]
        self.y: np.ndarray | None = None
        self.held: list[tuple[Sentence, int, int]] = []

    def block(self, sentences: list[Sentence]) -> None:
        """Append these sentences, one a paragraph, as text that is read together and by itself."""
        number = 1 + max(self.blocks, default=0)
        first = len(self.ids)
        ids, shapes = [CLS], [0]
        for i, s in enumerate(sentences):
            if i:
                ids, shapes = [*ids, GAP], [*shapes, 0]
            n = min(len(s.found), WINDOW - len(ids))
            self.held.append((s, first + len(ids), first + len(ids) + n))
            ids, shapes = [*ids, *s.found.ids[:n].tolist()], [*shapes, *s.found.shapes[:n].tolist()]
        self.ids += [*ids, SEP]
        self.shapes += [*shapes, 0]
        self.places += range(len(ids) + 1)
        self.blocks += [number] * (len(ids) + 1)


def packed(sentences: list[Sentence], rng: random.Random | None, together: float = 0.35) -> list[Window]:
    """Windows of sentences in random order; a part of them is read together with its neighbours, the rest alone."""
    order = list(sentences)
    if rng:
        rng.shuffle(order)
    read, window, at = [], Window(), 0
    while at < len(order):
        k = rng.randrange(2, 6) if rng and rng.random() < together / 2 else 1
        some = order[at : at + k]
        while len(some) > 1 and sum(len(s.found) + 1 for s in some) > WINDOW:
            some = some[:-1]
        at += len(some)
        n = min(WINDOW, sum(len(s.found) + 1 for s in some)) + 2
        if window.ids and len(window.ids) + n > WINDOW + 2:
            read.append(window)
            window = Window()
        window.block(some)
    return [*read, window] if window.ids else read


def stretches(article: list[Sentence], rng: random.Random | None) -> list[Window]:
    """An article's sentences in windows, a break between paragraphs of one to three sentences left out: they are read together."""
    read, some, size = [], [], 0
    limit = rng.randrange(100, WINDOW) if rng else WINDOW
    for s in [*article, None]:
        if s is None or (some and size + len(s.found) + 1 > limit):
            window = Window()
            window.block(some)
            read.append(window)
            some, size = [], 0
        if s is not None:
            some.append(s)
            size += len(s.found) + 1
    return read


def tagged(examples: list[Example], rng: random.Random) -> list[Window]:
    read = []
    for example in examples:
        for ids, shapes, y in example.cut(rng):
            window = Window()
            window.ids, window.shapes = [CLS, *ids.tolist(), SEP], [0, *shapes.tolist(), 0]
            window.places, window.blocks = list(range(len(ids) + 2)), [1] * (len(ids) + 2)
            window.y = y
            read.append(window)
    return read


def batch(some: list[Window]) -> tuple[torch.Tensor, ...]:
    n = max(len(w.ids) for w in some)
    ids, shapes, places, blocks = (torch.zeros(len(some), n, dtype=torch.long) for _ in range(4))
    y = torch.full((len(some), n), -100)
    for i, w in enumerate(some):
        k = len(w.ids)
        for tensor, values in ((ids, w.ids), (shapes, w.shapes), (places, w.places), (blocks, w.blocks)):
            tensor[i, :k] = torch.tensor(values)
        if w.y is not None:
            y[i, 1 : k - 1] = torch.from_numpy(w.y)
    return ids, shapes, places, blocks, y


def loss_of(model: Heads, some: list[Window]) -> dict[str, torch.Tensor]:
    ids, shapes, places, blocks, y = batch(some)
    x = model.vectors(ids, shapes, places, blocks)
    losses = {}
    if (y >= 0).any():
        losses["attribution"] = 3 * cross_entropy(model.tagger.head(model.tagger.dropout(x)).flatten(0, 1), y.flatten())
    held = [(i, s, a, b) for i, w in enumerate(some) for s, a, b in w.held]
    spans = [(i, a, b, a + c, a + d) for i, s, a, b in held for c, d, _ in s.targets]
    if spans:
        wanted = torch.tensor([y for _, s, _, _ in held for *_, y in s.targets])
        losses["target"] = cross_entropy(model.toward(x, spans), wanted)
    held = [(i, s, a, b) for i, s, a, b in held if s.labels]
    if held:
        of_sentences, of_words = model.loaded(x, [(i, a, b) for i, _, a, b in held])
        for j, name, weight in ((0, "biased", 0.7), (1, "lexical", 0.5), (2, "informational", 0.2), (3, "opinion", 0.2)):
            rows = [(k, s.labels[j]) for k, (_, s, _, _) in enumerate(held) if j in s.labels]
            if rows:
                guess, wanted = of_sentences[[k for k, _ in rows], j], torch.tensor([v for _, v in rows])
                losses[name] = weight * binary_cross_entropy_with_logits(guess, wanted)
        for task, name in ((0, "biased words"), (1, "lexical words")):
            some_words = [
                (logits[: b - a, task], s.word_y[: b - a])
                for logits, (_, s, a, b) in zip(of_words, held, strict=True)
                if s.word_task == task
            ]
            if some_words:
                guess, wanted = torch.cat([g for g, _ in some_words]), torch.from_numpy(np.concatenate([v for _, v in some_words]))
                losses[name] = 0.7 * binary_cross_entropy_with_logits(guess, wanted, pos_weight=torch.tensor(3.0))
    return losses


@torch.no_grad()
def guesses(model: Heads, read: list[Window]) -> dict[str, list]:
    """Logits for all that is in these windows, with what was wanted."""
    model.eval()
    out: dict[str, list] = {"targets": [], "sentences": []}
    for at in range(0, len(read), 8):
        some = read[at : at + 8]
        ids, shapes, places, blocks, _ = batch(some)
        x = model.vectors(ids, shapes, places, blocks)
        held = [(i, s, a, b) for i, w in enumerate(some) for s, a, b in w.held]
        spans = [(i, a, b, a + c, a + d) for i, s, a, b in held for c, d, _ in s.targets]
        if spans:
            names = [(s.name, int(np.argmax(y))) for _, s, _, _ in held for *_, y in s.targets]
            out["targets"] += [[*name, *row] for name, row in zip(names, model.toward(x, spans).tolist(), strict=True)]
        held = [h for h in held if h[1].labels]
        if held:
            rows, words = model.loaded(x, [(i, a, b) for i, _, a, b in held])
            for (_, s, a, b), row, word in zip(held, rows.tolist(), words, strict=True):
                out["sentences"].append([s.name, s.labels, row, s.word_task, s.word_y[: b - a].tolist(), word[: b - a].tolist()])
    model.train()
    return out


def figures(out: dict[str, list]) -> dict[str, float]:
    from sklearn.metrics import f1_score, roc_auc_score

    result = {}
    if out["targets"]:
        logits = np.array([row[2:] for row in out["targets"]])
        result["target_f1"] = f1_score([row[1] for row in out["targets"]], logits.argmax(1), average="macro")
    for j, name in ((0, "biased"), (1, "lexical"), (2, "informational")):
        rows = [(s[1][j], s[2][j]) for s in out["sentences"] if j in s[1]]
        if rows:
            wanted, logit = np.array(rows).T
            result[f"{name}_auc"] = roc_auc_score(wanted, logit)
            result[f"{name}_f1"] = f1_score(wanted, logit > 0, average="macro")
    for task in (0, 1):
        rows = [pair for s in out["sentences"] if s[3] == task for pair in zip(s[4], [w[task] for w in s[5]], strict=True)]
        if rows:
            wanted, logit = np.array(rows).T
            result[f"words{task}_f1"] = f1_score(wanted, logit > 0)
    return {k: round(float(v), 3) for k, v in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument(
        "--start", required=True, help="weights of tools/train_attribution.py or of this; none: the model in BASE, unpruned"
    )
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--more", type=Path, help="targets that a teacher labelled")
    parser.add_argument("--epochs", type=int, default=5, help="over NewsMTSC and BABE; the others by the shares below")
    parser.add_argument("--labelled", type=float, default=0.5, help="of --more in an epoch")
    parser.add_argument("--basil", type=float, default=0.5, help="of BASIL in an epoch")
    parser.add_argument("--polnear", type=float, default=0.3, help="of PolNeAR in an epoch")
    parser.add_argument("--other", type=Path, help="a teacher's weights to mix in; without it, the model in BASE")
    parser.add_argument("--share", type=float, default=0.6, help="of --start in the first weights; the rest is the other's")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--tasks", default="target,biased,basil,polnear")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tasks, fold = args.tasks.split(","), args.fold

    toward, outlets, articles, examples, kept_examples = [], [], [], [], []
    kept: list[Window] = []
    if "target" in tasks:
        every = targets(args.gold)
        back = [kept_back(s.name) if fold < 0 else fold_of(s.name) == fold for s in every]
        toward = [s for s, b in zip(every, back, strict=True) if not b]
        kept += packed([s for s, b in zip(every, back, strict=True) if b], None)
    more = labelled(args.more) if args.more else []
    if "biased" in tasks:
        every = biased(args.gold)
        outlets = [s for s in every if fold < 0 or s.name.split()[0] not in OUTLETS[fold]]
        kept += packed([s for s in every if fold >= 0 and s.name.split()[0] in OUTLETS[fold]], None)
    if "basil" in tasks:
        by_article = basil(args.gold)
        articles = [a for a in by_article if fold < 0 or int(a[0].name.split()[0]) % 4 != fold]
        kept += [w for a in by_article if fold >= 0 and int(a[0].name.split()[0]) % 4 == fold for w in packed(a, None)]
    if "polnear" in tasks and fold < 0:
        examples = [Example(row) for row in rows_of(args.gold / "polnear_train.jsonl.gz")]
        kept_examples = [e for e in examples if held_out(e.id)]
        examples = [e for e in examples if not held_out(e.id)]
    model = Heads(None if args.start == "none" else Path(args.start), args.share, args.other)

    def epoch_of() -> list[list[Window]]:
        read = packed(toward + [s for s in more if rng.random() < args.labelled], rng) + packed(outlets, rng)
        read += [w for a in articles if rng.random() < args.basil for w in (stretches(a, rng) if rng.random() < 0.5 else packed(a, rng))]
        read += tagged([e for e in examples if rng.random() < args.polnear], rng)
        rng.shuffle(read)
        return [read[i : i + args.batch] for i in range(0, len(read), args.batch)]

    epochs = [epoch_of() for _ in range(args.epochs)]
    n_steps = sum(map(len, epochs))
    print(f"{len(toward)} + {len(outlets)} sentences, {len(articles)} + {len(examples)} articles; {n_steps} steps", flush=True)
    inner = list(model.tagger.parameters())
    heads = [p for name, p in model.named_parameters() if not name.startswith("tagger.")]
    opt = torch.optim.AdamW(
        [{"params": inner, "peak": args.rate, "weight_decay": 0.01}, {"params": heads, "peak": args.head_rate, "weight_decay": 0.01}],
        lr=args.rate,
        fused=True,
    )
    step, began, running = 0, time.time(), {}
    for epoch, batches in enumerate(epochs):
        model.train()
        for some in batches:
            losses = loss_of(model, some)
            sum(losses.values()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for g in opt.param_groups:
                g["lr"] = g["peak"] * min(1, (step + 1) / 60) * max(0.01, 1 - step / n_steps)
            opt.step()
            opt.zero_grad()
            step += 1
            for name, value in losses.items():
                running[name] = 0.97 * running.get(name, value.item()) + 0.03 * value.item()
            if step % 25 == 0:
                shown = " ".join(f"{k} {v:.3f}" for k, v in running.items())
                print(f"epoch {epoch} step {step}/{n_steps} {shown} {time.time() - began:.0f} s", flush=True)
        torch.save(model.state_dict(), args.work / f"epoch{epoch}.pt")
        out = guesses(model, kept)
        print(f"epoch {epoch} kept back: {figures(out)} {time.time() - began:.0f} s", flush=True)
        (args.work / "kept_back.json").write_text(json.dumps(out), encoding="utf-8")
    if kept_examples:
        print(f"attribution, kept back: {f1(model.tagger, kept_examples)}", flush=True)


if __name__ == "__main__":
    main()
