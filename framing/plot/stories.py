"""Charts of events: when each outlet reported them, and which of them it reported at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from framing.errors import InputError
from framing.measuring.stories import central_headline
from framing.plot import axes as on
from framing.plot.checks import Articles, articles_of, by_outlet
from framing.plot.lettering import size_of
from framing.plot.style import Palette, ink, looks_of, text_on
from framing.text import how_many


@dataclass(frozen=True)
class _Stories:
    """The stories of a chart, by their first day, and their articles.

    Attributes
    ----------
    articles : DataFrame
        Of these stories, with ``date`` as a time.
    order : list
        Ids of the stories.
    kept : str
        How many of how many, in words.
    """

    articles: pd.DataFrame
    order: list[Any]
    kept: str

    def labels(self, ax: Axes, share: float, *, n_outlets: int | None = None) -> list[str]:
        """A headline of each story, with the numbers of its articles and, if it is known of how many, of its outlets."""
        parts = [self.articles[self.articles["story"] == story] for story in self.order]
        heads = [_headline(part, story) for part, story in zip(parts, self.order, strict=True)]
        named = on.names_for(ax, heads, most=40, share=share, keep_end=False)
        if n_outlets is None:
            return on.counted(named, [f"n={len(part)}" for part in parts])
        of = f"of {how_many(n_outlets, 'outlet')}"
        return [f"{name}\n(n={len(p)}, {p['outlet'].nunique()} {of})" for name, p in zip(named, parts, strict=True)]


def _stories(frame: pd.DataFrame, max_stories: int, *, dated: bool) -> _Stories | None:
    """The stories that most outlets reported; None if no article has all that is needed."""
    if max_stories < 1:
        raise InputError(f"max_stories must be at least 1, got {max_stories}")
    dates = pd.to_datetime(frame["date"], errors="coerce") if "date" in frame.columns else pd.Series(pd.NaT, index=frame.index)
    known = frame.assign(date=dates).dropna(subset=["outlet", "story", *(["date"] if dated else [])])
    if known.empty:
        return None
    every = known.groupby("story").agg(first=("date", "min"), n_outlets=("outlet", "nunique"), n=("story", "size"))
    every["name"] = every.index.astype(str)
    chosen = every.sort_values(["n_outlets", "n", "first", "name"], ascending=[False, False, True, True]).head(max_stories)
    kept = how_many(len(every), "story")
    if len(every) > len(chosen):
        kept = f"{len(chosen)} of {kept}, those that most outlets reported"
    return _Stories(known[known["story"].isin(chosen.index)], list(chosen.sort_values(["first", "name"]).index), kept)


def _headline(articles: pd.DataFrame, story: Any) -> str:
    """The headline of a story that is most like the others, or its id."""
    central = central_headline(articles["headline"]) if "headline" in articles.columns else None
    return central or str(story)


def story_timeline(
    data: Articles, *, max_stories: int = 25, links: Mapping[str, str] | None = None, ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw who reported which story when: a row a story, by its first day, and a marker for each outlet's articles.

    Stories that most outlets reported are preferred where there are more than ``max_stories``; stories in one outlet only are drawn
    last, if there is room. Markers of one row stand at fixed heights by outlet, so that none hides another. It shows who was first and who
    followed in this collection; it cannot show what an outlet ran that was not collected.

    Parameters
    ----------
    data : Tables or DataFrame
        Articles with story, outlet, date and, for the labels, headline.
    max_stories : int
    links : mapping of str to str, optional
        Address for each article id, attached to its marker (SVG output keeps it).
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If no article has both a story and a date.
    """
    frame = articles_of(data, "outlet", "story", "date")
    stories = _stories(frame, max_stories, dated=True)
    if stories is None:
        raise InputError("no article has an outlet, a story and a date, so there is no timeline to draw")
    outlets = list(by_outlet(frame))
    looks = looks_of(outlets, palette)
    place_of = {story: y for y, story in enumerate(stories.order)}
    step = 0.64 / max(1, len(outlets) - 1)
    with on.axes(ax) as ax:
        ax.tick_params(axis="y", labelsize=on.SMALL * size_of("ytick.labelsize"))
        on.rows(ax, stories.labels(ax, 0.38, n_outlets=len(outlets)), height=8 * _row_height(len(outlets)))
        size = size_of("ytick.labelsize")
        for story, part in stories.articles.groupby("story"):
            y = place_of[story]
            ax.plot([part["date"].min(), part["date"].max()], [y, y], color=ink(), alpha=0.25, linewidth=1, zorder=1)
        keys = []
        for place, (name, short) in enumerate(zip(outlets, on.names_for(ax, outlets, most=22, share=0.4, lines=1), strict=True)):
            mine = stories.articles[stories.articles["outlet"].astype(str) == name]
            mine = mine.assign(article=mine.index.astype(str)).sort_values(["date", "article"])
            offset = (place * step - 0.32) if len(outlets) > 1 else 0.0
            look: dict[str, Any] = {"marker": looks[name].marker, "color": looks[name].colour}
            dots = ax.scatter(
                mine["date"],
                [place_of[story] + offset for story in mine["story"]],
                s=0.28 * size**2,
                edgecolors=ink(),
                linewidths=0.05 * size,
                zorder=3,
                label=short,
                **look,
            )
            dots.set_gid(f"outlet-{place}")
            if links:
                dots.set_urls([links.get(str(article), "") for article in mine.index])
            keys.append(Line2D([], [], **look, linestyle="none", markersize=0.55 * size, markeredgecolor=ink(), label=short))
        for y in range(1, len(stories.order)):
            ax.axhline(y - 0.5, color=ink(), alpha=0.15, linewidth=0.6)
        first, last = stories.articles["date"].min(), stories.articles["date"].max()
        _date_axis(ax, first, last)
        on.legend(ax, keys)
        on.caption(ax, f"Date of publication, {first.date()} to {last.date()}\n{stories.kept}; n: articles")
    return ax


def _date_axis(ax: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    n_ticks = max(2, min(7, int(on.inner_width(ax) / (5 * size_of("xtick.labelsize")))))
    locator = mdates.AutoDateLocator(minticks=min(3, n_ticks), maxticks=n_ticks)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    written = mdates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]  # the label below tells the year
    ax.xaxis.set_major_formatter(written)
    margin = max(pd.Timedelta(days=1), (last - first) * 0.04)
    ax.set_xlim(first - margin, last + margin)  # type: ignore[arg-type]  # dates are units of the axis


def _row_height(n_outlets: int) -> float:
    """Inches a row of :func:`story_timeline` needs, at text of 10 points, for the markers of so many outlets to stand apart."""
    return max(0.5, 0.1 + 0.085 * n_outlets)


def coverage(data: Articles, *, max_stories: int = 25, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw which outlet reported which event: a row a story, a column an outlet, with the number of its articles in each cell.

    What an agency wrote is hatched. A dot stands where an outlet has no article on the event. It shows what an outlet left out of this
    collection and where it leaned on agencies that it credits; it cannot show whether an article is missing from the outlet or from the
    collection, nor wire copy that is not credited.

    Parameters
    ----------
    data : Tables or DataFrame
        Articles with story and outlet; date, headline and agency where they are known.
    max_stories : int
        Stories that most outlets reported are preferred.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If no article has both an outlet and a story.
    """
    frame = articles_of(data, "outlet", "story")
    stories = _stories(frame, max_stories, dated=False)
    if stories is None:
        raise InputError("no article has an outlet and a story, so there is no coverage to draw")
    outlets = by_outlet(frame)
    looks = looks_of(list(outlets), palette)
    agency = "agency" in frame.columns
    with on.axes(ax) as ax:
        ax.tick_params(axis="y", labelsize=on.SMALL * size_of("ytick.labelsize"))
        on.rows(ax, stories.labels(ax, 0.36), height=2.4)
        on.columns(ax, list(outlets), [f"n={len(part)}" for part in outlets.values()])
        empty = False
        for y, story in enumerate(stories.order):
            here = stories.articles[stories.articles["story"] == story]
            for x, name in enumerate(outlets):
                mine = here[here["outlet"].astype(str) == name]
                wired = int(mine["agency"].notna().sum()) if agency else 0
                _reported(ax, x, y, len(mine), wired, looks[name].colour)
                empty = empty or mine.empty
        hatched = ", hatched: written by an agency" if agency and stories.articles["agency"].notna().any() else ""
        on.caption(ax, f"Articles on the event{hatched}\n{'·: none found; ' if empty else ''}{stories.kept}; n: articles")
    return ax


_CELL = 0.8  # of a row and of a column


def _reported(ax: Axes, x: int, y: int, n: int, wired: int, colour: str) -> None:
    """The articles of one outlet on one event."""
    if not n:
        on.inside(ax, x, y, "·", ha="center", alpha=0.6)
        return
    page = ax.get_facecolor()
    own = _CELL * (n - wired) / n
    if own:
        ax.barh(y, own, left=x - _CELL / 2, height=_CELL, color=colour, gid="own")
    if wired:
        ax.barh(y, _CELL - own, left=x - _CELL / 2 + own, height=_CELL, facecolor=page, edgecolor=colour, hatch="////", gid="agency")
    under, written = (colour, text_on(colour)) if own > _CELL / 2 else (page, ink())
    on.inside(ax, x, y, str(n), ha="center", color=written, bbox={"facecolor": under, "edgecolor": "none", "boxstyle": "square,pad=0.2"})
