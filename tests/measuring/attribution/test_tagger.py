"""Label scores to spans, against brute force and by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from framing.measuring.attribution.tagger import LABELS, Tokens, best_labels, log_softmax, spans_of
from framing.text import Span


def is_legal(labels: tuple[int, ...], first: list[int]) -> bool:
    return all(not (label and label % 2 == 0) or (i not in first and labels[i - 1] in (label, label - 1)) for i, label in enumerate(labels))


@pytest.mark.parametrize("seed", range(40))
def test_best_labels_are_the_best_legal_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    scores = np.log(rng.dirichlet(np.full(7, 0.5), size=n))
    first = [0, 2] if n > 2 and seed % 2 else [0]
    found = tuple(int(label) for label in best_labels(scores, np.array(first)))
    assert is_legal(found, first)
    best = max(
        sum(scores[i, label] for i, label in enumerate(labels))
        for labels in itertools.product(range(7), repeat=n)
        if is_legal(labels, first)
    )
    assert sum(scores[i, label] for i, label in enumerate(found)) == pytest.approx(best)


def test_nothing_to_label() -> None:
    assert best_labels(np.zeros((0, 7)), np.array([], dtype=int)).tolist() == []


def tokens_of(text: str, ends_of_pieces: list[tuple[int, int]]) -> Tokens:
    starts, ends = np.array(ends_of_pieces).T
    return Tokens(starts, ends, np.array([0]))


def test_spans_end_with_words_and_know_how_sure_they_are() -> None:
    text = "Ilse Maren resigned, said Renk"
    pieces = [(0, 4), (5, 8), (8, 10), (11, 19), (19, 20), (21, 25), (26, 30)]
    labels = ["B-content", "I-content", "O", "O", "O", "B-cue", "B-source"]  # half of "Maren" is missing
    scores = np.full((7, 7), np.log(0.02))
    for i, label in enumerate(labels):
        scores[i, LABELS.index(label)] = np.log(0.88)
    roles, sure = spans_of(text, tokens_of(text, pieces), np.array([LABELS.index(label) for label in labels]), scores)
    assert [s.of(text) for s in roles.content] == ["Ilse Maren"]
    assert [s.of(text) for s in roles.cue] == ["said"]
    assert [s.of(text) for s in roles.source] == ["Renk"]
    assert sure[Span(26, 30)] == pytest.approx(np.log(0.90))


def test_log_softmax_gives_chances_that_sum_to_one() -> None:
    scores = np.array([[1000.0, 0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7]], dtype=np.float32)
    assert np.exp(log_softmax(scores)).sum(axis=1) == pytest.approx([1, 1])
