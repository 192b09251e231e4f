"""Loaded language without the encoder: a small network over words, for millions of articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from framing.measuring.tone.vectors import FIRST_PERSON, GAP, NumberedSentence, ends, known, load_weights, units
from framing.measuring.tone.vectors import read as read_sentence
from framing.text import Span
from framing.threads import one_thread

STRETCH = 192  # words and marks read together; a longer sentence is read in stretches and counts as its most biased one
TOGETHER = 256  # sentences weighed at a time
N_SHAPES = 8  # of the sentence
SCARE = 3  # words between scare quotes, at most
_CAPITALS = re.compile(r"[A-Z](?<!\w.)[A-Z]{3,}\b")  # begins with a set of characters, which is found faster than a boundary


@dataclass(frozen=True, slots=True)
class Stretches:
    """Sentences in stretches, one after the other.

    Attributes
    ----------
    words : int array, shape (n_words,)
        Numbers of the words and marks, a ``GAP`` behind every stretch.
    quoted : int array, shape (n_words,)
        0 not quoted, 1 quoted, 2 between scare quotes (quoted, three words at most).
    starts : int array, shape (n_stretches,)
        The first word of each stretch.
    sentences : int array, shape (n_stretches,)
        The sentence each is of.
    shapes : float array, shape (n_stretches, 8)
        Words, anything quoted, share quoted, scare quotes, question, exclamation, first person, words in capitals.
    """

    words: NDArray[np.int64]
    quoted: NDArray[np.int64]
    starts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    shapes: NDArray[np.float32]


def _scare(quoted: Sequence[bool]) -> list[int]:
    """0 not quoted, 1 quoted, 2 in a short run of quoted words."""
    if True not in quoted:
        return [0] * len(quoted)
    marks = [int(q) for q in quoted]
    start = -1
    for i, q in enumerate([*quoted, False]):
        if q and start < 0:
            start = i
        elif not q and start >= 0:
            if i - start <= SCARE and start > 0 and i < len(quoted):
                marks[start:i] = [2] * (i - start)
            start = -1
    return marks


def stretches(text: str, spans: Sequence[Span], sentences: Sequence[NumberedSentence]) -> Stretches:
    """Stretches of sentences that were cut into words."""
    words: list[int] = []
    quoted: list[int] = []
    starts: list[int] = []
    of: list[int] = []
    shapes: list[tuple[float, ...]] = []
    first_person = _first_person()
    for number, (span, sentence) in enumerate(zip(spans, sentences, strict=True)):
        marks = _scare(sentence.quoted)
        n = len(marks)
        person = not first_person.isdisjoint(sentence.numbers)
        capitals = len(_CAPITALS.findall(text, span.start, span.end))
        quotes = n - marks.count(0)
        of_quotes = (quotes > 0, quotes / max(n, 1), 2 in marks)
        shape = (min(n, 60) / 30, *of_quotes, *ends(text, span), person, min(capitals, 3) / 3)
        for i in range(0, max(n, 1), STRETCH):
            starts.append(len(words))
            of.append(number)
            shapes.append(shape)
            words += sentence.numbers[i : i + STRETCH]
            words.append(GAP)
            quoted += marks[i : i + STRETCH]
            quoted.append(0)
    as_words, as_quoted, as_starts, as_sentences = (np.array(values, dtype=np.int64) for values in (words, quoted, starts, of))
    return Stretches(as_words, as_quoted, as_starts, as_sentences, np.array(shapes, dtype=np.float32).reshape(-1, N_SHAPES))


@cache
def _first_person() -> frozenset[int]:
    return frozenset(number for word in FIRST_PERSON if (number := known().lookup.known.get(word)) is not None)


@dataclass(frozen=True)
class _Weights:
    tables: NDArray[np.float32]  # see framing.measuring.tone.vectors.units
    bias: NDArray[np.float32]  # (3, n_units): of words not quoted, quoted, between scare quotes
    judge: NDArray[np.float32]  # (n_units,): how loaded a word is
    judge_bias: NDArray[np.float32]
    pay: NDArray[np.float32]  # (n_heads, n_units)
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    last: NDArray[np.float32]
    last_bias: NDArray[np.float32]
    scale: float
    shift: float
    word_scale: float
    word_shift: float


@cache
def _weights() -> _Weights:
    tables, w = load_weights("measuring/tone/loaded_fast")
    w["pay"] = w["pay"].T
    w["bias"] = w.pop("by_quote") + w["bias"]
    scale, shift, word_scale, word_shift = (float(w.pop(name)) for name in ("scale", "shift", "word_scale", "word_shift"))
    return _Weights(tables, **w, scale=scale, shift=shift, word_scale=word_scale, word_shift=word_shift)


def _scores(seen: Stretches, w: _Weights) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Score of every stretch and of every word."""
    of_words = units(seen.words, w.tables, w.bias.take(seen.quoted, axis=0))
    inside = seen.words != GAP
    n_of = np.diff(seen.starts, append=len(seen.words)) - 1
    judged = of_words @ w.judge + w.judge_bias
    paid = w.pay @ of_words.T
    share = np.exp(paid - paid.max(axis=1, keepdims=True)) * inside
    share /= np.maximum(np.repeat(np.add.reduceat(share, seen.starts, axis=1), n_of + 1, axis=1), 1e-30)
    even = inside / np.sqrt(np.repeat(n_of, n_of + 1) + 1)
    weights = np.vstack([share, even]).astype(np.float32)
    pooled = [(weights[:, start:end] @ of_words[start:end]).ravel() for start, end in pairwise([*seen.starts.tolist(), len(of_words)])]
    chances = expit(judged) * inside
    most = np.column_stack([np.maximum.reduceat(chances, seen.starts), np.add.reduceat(chances, seen.starts) / 3])
    x = np.concatenate([pooled, most, seen.shapes], axis=1).astype(np.float32)
    score = np.maximum(x @ w.hidden + w.hidden_bias, 0) @ w.last + w.last_bias
    return score[:, 0], judged


@one_thread
def read(text: str, sentences: Sequence[Span]) -> list[tuple[float, list[tuple[Span, float]]]]:
    """How likely each sentence is biased, and the words that make it so, without the encoder.

    Parameters
    ----------
    text : str
    sentences : sequence of Span

    Returns
    -------
    list of (float, list of (Span, float))
        For each sentence the probability, from 0 to 1, that BABE's coders would call it biased, and its loaded words with theirs, from
        .5 on, in text order. A sentence's is calibrated for sentences half of which are biased, as BABE's; in plain news far fewer are.
        A word's is a scale whose .5 lies where F1 is best: of the words marked, about 40 in 100 are marked by BABE's coders.

    Notes
    -----
    Each word i has a vector v (its row in the encoder's table, shortened, and what the lists ``tone_directed``, ``tone_loaded`` and
    TextBlob's lexicon say of it). With its two neighbours it gives u_i = max(0, A v_{i-1} + B v_i + C v_{i+1} + q + b) + D v_i, where q
    tells quoted words and scare quotes. A word is judged by w·u_i. The sentence's score comes through one hidden layer from the mean of
    u, its mean weighed by two heads, the highest and the summed judgement of its words, and eight shapes of the sentence. Names are all
    one word: no person, party or country makes a sentence biased.

    Examples
    --------
    >>> from framing.english import sentences
    >>> text = "The corrupt regime brutally silenced its critics. The council meets on Tuesday."
    >>> (biased, words), (plain, none) = read(text, sentences(text))
    >>> biased > 0.5 > plain, [word.of(text) for word, _ in none]
    (True, [])
    """
    w = _weights()
    found: list[tuple[float, list[tuple[Span, float]]]] = []
    for at in range(0, len(sentences), TOGETHER):
        some = sentences[at : at + TOGETHER]
        cut = [read_sentence(text, span) for span in some]
        seen = stretches(text, some, cut)
        scores, of_words = _scores(seen, w)
        most = np.full(len(some), -np.inf)
        np.maximum.at(most, seen.sentences, scores)
        here = [(chance, list[tuple[Span, float]]()) for chance in expit(most * w.scale + w.shift).tolist()]
        logits = of_words * w.word_scale + w.word_shift
        places = np.flatnonzero((logits >= 0) & (seen.words != GAP))
        of_stretch = np.searchsorted(seen.starts, places, side="right") - 1
        of_sentence = seen.sentences[of_stretch]
        earlier = of_stretch - np.searchsorted(seen.sentences, of_sentence)  # stretches of the same sentence
        of_word = places - seen.starts[of_stretch] + STRETCH * earlier
        for number, k, chance in zip(of_sentence.tolist(), of_word.tolist(), expit(logits[places]).tolist(), strict=True):
            form = cut[number].forms[k]
            if form[0].isalpha():
                start = some[number].start + cut[number].starts[k]
                here[number][1].append((Span(start, start + len(form)), chance))
        found += here
    return found
