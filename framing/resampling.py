"""Whole stories drawn with replacement: the one bootstrap behind every interval."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from framing.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def check_options(level: float, n_resamples: int, seed: int) -> None:
    if not 0.5 <= level < 1:
        raise InputError(f"level must be at least 0.5 and below 1, got {level!r}")
    for name, value, least in (("n_resamples", n_resamples, 100), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
            raise InputError(f"{name} must be a whole number, {least} or more, got {value!r}")


def story_labels(frame: pd.DataFrame, stories: pd.Series[Any] | None) -> tuple[NDArray[np.object_], NDArray[np.bool_], str]:
    """The story of each article, whether it is known, and where it is from.

    Raises
    ------
    InputError
        If article ids (the index, or a column ``article_id``) or the index of ``stories`` repeat.
    """
    ids = pd.Index(frame["article_id"]) if "article_id" in frame.columns else frame.index
    if ids.has_duplicates:
        raise InputError(f"article ids must differ, but {ids[ids.duplicated()][0]!r} stands twice")
    if stories is not None:
        if stories.index.has_duplicates:
            raise InputError(f"stories must have one row an article, but {stories.index[stories.index.duplicated()][0]!r} stands twice")
        story, origin = stories.reindex(ids).to_numpy(dtype=object), "given"
    elif "story" in frame.columns:
        story, origin = frame["story"].to_numpy(dtype=object), "column story"
    else:
        story, origin = np.full(len(frame), None, dtype=object), "none known: every article is one"
    known = ~pd.isna(story) & np.array([str(name).strip() != "" for name in story], dtype=bool)
    return story, known, origin


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Quotients; NaN where the denominator is not above 0."""
    quotient: Floats = np.divide(numerator, denominator, out=np.full(np.shape(numerator), math.nan), where=denominator > 0)
    return quotient


def row_mean(rows: Floats) -> Floats:
    """Mean of the values of each row that are there; NaN where none is."""
    there = ~np.isnan(rows)
    return divide(np.where(there, rows, 0.0).sum(axis=1), there.sum(axis=1).astype(float))


def drawn(n_units: int, n_resamples: int, rng: np.random.Generator) -> Iterator[tuple[slice, Floats]]:
    """How often each unit comes up when as many as there are are drawn with replacement: rows of resamples, some at a time."""
    step = max(1, 2_000_000 // n_units)
    for at in range(0, n_resamples, step):
        n_rows = min(step, n_resamples - at)
        units = rng.integers(0, n_units, size=(n_rows, n_units)) + np.arange(n_rows)[:, None] * n_units
        yield slice(at, at + n_rows), np.bincount(units.ravel(), minlength=n_rows * n_units).reshape(n_rows, n_units).astype(float)


def resample(sums: Floats, counts: Floats, n_resamples: int, rng: np.random.Generator) -> Floats:
    """Ratios (n_resamples x columns) of sums to counts (stories x columns) over stories drawn anew; NaN where nothing was drawn."""
    n_stories, n_columns = sums.shape
    ratios = np.full((n_resamples, n_columns), math.nan)
    if n_stories:
        for rows, times in drawn(n_stories, n_resamples, rng):
            ratios[rows] = divide(times @ sums, times @ counts)
    return ratios


def stories_needed(level: float) -> int:
    """With n stories, the range of the data misses the median with probability 2^(1 - n)."""
    return max(2, math.ceil(1 + math.log2(1 / (1 - level)) - 1e-9))


def limits(samples: Floats, n_stories: Ints, level: float, scale: float) -> tuple[Floats, Floats]:
    """Expanded percentile limits of each column; NaN where there are too few stories or the samples do not vary."""
    n_columns = samples.shape[1]
    low, high = np.full(n_columns, math.nan), np.full(n_columns, math.nan)
    for column in range(n_columns):
        n = int(n_stories[column])
        if n < stories_needed(level):
            continue
        mine = samples[:, column]
        mine = mine[~np.isnan(mine)]
        if len(mine) == 0 or np.ptp(mine) <= 1e-12 * scale:
            continue
        tail = float(stats.norm.cdf(math.sqrt(n / (n - 1)) * stats.t.ppf((1 - level) / 2, n - 1)))
        low[column], high[column] = np.quantile(mine, [tail, 1 - tail])
    return low, high
