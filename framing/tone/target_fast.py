"""Tone toward a target without the encoder: a small network over the words around it, for millions of articles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from framing.text import Span
from framing.tone.vectors import GAP, PRONOUNS, Sentence, known, read, units

POLARITIES = ("negative", "neutral", "positive")
WINDOW = 96  # words and marks looked at around a target
BEFORE = 60  # of which before it, at most
NEAR = 4  # steps from the target
BANDS = (2, 3, 4, 5, 7, 9, 13, 20)  # where a new band of distance begins
N_SHAPES = 8  # of the sentence and the target
TOGETHER = 128  # places weighed at a time


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows around targets, one row each.

    Attributes
    ----------
    words : int array, shape (n_all,)
        Numbers of the words of all sentences one after the other, a ``GAP`` before, between and behind them.
    at : int array, shape (n_places, n_words)
        Where in ``words`` each word of a window stands; 0 where the window has no word.
    places : int array, shape (n_places, n_words)
        0 in the target and where there is no word, else 1 + 2 * band of distance, + 1 behind the target.
    same : int array, shape (n_places, n_words)
        1 where the word is quoted, or not, as the target is.
    shapes : float array, shape (n_places, 8)
        Target quoted, anything quoted, target a pronoun, words of the target, words of the sentence, target first, question, exclamation.
    """

    words: NDArray[np.int64]
    at: NDArray[np.int64]
    places: NDArray[np.int64]
    same: NDArray[np.int64]
    shapes: NDArray[np.float32]


_STEPS = np.searchsorted(BANDS, np.arange(WINDOW + 1), side="right")  # distance -> band


def windows(text: str, places: Sequence[tuple[Span, Span]]) -> Windows:
    """Windows around the targets; a sentence with several of them is read once."""
    sentences: dict[tuple[int, int], tuple[Sentence, int, bool, bool, bool]] = {}
    words = [GAP]
    quoted = [False]
    cuts = []
    shapes = []
    for span, target in places:
        key = (span.start, span.end)
        if key not in sentences:
            sentence = read(text, span)
            end = text[max(span.start, span.end - 4) : span.end].rstrip("\"'”’) ")
            sentences[key] = (sentence, len(words), True in sentence.quoted, end.endswith("?"), end.endswith("!"))
            words += sentence.numbers
            words.append(GAP)
            quoted += sentence.quoted
            quoted.append(False)
        sentence, offset, any_quoted, asks, exclaims = sentences[key]
        n = len(sentence.numbers)
        starts, begin = sentence.starts, target.start - span.start
        last = bisect_left(starts, target.end - span.start)
        first = bisect_right(starts, begin, 0, last)
        if first and starts[first - 1] + len(sentence.forms[first - 1]) > begin:
            first -= 1
        low = max(0, first - BEFORE)
        high = min(n, low + WINDOW)
        is_quoted = any_quoted and 2 * sum(sentence.quoted[first:last]) > last - first
        pronoun = last - first == 1 and sentence.forms[first].lower() in PRONOUNS
        cuts.append((offset + low, high - low, first - low, min(last, high) - low, is_quoted))
        shapes.append((is_quoted, any_quoted, pronoun, min(last - first, 5) / 3, min(n, 60) / 30, first == 0, asks, exclaims))
    offset_of, n_of, first_of, last_of, quotes = np.array(cuts, dtype=np.int64).reshape(-1, 5).T[:, :, np.newaxis]
    step = np.arange(max(1, n_of.max(initial=0)))
    inside = step < n_of
    at = np.where(inside, offset_of + step, 0)
    behind = step >= last_of
    distance = np.where(behind, step - last_of + 1, first_of - step)
    where = 1 + 2 * _STEPS[np.clip(distance, 0, WINDOW)] + behind
    where[((step >= first_of) & ~behind) | ~inside] = 0
    same = (np.array(quoted)[at] == (quotes > 0)).astype(np.int64)
    return Windows(np.array(words), at, where, same, np.array(shapes, dtype=np.float32).reshape(-1, N_SHAPES))


@dataclass(frozen=True)
class _Weights:
    tables: NDArray[np.float32]  # see framing.tone.vectors.units
    bias: NDArray[np.float32]
    pay: NDArray[np.float32]  # (n_units, n_heads)
    by_place: NDArray[np.float32]  # (1 + 2 * bands, n_heads)
    by_quote: NDArray[np.float32]  # (2, n_heads)
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    last: NDArray[np.float32]
    last_bias: NDArray[np.float32]


@cache
def _weights() -> _Weights:
    with (files("framing") / "data" / "target_fast.npz").open("rb") as file, np.load(file, allow_pickle=False) as data:
        w = {name: data[name].astype(np.float32) for name in data.files}
    rows = known().rows
    tables = np.stack([rows @ w.pop(name) for name in ("before", "itself", "behind", "passed")], axis=1)
    temperature = w.pop("temperature")
    w["last"] /= temperature
    w["last_bias"] /= temperature
    return _Weights(tables, **w)


def _logits(seen: Windows, w: _Weights) -> NDArray[np.float32]:
    of_words = units(seen.words, w.tables, w.bias)
    score = (of_words @ w.pay)[seen.at] + w.by_place[seen.places] + w.by_quote[seen.same]
    outside = seen.places > 0
    score[~outside] = -1e4
    share = np.exp(score - score.max(axis=1, keepdims=True))
    share *= outside[:, :, np.newaxis]
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-9)
    near = outside & (seen.places <= 2 * NEAR)
    behind = seen.places % 2 == 0
    sides = np.stack([near & ~behind, near & behind], axis=2).astype(np.float32)
    sides /= np.sqrt(sides.sum(axis=1, keepdims=True) + 1)
    pooled = np.concatenate([share, sides], axis=2).transpose(0, 2, 1) @ of_words[seen.at]
    x = np.concatenate([pooled.reshape(len(pooled), -1), seen.shapes], axis=1)
    logits: NDArray[np.float32] = np.maximum(x @ w.hidden + w.hidden_bias, 0) @ w.last + w.last_bias
    return logits


def probabilities(text: str, places: Sequence[tuple[Span, Span]]) -> NDArray[np.float64]:
    """How likely the tone of a sentence toward a target is negative, neutral and positive, without the encoder.

    Parameters
    ----------
    text : str
    places : sequence of (Span, Span)
        The span of a sentence and the span of a target in it, in offsets of ``text``; several targets of one sentence cost little more
        than one.

    Returns
    -------
    float array, shape (n_places, 3)
        Columns negative, neutral, positive; each row sums to 1. Calibrated: of the sentences that get .7, about 70 in 100 are so coded.

    Notes
    -----
    Each word i in a window of 96 words around the target has a vector v (its row in the encoder's table, shortened, and what the lists
    ``tone_directed``, ``tone_loaded`` and TextBlob's lexicon say of it). With its two neighbours it gives
    u_i = max(0, A v_{i-1} + B v_i + C v_{i+1} + b) + D v_i. Four heads weigh the words outside the target, a_i = softmax(p·u_i + distance
    and side + quoted as the target is), and sum them; two more sums take the four words on either side. The sums and eight shapes of the
    sentence go through one hidden layer into three scores, divided by a temperature. Names are all one word, so neither the target's
    name nor any other counts.

    Examples
    --------
    >>> from framing.text import Span
    >>> text = "Critics called Voss a corrupt liar."
    >>> chances = probabilities(text, [(Span(0, len(text)), Span(15, 19))])
    >>> chances.shape, POLARITIES[chances[0].argmax()]
    ((1, 3), 'negative')
    """
    found = np.zeros((len(places), len(POLARITIES)))
    for at in range(0, len(places), TOGETHER):
        logits = _logits(windows(text, places[at : at + TOGETHER]), _weights()).astype(np.float64)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        found[at : at + TOGETHER] = chances / chances.sum(axis=1, keepdims=True)
    return found
