"""The chart of what outlets write on."""

from __future__ import annotations

import math

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.checks import Articles, articles_of, by_outlet
from framing.plot.lettering import flat
from framing.plot.style import Palette, ink, text_on
from framing.tables.columns import topic_of


def topics_by_outlet(data: Articles, *, max_topics: int = 12, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw what each outlet writes on: a grid of outlets and topics, darker for a larger mean share, with the share in per cent.

    It shows what fills the pages; it cannot show what is said. Topics are groups of words that a model found in these articles, and their
    names are their commonest words.

    Parameters
    ----------
    data : Tables or DataFrame
        Articles with ``topic_<label>`` columns, which sum to 1 in each row.
    max_topics : int
        The largest ones are drawn.
    ax : Axes, optional
    palette : str, optional
        Name of a matplotlib colour map.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If the table has no topics.
    """
    frame = articles_of(data, "outlet")
    topics = [str(c) for c in frame.columns if str(c).startswith("topic_") and frame[c].notna().any()]
    if not topics:
        raise InputError("the table has no topic_ columns with values; give analyze_corpus a TopicModel")
    if palette is not None and (not isinstance(palette, str) or palette not in mpl.colormaps):
        raise InputError(f"the palette of topics_by_outlet must be a colour map's name such as Blues or cividis, got {palette!r}")
    mean = {topic: float(frame[topic].mean()) for topic in topics}
    topics = sorted(topics, key=lambda topic: (-mean[topic], topic))[:max_topics]
    outlets = by_outlet(frame)
    shares = np.array([part[topics].mean().to_numpy(dtype=float) for part in outlets.values()])
    with on.axes(ax) as ax:
        counts = {name: f"n={int(part[topics].notna().any(axis=1).sum())}" for name, part in outlets.items()}
        on.rows(ax, on.names_with(ax, counts))
        on.columns(ax, [" ".join(flat(topic_of(topic)).replace(",", " ").split()[:4]) for topic in topics])
        image = ax.pcolormesh(
            *(np.arange(n + 1) - 0.5 for n in (len(topics), len(outlets))),
            np.ma.masked_invalid(shares),
            cmap=palette or "Blues",
            vmin=0,
            vmax=max(0.01, float(np.nanmax(shares))),
            edgecolors=ax.get_facecolor(),
            linewidth=1.5,
        )
        for y, x in np.ndindex(*shares.shape):
            share = float(shares[y, x])
            words, colour = (f"{share * 100:.0f}", text_on(image.to_rgba(shares[y, x]))) if math.isfinite(share) else ("–", ink())
            on.inside(ax, x, y, words, ha="center", color=colour)
        on.caption(ax, "Mean share of each topic in an outlet's articles (%)\nn: articles")
    return ax
