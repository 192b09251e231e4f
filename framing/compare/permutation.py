"""Permutation tests: names of groups are dealt anew within stories, and among the stories that only one of the groups reports."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from framing.compare.bootstrap import Floats, Ints, divide, row_mean
from framing.compare.groups import Units
from framing.compare.options import Resampling


@dataclass(frozen=True)
class Dealt:
    """Units among which names of groups are dealt, within strata.

    A story that several groups report is a stratum, and its articles are the units. Stories that one group reports alone are units of one
    stratum, 0.
    """

    label: Ints
    total: Floats
    weight: Floats
    stratum: Ints


def dealt_units(total: Floats, weight: Floats, group: Ints, cluster: Ints) -> Dealt:
    """The units to deal names among, from articles ordered by story; ``total`` and ``weight`` are articles x measures."""
    if not len(group):
        none = np.empty(0, dtype=np.int64)
        return Dealt(none, total, weight, none)
    starts = np.flatnonzero(np.r_[True, cluster[1:] != cluster[:-1]])
    alone = np.minimum.reduceat(group, starts) == np.maximum.reduceat(group, starts)
    number = np.repeat(np.arange(1, len(starts) + 1), np.diff(np.r_[starts, len(group)]))
    mixed = ~alone[number - 1]
    return Dealt(
        np.concatenate([group[starts][alone], group[mixed]]),
        np.concatenate([np.add.reduceat(total, starts, axis=0)[alone], total[mixed]]),
        np.concatenate([np.add.reduceat(weight, starts, axis=0)[alone], weight[mixed]]),
        np.concatenate([np.zeros(int(alone.sum()), dtype=np.int64), number[mixed]]),
    )


def _steps(n_units: int, n_resamples: int) -> Iterator[slice]:
    step = max(1, 4_000_000 // max(n_units, 1))
    for at in range(0, n_resamples, step):
        yield slice(at, min(at + step, n_resamples))


def dealt_means(units: Dealt, n_groups: int, n_resamples: int, rng: np.random.Generator) -> Floats:
    """Group means (n_resamples x groups x measures) with labels dealt anew within strata."""
    n_units, n_measures = units.total.shape
    means = np.empty((n_resamples, n_groups, n_measures))
    both = np.concatenate([units.total, units.weight], axis=1)
    for rows in _steps(n_units, n_resamples):
        keys = rng.random((rows.stop - rows.start, n_units)) + units.stratum  # strata are contiguous, so each keeps its places
        labels = units.label[np.argsort(keys, axis=1)]
        for group in range(n_groups):
            sums = (labels == group).astype(float) @ both
            means[rows, group] = divide(sums[:, :n_measures], sums[:, n_measures:])
    return means


def dealt_differences(units: Dealt, n_resamples: int, rng: np.random.Generator) -> Floats:
    """Differences of the means of groups 0 and 1 (n_resamples x measures) with labels dealt anew within strata.

    In each stratum as many units as group 0 had are drawn, one unit after the other (selection sampling, Knuth's algorithm S), in all
    strata and resamples at once.
    """
    n_units, n_measures = units.total.shape
    differences = np.empty((n_resamples, n_measures))
    both = np.concatenate([units.total, units.weight], axis=1)
    whole = both.sum(axis=0)
    strata, starts, sizes = np.unique(units.stratum, return_index=True, return_counts=True)
    wanted = np.bincount(np.searchsorted(strata, units.stratum), weights=units.label == 0).astype(np.int64)
    order = np.argsort(-sizes, kind="stable")
    starts, sizes, wanted = starts[order], sizes[order], wanted[order]
    for rows in _steps(n_units, n_resamples):
        n_rows = rows.stop - rows.start
        first = np.zeros((n_units, n_rows), dtype=np.float64)
        needed = np.repeat(wanted[:, None], n_rows, axis=1).astype(np.float32)
        for turn in range(int(sizes[0]) if len(sizes) else 0):
            active = int((sizes > turn).sum())
            left = (sizes[:active, None] - turn).astype(np.float32)
            picked = rng.random((active, n_rows), dtype=np.float32) * left < needed[:active]
            needed[:active] -= picked
            first[starts[:active] + turn] = picked
        sums = first.T @ both
        mine, others = sums, whole - sums
        differences[rows] = divide(mine[:, :n_measures], mine[:, n_measures:]) - divide(others[:, :n_measures], others[:, n_measures:])
    return differences


def _patterns(there: NDArray[np.bool_]) -> list[Ints]:
    """The measures (columns), sorted into those for which the same articles have a value."""
    found: dict[bytes, list[int]] = {}
    for measure in range(there.shape[1]):
        found.setdefault(there[:, measure].tobytes(), []).append(measure)
    return [np.array(measures, dtype=np.int64) for measures in found.values()]


def p_of_groups(units: Units, means: Floats, resampling: Resampling) -> tuple[Floats, Floats]:
    """p of each group against the mean of all (groups x measures), and of no difference at all (measures).

    ``means`` is groups x measures.
    """
    n_groups, n_measures = means.shape
    n_resamples = resampling.n_resamples
    p, p_overall = np.full(means.shape, math.nan), np.full(n_measures, math.nan)
    for mine in _patterns(units.weight > 0):
        there = ~np.isnan(means[:, mine[0]])
        if there.sum() < 2:
            continue
        kept = units.weight[:, mine[0]] > 0
        dealt = dealt_units(units.total[kept][:, mine], units.weight[kept][:, mine], units.group[kept], units.cluster[kept])
        drawn = dealt_means(dealt, n_groups, n_resamples, resampling.generator(2))
        for place, measure in enumerate(mine):
            slack = 1e-9 * units.scale[measure]
            off = means[:, measure] - row_mean(means[:, measure][None, :])[0]
            off_dealt = drawn[:, :, place] - row_mean(drawn[:, :, place])[:, None]
            extreme = (np.abs(off_dealt[:, there]) >= np.abs(off[there]) - slack).sum(axis=0)
            p[there, measure] = (1 + extreme) / (n_resamples + 1)
            spread, spread_dealt = np.sqrt((off[there] ** 2).sum()), np.sqrt((off_dealt[:, there] ** 2).sum(axis=1))
            p_overall[measure] = (1 + (spread_dealt >= spread - slack).sum()) / (n_resamples + 1)
    return p, p_overall


def p_of_pair(units: Units, a: int, b: int, resampling: Resampling) -> Floats:
    """p of two groups by measure, dealing labels among their articles alone."""
    p = np.full(len(units.measures), math.nan)
    two = (units.group == a) | (units.group == b)
    total, weight, cluster = units.total[two], units.weight[two], units.cluster[two]
    group = (units.group[two] == b).astype(np.int64)
    for mine in _patterns(weight > 0):
        kept = weight[:, mine[0]] > 0
        label = group[kept]
        if not len(label) or label.min() == label.max():
            continue
        dealt = dealt_units(total[kept][:, mine], weight[kept][:, mine], label, cluster[kept])
        sums, counts = ([part[kept][label == g][:, mine].sum(axis=0) for g in (0, 1)] for part in (total, weight))
        observed = sums[0] / counts[0] - sums[1] / counts[1]
        drawn = dealt_differences(dealt, resampling.n_resamples, resampling.generator(3, a, b))
        extreme = (np.abs(drawn) >= np.abs(observed) - 1e-9 * units.scale[mine]).sum(axis=0)
        p[mine] = (1 + extreme) / (resampling.n_resamples + 1)
    return p


def adjust(p: Floats) -> Floats:
    """Benjamini and Hochberg's adjusted p; NaN stays NaN and is not counted.

    Examples
    --------
    >>> adjust(np.array([0.01, 0.04, 0.03, 0.005])).round(6).tolist()
    [0.02, 0.04, 0.04, 0.02]
    """
    adjusted, there = np.full(len(p), math.nan), ~np.isnan(p)
    if there.any():
        adjusted[there] = stats.false_discovery_control(p[there])
    return adjusted
