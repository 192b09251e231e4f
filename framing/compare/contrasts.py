"""Articles as differences from their event's mean, so that outlets with different beats compare."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from framing.compare.bootstrap import divide
from framing.compare.groups import Units, pooled_deviation
from framing.text import how_many


def within_stories(units: Units) -> Units:
    """The same articles, each as its difference from the mean of the groups that report its story; the other stories without a value.

    The mean of a story is that of its groups' means, so that a group with five articles on it counts as one with one does.
    """
    n_groups, n_measures = len(units.names), len(units.measures)
    total, weight = np.zeros_like(units.total), np.zeros_like(units.weight)
    n_articles, n_rows = units.n_articles.copy(), units.n_rows.copy()
    deviation, scale = np.full(n_measures, math.nan), np.zeros(n_measures)
    n_alone = 0
    for m in range(n_measures):
        sums, counts = units.by_story(m)
        there = counts > 0
        shared = there.sum(axis=1) > 1
        means = np.where(there, divide(sums, counts), 0.0)
        of_story = divide(means.sum(axis=1), there.sum(axis=1).astype(float))
        kept = shared[units.cluster] & (units.weight[:, m] > 0)
        weight[kept, m] = units.weight[kept, m]
        total[kept, m] = units.total[kept, m] - units.weight[kept, m] * of_story[units.cluster[kept]]
        n_articles[:, m] = np.bincount(units.group[kept], minlength=n_groups)
        if units.design.table == "articles":
            n_rows[:, m] = n_articles[:, m]
        value = total[kept, m] / weight[kept, m]
        deviation[m] = pooled_deviation(value, units.group[kept], n_groups)
        scale[m] = float(np.abs(value).max()) if len(value) else 0.0
        n_alone = max(n_alone, int((there.any(axis=1) & ~shared).sum()))
    note = f"{how_many(n_alone, 'story')} that one group alone reports left out: there is nothing to differ from"
    return replace(
        units,
        total=total,
        weight=weight,
        n_rows=n_rows,
        n_articles=n_articles,
        deviation=deviation,
        scale=scale,
        is_share=np.zeros(n_measures, dtype=bool),
        notes=(*units.notes, note) if n_alone else units.notes,
    )
