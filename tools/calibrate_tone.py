"""Make the probabilities of the encoder's heads for tone mean what they say, on gold data that was kept back; print the figures.

    python tools/calibrate_tone.py ../shared/gold FOLDER --weights FOLDER/epoch1.pt

FOLDER holds fold0 to fold3, the cross-validation of tools/train_encoder.py; ``--weights`` are those that were exported. Rewrites
target_head.npz (how sharp: one temperature, Guo et al. 2017, fitted on the eighth of NewsMTSC that was kept back from the shipped
encoder) and loaded_head.npz: how the head's outputs are mixed into one probability of a sentence, and of a word, by logistic regression
on what each fold's encoder had not seen. The shipped one has seen all of that, so its outputs are first brought to the folds' mean and
spread on sentences of uncoded articles. Every figure is cross-fitted: what is set on some folds (or one half) is measured on the others.
"""

import argparse
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_fscore_support, roc_auc_score
from splits import group, kept_back, part, read
from train_encoder import Heads, Sentence, guesses, packed

from framing.article import as_article
from framing.encoder import pieces
from framing.text import Span, sentences, words
from framing.tone import LABELS, heads, tones_toward
from framing.validate.tone import calibration_error

DATA = Path(heads.__file__).resolve().parents[1] / "data"


def save(name: str, **changed: object) -> None:
    np.savez(DATA / f"{name}.npz", **(heads.weights(name) | changed))


def sharpness(logits: np.ndarray, gold: np.ndarray) -> float:
    def loss(sharp: float) -> float:
        return -np.log(heads.softmax(logits * sharp)[np.arange(len(gold)), gold]).mean()

    return float(minimize_scalar(loss, bounds=(0.2, 3), method="bounded").x)


def toward(gold_folder: Path) -> None:
    logits, gold, half = [], [], []
    for row in read(gold_folder / "newsmtsc_train.jsonl.gz"):
        if kept_back(row["id"]):
            spans = [Span(t["start"], t["end"]) for t in row["targets"]]
            for target, found in zip(row["targets"], tones_toward(row["text"], spans), strict=True):
                logits.append(np.log([found.probabilities[label] for label in LABELS]))
                gold.append(LABELS.index(target["polarity"]))
                half.append(part(group(row["id"]) + "half", 2))
    x, y, halves = np.array(logits) / float(heads.weights("target_head")["sharpness"]), np.array(gold), np.array(half)
    crossed = np.zeros_like(x)
    for h in (0, 1):
        crossed[halves == h] = heads.softmax(x[halves == h] * sharpness(x[halves != h], y[halves != h]))
    sharp = sharpness(x, y)
    save("target_head", sharpness=np.float32(sharp))
    guess = x.argmax(1)
    errors = [calibration_error(p.max(1), guess == y) for p in (heads.softmax(x), crossed)]
    print(
        f"target tone, {len(y)} targets kept back: macro F1 {f1_score(y, guess, average='macro'):.3f}, by class {f1_score(y, guess, average=None).round(3)}"  # noqa: E501
    )
    print(f"  sharpness {sharp:.3f}; calibration error {errors[0]:.3f} before, {errors[1]:.3f} cross-fitted")


# --- Loaded language ------------------------------------------------------------------------------------------------------------------


@dataclass
class Judged:
    """Sentences of BABE (or BASIL) as their fold's encoder judged them, and their words."""

    fold: np.ndarray
    biased: np.ndarray
    outputs: np.ndarray  # (n, 4): biased, lexical, informational, opinion
    words: list[np.ndarray]  # of each sentence, (n_words, 3): outputs for BABE and BASIL, and marked by coders (nan: not coded)


def gold_sentences(gold: Path) -> dict[str, tuple[str, list[tuple[int, int]] | None]]:
    """Text and marked words of every sentence, by the name that tools/train_encoder.py gave it."""
    found = {}
    for row in read(gold / "babe_sg1.jsonl.gz"):
        words = [re.escape(word.strip()) for word in row["biased_words"] if word.strip()]
        marks = [match.span() for word in words for match in re.finditer(word, row["text"], re.IGNORECASE)]
        found[f"{row['outlet']} {row['id']}"] = (row["text"], marks if row["biased_words"] or not row["biased"] else None)
    for row in read(gold / "basil_1_50.jsonl.gz"):
        for i, s in enumerate(row["sentences"]):
            marks = [(b["start"], b["end"]) for b in s["bias"] if b["bias"] == "Lexical"]
            found[f"{row['event']} {row['outlet']} {i}"] = (s["text"], marks)
    return found


def word_outputs(text: str, of_pieces: np.ndarray, marks: list[tuple[int, int]] | None) -> np.ndarray:
    found, rows = pieces(text, [Span(0, len(text))]), []
    n = len(of_pieces)
    for word in words(text):
        under = np.flatnonzero((found.starts[:n] < word.end) & (found.ends[:n] > word.start))
        if len(under) and text[word.start].isalpha():
            marked = np.nan if marks is None else float(any(word.start < b and a < word.end for a, b in marks))
            rows.append((*of_pieces[under].max(axis=0), marked))
    return np.array(rows).reshape(-1, 3)


def judged(gold: Path, folder: Path) -> dict[str, Judged]:
    sentences = gold_sentences(gold)
    rows: dict[str, list] = {"BABE": [], "BASIL": []}
    for fold in range(4):
        kept = json.loads((folder / f"fold{fold}" / "kept_back.json").read_text(encoding="utf-8"))
        for name, labels, outputs, _, _, of_pieces in kept["sentences"]:
            text, marks = sentences[name]
            task, label = ("BABE", labels["0"]) if "0" in labels else ("BASIL", labels["1"])
            rows[task].append((fold, label, outputs, word_outputs(text, np.array(of_pieces).reshape(-1, 2), marks)))
    return {
        task: Judged(np.array([r[0] for r in some]), np.array([r[1] for r in some]), np.array([r[2] for r in some]), [r[3] for r in some])
        for task, some in rows.items()
    }


def spread(gold: Path, weights: Path) -> tuple[np.ndarray, ...]:
    """Mean and standard deviation of each output for sentences, and for words, on sentences of uncoded articles."""
    sample = random.Random(0).sample(read(gold / "allsides_sample.jsonl.gz"), 300)
    some = []
    for i, row in enumerate(sample):
        article = as_article(row["text"][:4000])
        for j, span in enumerate([s for paragraph in article.spans() for s in sentences(article.plain, paragraph)][:5]):
            sentence = Sentence(span.of(article.plain), f"{i} {j}")
            sentence.labels = {0: 0.0}
            some.append(sentence)
    told = guesses(Heads(weights), packed([s for s in some if len(s.found)], None))["sentences"]
    outputs, of_pieces = np.array([row[2] for row in told]), np.concatenate([np.array(row[5]) for row in told])
    return outputs.mean(0), outputs.std(0), of_pieces.mean(0), of_pieces.std(0)


def word_table(d: Judged, outputs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of all coded words: outputs with those of their sentence, marked or not, fold."""
    told = [
        (w[:, :2], np.repeat(x[None], len(w), 0), w[:, 2], np.full(len(w), f)) for w, x, f in zip(d.words, outputs, d.fold, strict=True)
    ]
    own, whole, y, fold = (np.concatenate(parts) for parts in zip(*told, strict=True))
    known = ~np.isnan(y)
    return np.column_stack([own, whole])[known], y[known], fold[known]


def best_cut(tables: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """The score from which on a word counts as marked: best mean F1 over BABE and BASIL."""
    tried = np.linspace(-4, 3, 71)
    return float(max(tried, key=lambda cut: np.mean([f1_score(y, score >= cut) for score, y in tables])))


def loaded(gold: Path, folder: Path, weights: Path, last: int) -> None:
    told = judged(gold, folder)
    babe, basil = told["BABE"], told["BASIL"]
    fitted: dict[str, tuple[LogisticRegression, list[int]]] = {}
    for name, chosen in (("biased", [0]), ("biased, lexical", [0, 1]), ("biased, opinion", [0, 3]), ("all", [0, 1, 2, 3])):
        p, q = np.zeros(len(babe.biased)), np.zeros(len(basil.biased))
        for k in range(4):
            model = LogisticRegression(C=1).fit(babe.outputs[babe.fold != k][:, chosen], babe.biased[babe.fold != k])
            p[babe.fold == k] = model.predict_proba(babe.outputs[babe.fold == k][:, chosen])[:, 1]
            q[basil.fold == k] = model.decision_function(basil.outputs[basil.fold == k][:, chosen])
        guess = p >= 0.5
        error = calibration_error(np.maximum(p, 1 - p), guess == babe.biased)
        by_fold = [f1_score(babe.biased[babe.fold == k], guess[babe.fold == k], average="macro").round(3) for k in range(4)]
        f1, auc = f1_score(babe.biased, guess, average="macro"), roc_auc_score(babe.biased, p)
        print(f"BABE, outputs {name}: macro F1 {f1:.3f} {by_fold}, AUC {auc:.3f}, accuracy {(guess == babe.biased).mean():.3f},")
        print(f"  calibration error {error:.3f}; BASIL AUC {roc_auc_score(basil.biased, q):.3f}")
        fitted[name] = (LogisticRegression(C=1).fit(babe.outputs[:, chosen], babe.biased), chosen)
    print(f"BASIL, output lexical alone: AUC {roc_auc_score(basil.biased, basil.outputs[:, 1]):.3f}")
    model, chosen = fitted["biased, lexical"]
    mix = np.zeros(4)
    mix[chosen] = model.coef_[0]
    offset = float(model.intercept_[0])

    tables = {task: word_table(d, (d.outputs @ mix + offset)[:, None]) for task, d in told.items()}
    for name, columns in (("words' outputs", [0, 1]), ("and their sentence's", [0, 1, 2])):
        scores = {task: np.zeros(len(y)) for task, (_, y, _) in tables.items()}
        marked = {task: np.zeros(len(y), dtype=bool) for task, (_, y, _) in tables.items()}
        for k in range(4):
            x, y, fold = tables["BABE"]
            some = LogisticRegression(C=1, max_iter=500).fit(x[fold != k][:, columns], y[fold != k])
            for task, (x, _, fold) in tables.items():
                scores[task][fold == k] = some.decision_function(x[fold == k][:, columns])
            cut = best_cut([(some.decision_function(x[f != k][:, columns]), y[f != k]) for x, y, f in tables.values()])
            for task, (_, _, fold) in tables.items():
                marked[task][fold == k] = scores[task][fold == k] >= cut
        for task, (_, y, _) in tables.items():
            values = precision_recall_fscore_support(y, marked[task], average="binary")[:3]
            print("{} words, {}: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(task, name, *values))
    x, y, _ = tables["BABE"]
    of_words = LogisticRegression(C=1, max_iter=500).fit(x, y)
    cut = best_cut([(of_words.decision_function(x), y) for x, y, _ in tables.values()])
    word_mix = of_words.coef_[0]
    if word_mix[:2].min() < 0:
        raise SystemExit(f"weights of the words' outputs must not be negative: {word_mix}")

    folds = np.mean([spread(gold, folder / f"fold{k}" / f"epoch{last}.pt") for k in range(4)], axis=0, dtype=object)
    own = spread(gold, weights)
    for name, values in (("folds", folds), ("shipped", own)):
        print(f"on uncoded sentences, {name}:", *(np.round(np.array(v, dtype=float), 2) for v in values))
    scale, word_scale = folds[1] / own[1], folds[3] / own[3]
    save(
        "loaded_head",
        sentence_mix=(mix * scale).astype(np.float32),
        sentence_offset=np.float32(offset + mix @ (folds[0] - own[0] * scale)),
        word_mix=(word_mix[:2] * word_scale).astype(np.float32),
        word_sentence=np.float32(word_mix[2]),
        word_offset=np.float32(of_words.intercept_[0] - cut + word_mix[:2] @ (folds[2] - own[2] * word_scale)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--last", type=int, default=4, help="the last epoch of the folds")
    args = parser.parse_args()
    toward(args.gold)
    loaded(args.gold, args.folder, args.weights, args.last)


if __name__ == "__main__":
    main()
