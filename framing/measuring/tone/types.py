"""What a tone is: the mean over the scored words, and each of these words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from framing.text import Span

Variant = Literal["textblob", "news"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
Part = Literal["body", "headline", "lead", "own_words", "quoted"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Tone:
    """Mean polarity and subjectivity of the scored words.

    Attributes
    ----------
    polarity : float
        From -1 (negative words) to 1 (positive words); NaN where no word could be scored.
    subjectivity : float
        From 0 (plain) to 1 (opinionated); NaN where no word could be scored.
    n_scored : int
        Number of contributions the means are over. Below about ten, they say little.
    """

    polarity: float
    subjectivity: float
    n_scored: int


UNSCORED = Tone(math.nan, math.nan, 0)


@dataclass(frozen=True, slots=True)
class ToneWord:
    """One contribution to a tone: a word of the lexicon with what modifies it.

    Attributes
    ----------
    span : Span
        From the first to the last of these words ("!" left aside, which may stand far behind the word it raises).
    words : tuple of str
        In lower case and in the order in which they were taken up: ``("not", "very", "good")``.
    polarity : float
        From -1 to 1, after modifiers and negation.
    subjectivity : float
        From 0 to 1.
    """

    span: Span
    words: tuple[str, ...]
    polarity: float
    subjectivity: float
