"""Tone toward a target without the encoder: a small network over the words around it, for millions of articles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framing.measuring.tone.heads import softmax
from framing.measuring.tone.vectors import GAP, PRONOUNS, NumberedSentence, ends, load_weights, read, units
from framing.text import Span
from framing.threads import one_thread

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


_DISTANCES = np.arange(-WINDOW, WINDOW + 1)  # before the target negative, in it 0
_PLACES = np.where(_DISTANCES == 0, 0, 1 + 2 * np.searchsorted(BANDS, np.abs(_DISTANCES), side="right") + (_DISTANCES > 0))
_SIDES = np.array([[0 < place <= 2 * NEAR and place % 2 == side for place in range(_PLACES.max() + 1)] for side in (1, 0)], np.float32)


def windows(text: str, places: Sequence[tuple[Span, Span]]) -> Windows:
    """Windows around the targets; a sentence with several of them is read once."""
    sentences: dict[tuple[int, int], tuple[NumberedSentence, int, bool, bool, bool]] = {}
    words = [GAP]
    quoted = [False]
    cuts = []
    shapes = []
    for span, target in places:
        key = (span.start, span.end)
        if key not in sentences:
            sentence = read(text, span)
            sentences[key] = (sentence, len(words), True in sentence.quoted, *ends(text, span))
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
    at = (offset_of + step) * inside
    distance = np.minimum(step - first_of, 0) + np.maximum(step - last_of + 1, 0)
    where = _PLACES[distance + WINDOW] * inside
    same = (np.array(quoted)[at] == (quotes > 0)).astype(np.int64)
    return Windows(np.array(words), at, where, same, np.array(shapes, dtype=np.float32).reshape(-1, N_SHAPES))


@dataclass(frozen=True)
class _Weights:
    tables: NDArray[np.float32]  # see framing.measuring.tone.vectors.units
    bias: NDArray[np.float32]
    pay: NDArray[np.float32]  # (n_heads, n_units)
    by_place: NDArray[np.float32]  # (n_heads, 2 * (1 + 2 * bands)): for each place, if not quoted as the target is and if so
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    last: NDArray[np.float32]
    last_bias: NDArray[np.float32]


@cache
def _weights() -> _Weights:
    tables, w = load_weights("measuring/tone/target_fast")
    temperature = w.pop("temperature")
    w["last"] /= temperature
    w["last_bias"] /= temperature
    by_place = (w.pop("by_place")[:, np.newaxis] + w.pop("by_quote")).reshape(-1, w["pay"].shape[1])
    by_place[:2] = -1e4  # the target itself
    return _Weights(tables, pay=w.pop("pay").T, by_place=np.ascontiguousarray(by_place.T), **w)


def _logits(seen: Windows, w: _Weights) -> NDArray[np.float32]:
    of_words = units(seen.words, w.tables, w.bias)
    outside = seen.places > 0
    score = (w.pay @ of_words.T).take(seen.at, axis=1) + w.by_place.take(2 * seen.places + seen.same, axis=1)
    share = np.exp(score - score.max(axis=2, keepdims=True)) * outside
    share /= np.maximum(share.sum(axis=2, keepdims=True), 1e-9)
    sides = _SIDES.take(seen.places, axis=1)
    sides /= np.sqrt(sides.sum(axis=2, keepdims=True) + 1)
    pooled = np.concatenate([share, sides]).transpose(1, 0, 2) @ of_words.take(seen.at, axis=0)
    x = np.concatenate([pooled.reshape(len(pooled), -1), seen.shapes], axis=1)
    logits: NDArray[np.float32] = np.maximum(x @ w.hidden + w.hidden_bias, 0) @ w.last + w.last_bias
    return logits


@one_thread
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
        found[at : at + TOGETHER] = softmax(_logits(windows(text, places[at : at + TOGETHER]), _weights()))
    return found
