"""What the trainers of the fast measures of tone share: batches, neighbours of words, calibration."""

from collections.abc import Iterator

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from framing.evaluate.tone import calibration_error


def batches(rows: np.ndarray, length: np.ndarray, size: int, pool: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """The rows in random batches of about the same length: sorted within pools of ``pool`` rows."""
    order = rng.permutation(rows)
    pools = [order[i : i + pool] for i in range(0, len(order), pool)]
    order = np.concatenate([some[np.argsort(length[some], kind="stable")] for some in pools])
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    for i in rng.permutation(len(cut)):
        yield cut[i]


def with_neighbours(vectors: torch.Tensor) -> torch.Tensor:
    """Vectors of words, shape (n_rows, n_words, size), between those of the word before and the word behind: (n_rows, n_words, 3 size)."""
    edge = torch.zeros_like(vectors[:, :1])
    return torch.cat([torch.cat([edge, vectors[:, :-1]], 1), vectors, torch.cat([vectors[:, 1:], edge], 1)], 2)


def platt(score: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Scale and shift that make probabilities of scores (Platt 1999)."""
    model = LogisticRegression(C=1e3).fit(score[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def reliability(p: np.ndarray, y: np.ndarray) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error of the likeliest class, and for each tenth: mean probability, share right, count."""
    top, right = p.max(axis=1), p.argmax(axis=1) == y
    bins = np.minimum((top * 10).astype(int), 9)
    table = [(float(top[bins == b].mean()), float(right[bins == b].mean()), int((bins == b).sum())) for b in range(10) if (bins == b).any()]
    return calibration_error(top, right), table
