"""Make the probabilities of the encoder's heads for tone mean what they say, on gold data that was kept back; print the figures.

    python tools/calibrate_tone.py ../shared/gold FOLDER

FOLDER holds fold0 to fold3, the cross-validation of tools/train_encoder.py. Rewrites target_head.npz (how sharp: one temperature, Guo
et al. 2017, fitted on the eighth of NewsMTSC that was kept back from the shipped encoder) and loaded_head.npz (how the head's outputs
are mixed into one probability, by logistic regression on the sentences of BABE that each fold's encoder had not seen; the shipped one
has seen them all). Figures are cross-fitted: what is set on one half is measured on the other.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_curve, roc_auc_score
from splits import group, kept_back, part, read

from framing.text import Span
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


def loaded(folder: Path) -> None:
    """Outputs of the sentence head: biased (BABE), lexical and informational bias (BASIL), opinion (BABE)."""
    babe, basil, words = [], [], {0: [], 1: []}
    for fold in range(4):
        for name, labels, logits, task, marked, of_words in json.loads((folder / f"fold{fold}" / "kept_back.json").read_text())[
            "sentences"
        ]:
            if "0" in labels:
                babe.append((fold, labels["0"], *logits))
            else:
                basil.append((fold, labels["1"], labels["2"], *logits))
            if task >= 0:
                words[task] += [(fold, y, *w) for y, w in zip(marked, of_words, strict=True)]
            del name
    a, b = np.array(babe), np.array(basil)
    x, y, xb = a[:, 2:], a[:, 1], b[:, 3:]
    for chosen in ([0], [0, 3], [0, 1], [0, 1, 3]):
        crossed = np.zeros(len(y))
        for fold in range(4):
            fitted = LogisticRegression(C=1.0).fit(x[a[:, 0] != fold][:, chosen], y[a[:, 0] != fold])
            crossed[a[:, 0] == fold] = fitted.predict_proba(x[a[:, 0] == fold][:, chosen])[:, 1]
        fitted = LogisticRegression(C=1.0).fit(x[:, chosen], y)
        by_fold = [roc_auc_score(b[b[:, 0] == f, 1], fitted.decision_function(xb[b[:, 0] == f][:, chosen])) for f in range(4)]
        any_bias = np.mean(
            [roc_auc_score(b[b[:, 0] == f, 1:3].max(1), fitted.decision_function(xb[b[:, 0] == f][:, chosen])) for f in range(4)]
        )
        print(
            f"biased sentences, outputs {chosen}: macro F1 {f1_score(y, crossed >= 0.5, average='macro'):.3f}, AUC {roc_auc_score(y, crossed):.3f}, "  # noqa: E501
            f"calibration error {calibration_error(np.maximum(crossed, 1 - crossed), (crossed >= 0.5) == y):.3f}; "
            f"BASIL lexical AUC {np.mean(by_fold):.3f}, any {any_bias:.3f}; weights {fitted.coef_.round(2)} {fitted.intercept_.round(2)}"
        )
    own = np.mean([roc_auc_score(b[b[:, 0] == f, 1], xb[b[:, 0] == f, 1]) for f in range(4)])
    print(f"BASIL lexical AUC of its own output {own:.3f}")
    for task, name in ((0, "BABE"), (1, "BASIL")):
        w = np.array(words[task])
        for k in (0, 1):
            precision, recall, at = precision_recall_curve(w[:, 1], w[:, 2 + k])
            f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
            best = int(f1[:-1].argmax())
            print(
                f"pieces of words, {name} by output {k}: best F1 {f1[best]:.3f} (P {precision[best]:.3f}, R {recall[best]:.3f}) from {expit(at[best]):.2f}"  # noqa: E501
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    toward(args.gold)
    loaded(args.folder)


if __name__ == "__main__":
    main()
