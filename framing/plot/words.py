"""The chart of words that set groups apart."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.checks import result_of
from framing.plot.lettering import missing, size_of
from framing.plot.style import Palette, ink, looks_of

DISTINCTIVE = 1.96
"""z from which a word counts as distinctive: one in forty words whose use does not differ would reach it."""


def distinctive_words(
    data: pd.DataFrame, *, group: str | None = None, n_words: int | None = None, ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw the words that set each group apart: a dot at the word's z score, with its count in the group and in the others.

    Only words with z of at least 1.96 are drawn; a group that has none is said to have nothing distinctive.

    It shows what an outlet writes about more, and how it puts it; it cannot show which of the two it is: read the sentences.

    Parameters
    ----------
    data : DataFrame
        As :func:`framing.compare.distinctive_words` returns it.
    group : str, optional
        Draw this group alone.
    n_words : int, optional
        Words a group, the highest z first: 12 for one group, 8 for up to three, else 5.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If no group has a word to draw, or there is no such group.
    """
    words = result_of("distinctive_words", data, ("word", "group", "count", "count_others", "z"))
    groups = sorted({str(g) for g in words["group"] if not missing(g)})
    if group is not None and group not in groups:
        raise InputError(f"no group {group!r} among the words; groups are {', '.join(groups) or '(none)'}")
    looks = looks_of(groups, palette)
    shown = groups if group is None else [group]
    n_words = n_words or (12 if len(shown) == 1 else 8 if len(shown) <= 3 else 5)
    over = words[(words["z"] >= DISTINCTIVE) & words["group"].astype(str).isin(shown)]
    if over.empty and group is None:
        raise InputError(f"no word sets a group apart (z of {DISTINCTIVE} or more), so there is nothing to draw")
    with on.axes(ax) as ax:
        labels: list[str] = []
        headings: list[int] = []
        silent: list[int] = []
        marks: list[tuple[int, float, str]] = []
        for name, heading in zip(shown, on.names_for(ax, shown, most=34, share=0.45, lines=1), strict=True):
            best = over[over["group"].astype(str) == name].sort_values(["z", "word"], ascending=[False, True]).head(n_words)
            if len(shown) > 1:
                headings.append(len(labels))
                labels.append(heading)
            if best.empty:
                silent.append(len(labels))
                labels.append("nothing distinctive")
            else:
                short = on.names_for(ax, best["word"], most=22, share=0.45, lines=1, spare=9)
                marks += [(y, float(z), name) for y, z in enumerate(best["z"], len(labels))]
                labels += [
                    f"{word} ({int(n)} : {int(others)})" for word, n, others in zip(short, best["count"], best["count_others"], strict=True)
                ]
        on.rows(ax, labels, height=1.9)
        on.embolden(ax, headings)
        for place in silent:
            ax.get_yticklabels()[place].set_fontstyle("italic")
        size = size_of("ytick.labelsize")
        for y, z, name in marks:
            look = looks[name]
            ax.plot((0, z), (y, y), color=look.colour, linewidth=0.12 * size, alpha=0.7)
            ax.plot([z], [y], marker=look.marker, color=look.colour, markeredgecolor=ink(), markersize=0.7 * size, linestyle="none")
        ax.set_xlim(0, 1.06 * max([2.1, *(z for _, z, _ in marks)]))
        on.spread_ticks(ax)
        ax.axvline(DISTINCTIVE, color=ink(), linestyle=":", linewidth=0.1 * size, gid="threshold")
        on.caption(ax, f"z of the log-odds against the others (drawn from {DISTINCTIVE}, dotted)\nin brackets: count here : in the others")
    return ax
