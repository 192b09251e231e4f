"""How much measures differ between outlets, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.bootstrap import (
    Floats,
    HasTables,
    Interval,
    Ints,
    bca_limits,
    check_options,
    divide,
    left_out,
    limits,
    linearised_errors,
    resample,
    resample_with_errors,
    row_mean,
    share_limits,
    standard_errors,
    stories_needed,
    studentised_limits,
    t_limits,
    usable,
)
from framing.compare.comparison import Comparison, Comparisons
from framing.compare.groups import Day, Groups, Units, read_units
from framing.compare.permutation import adjust, p_of_groups, p_of_pair
from framing.compare.power import detectable_difference
from framing.errors import InputError
from framing.text import how_many

PAIRWISE_UP_TO = 12
"""Groups up to which every pair is compared unless the caller says otherwise; 12 groups make 66 pairs."""


def compare_outlets(
    tables: HasTables | pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    table: str = "articles",
    weight: str | None = None,
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    split_at: Day | None = None,
    paired: bool = False,
    share: bool | None = None,
    interval: Interval = "t",
    stories: pd.Series[Any] | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
    seed: int = 0,
    pairwise: bool | None = None,
) -> Comparison:
    """How much a measure differs between outlets, and how sure that is.

    Parameters
    ----------
    tables : Tables or pandas.DataFrame
        A DataFrame has one row an article, with the columns ``measure`` and ``by``; article ids as index or in a column ``article_id``.
    measure : str
        A numeric column, or ``"column=value"`` for the share of rows that hold this value (``"source_type=official"`` in
        attributions). NaN and infinite values are left out and counted in ``n_missing``.
    by : str, default "outlet"
        The column of articles that makes the groups. Articles without a group are left out, and a note counts them.
    table : str, default "articles"
        The table of ``tables`` whose rows are measured: attributions, mentions, targets, sentences, wording, notices, paragraphs. With
        ``"rows"``, ``tables`` is a DataFrame with several rows an article, told apart by ``article_id``. Rows of one article, and
        articles on one event, are not taken as independent.
    weight : str, optional
        A column of the same table with the denominator: rows count by it, so that a group's mean is a sum over a sum
        (``"share_official"`` weighted by ``"n_attributions"`` is the share of all attributions). By default every row counts alike.
    groups : mapping, optional
        Outlet (value of ``by``) to group, or group to outlets. Outlets that are in none are left out, and a note counts them.
    only : sequence of str, optional
        Compare these groups alone.
    split_at : str or date, optional
        Instead of ``by``: articles before this day against those from it on, by the articles' column ``date``.
    paired : bool, default False
        Two groups within the stories that both report, every such story counting alike: a story's choice then plays no part.
    share : bool, optional
        Whether the measure is a share, with limits that stay within 0 and 1. By default: columns named ``share_...``, values that are
        all 0 or 1, and values within 0 to 1 that have a ``weight``.
    interval : {"t", "percentile", "bca"}, default "t"
        See Notes.
    stories : pandas.Series, optional
        Story by article id. Without it, the column ``story`` is used if there is one. An article without a story is one by itself.
    level : float, default 0.95
        At least 0.5 and below 1.
    n_resamples : int, default 2000
        Bootstrap resamples, and relabellings for p. At least 100; the smallest possible p is 1 / (n_resamples + 1).
    seed : int, default 0
        0 or more. The global generator is not touched.
    pairwise : bool, optional
        Whether every pair of groups is compared, besides each group with the mean of all. By default up to 12 groups.

    Returns
    -------
    Comparison

    Raises
    ------
    UnknownNameError
        If there is no such table, column or group; the message lists those that are there, for ``measure`` the numeric columns.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    See Also
    --------
    compare_measures : several measures as one family. regress : covariates. robustness : does it hang on one choice.

    Notes
    -----
    Without ``weight`` every row counts alike in its group's mean, also for shares (``share_official`` is a mean of articles' shares, not
    a share of all attributions). Nothing is dropped for a small denominator: it makes the interval wide.

    Articles on one event resemble each other, so whole stories are drawn with replacement, for all groups together, which keeps the
    pairing of outlets within stories. ``interval`` says what is made of the resamples; ``benchmarks/comparison.py`` measures how often
    each covers the truth.

    - ``"t"``: a group's mean by the studentised bootstrap (Efron and Tibshirani 1993, chapter 12); a share by Clopper and Pearson's
      limits at the effective number of trials (Korn and Graubard 1998); a difference by Student's t times its bootstrap standard error,
      with the stories of the group less one as degrees of freedom (the fewer of two groups). A difference of shares for which there are
      too few stories combines the limits of both (Zou and Donner 2008): wide, but there.
    - ``"percentile"``: percentiles at the expanded levels ``Phi(+-sqrt(n / (n - 1)) t(n - 1))`` of Hesterberg (2015).
    - ``"bca"``: bias-corrected and accelerated, at the same expanded levels; the acceleration from leaving out each story in turn.

    An interval is NaN, and a note says so, where there are fewer than ``1 + log2(1 / (1 - level))`` stories (6 at 95 %: with fewer, even
    the range of the data covers the centre too rarely), or where no resample differs from another; shares keep theirs with ``"t"``.

    p: the share of relabellings with a difference at least as large. Group names are dealt anew among the articles of each story,
    among a and b alone for a pair, among all groups for a comparison with "all". Stories in which only one of the groups appears
    are dealt as wholes among each other. ``p_adjusted`` is Benjamini and Hochberg's over all rows of ``differences``.

    ``standardised`` divides by ``sqrt(sum (n_g - 1) s_g^2 / sum (n_g - 1))``, the standard deviation of rows within all groups (paired:
    of the stories' values). ``mdd`` is :func:`detectable_difference`: look at it before saying that there is no difference.

    No interval repairs a choice of articles: differences in what outlets cover stay in the means unless all cover the same stories.

    References
    ----------
    Efron and Tibshirani (1993), An introduction to the bootstrap. Efron (1987), Better bootstrap confidence intervals.
    Hesterberg (2015), What teachers should know about the bootstrap: resampling in the undergraduate statistics curriculum.
    Korn and Graubard (1998), Confidence intervals for proportions with small expected number of positive counts.
    Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach.
    Benjamini and Hochberg (1995), Controlling the false discovery rate.
    Phipson and Smyth (2010), Permutation p-values should never be zero.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "article_id": [f"{outlet}{story}" for story in range(8) for outlet in "HL"],
    ...     "outlet": ["Herald", "Lantern"] * 8,
    ...     "story": [story for story in range(8) for _ in range(2)],
    ...     "share_official": [.5, .2, .6, .4, .7, .1, .5, .3, .6, .3, .8, .2, .4, .3, .7, .2],
    ... })
    >>> comparison = compare_outlets(frame, "share_official")
    >>> comparison.estimates[["mean", "n_articles", "n_stories"]]
             mean  n_articles  n_stories
    group
    Herald   0.60           8          8
    Lantern  0.25           8          8
    >>> comparison.differences.round(2)[["a", "b", "difference", "standardised"]]
             a        b  difference  standardised
    0   Herald      all        0.18          1.54
    1  Lantern      all       -0.18         -1.54
    2   Herald  Lantern        0.35          3.09
    """
    if not isinstance(measure, str):
        raise InputError(f"measure must be the name of one measure, got {measure!r}; compare_measures takes several")
    options = {"by": by, "table": table, "weight": weight, "groups": groups, "only": only, "split_at": split_at, "paired": paired}
    _check(level, n_resamples, seed, interval)
    units = read_units(tables, [measure], stories=stories, share=share, **options)  # type: ignore[arg-type]
    return _compare(units, level=level, n_resamples=n_resamples, seed=seed, pairwise=pairwise, interval=interval)[0]


def compare_measures(
    tables: HasTables | pd.DataFrame,
    measures: Sequence[str],
    *,
    by: str = "outlet",
    table: str = "articles",
    weight: str | None = None,
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    split_at: Day | None = None,
    paired: bool = False,
    interval: Interval = "t",
    stories: pd.Series[Any] | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
    seed: int = 0,
    pairwise: bool | None = None,
) -> Comparisons:
    """Several measures compared between outlets, as one family: p is adjusted over all comparisons of all measures.

    Estimates, intervals and p are those that :func:`compare_outlets` gives for each measure alone; only ``p_adjusted`` differs. Stories
    are drawn and names dealt once for all measures, so that forty measures take little longer than a few.

    Parameters
    ----------
    tables : Tables or pandas.DataFrame
    measures : sequence of str
        Each as in :func:`compare_outlets`, all of one table.
    by, table, weight, groups, only, split_at, paired, interval, stories, level, n_resamples, seed, pairwise
        As in :func:`compare_outlets`.

    Returns
    -------
    Comparisons

    Raises
    ------
    UnknownNameError, InputError
        As :func:`compare_outlets`; also if no measure is named, or one twice.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "outlet": ["Herald", "Lantern"] * 8,
    ...     "story": [story for story in range(8) for _ in range(2)],
    ...     "polarity": [.1, -.2, .0, -.1, .1, -.3, .2, .0, .0, -.1, .1, -.2, .1, .0, .0, -.1],
    ...     "n_words": [400, 390, 510, 520, 380, 395, 460, 430, 500, 515, 420, 400, 450, 470, 390, 400],
    ... })
    >>> family = compare_measures(frame, ["polarity", "n_words"])
    >>> family.family_size, family["polarity"].family_size
    (6, 6)
    >>> bool(family["polarity"].differences["p_adjusted"].iloc[2] < .05)
    True
    """
    if isinstance(measures, str):
        raise InputError(f"measures must be a list of names, got {measures!r}; compare_outlets takes one")
    wanted = [str(measure) for measure in measures]
    if not wanted or len(set(wanted)) < len(wanted):
        raise InputError(f"measures must name one measure or more, each once, got {wanted!r}")
    options = {"by": by, "table": table, "weight": weight, "groups": groups, "only": only, "split_at": split_at, "paired": paired}
    _check(level, n_resamples, seed, interval)
    units = read_units(tables, wanted, stories=stories, **options)  # type: ignore[arg-type]
    return Comparisons(tuple(_compare(units, level=level, n_resamples=n_resamples, seed=seed, pairwise=pairwise, interval=interval)))


def _check(level: float, n_resamples: int, seed: int, interval: str) -> None:
    check_options(level, n_resamples, seed)
    if interval not in get_args(Interval):
        raise InputError(f"interval must be one of {', '.join(get_args(Interval))}, got {interval!r}")


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


def resample_units(units: Units, *, n_resamples: int, seed: int, interval: Interval) -> Resampled:
    """Stories drawn once for all groups and measures."""
    sums, counts = units.by_story()
    shape = (len(units.names), len(units.measures))
    rng = np.random.default_rng([seed, 1])
    if interval == "t":
        samples, sample_errors = resample_with_errors(sums, counts, n_resamples, rng)
    else:
        samples = resample(sums, counts, n_resamples, rng)
        sample_errors = np.empty((0, samples.shape[1]))
    jackknife = left_out(sums, counts) if interval == "bca" else np.empty((0, samples.shape[1]))
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


def _compare(units: Units, *, level: float, n_resamples: int, seed: int, pairwise: bool | None, interval: Interval) -> list[Comparison]:
    n_groups = len(units.names)
    unasked = pairwise is None  # whether pairs are compared
    pairwise = n_groups <= PAIRWISE_UP_TO if pairwise is None else pairwise
    drawn = resample_units(units, n_resamples=n_resamples, seed=seed, interval=interval)
    options = _Options(level, n_resamples, seed, interval)
    pairs = list(combinations(range(n_groups), 2)) if pairwise else []
    p_all, p_overall = p_of_groups(units, drawn.means, n_resamples, seed)
    p_pairs = [p_of_pair(units, a, b, n_resamples, seed) for a, b in pairs]
    found = []
    for m in range(len(units.measures)):
        one = _One(units, drawn, m, options)
        differences = one.differences(pairs, p_all[:, m], np.array([p[m] for p in p_pairs]))
        found.append((one.estimates(), differences, one.overall(float(p_overall[m]))))
    p = np.concatenate([differences["p"].to_numpy(dtype=float) for _, differences, _ in found])
    family = int((~np.isnan(p)).sum())
    comparisons = []
    for m, ((estimates, differences, overall), adjusted) in enumerate(zip(found, np.split(adjust(p), len(found)), strict=True)):
        notes = [
            *units.notes,
            *_reasons(estimates, stories_needed(level), level),
            *_gaps(units.names, differences, unasked and not pairwise),
        ]
        if len(found) > 1 and family > 0.05 * (n_resamples + 1):
            least = f"{n_resamples:,} resamples give no p below {1 / (n_resamples + 1):.2g}"
            notes.append(f"{least}: alone among {family:,} comparisons it cannot reach .05 adjusted; take n_resamples={20 * family:,}")
        comparison = Comparison(
            measure=units.measures[m],
            by=units.by,
            estimates=estimates,
            differences=differences.assign(p_adjusted=adjusted)[list(_DIFFERENCES)],
            overall=overall,
            level=level,
            n_resamples=n_resamples,
            seed=seed,
            method="",
            notes=tuple(notes),
            table=units.table,
            weighted_by=units.weighted_by,
            interval=interval,
            family_size=family,
            share=bool(units.is_share[m]),
            paired=units.paired,
            one=units.one,
            stories_from=units.origin,
            engines=units.engines,
        )
        comparisons.append(replace(comparison, method=_method(comparison, len(found))))
    return comparisons


_DIFFERENCES = ("a", "b", "difference", "low", "high", "standardised", "p", "p_adjusted", "se", "mdd", "n_stories", "n_shared")


def _method(comparison: Comparison, n_measures: int) -> str:
    kind = {"t": "bootstrap-t", "percentile": "expanded percentile", "bca": "BCa"}[comparison.interval]
    n_articles, n_stories = int(comparison.overall["n_articles"]), int(comparison.overall["n_stories"])
    alike = f"every {comparison.one} counting alike" if comparison.weighted_by is None else f"sums over sums of {comparison.weighted_by}"
    if comparison.paired:
        alike = "within stories that both report, every story counting alike"
    over = "" if comparison.table == "articles" else f"{how_many(int(comparison.estimates['n_rows'].sum()), comparison.one)} in "
    family = f" of {n_measures} measures" if n_measures > 1 else ""
    return (
        f"Means of {comparison.measure} by {comparison.by}, {alike}, over {over}{how_many(n_articles, 'article')} of "
        f"{how_many(n_stories, 'story')} ({comparison.stories_from}); {comparison.level:.0%} {kind} intervals from "
        f"{comparison.n_resamples} resamples of whole stories; p from {comparison.n_resamples} relabellings within stories, adjusted over "
        f"{how_many(comparison.family_size, 'comparison')}{family} (Benjamini and Hochberg); seed {comparison.seed}."
    )


@dataclass(frozen=True)
class _Options:
    level: float
    n_resamples: int
    seed: int
    interval: Interval


@dataclass(frozen=True)
class _One:
    """One measure of the resampled units."""

    units: Units
    drawn: Resampled
    m: int
    options: _Options

    def estimates(self) -> pd.DataFrame:
        units, drawn, m = self.units, self.drawn, self.m
        means, n_stories = drawn.means[:, m], drawn.n_stories[:, m]
        low, high = self._mean_limits()
        frame = pd.DataFrame(
            {
                "mean": means,
                "low": low,
                "high": high,
                "n_articles": units.n_articles[:, m],
                "n_stories": n_stories,
                "n_missing": units.n_missing[:, m],
                "n_rows": units.n_rows[:, m],
                "weight": units.by_story(m)[1].sum(axis=0),
                "se": self._errors(drawn.samples[:, :, m], n_stories),
            }
        )
        frame.index = pd.Index(units.names, name="group", dtype="str")
        return frame

    def _errors(self, samples: Floats, n_stories: Ints) -> Floats:
        """Standard errors; NaN where limits would be."""
        use = usable(samples, n_stories, self.options.level, self.units.scale[self.m])
        return np.where(use, standard_errors(samples, n_stories), math.nan)

    def _mean_limits(self) -> tuple[Floats, Floats]:
        drawn, m, level, scale = self.drawn, self.m, self.options.level, float(self.units.scale[self.m])
        samples, means, n_stories = drawn.samples[:, :, m], drawn.means[:, m], drawn.n_stories[:, m]
        if self.options.interval == "percentile":
            return limits(samples, n_stories, level, scale)
        if self.options.interval == "bca":
            return bca_limits(means, samples, drawn.jackknife[:, :, m], n_stories, level, scale)
        if self.units.is_share[m]:
            _, counts = self.units.by_story(m)
            alike = divide(counts.sum(axis=0) ** 2, (counts**2).sum(axis=0))
            return share_limits(means, standard_errors(samples, n_stories), n_stories, alike, level)
        return studentised_limits(means, drawn.errors[:, m], samples, drawn.sample_errors[:, :, m], n_stories, level, scale)

    def _limits(self, estimate: Floats, samples: Floats, jackknife: Floats, n_stories: Ints) -> tuple[Floats, Floats, Floats]:
        """Standard errors and limits of differences (columns)."""
        level, scale = self.options.level, float(self.units.scale[self.m])
        errors = self._errors(samples, n_stories)
        if self.options.interval == "percentile":
            return errors, *limits(samples, n_stories, level, scale)
        if self.options.interval == "bca":
            return errors, *bca_limits(estimate, samples, jackknife, n_stories, level, scale)
        return errors, *t_limits(estimate, errors, np.asarray(n_stories, dtype=float) - 1, level)

    def differences(self, pairs: list[tuple[int, int]], p_all: Floats, p_pairs: Floats) -> pd.DataFrame:
        units, drawn, m = self.units, self.drawn, self.m
        n_groups, means, n_stories = len(units.names), drawn.means[:, m], drawn.n_stories[:, m]
        samples, jackknife, there = drawn.samples[:, :, m], drawn.jackknife[:, :, m], drawn.there[:, :, m]
        known = ~np.isnan(means)
        n_known = max(int(known.sum()), 1)
        parts = []
        if n_groups > 1:
            centre = row_mean(means[None, :])[0]
            others = there.sum(axis=1, keepdims=True) - there > 0
            parts.append(
                _Rows(
                    [(units.names[a], "all") for a in range(n_groups)],
                    means - centre,
                    samples - row_mean(samples)[:, None],
                    jackknife - row_mean(jackknife)[:, None] if len(jackknife) else jackknife,
                    n_stories,
                    (there & others).sum(axis=0),
                    p_all,
                    np.where(known[None, :], np.eye(n_groups) - known[None, :] / n_known, 0.0),
                )
            )
        if pairs:
            a, b = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
            contrast = np.eye(n_groups)[a] - np.eye(n_groups)[b]
            parts.append(
                _Rows(
                    [(units.names[i], units.names[j]) for i, j in pairs],
                    means[a] - means[b],
                    samples[:, a] - samples[:, b],
                    jackknife[:, a] - jackknife[:, b],
                    np.minimum(n_stories[a], n_stories[b]),
                    (there[:, a] & there[:, b]).sum(axis=0),
                    p_pairs,
                    contrast,
                )
            )
        return pd.concat([self._frame(part) for part in parts], ignore_index=True) if parts else self._frame(_NO_ROWS)

    def _frame(self, rows: _Rows) -> pd.DataFrame:
        errors, low, high = self._limits(rows.difference, rows.samples, rows.jackknife, rows.n_stories)
        if self.options.interval == "t" and self.units.is_share[self.m] and len(rows.names):
            low, high = self._of_shares(rows, low, high)
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
                "mdd": detectable_difference(errors, np.asarray(rows.n_stories, dtype=float) - 1, level=self.options.level),
                "n_stories": np.asarray(rows.n_stories, dtype=np.int64),
                "n_shared": np.asarray(rows.n_shared, dtype=np.int64),
            }
        )

    def _of_shares(self, rows: _Rows, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Limits within -1 and 1; where there are none, from those of the shares (Zou and Donner 2008), as if they were independent."""
        means = self.drawn.means[:, self.m]
        lows, highs = self._mean_limits()
        up, down = (np.nan_to_num(part) for part in (highs - means, means - lows))
        gains, losses = np.maximum(rows.contrast, 0), np.maximum(-rows.contrast, 0)
        below = rows.difference - np.sqrt(((gains * down) ** 2 + (losses * up) ** 2).sum(axis=1))
        above = rows.difference + np.sqrt(((gains * up) ** 2 + (losses * down) ** 2).sum(axis=1))
        low, high = np.where(np.isnan(low), below, low), np.where(np.isnan(high), above, high)
        return np.maximum(low, -1.0), np.minimum(high, 1.0)

    def overall(self, p: float) -> pd.Series[float]:
        units, drawn, m = self.units, self.drawn, self.m
        samples, there = row_mean(drawn.samples[:, :, m])[:, None], drawn.there[:, :, m]
        centre = row_mean(drawn.means[:, m][None, :])
        jackknife = row_mean(drawn.jackknife[:, :, m])[:, None] if len(drawn.jackknife) else drawn.jackknife[:, :1, m]
        n_stories = np.array([int(there.any(axis=1).sum())], dtype=np.int64)
        _, low, high = self._limits(centre, samples, jackknife, n_stories)
        if units.is_share[m]:
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


@dataclass(frozen=True)
class _Rows:
    """Differences of one kind, before they are a table; arrays have one column a difference."""

    names: list[tuple[str, str]]
    difference: Floats
    samples: Floats
    jackknife: Floats
    n_stories: Ints
    n_shared: Ints
    p: Floats
    contrast: Floats  # differences x groups


_NOTHING = np.empty(0)
_NO_COUNTS = np.empty(0, dtype=np.int64)
_NO_ROWS = _Rows([], _NOTHING, np.empty((1, 0)), np.empty((0, 0)), _NO_COUNTS, _NO_COUNTS, _NOTHING, np.empty((0, 0)))


def _reasons(estimates: pd.DataFrame, needed: int, level: float) -> list[str]:
    """Why intervals are missing or wide, in words."""
    bare = estimates["low"].isna()
    few = estimates["n_stories"].between(1, needed - 1)
    reasons = []
    for which, what, why in (
        (estimates["n_articles"] == 0, "no", "no article has a value"),
        (bare & few, "no", f"an interval at {level:.0%} needs at least {needed} stories"),
        (bare & (estimates["n_stories"] >= needed), "no", "no resample differs from another, so the spread cannot be told"),
        (~bare & few, "a wide", f"fewer than {needed} stories say little about a share"),
    ):
        groups = [str(group) for group in estimates.index[which]]
        if groups:
            shown = ", ".join(groups[:5]) + (f" and {len(groups) - 5} more" if len(groups) > 5 else "")
            reasons.append(f"{what} interval for {shown}: {why}")
    return reasons


def _gaps(names: Sequence[str], differences: pd.DataFrame, no_pairs: bool) -> list[str]:
    """Which differences, or intervals of them, are not there though nobody said so, in words."""
    gaps = []
    if len(names) == 1:
        gaps.append(f"there is one group only ({names[0]}), so nothing to compare it with")
    elif no_pairs:
        gaps.append(f"pairs of groups were not compared ({len(names)} groups); pairwise=True does it")
    unsure = int((differences["difference"].notna() & differences["low"].isna()).sum())
    if unsure:
        gaps.append(f"{unsure} of {len(differences)} differences have no interval, for the same reasons")
    return gaps
