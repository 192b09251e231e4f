"""Whole stories drawn with replacement: the one bootstrap behind every interval, and the kinds of interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from framing.errors import InputError, UnknownNameError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def check_frame(frame: pd.DataFrame, name: str = "a table") -> None:
    """Raise InputError unless each column of the table has a name of its own."""
    if frame.columns.nlevels > 1:
        raise InputError(
            f"the columns of {name} must have one name each, got names of {frame.columns.nlevels} levels, such as {frame.columns[0]!r}"
        )
    if frame.columns.has_duplicates:
        raise InputError(f"the columns of {name} must differ in name, but {frame.columns[frame.columns.duplicated()][0]!r} stands twice")


def check_column(frame: pd.DataFrame, by: str) -> None:
    """Raise UnknownNameError, which lists the columns, unless there is one of this name to group by."""
    if by not in frame.columns:
        raise UnknownNameError(f"no column {by!r} to group by; columns are {', '.join(map(str, frame.columns))}")


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


def story_keys(frame: pd.DataFrame, stories: pd.Series[Any] | None) -> NDArray[np.object_]:
    """What is drawn with each article, by name: its story, or the article itself where no story is known.

    Raises
    ------
    InputError
        As :func:`story_labels`.
    """
    story, known, _ = story_labels(frame, stories)
    ids = frame["article_id"] if "article_id" in frame.columns else frame.index
    return np.array([f"story {s}" if k else f"article {a}" for s, k, a in zip(story, known, ids, strict=True)], dtype=object)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Quotients; NaN where the denominator is not above 0."""
    quotient: Floats = np.divide(numerator, denominator, out=np.full(np.shape(numerator), math.nan), where=denominator > 0)
    return quotient


def row_mean(rows: Floats) -> Floats:
    """Mean of the values of each row (the last axis) that are there; NaN where none is."""
    there = ~np.isnan(rows)
    return divide(np.where(there, rows, 0.0).sum(axis=-1), there.sum(axis=-1).astype(float))


def left_out(sums: Floats, counts: Floats) -> Floats:
    """Ratios (stories x columns) of sums to counts with each story left out in turn; NaN where nothing remains."""
    there = counts > 0
    others = there.sum(axis=0) - there > 0  # of counts a rounding error may remain
    return divide(sums.sum(axis=0) - sums, np.where(others, counts.sum(axis=0) - counts, 0.0))


def drawn(n_units: int, n_resamples: int, rng: np.random.Generator) -> Iterator[tuple[slice, Floats]]:
    """How often each unit is drawn, with replacement and as many draws as units: resamples x units, some resamples at a time."""
    step = max(1, 2_000_000 // n_units)
    for at in range(0, n_resamples, step):
        n_rows = min(step, n_resamples - at)
        units = rng.integers(0, n_units, size=(n_rows, n_units)) + np.arange(n_rows)[:, None] * n_units
        yield slice(at, at + n_rows), np.bincount(units.ravel(), minlength=n_rows * n_units).reshape(n_rows, n_units).astype(float)


def redrawn(figures: Callable[[Floats], Floats], n_units: int, n_resamples: int, rng: np.random.Generator) -> Floats:
    """What ``figures`` returns for each resample (row), from how often each unit was drawn (resamples x units)."""
    return np.concatenate([figures(times) for _, times in drawn(n_units, n_resamples, rng)])


def resample(sums: Floats, counts: Floats, n_resamples: int, rng: np.random.Generator) -> Floats:
    """Ratios (n_resamples x columns) of sums to counts (stories x columns) over stories drawn anew; NaN where nothing was drawn."""
    if not len(sums):
        return np.full((n_resamples, sums.shape[1]), math.nan)
    return redrawn(lambda times: divide(times @ sums, times @ counts), len(sums), n_resamples, rng)


def resample_with_errors(sums: Floats, counts: Floats, n_resamples: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """As :func:`resample`, and the standard error of each ratio as its own resample would give it (by linearisation)."""
    n_stories, n_columns = sums.shape
    ratios, errors = np.full((n_resamples, n_columns), math.nan), np.full((n_resamples, n_columns), math.nan)
    if n_stories:
        parts = np.concatenate([sums, counts, sums * sums, sums * counts, counts * counts], axis=1)
        for rows, times in drawn(n_stories, n_resamples, rng):
            total, count, squares, products, squared_counts = np.split(times @ parts, 5, axis=1)
            ratio = divide(total, count)
            ratios[rows] = ratio
            errors[rows] = divide(np.sqrt(np.maximum(squares - 2 * ratio * products + ratio**2 * squared_counts, 0.0)), count)
    return ratios, errors


def linearised_errors(sums: Floats, counts: Floats) -> Floats:
    """Standard error of each ratio (columns) of sums to counts over stories (rows), stories being independent."""
    total, count = sums.sum(axis=0), counts.sum(axis=0)
    return divide(np.sqrt(((sums - divide(total, count) * counts) ** 2).sum(axis=0)), count)


def standard_errors(samples: Floats, n_stories: Ints) -> Floats:
    """Standard deviation of the resampled values by column, times ``sqrt(n / (n - 1))``: the bootstrap's own is that much too small."""
    there = ~np.isnan(samples)
    n = there.sum(axis=0).astype(float)
    filled = np.where(there, samples, 0.0)
    mean = divide(filled.sum(axis=0), n)
    spread = np.where(there, filled - np.where(np.isnan(mean), 0.0, mean), 0.0)
    stories = np.asarray(n_stories, dtype=float)
    return np.sqrt(divide((spread**2).sum(axis=0), n - 1) * divide(stories, stories - 1))


def stories_needed(level: float) -> int:
    """The least number of stories for an interval: with n of them, the range of the data misses the median with probability 2^(1 - n)."""
    return max(2, math.ceil(1 + math.log2(1 / (1 - level)) - 1e-9))


def expanded_reach(n_stories: int, level: float) -> float:
    """The normal quantile, below 0, of the lower limit at the level expanded for few stories (Hesterberg 2015)."""
    return math.sqrt(n_stories / (n_stories - 1)) * float(stats.t.ppf((1 - level) / 2, n_stories - 1))


def limits(samples: Floats, n_stories: Ints, level: float, scale: float) -> tuple[Floats, Floats]:
    """Expanded percentile limits of each column; NaN where there are too few stories or the samples do not vary."""
    n_columns = samples.shape[1]
    low, high = np.full(n_columns, math.nan), np.full(n_columns, math.nan)
    for column in np.flatnonzero(usable(samples, n_stories, level, scale)):
        mine = samples[:, column]
        tail = float(stats.norm.cdf(expanded_reach(int(n_stories[column]), level)))
        low[column], high[column] = np.quantile(mine[~np.isnan(mine)], [tail, 1 - tail])
    return low, high


def usable(samples: Floats, n_stories: Ints, level: float, scale: float) -> NDArray[np.bool_]:
    """Which columns have enough stories, and samples that vary."""
    there = ~np.isnan(samples)
    high = np.where(there, samples, -math.inf).max(axis=0, initial=-math.inf)
    low = np.where(there, samples, math.inf).min(axis=0, initial=math.inf)
    enough: NDArray[np.bool_] = (np.asarray(n_stories) >= stories_needed(level)) & (high - low > 1e-12 * scale)
    return enough


def t_limits(estimate: Floats, errors: Floats, freedom: Floats, level: float) -> tuple[Floats, Floats]:
    """The estimate plus and minus its standard error by Student's t; NaN without degrees of freedom."""
    freedom = np.asarray(freedom, dtype=float)
    known = freedom > 0
    reach = np.full(np.shape(estimate), math.nan)
    reach[known] = stats.t.ppf((1 + level) / 2, freedom[known]) * errors[known]
    return estimate - reach, estimate + reach


def studentised_limits(
    estimate: Floats, errors: Floats, samples: Floats, sample_errors: Floats, n_stories: Ints, level: float, scale: float
) -> tuple[Floats, Floats]:
    """Bootstrap-t limits (Efron and Tibshirani 1993, chapter 12) of each column; percentiles where too many resamples have no error."""
    low, high = limits(samples, n_stories, level, scale)
    use = usable(samples, n_stories, level, scale)
    for column in np.flatnonzero(use):
        least = 1e-9 * errors[column]
        there = ~np.isnan(samples[:, column]) & (sample_errors[:, column] > least)
        if there.mean() < 0.99:
            continue
        pivots = (samples[there, column] - estimate[column]) / sample_errors[there, column]
        upper, lower = np.quantile(pivots, [(1 + level) / 2, (1 - level) / 2])
        low[column], high[column] = estimate[column] - upper * errors[column], estimate[column] - lower * errors[column]
    return low, high


def bca_limits(estimate: Floats, samples: Floats, jackknife: Floats, n_stories: Ints, level: float, scale: float) -> tuple[Floats, Floats]:
    """Bias-corrected and accelerated limits (Efron 1987), at the levels expanded for few stories as in :func:`limits`.

    ``jackknife`` holds the estimates with each story left out in turn (stories x columns). NaN where :func:`limits` gives NaN.
    """
    n_columns = samples.shape[1]
    low, high = np.full(n_columns, math.nan), np.full(n_columns, math.nan)
    for column in np.flatnonzero(usable(samples, n_stories, level, scale)):
        mine = samples[:, column]
        mine = mine[~np.isnan(mine)]
        below = (mine < estimate[column]).mean() + (mine == estimate[column]).mean() / 2
        bias = float(stats.norm.ppf(np.clip(below, 1 / len(mine), 1 - 1 / len(mine))))
        without = jackknife[:, column]
        without = without[~np.isnan(without)]
        off = without.mean() - without
        spread = float((off**2).sum())
        acceleration = float((off**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
        reach = expanded_reach(int(n_stories[column]), level)
        tails = [float(stats.norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z)))) for z in (reach, -reach)]
        low[column], high[column] = np.quantile(mine, tails)
    return low, high


def share_limits(share: Floats, errors: Floats, n_stories: Ints, n_alike: Floats, level: float) -> tuple[Floats, Floats]:
    """Limits of shares that stay between 0 and 1, wide where little was counted, and never missing while there is a share.

    Clopper and Pearson's limits at the number of independent trials that has the same standard error, made fewer by the degrees of
    freedom of that error (Korn and Graubard 1998). Where nothing varies (0 of 7), each of the ``n_alike`` stories is one trial:
    ``(sum of weights)^2 / sum of squared weights``, which is their number if all weigh alike.
    """
    low, high = np.full(len(share), math.nan), np.full(len(share), math.nan)
    tail = (1 - level) / 2
    for place in np.flatnonzero(np.isfinite(share)):
        p, error, freedom = float(np.clip(share[place], 0.0, 1.0)), float(errors[place]), int(n_stories[place]) - 1
        trials = float(n_alike[place])
        if freedom >= 1 and error > 1e-9:
            trials = p * (1 - p) / error**2 * float(stats.norm.ppf(tail) / stats.t.ppf(tail, freedom)) ** 2
        hits = trials * p
        low[place] = float(stats.beta.ppf(tail, hits, trials - hits + 1)) if hits > 0 else 0.0
        high[place] = float(stats.beta.ppf(1 - tail, hits + 1, trials - hits)) if hits < trials else 1.0
    return low, high


class HasTables(Protocol):
    """Any object with a table of articles and the table asked for, such as :class:`framing.Tables`."""

    @property
    def articles(self) -> pd.DataFrame: ...
