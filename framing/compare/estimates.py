"""One measure of resampled groups: estimates, differences and the mean of all, each with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.bootstrap import (
    Floats,
    Ints,
    bca_limits,
    divide,
    left_out,
    limits,
    linearised_errors,
    resample,
    resample_with_errors,
    row_mean,
    share_limits,
    standard_errors,
    studentised_limits,
    t_limits,
    usable,
)
from framing.compare.groups import Units
from framing.compare.options import Resampling
from framing.compare.power import detectable_difference


@dataclass(frozen=True)
class Resampled:
    """Group means, resampled and with each story left out; the last axis is measures."""

    means: Floats  # groups x measures
    n_stories: Ints
    samples: Floats  # n_resamples x groups x measures
    sample_errors: Floats
    jackknife: Floats  # stories x groups x measures
    errors: Floats  # groups x measures
    there: NDArray[np.bool_]  # stories x groups x measures


def resample_units(units: Units, resampling: Resampling) -> Resampled:
    """Stories drawn once for all groups and measures."""
    sums, counts = units.by_story()
    shape = (len(units.names), len(units.measures))
    rng, none = resampling.generator(1), np.empty((0, sums.shape[1]))
    if resampling.interval == "t":
        samples, sample_errors = resample_with_errors(sums, counts, resampling.n_resamples, rng)
    else:
        samples, sample_errors = resample(sums, counts, resampling.n_resamples, rng), none
    jackknife = left_out(sums, counts) if resampling.interval == "bca" else none
    there = counts > 0
    return Resampled(
        divide(sums.sum(axis=0), counts.sum(axis=0)).reshape(shape),
        there.sum(axis=0).reshape(shape),
        samples.reshape(-1, *shape),
        sample_errors.reshape(-1, *shape),
        jackknife.reshape(-1, *shape),
        linearised_errors(sums, counts).reshape(shape),
        there.reshape(-1, *shape),
    )


@dataclass(frozen=True)
class Contrasts:
    """Differences of one kind, before they are a table; arrays have one column a difference."""

    names: list[tuple[str, str]]
    difference: Floats
    samples: Floats
    jackknife: Floats
    n_stories: Ints
    n_shared: Ints
    p: Floats
    weights: Floats  # differences x groups


_NO_COUNTS = np.empty(0, dtype=np.int64)
_NONE = Contrasts([], np.empty(0), np.empty((1, 0)), np.empty((0, 0)), _NO_COUNTS, _NO_COUNTS, np.empty(0), np.empty((0, 0)))


class Measured:
    """One measure (number ``m``) of the resampled groups."""

    def __init__(self, units: Units, drawn: Resampled, m: int, resampling: Resampling) -> None:
        self.units, self.m, self.resampling = units, m, resampling
        self.means, self.errors, self.n_stories = drawn.means[:, m], drawn.errors[:, m], drawn.n_stories[:, m]
        self.samples, self.sample_errors = drawn.samples[:, :, m], drawn.sample_errors[:, :, m]
        self.jackknife, self.there = drawn.jackknife[:, :, m], drawn.there[:, :, m]
        self.scale, self.is_share = float(units.scale[m]), bool(units.is_share[m])

    def estimates(self) -> pd.DataFrame:
        """The table ``Comparison.estimates``."""
        units, m = self.units, self.m
        low, high = self._mean_limits()
        return pd.DataFrame(
            {
                "mean": self.means,
                "low": low,
                "high": high,
                "n_articles": units.n_articles[:, m],
                "n_stories": self.n_stories,
                "n_missing": units.n_missing[:, m],
                "n_rows": units.n_rows[:, m],
                "weight": units.by_story(m)[1].sum(axis=0),
                "se": self._standard_errors(self.samples, self.n_stories),
            },
            index=pd.Index(units.names, name="group", dtype="str"),
        )

    def differences(self, pairs: list[tuple[int, int]], p_all: Floats, p_pairs: Floats) -> pd.DataFrame:
        """The table ``Comparison.differences``, but for the adjusted p: each group less the mean of all, then the pairs."""
        parts = [self._against_all(p_all)] if len(self.means) > 1 else []
        parts += [self._between(pairs, p_pairs)] if pairs else []
        return pd.concat([self._table(part) for part in parts or [_NONE]], ignore_index=True)

    def overall(self, p: float) -> pd.Series[float]:
        """The series ``Comparison.overall``."""
        units, m = self.units, self.m
        centre = row_mean(self.means[None, :])
        jackknife = row_mean(self.jackknife)[:, None] if len(self.jackknife) else self.jackknife[:, :1]
        n_stories = np.array([int(self.there.any(axis=1).sum())], dtype=np.int64)
        _, low, high = self._difference_limits(centre, row_mean(self.samples)[:, None], jackknife, n_stories)
        if self.is_share:
            low, high = np.maximum(low, 0.0), np.minimum(high, 1.0)
        return pd.Series(
            {
                "mean": float(centre[0]),
                "low": float(low[0]),
                "high": float(high[0]),
                "n_articles": float(units.n_articles[:, m].sum()),
                "n_stories": float(n_stories[0]),
                "n_missing": float(units.n_missing[:, m].sum()),
                "p": p,
            },
            name=units.measures[m],
        )

    def _against_all(self, p: Floats) -> Contrasts:
        known, others = ~np.isnan(self.means), self.there.sum(axis=1, keepdims=True) - self.there > 0
        shares = known[None, :] / max(int(known.sum()), 1)
        return Contrasts(
            [(name, "all") for name in self.units.names],
            self.means - row_mean(self.means[None, :])[0],
            self.samples - row_mean(self.samples)[:, None],
            self.jackknife - row_mean(self.jackknife)[:, None] if len(self.jackknife) else self.jackknife,
            self.n_stories,
            (self.there & others).sum(axis=0),
            p,
            np.where(known[None, :], np.eye(len(self.means)) - shares, 0.0),
        )

    def _between(self, pairs: list[tuple[int, int]], p: Floats) -> Contrasts:
        a, b = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
        names, each = self.units.names, np.eye(len(self.means))
        return Contrasts(
            [(names[i], names[j]) for i, j in pairs],
            self.means[a] - self.means[b],
            self.samples[:, a] - self.samples[:, b],
            self.jackknife[:, a] - self.jackknife[:, b],
            np.minimum(self.n_stories[a], self.n_stories[b]),
            (self.there[:, a] & self.there[:, b]).sum(axis=0),
            p,
            each[a] - each[b],
        )

    def _table(self, rows: Contrasts) -> pd.DataFrame:
        errors, low, high = self._difference_limits(rows.difference, rows.samples, rows.jackknife, rows.n_stories)
        if self.resampling.interval == "t" and self.is_share and rows.names:
            low, high = self._within_shares(rows, low, high)
        deviation = self.units.deviation[self.m]
        return pd.DataFrame(
            {
                "a": pd.Series([a for a, _ in rows.names], dtype="str"),
                "b": pd.Series([b for _, b in rows.names], dtype="str"),
                "difference": rows.difference,
                "low": low,
                "high": high,
                "standardised": rows.difference / deviation if deviation > 0 else np.full(len(rows.names), math.nan),
                "p": rows.p,
                "se": errors,
                "mdd": detectable_difference(errors, rows.n_stories.astype(float) - 1, level=self.resampling.level),
                "n_stories": rows.n_stories.astype(np.int64),
                "n_shared": rows.n_shared.astype(np.int64),
            }
        )

    def _standard_errors(self, samples: Floats, n_stories: Ints) -> Floats:
        """Standard errors; NaN where limits would be."""
        use = usable(samples, n_stories, self.resampling.level, self.scale)
        return np.where(use, standard_errors(samples, n_stories), math.nan)

    def _percentiles(self, estimate: Floats, samples: Floats, jackknife: Floats, n_stories: Ints) -> tuple[Floats, Floats]:
        """Limits by one of the two kinds of percentiles."""
        if self.resampling.interval == "bca":
            return bca_limits(estimate, samples, jackknife, n_stories, self.resampling.level, self.scale)
        return limits(samples, n_stories, self.resampling.level, self.scale)

    def _mean_limits(self) -> tuple[Floats, Floats]:
        level, samples, n_stories = self.resampling.level, self.samples, self.n_stories
        if self.resampling.interval != "t":
            return self._percentiles(self.means, samples, self.jackknife, n_stories)
        if self.is_share:
            _, counts = self.units.by_story(self.m)
            alike = divide(counts.sum(axis=0) ** 2, (counts**2).sum(axis=0))
            return share_limits(self.means, standard_errors(samples, n_stories), n_stories, alike, level)
        return studentised_limits(self.means, self.errors, samples, self.sample_errors, n_stories, level, self.scale)

    def _difference_limits(self, estimate: Floats, samples: Floats, jackknife: Floats, n_stories: Ints) -> tuple[Floats, Floats, Floats]:
        """Standard errors and limits of differences (columns)."""
        errors = self._standard_errors(samples, n_stories)
        if self.resampling.interval != "t":
            return errors, *self._percentiles(estimate, samples, jackknife, n_stories)
        return errors, *t_limits(estimate, errors, n_stories.astype(float) - 1, self.resampling.level)

    def _within_shares(self, rows: Contrasts, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Limits within -1 and 1; where there are none, from those of the shares (Zou and Donner 2008), as if they were independent."""
        lows, highs = self._mean_limits()
        up, down = (np.nan_to_num(part) for part in (highs - self.means, self.means - lows))
        gains, losses = np.maximum(rows.weights, 0), np.maximum(-rows.weights, 0)
        below = rows.difference - np.sqrt(((gains * down) ** 2 + (losses * up) ** 2).sum(axis=1))
        above = rows.difference + np.sqrt(((gains * up) ** 2 + (losses * down) ** 2).sum(axis=1))
        low, high = np.where(np.isnan(low), below, low), np.where(np.isnan(high), above, high)
        return np.maximum(low, -1.0), np.minimum(high, 1.0)
