"""From label scores to spans: the likeliest legal labels of each paragraph, and the spans of sources, cues and contents they make."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from framing.measuring.attribution.linker import Roles
from framing.text import Span

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
_LOOSE = " ,;:—–-\n\t"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Where the labelled tokens (word pieces or words) of a text stand; ``first`` gives each paragraph's first one."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.int64]


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = special.log_softmax(scores.astype(np.float64), axis=1)
    return chances


def best_labels(scores: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """The likeliest labels in which no inside label stands alone, each paragraph by itself.

    Parameters
    ----------
    scores : array, shape (n_tokens, 7)
        Log-probabilities in the order of ``LABELS``.
    first : array of int
        First token of each paragraph, in order.

    Returns
    -------
    array of int, shape (n_tokens,)

    Notes
    -----
    Where the likeliest label of every token makes a legal row, that is the answer; only the other paragraphs go through Viterbi (1967).
    """
    labels: NDArray[np.int64] = scores.argmax(axis=1)
    before = np.zeros_like(labels)
    before[1:] = labels[:-1]
    before[first] = 0
    illegal = np.flatnonzero((labels > 0) & (labels % 2 == 0) & (before != labels) & (before != labels - 1))
    bounds = np.append(first, len(labels))
    for place in np.unique(np.searchsorted(first, illegal, side="right")):
        start, end = int(bounds[place - 1]), int(bounds[place])
        labels[start:end] = _viterbi(scores[start:end].tolist())
    return labels


def _viterbi(rows: list[list[float]]) -> list[int]:
    came: list[tuple[int, int, int, int]] = []  # per token: best label before it for O and B-, and for each of the three I-
    impossible = -math.inf
    o, s, si, q, qi, c, ci = rows[0]
    si = qi = ci = impossible
    for row in rows[1:]:
        now = (o, s, si, q, qi, c, ci)
        best = max(now)
        came.append((now.index(best), 2 if si >= s else 1, 4 if qi >= q else 3, 6 if ci >= c else 5))
        si, qi, ci = max(s, si) + row[2], max(q, qi) + row[4], max(c, ci) + row[6]
        o, s, q, c = best + row[0], best + row[1], best + row[3], best + row[5]
    now = (o, s, si, q, qi, c, ci)
    label = now.index(max(now))
    labels = [label]
    for anywhere, *inside in reversed(came):
        label = inside[label // 2 - 1] if label and label % 2 == 0 else anywhere
        labels.append(label)
    return labels[::-1]


def spans_of(text: str, tokens: Tokens, labels: NDArray[np.int64], scores: NDArray[np.float64]) -> tuple[Roles, dict[Span, float]]:
    """Spans of each role, ends moved to word ends, and how sure each is: the mean log-probability that its tokens have its role."""
    begins = np.flatnonzero(labels % 2 == 1)
    inside = (labels > 0) & (labels % 2 == 0)
    breaks = np.flatnonzero(~inside)
    found, sure = Roles(), {}
    of_role = np.zeros((len(labels) + 1, len(ROLES)))
    np.cumsum(np.logaddexp(scores[:, 1::2], scores[:, 2::2]), axis=0, out=of_role[1:])
    after = np.append(breaks, len(labels))
    for i in begins:
        stop = int(after[np.searchsorted(after, i, side="right")])
        role = (int(labels[i]) - 1) // 2
        start, end = _whole_words(text, int(tokens.starts[i]), int(tokens.ends[stop - 1]))
        bare = text[start:end].strip(_LOOSE)
        if bare and role < 2:  # marks at the ends of a source or cue are no part of it
            start = text.index(bare, start)
            end = start + len(bare)
        if end <= start:
            continue
        span = Span(start, end)
        spans: list[Span] = getattr(found, ROLES[role])
        if not spans or spans[-1].end <= start:
            spans.append(span)
            sure[span] = float(of_role[stop, role] - of_role[i, role]) / (stop - int(i))
    return found, sure


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    limit = max(0, start - 40)
    while start > limit and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    limit = min(len(text), end + 40)
    while end < limit and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
