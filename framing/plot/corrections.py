"""A chart of corrections: shares and means as measured, and with the measure's errors taken out."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from framing.compare import Correction
from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.axis_labels import axis_label
from framing.plot.checks import Estimate
from framing.plot.lettering import missing, size_of
from framing.plot.style import Palette, ink, looks_of
from framing.tables.columns import describe_measure

_FILLS = {"none": "as measured", "full": "corrected"}


def correction(data: Correction, *, known: pd.Series | None = None, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw a comparison before and after correction: a hollow marker as measured, a filled one corrected, each with its interval.

    It shows how far a measure's errors move each group, and how much less sure one is once they are counted in; it cannot show that the
    coded cases stand for the rest: that takes a random sample.

    Parameters
    ----------
    data : Correction
        As :func:`framing.compare.correct_for_rates` and :func:`framing.compare.correct_with_codes` return it.
    known : Series, optional
        True values by group, drawn as crosses; its name is what the caption calls them. Groups that it leaves out get none.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If ``data`` is no correction, it has no estimate, or ``known`` is no Series or has a value of none of the groups.
    """
    if not isinstance(data, Correction):
        raise InputError(f"expected a Correction, as correct_for_rates returns it, got {type(data).__name__}")
    pairs = _pairs(data)
    if not any(estimate.known for pair in pairs.values() for estimate in pair):
        raise InputError(f"the correction of {data.measure} holds no estimate, so there is nothing to draw")
    true = {} if known is None else _true(known, list(pairs))
    seen = [v for pair in pairs.values() for e in pair if e.known for v in (e.mean, e.low, e.high)]
    looks = looks_of(list(pairs), palette)
    first: list[on.Mark] = []
    with on.axes(ax) as ax:
        on.rows(ax, on.names_with(ax, {name: f"n={pair[0].n} coded" for name, pair in pairs.items()}), height=4.0)
        for y, (name, pair) in enumerate(pairs.items()):
            marks = on.dots(ax, y, [(e.mean, e.low, e.high) for e in pair], _FILLS, looks[name], apart=0.32)
            if name in true:
                size = size_of("ytick.labelsize")
                cross: dict[str, Any] = {"marker": "x", "markersize": 0.75 * size, "markeredgewidth": 0.16 * size, "linestyle": "none"}
                ax.plot([true[name]], [y], color=ink(), zorder=4, clip_on=False, gid="known", **cross)
            if len(marks) == len(_FILLS) and all(m.low <= true.get(name, m.low) <= m.high for m in marks):
                first = first or marks  # a cross beside the marks would seem to bear their names
        on.scale(ax, describe_measure(data.measure)["unit"], [*seen, *true.values()])
        on.name_marks(ax, first, _FILLS)
        line = on.interval_words(data.level, drawn=any(math.isfinite(e.low) for pair in pairs.values() for e in pair))
        told = "known value" if known is None or missing(known.name) else str(known.name)
        cross_words = f" cross: {told}," if true else ""
        on.caption(
            ax,
            f"{axis_label(data.measure)}\nhollow: as measured, filled: corrected,{line}{cross_words} n: coded cases behind the correction",
        )
    return ax


def _pairs(data: Correction) -> dict[str, tuple[Estimate, Estimate]]:
    """As measured and corrected, by group, with the number of cases coded."""
    pairs = {}
    for name, row in zip(map(str, data.estimates.index), data.estimates.to_dict("records"), strict=True):
        n = int(row["n_coded"])
        measured = Estimate(float(row["mean"]), float(row["low"]), float(row["high"]), n)
        pairs[name] = (measured, Estimate(float(row["corrected"]), float(row["corrected_low"]), float(row["corrected_high"]), n))
    return pairs


def _true(known: pd.Series, groups: list[str]) -> dict[str, float]:
    if not isinstance(known, pd.Series):
        raise InputError(f"known must be a Series of values by group, got {type(known).__name__}")
    values = {str(name): float(value) for name, value in known.items()}
    found = {name: values[name] for name in groups if math.isfinite(values.get(name, math.nan))}
    if not found:
        raise InputError(f"known has a value of none of the groups {', '.join(groups)}; its index is {', '.join(list(values)[:8])}")
    return found
