"""Make the probabilities of the encoder's heads for tone mean what they say, on gold data that was kept back; print the figures.

    python tools/calibrate_tone.py $FRAMING_GOLD FOLDER --weights FOLDER/epoch1.pt

FOLDER holds fold0 to fold3, the cross-validation of tools/train_encoder.py; ``--weights`` are those that were exported. Rewrites
target_head.npz (how sharp: one temperature, Guo et al. 2017, fitted on the eighth of NewsMTSC that was kept back from the shipped
encoder) and loaded_head.npz: the scale and shift of sentences and words (Platt 1999), fitted on what each fold's encoder had not seen. The
shipped one has seen all of that, so its outputs are first brought to the folds' mean and spread on sentences of uncoded articles. Every
figure is cross-fitted: what is set on some folds (or one half) is measured on the others.
"""

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from digests import renew_digests
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.metrics import f1_score, precision_recall_fscore_support, roc_auc_score
from splits import biased_words, group, kept_back, lexical_bias, part, read
from train_encoder import Heads, Sentence, guesses, packed
from training import platt

from framing.article import as_article
from framing.evaluate.tone import calibration_error
from framing.measuring.encoder import pieces
from framing.measuring.page import Page
from framing.measuring.tone import LABELS, heads, tone_toward_each
from framing.resources import load_arrays
from framing.text import Span, words

WEIGHTS = Path(heads.__file__).resolve().parent


def save(name: str, **changed: object) -> None:
    np.savez(WEIGHTS / f"{name}.npz", **(load_arrays(f"measuring/tone/{name}") | changed))
    renew_digests()


def sharpness(logits: np.ndarray, gold: np.ndarray) -> float:
    def loss(sharp: float) -> float:
        return -np.log(heads.softmax(logits * sharp)[np.arange(len(gold)), gold]).mean()

    return float(minimize_scalar(loss, bounds=(0.2, 3), method="bounded").x)


def toward(gold_folder: Path) -> None:
    logits, gold, half = [], [], []
    for row in read(gold_folder / "newsmtsc_train.jsonl.gz"):
        if kept_back(row["id"]):
            spans = [Span(t["start"], t["end"]) for t in row["targets"]]
            for target, found in zip(row["targets"], tone_toward_each(row["text"], spans), strict=True):
                logits.append(np.log([found.probabilities[label] for label in LABELS]))
                gold.append(LABELS.index(target["polarity"]))
                half.append(part(group(row["id"]) + "half", 2))
    x, y, halves = np.array(logits) / float(load_arrays("measuring/tone/target_head")["sharpness"]), np.array(gold), np.array(half)
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
    score: np.ndarray  # the first output of the head
    words: list[np.ndarray]  # of each sentence, (n_words, 2): first output, and marked by coders (nan: not coded)


def gold_sentences(gold: Path) -> dict[str, tuple[str, list[tuple[int, int]] | None]]:
    """Text and marked words of every sentence, by the name that tools/train_encoder.py gave it."""
    found = {}
    for row in read(gold / "babe_sg1.jsonl.gz"):
        found[f"{row['outlet']} {row['id']}"] = (row["text"], biased_words(row))
    for row in read(gold / "basil_1_50.jsonl.gz"):
        for i, s in enumerate(row["sentences"]):
            found[f"{row['event']} {row['outlet']} {i}"] = (s["text"], lexical_bias(s))
    return found


def word_scores(text: str, of_pieces: np.ndarray, marks: list[tuple[int, int]] | None) -> np.ndarray:
    found, rows = pieces(text, [Span(0, len(text))]), []
    n = len(of_pieces)
    for word in words(text):
        under = np.flatnonzero((found.starts[:n] < word.end) & (found.ends[:n] > word.start))
        if len(under) and text[word.start].isalpha():
            marked = np.nan if marks is None else float(any(word.start < b and a < word.end for a, b in marks))
            rows.append((of_pieces[under].max(), marked))
    return np.array(rows).reshape(-1, 2)


def judged(gold: Path, folder: Path) -> dict[str, Judged]:
    sentences = gold_sentences(gold)
    rows: dict[str, list] = {"BABE": [], "BASIL": []}
    for fold in range(4):
        kept = json.loads((folder / f"fold{fold}" / "kept_back.json").read_text(encoding="utf-8"))
        for name, labels, outputs, _, _, of_pieces in kept["sentences"]:
            text, marks = sentences[name]
            task, label = ("BABE", labels["0"]) if "0" in labels else ("BASIL", labels["1"])
            rows[task].append((fold, label, outputs, word_scores(text, np.array(of_pieces).reshape(-1, 2)[:, 0], marks)))
    for task, some in rows.items():
        if task == "BASIL":
            print(f"BASIL, own output for lexical bias: AUC {roc_auc_score([r[1] for r in some], [r[2][1] for r in some]):.3f}")
    return {
        task: Judged(
            np.array([r[0] for r in some]), np.array([r[1] for r in some]), np.array([r[2][0] for r in some]), [r[3] for r in some]
        )
        for task, some in rows.items()
    }


def spread(gold: Path, weights: Path) -> np.ndarray:
    """Mean and standard deviation of the first output for sentences, then for words, on sentences of uncoded articles."""
    sample = random.Random(0).sample(read(gold / "allsides_sample.jsonl.gz"), 300)
    some = []
    for i, row in enumerate(sample):
        article = as_article(row["text"][:4000])
        for j, span in enumerate(Page(article).sentences[:5]):
            sentence = Sentence(span.of(article.plain), f"{i} {j}")
            sentence.labels = {0: 0.0}
            some.append(sentence)
    told = guesses(Heads(weights), packed([s for s in some if len(s.found)], None))["sentences"]
    score, of_pieces = np.array([row[2][0] for row in told]), np.concatenate([np.array(row[5])[:, 0] for row in told])
    return np.array([score.mean(), score.std(), of_pieces.mean(), of_pieces.std()])


def word_table(d: Judged) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of all coded words: score, marked or not, fold."""
    every, fold = np.concatenate(d.words), np.repeat(d.fold, [len(w) for w in d.words])
    known = ~np.isnan(every[:, 1])
    return every[known, 0], every[known, 1], fold[known]


def best_cut(tables: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """The score from which on a word counts as marked: best mean F1 over BABE and BASIL."""
    tried = np.linspace(-4, 3, 71)
    return float(max(tried, key=lambda cut: np.mean([f1_score(y, score >= cut) for score, y in tables])))


def loaded(gold: Path, folder: Path, weights: Path, last: int) -> None:
    told = judged(gold, folder)
    babe, basil = told["BABE"], told["BASIL"]
    p, q = np.zeros(len(babe.biased)), np.zeros(len(basil.biased))
    for k in range(4):
        scale, shift = platt(babe.score[babe.fold != k], babe.biased[babe.fold != k])
        p[babe.fold == k] = expit(babe.score[babe.fold == k] * scale + shift)
        q[basil.fold == k] = basil.score[basil.fold == k] * scale + shift
    guess = p >= 0.5
    by_fold = [round(f1_score(babe.biased[babe.fold == k], guess[babe.fold == k], average="macro"), 3) for k in range(4)]
    error = calibration_error(np.maximum(p, 1 - p), guess == babe.biased)
    print(
        f"BABE: macro F1 {f1_score(babe.biased, guess, average='macro'):.3f}, by fold {by_fold}, AUC {roc_auc_score(babe.biased, p):.3f},"
    )
    print(f"  accuracy {(guess == babe.biased).mean():.3f}, calibration error {error:.3f}; BASIL: AUC {roc_auc_score(basil.biased, q):.3f}")
    tables = {task: word_table(d) for task, d in told.items()}
    cuts = [best_cut([(score[fold != k], y[fold != k]) for score, y, fold in tables.values()]) for k in range(4)]
    for task, (score, y, fold) in tables.items():
        values = precision_recall_fscore_support(y, score >= np.array(cuts)[fold], average="binary")[:3]
        print("{} words: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(task, *values))

    folds = np.mean([spread(gold, folder / f"fold{k}" / f"epoch{last}.pt") for k in range(4)], axis=0)
    own = spread(gold, weights)
    print(f"mean and spread on uncoded sentences: folds {folds.round(2)}, shipped {own.round(2)}")
    as_folds, words_as_folds = folds[1] / own[1], folds[3] / own[3]
    scale, shift = platt(babe.score, babe.biased)
    steep, _ = platt(*tables["BABE"][:2])
    cut = best_cut([(score, y) for score, y, _ in tables.values()])
    save(
        "loaded_head",
        sentence_scale=np.float32(scale * as_folds),
        sentence_offset=np.float32(scale * (folds[0] - own[0] * as_folds) + shift),
        word_scale=np.float32(steep * words_as_folds),
        word_offset=np.float32(steep * (folds[2] - own[2] * words_as_folds - cut)),
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
