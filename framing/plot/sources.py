"""Charts of who speaks and how: kinds of source, three ways of counting one kind, how readers are told, the cues that present them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from framing.choices import SOURCE_TYPES
from framing.compare.sources import cue_stances as count_cue_stances
from framing.compare.sources import naming_profile as profile_naming
from framing.compare.sources import source_profile as profile_sources
from framing.errors import InputError
from framing.measuring.attribution import STANCES
from framing.plot import axes as on
from framing.plot.checks import Articles, articles_of, by_outlet, level_of, result_of
from framing.plot.lettering import size_of, width_of
from framing.plot.style import LEFT_OUT, NAMING_LOOK, SOURCE_LOOK, STANCE_LOOK, Palette, as_hex, ink, looks_of, text_on
from framing.tables import Tables
from framing.text.escaping import label_of

_Looks = Mapping[str, tuple[str, str]]  # colour and hatch of each kind of segment


def source_mix(data: Articles, *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw who is cited: for each outlet a bar over the kinds of source, the mean over its articles of their shares of attributions.

    Parts that are wide enough carry their percentage. Articles without an attribution count in no share and not in ``n``. It shows whom
    outlets let speak; it cannot show who was asked and declined, and has no intervals: for these see :func:`source_shares`.

    Parameters
    ----------
    data : Tables or DataFrame
        Articles with ``share_<source type>`` columns.
    ax : Axes, optional
    palette : mapping, optional
        Colours of source types (not of outlets), for those it names.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If no article has an attribution, or the table lacks the columns.
    """
    measures = {kind: f"share_{kind}" for kind in SOURCE_TYPES}
    frame = articles_of(data, "outlet", *measures.values())
    looks = _looks({kind: SOURCE_LOOK.get(kind, (LEFT_OUT, "")) for kind in measures}, palette, "source_mix", "source types", "official")
    cited = {name: part[[*measures.values()]].dropna(how="all") for name, part in by_outlet(frame).items()}
    if all(part.empty for part in cited.values()):
        raise InputError("no article has an attribution, so there is no source mix to draw")
    bars = [_Bar(y, {kind: float(part[m].mean()) for kind, m in measures.items()}) for y, part in enumerate(cited.values()) if len(part)]
    with on.axes(ax) as ax:
        on.rows(ax, on.names_with(ax, {name: f"n={len(part)}" for name, part in cited.items()}))
        for y, part in enumerate(cited.values()):
            if part.empty:
                on.empty_row(ax, y)
        _stack(ax, bars, looks, end=1.0, gid="source")
        on.caption(ax, "Share of attributions (mean over articles)\nn: articles with an attribution")
    return ax


def cue_stances(
    data: pd.DataFrame | Tables, *, source_types: Sequence[str] = ("all",), ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw how sources are presented: for each outlet a bar over the cues that are not neutral, such as "claimed" or "confirmed".

    The bar begins at zero; what it lacks to 100 % are neutral cues ("said"). Parts that are wide enough carry their percentage. It shows
    which distance an outlet keeps from its sources; it cannot show whether a doubt was due.

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.cue_stances` returns it; Tables are counted first, with its defaults.
    source_types : sequence of str
        ``all``, or kinds of source; with several, each outlet has a row for each.
    ax : Axes, optional
    palette : mapping, optional
        Colours of stances (not of outlets), for those it names.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If there is nothing to draw, no such kind, or ``data`` is something else.
    """
    counted = count_cue_stances(data) if isinstance(data, Tables) else data
    stances = result_of("cue_stances", counted, ("source_type", "stance", "n", "n_cues", "share", "low", "high"))
    looks = _looks({s: STANCE_LOOK[s] for s in STANCES if s in STANCE_LOOK}, palette, "cue_stances", "stances", "doubting")
    lines, cells = _lines(stances, "stance", "n_cues", source_types, nothing="no outlet has a cue of these kinds of source")
    bars, limits = [], []
    for y, (name, kind) in enumerate(lines):
        if kind is not None:
            bars.append(_Bar(y, {stance: float(cells[name, kind][stance]["share"]) for stance in looks}))
            limits.append([1 - float(cells[name, kind]["neutral"][limit]) for limit in ("high", "low")])
    widest = max([0.05, *(bar.end for bar in bars), *(high for _, high in limits if math.isfinite(high))])
    with on.axes(ax) as ax:
        _name_lines(ax, lines, {line: int(cell["neutral"]["n_cues"]) for line, cell in cells.items()})
        _stack(ax, bars, looks, end=min(1.0, 1.06 * widest), gid="stance")
        for bar, ends in zip(bars, limits, strict=True):
            if all(math.isfinite(x) for x in ends):
                ax.plot(ends, (bar.y + 0.41, bar.y + 0.41), color=ink(), linewidth=1.4, solid_capstyle="butt", gid="interval")
            if not bar.end:
                on.inside(ax, 0.01 * widest, bar.y, "neutral cues only", style="italic", alpha=0.7)
        bounds = any(math.isfinite(x) for ends in limits for x in ends)
        line = f"line below a bar: {100 * level_of(stances):g} % interval of its length, " if bounds else ""
        on.caption(ax, f"Share of cues that are not neutral, by stance\n{line}n: attributions with a cue")
    return ax


def naming_profile(
    data: pd.DataFrame | Tables, *, source_types: Sequence[str] = ("all",), ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw how readers are told who speaks: for each outlet a bar over the ways of naming a source.

    Persons, organisations and documents that are named come first; then sources that are described, but not named; then those whose name
    is kept back on purpose; then what the words leave open. Parts that are wide enough carry their percentage. It shows which sources a
    reader can look up; it cannot show whether a name was kept back for good reason, and has no intervals: these are in the table, and in
    :func:`compare` of ``share_unnamed``.

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.naming_profile` returns it; Tables are counted first, with its defaults.
    source_types : sequence of str
        ``all``, or kinds of source; with several, each outlet has a row for each.
    ax : Axes, optional
    palette : mapping, optional
        Colours of ways of naming (not of outlets), for those it names.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If there is nothing to draw, no such kind, or ``data`` is something else.
    """
    counted = profile_naming(data) if isinstance(data, Tables) else data
    naming = result_of("naming_profile", counted, ("source_type", "naming", "n", "n_attributions", "share", "low", "high"))
    looks = _looks(NAMING_LOOK, palette, "naming_profile", "ways of naming", "anonymous")
    lines, cells = _lines(
        naming, "naming", "n_attributions", source_types, nothing="no outlet has an attribution with a source of these kinds"
    )
    bars = [_Bar(y, {way: float(cells[line][way]["share"]) for way in looks}) for y, line in enumerate(lines) if line in cells]
    with on.axes(ax) as ax:
        _name_lines(ax, lines, {line: int(cell["unknown"]["n_attributions"]) for line, cell in cells.items()})
        _stack(ax, bars, looks, end=1.0, gid="naming")
        on.caption(ax, "Share of attributions that have a source, by how it is named\nn: attributions with a source")
    return ax


_Line = tuple[str, str | None]  # an outlet and a kind of source; the outlet's own line, above several kinds, has none


def _lines(
    counted: pd.DataFrame, column: str, whole: str, source_types: Sequence[str], *, nothing: str
) -> tuple[list[_Line], dict[_Line, dict[str, Any]]]:
    """Lines of a chart from a table by outlet, kind of source and ``column``; and for each line of numbers its rows by that column."""
    kinds = [source_types] if isinstance(source_types, str) else list(source_types)
    if unknown := [kind for kind in kinds if kind not in ("all", *SOURCE_TYPES)] or ([] if kinds else ["nothing"]):
        raise InputError(f"source_types must be of all, {', '.join(SOURCE_TYPES)}; got {unknown[0]!r}")
    by = str(counted.columns[0])
    drawn = counted[counted["source_type"].isin(kinds) & (counted[whole] > 0)]
    if drawn.empty:
        raise InputError(f"{nothing}, so there is nothing to draw")
    cells: dict[_Line, dict[str, Any]] = {}
    for row in drawn.to_dict("records"):
        cells.setdefault((str(row[by]), str(row["source_type"])), {})[str(row[column])] = row
    lines: list[_Line] = []
    for name in sorted({name for name, _ in cells}):
        lines += [(name, None)] * (len(kinds) > 1) + [(name, kind) for kind in kinds if (name, kind) in cells]
    return lines, cells


def _name_lines(ax: Axes, lines: Sequence[_Line], counts: Mapping[_Line, int]) -> None:
    """A row for each line, with its ``n``; outlets stand in bold above their kinds of source."""
    outlets = [name for name, kind in lines if kind is None]
    if outlets:
        heads = dict(zip(outlets, on.names_for(ax, outlets, most=34, share=0.45, lines=1), strict=True))
        labels = [heads[line[0]] if line[1] is None else f"{label_of(line[1])} (n={counts[line]})" for line in lines]
    else:
        labels = on.names_with(ax, {line[0]: f"n={counts[line]}" for line in lines})
    on.rows(ax, labels, height=2.4 if outlets else 3.2)
    on.embolden(ax, [y for y, (_, kind) in enumerate(lines) if kind is None])


def _looks(looks: _Looks, palette: Palette, chart: str, parts: str, example: str) -> dict[str, tuple[str, str]]:
    """Colours and hatches, with the colours that the caller gives."""
    if palette is not None and not isinstance(palette, Mapping):
        raise InputError(f"the palette of {chart} must map {parts} to colours, such as {{{example!r}: {looks[example][0]!r}}}")
    return {name: (as_hex(palette[name]) if palette and name in palette else colour, hatch) for name, (colour, hatch) in looks.items()}


class _Bar(NamedTuple):
    """A bar of segments."""

    y: int
    shares: dict[str, float]

    @property
    def end(self) -> float:
        return sum(share for share in self.shares.values() if share > 0)


def _stack(ax: Axes, bars: Sequence[_Bar], looks: _Looks, *, end: float, gid: str) -> None:
    """Bars from zero to ``end``, segments with their percentages; their names over the first bar, or in a legend where these collide."""
    ax.set_xlim(0, end)
    on.spread_ticks(ax)
    ax.xaxis.set_major_formatter(on.PERCENT)
    page = ax.get_facecolor()
    size = on.SMALL * size_of("ytick.labelsize")
    unit = on.inner_width(ax) / end
    names: list[tuple[float, str]] = []
    for bar in bars:
        at = 0.0
        for name, (colour, hatch) in looks.items():
            if not (share := bar.shares[name]) > 0:
                continue
            look: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": page, "linewidth": 0.08 * size}
            ax.add_patch(Rectangle((at, bar.y - 0.33), share, 0.66, **look, gid=f"{gid}-{bar.y}-{name}"))
            number = f"{100 * share:.0f}"
            if width_of(number, size) + 0.5 * size < share * unit:
                behind = {"facecolor": colour, "edgecolor": "none", "boxstyle": "square,pad=0.2"}  # no hatch through a number
                on.inside(ax, at + share / 2, bar.y, number, ha="center", color=text_on(colour), bbox=behind)
            if bar is bars[0]:
                names.append((at + share / 2, label_of(name)))
            at += share
    shown = [name for name in looks if any(bar.shares[name] > 0 for bar in bars)]
    if bars[0].y == 0 and len(names) == len(shown) and _stand_apart(names, size, unit, end):
        for x, name in names:
            ax.text(x, 1.0, name, transform=ax.get_xaxis_transform(), ha="center", va="bottom", fontsize=size, gid="name")
        return
    on.legend(ax, [Patch(facecolor=looks[n][0], hatch=looks[n][1], edgecolor=page, linewidth=0, label=label_of(n)) for n in shown])


def _stand_apart(names: Sequence[tuple[float, str]], size: float, unit: float, end: float) -> bool:
    """Whether names centred there leave a gap between them, and stay over the bars."""
    spans = [(x * unit - width_of(name, size) / 2, x * unit + width_of(name, size) / 2) for x, name in names]
    ends = [-size, *(right for _, right in spans)]
    return all(left > before + 0.6 * size for before, (left, _) in zip(ends, spans, strict=False)) and ends[-1] < end * unit


_WAYS = {"full": "of attributions", "none": "mean over articles", "left": "of words ascribed"}


def source_shares(data: pd.DataFrame | Tables, *, kind: str = "official", ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw the share of one kind of source in each outlet, counted in three ways, each with its interval.

    Filled marker: of the outlet's attributions. Hollow: in each article, averaged over articles. Half filled: of the words ascribed. Where
    the three differ, a few articles, or a few long quotations, make the difference; it cannot show which of them.

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.source_profile` returns it; Tables are counted first, with its defaults.
    kind : str
        A kind of source, such as ``official``; ``political`` for officials and politicians together.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If there is no such kind, nothing to draw, or ``data`` is something else.
    """
    if kind not in (*SOURCE_TYPES, "political"):
        raise InputError(f"kind must be one of {', '.join(SOURCE_TYPES)}, political; got {kind!r}")
    ways = [f"share_{kind}", f"mean_share_{kind}", f"share_words_{kind}"]
    needed = ["n_attributions", "n_articles", *(f"{way}{end}" for way in ways for end in ("", "_low", "_high"))]
    profile = result_of("source_profile", profile_sources(data) if isinstance(data, Tables) else data, needed)
    values: dict[str, Any] = {str(name): row for name, row in profile.iterrows()}
    if not np.isfinite(profile[ways].to_numpy(dtype=float)).any():
        raise InputError("no outlet attributes anything, so there are no shares to draw")
    looks = looks_of(list(values), palette)
    first: list[on.Mark] = []
    with on.axes(ax) as ax:
        on.rows(ax, on.names_with(ax, {name: f"n={int(row['n_attributions'])}" for name, row in values.items()}), height=4.6)
        for y, (name, row) in enumerate(values.items()):
            shares = [(float(row[way]), float(row[f"{way}_low"]), float(row[f"{way}_high"])) for way in ways]
            marks = on.dots(ax, y, shares, _WAYS, looks[name], apart=0.26)
            first = first or (marks if len(marks) == len(ways) else [])
        on.scale(ax, "share", profile[needed[2:]].to_numpy(dtype=float).ravel().tolist())
        on.name_marks(ax, first, _WAYS)
        lows = profile[[f"{way}_low" for way in ways]].to_numpy(dtype=float)
        line = on.interval_words(level_of(profile), drawn=bool(np.isfinite(lows).any()))
        on.caption(ax, f"Share of {label_of(kind)} sources\ndot: share,{line} n: attributions")
    return ax
