"""An outlet's fingerprint: in which measures it differs from the mean of all."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from framing.compare import Comparison, Comparisons
from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.lettering import distinct, room_for, size_of
from framing.plot.style import Palette, ink, looks_of
from framing.tables.columns import describe_measure

_TICKS = (5.0, 4.0, 3.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.0)  # round numbers of standard deviations, of which a panel has one and its minus


def fingerprint(data: Comparisons | Iterable[Comparison], *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw in what each outlet differs: a panel an outlet, a row a measure, its difference from the mean of all in standard deviations.

    A filled marker is a difference whose adjusted p is below 0.05 (one less the level of the comparison); a hollow one may be chance. The
    panels share one axes and one scale. It shows on which measures an outlet stands apart, and that most differences are small; it cannot
    show that an outlet is odd: with few outlets each of them moves the mean it is held against.

    Parameters
    ----------
    data : Comparisons or iterable of Comparison
        As :func:`framing.compare_measures` returns them, so that p is adjusted over all that is drawn; comparisons made one by one are
        adjusted each for itself.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If ``data`` is something else, or has no difference from the mean of all.
    """
    if isinstance(data, Comparison) or not isinstance(data, Iterable):
        raise InputError(f"expected Comparisons, as compare_measures returns them, got {type(data).__name__}")
    comparisons = list(data)
    if odd := [part for part in comparisons if not isinstance(part, Comparison)]:
        raise InputError(f"expected Comparisons, as compare_measures returns them, got {type(odd[0]).__name__} among them")
    names = sorted({str(name) for part in comparisons for name in part.estimates.index})
    alpha = comparisons[0].alpha if comparisons else math.nan
    found = {(name, place): d for place, part in enumerate(comparisons) for name, d in _differences(part).items()}
    if not found:
        raise InputError("no comparison has a difference from the mean of all, so there is nothing to draw")
    measured = {n: max(int(part.estimates["n_articles"].get(n, 0)) for part in comparisons) for n in names}
    reach = 1.06 * max(abs(v) for d in found.values() for v in (d.value, d.low, d.high) if math.isfinite(v))
    looks = looks_of(names, palette)
    size = size_of("ytick.labelsize")
    with on.axes(ax) as ax:
        measures = on.names_for(ax, [describe_measure(part.measure)["name"] for part in comparisons], most=36, share=0.36)
        on.rows(ax, measures)  # so that the width of the panels is known
        n_lines = math.ceil(len(names) / max(1, min(6, int(on.inner_width(ax) / (4.6 * size)))))
        n_panels = math.ceil(len(names) / n_lines)
        on.rows(ax, ["", *measures] * n_lines, height=2.0)
        ax.grid(False)
        span = 2.15 * reach
        tick = next(step for step in _TICKS if step <= 0.85 * reach)
        each = on.inner_width(ax) / n_panels
        heads = distinct(names, max(6, room_for(names, 0.82 * each, on.SMALL * size)), lines=2)
        for place, (name, head) in enumerate(zip(names, heads, strict=True)):
            top, centre = (place // n_panels) * (len(comparisons) + 1), (place % n_panels) * span
            ax.text(centre, top, f"{head}\n(n={measured[name]})", ha="center", va="center", weight="bold", fontsize=on.SMALL * size)
            ends = (top + 0.5, top + len(comparisons) + 0.5)
            ax.vlines((centre - tick, centre + tick), *ends, color=ink(), linewidth=0.5, alpha=0.15, zorder=0)
            ax.plot((centre, centre), ends, color=ink(), linewidth=0.1 * size, zorder=1, gid="zero")
            for y in range(len(comparisons)):
                if (name, y) in found:
                    d = found[name, y]
                    fill = "full" if d.p < alpha else "none"
                    on.dot(ax, centre + d.value, top + 1 + y, looks[name], fill=fill, interval=(centre + d.low, centre + d.high))
                else:
                    on.inside(ax, centre, top + 1 + y, "–", ha="center", alpha=0.7)
        ax.set_xlim(-span / 2, (n_panels - 0.5) * span)
        places = [panel * span + x for panel in range(n_panels) for x in (-tick, tick)]
        ax.set_xticks(places, [f"−{tick:g}", f"+{tick:g}"] * n_panels)
        line = on.interval_words(comparisons[0].level, drawn=any(math.isfinite(d.low) for d in found.values()))
        on.caption(
            ax,
            f"Difference from the mean of all (standard deviations)\nfilled: adjusted p below {alpha:g}, hollow: not,{line} n: articles",
        )
    return ax


class _Difference(NamedTuple):
    """From the mean of all, in standard deviations."""

    value: float
    low: float
    high: float
    p: float


def _differences(comparison: Comparison) -> dict[str, _Difference]:
    """What could be standardised, by group."""
    frame = comparison.differences
    numbers = {c: frame[c].to_numpy(dtype=float) for c in ("difference", "standardised", "low", "high", "p_adjusted")}
    with np.errstate(invalid="ignore", divide="ignore"):
        deviations = numbers["difference"] / numbers["standardised"]
    usable = deviations[np.isfinite(deviations) & (deviations > 0)]
    if not len(usable):
        return {}
    deviation = float(usable[0])
    rows = zip(frame["a"], frame["b"], *(numbers[c].tolist() for c in ("difference", "low", "high", "p_adjusted")), strict=True)
    return {
        str(a): _Difference(value / deviation, low / deviation, high / deviation, p)
        for a, b, value, low, high, p in rows
        if b == "all" and math.isfinite(value)
    }
