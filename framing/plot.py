"""Charts: data in, ``Axes`` out. Nothing is shown, saved or restyled; that belongs to the caller.

Every chart has outlets or stories in rows of unit height (row 0 on top), names with their ``n``, and an axis that carries its unit.
An outlet keeps one colour and one marker, given by its place among the sorted names; pass the mapping of :func:`outlet_colours` as
``palette`` to keep them over charts that show different outlets.
"""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import colors as mcolors
from matplotlib import dates as mdates
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from framing.attribution import SOURCE_TYPES, STANCES
from framing.compare import Comparison, compare_outlets
from framing.errors import InputError
from framing.lexicons import load_table
from framing.render import label_of, visible
from framing.tables import Tables
from framing.text import how_many
from framing.tones import target_tones as count_target_tones
from framing.tones import voice_tones as count_voice_tones
from framing.voices import cue_stances as count_cue_stances
from framing.voices import source_profile as profile_sources

Palette = str | Sequence[str] | Mapping[str, str] | None
Articles = Tables | pd.DataFrame

# Okabe and Ito (2008), "Color Universal Design", without black and yellow (invisible on a dark or a white page), then five more of
# middle lightness. Past the first seven, neighbours need their markers to be told apart; that is what markers are for.
COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
    "#8C6D1F", "#7B5FB5", "#7F8790", "#A6365A", "#44AA99", "#A3A500",
)  # fmt: skip
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*")
_LEFT_OUT = "#9AA0A6"  # outlets that a palette mapping does not name

# Neighbours in a bar differ in lightness or hatch, so that the order can be read in grey print.
_SOURCE_LOOK = {
    "official": ("#0072B2", ""),
    "politician": ("#7CC4F0", "//"),
    "expert": ("#00805E", ""),
    "business": ("#A8D5A2", ".."),
    "civil_society": ("#B36B00", ""),
    "citizen": ("#F5B942", "\\\\"),
    "celebrity": ("#A6365A", ""),
    "media": ("#E3A6C6", "xx"),
    "document": ("#6B4FA0", ""),
    "unnamed": ("#6B727B", "--"),
    "unknown": ("#C9CDD2", ""),
}
_STANCE_LOOK = {
    "doubting": ("#E69F00", ""),
    "conceding": ("#F6D9B8", "//"),
    "endorsing": ("#004C7F", ""),
    "emotive": ("#E3A6C6", "xx"),
    "forward": ("#00664B", ".."),
}


@dataclass(frozen=True, slots=True)
class _Look:
    colour: str
    marker: str


# --- names, labels, colours ---


def outlet_colours(outlets: Any, palette: Palette = None) -> dict[str, str]:
    """The colour of each outlet, by its place among the sorted names; pass it on as ``palette`` to keep it over several charts.

    Parameters
    ----------
    outlets : iterable of str
        Names; repeated and missing ones are passed over.
    palette : str, sequence or mapping, optional
        Name of a matplotlib colour map; or colours, used in turn; or a colour for each name (names it leaves out are grey).

    Returns
    -------
    dict of str to str
        Colours as ``#rrggbb``, in the order of the sorted names.

    Raises
    ------
    InputError
        If the palette is no such thing or names no colour.

    Examples
    --------
    >>> outlet_colours(["Open Ledger", "Daily Lantern"])
    {'Daily Lantern': '#0072b2', 'Open Ledger': '#d55e00'}
    """
    names = sorted({str(name) for name in outlets if not _missing(name)})
    if isinstance(palette, Mapping):
        given = {str(name): colour for name, colour in palette.items()}
        return {name: _hex(given.get(name, _LEFT_OUT)) for name in names}
    if palette is None:
        series: Sequence[Any] = COLOURS
    elif isinstance(palette, str):
        if palette not in mpl.colormaps:
            raise InputError(f"palette must be a colour map's name (such as tab10 or viridis), colours or a mapping, got {palette!r}")
        chosen = mpl.colormaps[palette]
        listed = getattr(chosen, "colors", None)
        series = listed if listed is not None and len(listed) <= 20 else [chosen(x) for x in np.linspace(0.1, 0.9, max(1, len(names)))]
    elif isinstance(palette, Sequence) and palette:
        series = palette
    else:
        raise InputError(f"palette must be a colour map's name, colours or a mapping, got {palette!r}")
    return {name: _hex(colour) for name, colour in zip(names, itertools.cycle(series), strict=False)}


def _hex(colour: Any) -> str:
    if not mcolors.is_color_like(colour):
        raise InputError(f"palette holds {colour!r}, which is no colour; colours are like '#0072B2' or 'tab:blue'")
    return mcolors.to_hex(colour)


def _looks(names: Sequence[str], palette: Palette) -> dict[str, _Look]:
    colours = outlet_colours(names, palette)
    ranked = sorted({*palette, *colours}) if isinstance(palette, Mapping) else list(colours)
    places = {str(name): place for place, name in enumerate(ranked)}
    return {name: _Look(colour, MARKERS[places[name] % len(MARKERS)]) for name, colour in colours.items()}


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _flat(text: Any) -> str:
    """On one line, with control characters visible."""
    return " ".join(visible(str(text)).split())


def _literal(text: str) -> str:
    """Without a dollar sign that starts a formula. Comes last: a cut between the backslash and its dollar would undo it."""
    return text.replace("$", r"\$")


def _plain(text: Any) -> str:
    return _literal(_flat(text))


def _end_cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def _middle_cut(text: str, width: int) -> str:
    """At most ``width`` characters: the start and the end of the text, at word boundaries where they are near."""
    if len(text) <= width:
        return text
    n_end = (width - 1) // 2
    start, end = text[: width - 1 - n_end], text[-n_end:]
    space = start.rfind(" ")
    if text[len(start)] != " " and space > 0.6 * len(start):
        start = start[:space]
    space = end.find(" ")
    if text[-n_end - 1] != " " and 0 <= space < 0.4 * len(end):
        end = end[space + 1 :]
    return f"{start.rstrip()}…{end.lstrip()}"


def _difference_cut(text: str, width: int, *, start: int) -> str:
    """At most ``width`` characters: a little of both ends, and the stretch that begins at ``start``."""
    if len(text) <= width:
        return text
    side = width // 4
    head, tail = text[:side].rstrip(), text[-side:].lstrip()
    head, tail = head[: head.rfind(" ")] if " " in head else head, tail[tail.find(" ") + 1 :]
    room = width - len(head) - len(tail) - 2
    at = min(max(start, len(head)), len(text) - len(tail) - room)
    space = text.rfind(" ", max(at - room // 2, len(head)), at)
    return f"{head}…{text[space + 1 if space >= 0 else at :][:room].strip()}…{tail}"


def _fold(text: str, width: int, lines: int, cut: Callable[[str, int], str]) -> str:
    """``text`` in at most so many lines of ``width`` characters; what does not fit is cut out."""
    if lines == 1:
        return cut(text, width)
    for size in range(width * lines, width, -1):
        words = " ".join(piece for word in cut(text, size).split() for piece in _pieces(word, width))
        wrapped = textwrap.wrap(words, width, break_on_hyphens=False)
        if len(wrapped) <= lines:
            return "\n".join(wrapped)
    return cut(text, width)


def _pieces(word: str, width: int) -> list[str]:
    """A word that no line holds: split behind a cut, or into pieces of like length with hyphens."""
    if len(word) <= width or width < 3:
        return [word]
    head, cut, tail = word.partition("…")
    if head and tail:
        return [*_pieces(head + cut, width), *_pieces(tail, width)]
    size = math.ceil(len(word) / math.ceil(len(word) / (width - 1)))
    pieces = [word[at : at + size] for at in range(0, len(word), size)]
    return [*(f"{piece}-" if piece[-1].isalnum() else piece for piece in pieces[:-1]), pieces[-1]]


def _labels(names: Iterable[Any], width: int, *, lines: int = 1, keep_end: bool = True) -> list[str]:
    """Names short enough for a chart, and no two alike.

    A long name keeps its start and its end (its start alone without ``keep_end``). Of names that would still look alike the stretch
    is shown too in which they differ; names that are alike throughout are numbered.
    """
    whole = [_flat(name) or "(no name)" for name in names]
    short = [_fold(name, width, lines, _middle_cut if keep_end else _end_cut) for name in whole]
    for alike in _clashes(short):
        several = [whole[place] for place in alike]
        start = sum(1 for _ in itertools.takewhile(lambda column: len(set(column)) == 1, zip(*several, strict=False)))
        for place in alike:
            short[place] = _fold(whole[place], width, lines, partial(_difference_cut, start=start))
    return [_literal(name) for name in _numbered(short)]


def _numbered(labels: Sequence[str]) -> list[str]:
    out = list(labels)
    for alike in _clashes(labels):
        for number, place in enumerate(alike, 1):
            out[place] = f"{labels[place]} [{number}]"
    return out


def _clashes(labels: Sequence[str]) -> list[list[int]]:
    """Places of labels that look alike, a list for each such label."""
    places: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        places.setdefault(" ".join(label.split()), []).append(place)
    return [alike for alike in places.values() if len(alike) > 1]


_NAME_WIDTH = 24


def _ticks(counts: Mapping[str, str]) -> list[str]:
    """For each name at most two lines, and how many it stands for."""
    ticks = []
    for short, n in zip(_labels(counts, _NAME_WIDTH, lines=2), counts.values(), strict=True):
        last = short.rpartition("\n")[2]
        ticks.append(f"{short}{' ' if len(last) + len(n) < _NAME_WIDTH + 6 else chr(10)}({n})")
    return ticks


_MEASURES = {row["measure"]: row for row in load_table("measures")}


def describe_measure(measure: str) -> dict[str, str]:
    """Name, unit and wording of a column of the article table.

    Returns
    -------
    dict of str to str
        ``name``; ``unit`` (polarity, share, fraction, nats, count, words or rate; empty if not known); ``more``, ``less``: what an outlet
        does that scores higher or lower; ``card``: the card that tells how it is measured.

    Examples
    --------
    >>> describe_measure("share_official")["name"]
    'Attributions to officials'
    """
    if measure in _MEASURES:
        return dict(_MEASURES[measure])
    if measure.startswith("news_") and measure[5:] in _MEASURES:
        row = dict(_MEASURES[measure[5:]])
        return {**row, "measure": measure, "name": f"{row['name']} (news variant)"}
    if measure.startswith("topic_"):
        topic = _topic(measure)
        return {
            "measure": measure,
            "name": f"Topic: {topic}",
            "unit": "share",
            "more": f"writes more on {topic}",
            "less": f"writes less on {topic}",
            "card": "topics",
        }
    words = label_of(measure)
    return {
        "measure": measure,
        "name": words[:1].upper() + words[1:],
        "unit": "",
        "more": f"is higher in {words}",
        "less": f"is lower in {words}",
        "card": "",
    }


def _topic(column: str) -> str:
    return label_of(column.removeprefix("topic_"))


_UNITS = {
    "polarity": "polarity, −1 negative to +1 positive",
    "share": "share of attributions",
    "fraction": "from 0 to 1",
    "count": "mean per article",
    "words": "mean number of words",
    "nats": "entropy in nats, mean per article",
    "rate": "mean per 1,000 words",
}


def _axis_label(measure: str) -> str:
    about = describe_measure(measure)
    name, unit = _plain(about["name"]), _UNITS.get(about["unit"], "mean")
    if measure == "share_quoted_words":
        unit = "share of words"
    elif measure == "share_passives_agentless":
        name, unit = "Passives without an agent", "share of passives, from 0 to 1"
    elif measure.startswith("share_words_"):
        unit = "share of words ascribed"
    elif measure == "first_is_official":
        unit = "share of articles"
    elif measure.removeprefix("share_") in STANCES:
        unit = "share of cues"
    elif measure.startswith("topic_"):
        unit = "share of the text"
    if about["unit"] in ("count", "rate") and " per " in name:  # "Hedges per 1,000 words" says it
        return name
    return f"{name[:-1]}; {unit})" if name.endswith(")") else f"{name} ({unit})"


# --- shared drawing ---


def _axes(ax: Axes | None, *, rows: float, width: float = 8.0, row_height: float = 0.46, extra: float = 1.1) -> Axes:
    if ax is not None:
        if not isinstance(ax, Axes):
            raise InputError(f"ax must be a matplotlib Axes, got {type(ax).__name__}")
        return ax
    import matplotlib.pyplot as plt  # only here: it chooses a backend

    _, made = plt.subplots(figsize=(width, extra + row_height * max(rows, 1)), layout="constrained")
    return made


def _ink() -> str:
    return str(mpl.rcParams["text.color"])


def _rows(ax: Axes, labels: Sequence[str]) -> None:
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.grid(axis="x", alpha=0.3, linewidth=0.6)
    ax.set_axisbelow(True)


_PERCENT = FuncFormatter(lambda x, _: f"{100 * x:.4g} %")


def _scale(ax: Axes, unit: str, values: Sequence[float]) -> None:
    """Limits that hold every value, and zero; ticks in the unit."""
    finite = [0.0, *(v for v in values if math.isfinite(v))]
    low, high = min(finite), max(finite)
    room = 0.06 * (high - low or 1.0)
    ax.set_xlim(low - room if low < 0 or unit == "polarity" else 0, high + room)
    if low < 0 or unit == "polarity":
        ax.axvline(0, color=_ink(), linewidth=1, zorder=1, gid="zero")
    if unit == "share":
        ax.xaxis.set_major_formatter(_PERCENT)
    elif unit == "polarity":
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:+.2f}".replace("-", "−") if abs(x) > 1e-9 else "0"))


def _dot(
    ax: Axes, x: float, y: float, look: _Look, *, filled: bool = True, half: bool = False, interval: tuple[float, float] | None = None
) -> None:
    if interval and all(math.isfinite(v) for v in interval):
        ax.plot(interval, (y, y), color=look.colour, linewidth=2.2, solid_capstyle="butt", zorder=2)
        for end in interval:
            ax.plot((end, end), (y - 0.09, y + 0.09), color=look.colour, linewidth=1.4, zorder=2)
    face = look.colour if filled or half else ax.get_facecolor()
    edge = _ink() if filled else look.colour
    fill: dict[str, Any] = {"fillstyle": "left", "markerfacecoloralt": ax.get_facecolor()} if half else {}
    ax.plot(
        [x],
        [y],
        marker=look.marker,
        markersize=8,
        color=face,
        markeredgecolor=edge,
        markeredgewidth=0.7 if filled else 1.8,
        linestyle="none",
        zorder=3,
        clip_on=False,  # a dot at the edge of the chart stays whole
        **fill,
    )


def _empty_row(ax: Axes, y: float) -> None:
    ax.text(0.5, y, "could not be measured", transform=ax.get_yaxis_transform(), ha="center", va="center", style="italic", alpha=0.7)


def _articles(data: Any, *columns: str) -> pd.DataFrame:
    frame = data.articles if isinstance(data, Tables) else data
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"expected Tables or their articles as a DataFrame, got {type(data).__name__}")
    if lacking := [c for c in columns if c not in frame.columns]:
        raise InputError(f"the table has no column {', '.join(lacking)}; it has {', '.join(map(str, frame.columns[:12]))} ...")
    if frame.empty:
        raise InputError("the table has no articles, so there is nothing to draw")
    return frame


def _by_outlet(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    named = {str(name): part for name, part in frame.groupby("outlet", sort=True) if not _missing(name)}
    if not named:
        raise InputError("no article names its outlet, so outlets cannot be drawn; give read_corpus an outlet")
    return named


@dataclass(frozen=True, slots=True)
class _Estimate:
    mean: float
    low: float
    high: float
    n: int

    @property
    def known(self) -> bool:
        return math.isfinite(self.mean)


_NOT_MEASURED = _Estimate(math.nan, math.nan, math.nan, 0)


def _estimates(comparison: Comparison) -> dict[str, _Estimate]:
    frame = comparison.estimates
    means, lows, highs, counts = (frame[name].to_numpy(dtype=float).tolist() for name in ("mean", "low", "high", "n_articles"))
    rows = zip(map(str, frame.index), means, lows, highs, counts, strict=True)
    return {name: _Estimate(mean, low, high, int(n)) for name, mean, low, high, n in rows}


# --- charts ---


def compare(data: Comparison, *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw a comparison: a dot for the mean of each group, a line for its interval, ``n`` articles beside its name.

    Parameters
    ----------
    data : Comparison
    ax : Axes, optional
        Drawn on; a new figure is made if not given.
    palette : str, sequence or mapping, optional
        See :func:`outlet_colours`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If ``data`` is no comparison, or holds no estimate.
    """
    if not isinstance(data, Comparison):
        raise InputError(f"expected a Comparison, as compare_outlets returns it, got {type(data).__name__}")
    estimates = _estimates(data)
    if not any(estimate.known for estimate in estimates.values()):
        raise InputError(f"the comparison of {data.measure} holds no estimate, so there is nothing to draw")
    looks = _looks(list(estimates), palette)
    ax = _axes(ax, rows=len(estimates))
    _rows(ax, _ticks({name: f"n={estimate.n}" for name, estimate in estimates.items()}))
    seen: list[float] = []
    for y, (name, estimate) in enumerate(estimates.items()):
        if estimate.known:
            _dot(ax, estimate.mean, y, looks[name], interval=(estimate.low, estimate.high))
            seen += [estimate.mean, estimate.low, estimate.high]
        else:
            _empty_row(ax, y)
    _scale(ax, describe_measure(data.measure)["unit"], seen)
    ax.set_xlabel(f"{_axis_label(data.measure)}\n{_explain(data)}")
    return ax


def has_intervals(*comparisons: Comparison) -> bool:
    """Whether any group has an interval that a chart can draw."""
    return any(bool(np.isfinite(c.estimates[["mean", "low", "high"]].to_numpy(dtype=float)).all(axis=1).any()) for c in comparisons)


def _explain(*comparisons: Comparison) -> str:
    line = f" line: {comparisons[0].level * 100:g} % interval," if has_intervals(*comparisons) else ""
    return f"dot: mean,{line} n: articles"


def tone_by_outlet(data: Comparison | Articles, *, measure: str = "polarity", ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw the tone of each outlet as dot and interval, with a line at zero.

    Parameters
    ----------
    data : Comparison, Tables or DataFrame
        Tables are compared first, by :func:`framing.compare.compare_outlets` with its defaults.
    measure : str
        A column of the article table, such as ``polarity_headline``; passed over where ``data`` is a comparison.
    ax, palette
        See :func:`compare`.

    Raises
    ------
    InputError
        If there is nothing to draw, or the table lacks the column.
    """
    if not isinstance(data, Comparison):
        _by_outlet(_articles(data, "outlet", measure))
        data = compare_outlets(data, measure)
    return compare(data, ax=ax, palette=palette)


_KEY: dict[str, Any] = {"marker": "o", "linestyle": "none", "markersize": 7}


def own_vs_quoted(
    data: Articles | tuple[Comparison, Comparison], *, variant: str = "textblob", ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw each outlet's own voice against the voices it quotes: a filled marker and a hollow one, each with its interval.

    Parameters
    ----------
    data : Tables, DataFrame or pair of Comparison
        With ``polarity_own`` and ``polarity_quoted``; or these two compared already.
    variant : {"textblob", "news"}
        Which of the two tones of a table.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If there is nothing to draw, or the table lacks the columns.
    """
    if variant not in ("textblob", "news"):
        raise InputError(f"variant must be textblob or news, got {variant!r}")
    if isinstance(data, tuple):
        if len(data) != 2 or not all(isinstance(part, Comparison) for part in data):
            raise InputError("expected Tables, a DataFrame, or a pair of Comparison (own words, quoted words)")
        own, quoted = data
    else:
        columns = ["polarity_own", "polarity_quoted"] if variant == "textblob" else ["news_polarity_own", "news_polarity_quoted"]
        _by_outlet(_articles(data, "outlet", *columns))
        own, quoted = (compare_outlets(data, column) for column in columns)
    voices = [_estimates(own), _estimates(quoted)]
    names = sorted({*voices[0], *voices[1]})
    seen = [v for part in voices for estimate in part.values() for v in (estimate.mean, estimate.low, estimate.high)]
    if not any(math.isfinite(v) for v in seen):
        raise InputError("neither own nor quoted words have a tone in any outlet, so there is nothing to draw")
    looks = _looks(names, palette)
    ax = _axes(ax, rows=len(names), row_height=0.56)
    labels: dict[str, str] = {}
    for y, name in enumerate(names):
        means, counts = [], []
        for part, offset, filled in ((voices[0], -0.15, True), (voices[1], 0.15, False)):
            estimate = part.get(name, _NOT_MEASURED)
            counts.append(estimate.n)
            if estimate.known:
                _dot(ax, estimate.mean, y + offset, looks[name], filled=filled, interval=(estimate.low, estimate.high))
                means.append((estimate.mean, y + offset))
        if len(means) == 2:
            ax.plot(*zip(*means, strict=True), color=looks[name].colour, linewidth=1, linestyle=":", zorder=1.5)
        elif not means:
            _empty_row(ax, y)
        same = counts[0] == counts[1]
        labels[name] = f"n={counts[0]}" if same else f"n={counts[0]} own, {counts[1]} quoted"
    _rows(ax, _ticks(labels))
    _scale(ax, "polarity", seen)
    ink, page = _ink(), ax.get_facecolor()
    ax.legend(
        handles=[
            Line2D([], [], color=ink, **_KEY, label="outlet's own words"),
            Line2D([], [], markerfacecolor=page, markeredgecolor=ink, markeredgewidth=1.6, **_KEY, label="quoted words"),
        ],
        loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderaxespad=0.2, handletextpad=0.2,
    )  # fmt: skip
    ax.set_xlabel(f"Tone (polarity, −1 negative to +1 positive)\n{_explain(own, quoted)}")
    return ax


def source_mix(data: Articles, *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw who is cited: for each outlet a bar over the kinds of source, the mean over its articles of their shares of attributions.

    Parts of at least 6 % carry their percentage. Articles without an attribution count in no share and not in ``n``.

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
    kinds = list(SOURCE_TYPES)
    columns = [f"share_{kind}" for kind in kinds]
    frame = _articles(data, "outlet", *columns)
    if palette is not None and not isinstance(palette, Mapping):
        raise InputError("the palette of source_mix must map source types to colours, such as {'official': '#0072B2'}")
    outlets = _by_outlet(frame)
    means = {name: part[columns].dropna(how="all") for name, part in outlets.items()}
    if all(part.empty for part in means.values()):
        raise InputError("no article has an attribution, so there is no source mix to draw")
    shown = [kind for kind in kinds if any(part[f"share_{kind}"].sum() > 0 for part in means.values())]
    looks = {kind: _SOURCE_LOOK.get(kind, (_LEFT_OUT, "")) for kind in shown}
    looks |= {kind: (_hex(colour), looks[kind][1]) for kind, colour in (palette or {}).items() if kind in looks}
    ax = _axes(ax, rows=len(outlets), extra=1.1 + 0.24 * math.ceil(len(shown) / 4))
    page = ax.get_facecolor()
    for y, part in enumerate(means.values()):
        if part.empty:
            _empty_row(ax, y)
            continue
        at = 0.0
        for kind in shown:
            share = float(part[f"share_{kind}"].mean())
            if not share > 0:
                continue
            colour, hatch = looks[kind]
            ax.barh(y, share, left=at, height=0.68, color=colour, edgecolor=page, hatch=hatch, linewidth=0.8, gid=f"source-{y}-{kind}")
            if share >= 0.06:
                text = ax.text(at + share / 2, y, f"{share * 100:.0f}", ha="center", va="center", color=_on(colour), fontsize="small")
                text.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground=colour)])
            at += share
    _rows(ax, _ticks({name: f"n={len(part)}" for name, part in means.items()}))
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(_PERCENT)
    ax.legend(
        handles=[Patch(facecolor=c, hatch=hatch, edgecolor=page, linewidth=0, label=label_of(kind)) for kind, (c, hatch) in looks.items()],
        loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, borderaxespad=0.3, handlelength=1.6, columnspacing=1.4,
    )  # fmt: skip
    ax.set_xlabel("Share of attributions (mean over articles)\nn: articles with an attribution")
    return ax


def source_shares(data: pd.DataFrame | Tables, *, kind: str = "official", ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw the share of one kind of source in each outlet, counted in three ways, each with its interval.

    Filled marker: of the outlet's attributions. Hollow: in each article, averaged over articles. Half filled: of the words ascribed. Where
    the three differ, a few articles, or a few long quotations, make the difference.

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.source_profile` returns it; Tables are counted first, with its defaults.
    kind : str
        A kind of source, such as ``official`` or ``unnamed``.
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
    if kind not in SOURCE_TYPES:
        raise InputError(f"kind must be one of {', '.join(SOURCE_TYPES)}, got {kind!r}")
    profile = profile_sources(data) if isinstance(data, Tables) else data
    ways = [f"share_{kind}", f"mean_share_{kind}", f"share_words_{kind}"]
    needed = ["n_attributions", "n_articles", *(f"{way}{end}" for way in ways for end in ("", "_low", "_high"))]
    if not isinstance(profile, pd.DataFrame) or (lacking := [c for c in needed if c not in profile.columns]):
        what = type(profile).__name__ if not isinstance(profile, pd.DataFrame) else f"a DataFrame without {', '.join(lacking[:3])}"
        raise InputError(f"expected the DataFrame that framing.source_profile returns, got {what}")
    rows = {str(name): row for name, row in profile.iterrows()}
    seen = profile[needed[2:]].to_numpy(dtype=float).ravel().tolist()
    if not np.isfinite(profile[ways].to_numpy(dtype=float)).any():
        raise InputError("no outlet attributes anything, so there are no shares to draw")
    looks = _looks(list(rows), palette)
    ax = _axes(ax, rows=len(rows), row_height=0.62, extra=1.3)
    for y, (name, row) in enumerate(rows.items()):
        if not any(math.isfinite(float(row[way])) for way in ways):
            _empty_row(ax, y)
            continue
        for way, offset, fill in zip(ways, (-0.25, 0.0, 0.25), _FILLS, strict=True):
            limits = float(row[f"{way}_low"]), float(row[f"{way}_high"])
            _dot(ax, float(row[way]), y + offset, looks[name], filled=fill == "full", half=fill == "left", interval=limits)
    _rows(ax, _ticks({name: f"n={int(row['n_attributions'])}" for name, row in rows.items()}))
    _scale(ax, "share", seen)
    ink, page = _ink(), ax.get_facecolor()
    hollow: dict[str, Any] = {"markerfacecolor": page, "markeredgecolor": ink, "markeredgewidth": 1.6}
    ax.legend(
        handles=[
            Line2D([], [], color=ink, **_KEY, label="of attributions"),
            Line2D([], [], **hollow, **_KEY, label="mean over articles"),
            Line2D([], [], color=ink, markerfacecoloralt=page, markeredgecolor=ink, fillstyle="left", **_KEY, label="of words ascribed"),
        ],
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0.2, handletextpad=0.2,
    )  # fmt: skip
    intervals = np.isfinite(profile[[f"{way}_low" for way in ways]].to_numpy(dtype=float)).any()
    line = f" line: {100 * profile.attrs.get('level', 0.95):g} % interval," if intervals else ""
    ax.set_xlabel(f"Share of {label_of(kind)} sources\ndot: share,{line} n: attributions")
    return ax


_FILLS = ("full", "none", "left")


def cue_stances(
    data: pd.DataFrame | Tables, *, source_types: Sequence[str] = ("all",), ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw how sources are presented: for each outlet a bar over the cues that are not neutral, such as "claimed" or "confirmed".

    The bar begins at zero; what it lacks to 100 % are neutral cues ("said"). Parts that are wide enough carry their percentage.

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
    stances = count_cue_stances(data) if isinstance(data, Tables) else data
    needed = ("source_type", "stance", "n", "n_cues", "share", "low", "high")
    if not isinstance(stances, pd.DataFrame) or (lacking := [c for c in needed if c not in stances.columns]):
        what = type(stances).__name__ if not isinstance(stances, pd.DataFrame) else f"a DataFrame without {', '.join(lacking[:3])}"
        raise InputError(f"expected the DataFrame that framing.cue_stances returns, got {what}")
    if palette is not None and not isinstance(palette, Mapping):
        raise InputError("the palette of cue_stances must map stances to colours, such as {'doubting': '#D55E00'}")
    kinds = [source_types] if isinstance(source_types, str) else list(source_types)
    if unknown := [kind for kind in kinds if kind not in ("all", *SOURCE_TYPES)] or ([] if kinds else ["nothing"]):
        raise InputError(f"source_types must be of all, {', '.join(SOURCE_TYPES)}; got {unknown[0]!r}")
    by = str(stances.columns[0])
    drawn = stances[stances["source_type"].isin(kinds)]
    if drawn.empty:
        raise InputError("no outlet has a cue of these kinds of source, so there is nothing to draw")
    outlets = sorted({str(name) for name in drawn[by]})
    looks = {stance: _STANCE_LOOK[stance] for stance in STANCES if stance in _STANCE_LOOK}
    looks |= {stance: (_hex(colour), looks[stance][1]) for stance, colour in (palette or {}).items() if stance in looks}
    cells = {(str(r[by]), str(r["source_type"]), str(r["stance"])): r for r in drawn.to_dict("records")}
    rows: list[tuple[str, str | None]] = []
    for name in outlets:
        rows += [(name, None)] * (len(kinds) > 1) + [(name, kind) for kind in kinds if (name, kind, "neutral") in cells]
    ends = [1 - cells[name, kind, "neutral"]["share"] for name, kind in rows if kind]
    tails = [1 - cells[name, kind, "neutral"]["low"] for name, kind in rows if kind]
    shown = [stance for stance in looks if any(key[2] == stance and cell["n"] for key, cell in cells.items())]
    widest = max([0.05, *ends, *(tail for tail in tails if math.isfinite(tail))])
    ax = _axes(ax, rows=len(rows), extra=1.5, row_height=0.46 if len(kinds) == 1 else 0.34)
    page = ax.get_facecolor()
    for y, (name, kind) in enumerate(rows):
        if kind is None:
            continue
        at = 0.0
        for stance, (colour, hatch) in looks.items():
            share = float(cells[name, kind, stance]["share"])
            if not share > 0:
                continue
            ax.barh(y, share, left=at, height=0.62, color=colour, edgecolor=page, hatch=hatch, linewidth=0.8, gid=f"stance-{stance}")
            if share >= 0.06 * widest:
                text = ax.text(at + share / 2, y, f"{share * 100:.0f}", ha="center", va="center", color=_on(colour), fontsize="small")
                text.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground=colour)])
            at += share
        limits = [1 - float(cells[name, kind, "neutral"][limit]) for limit in ("high", "low")]
        if all(math.isfinite(x) for x in limits):
            ax.plot(limits, (y + 0.4, y + 0.4), color=_ink(), linewidth=1.4, solid_capstyle="butt", gid="interval")
        if not at:
            ax.text(0.01 * widest, y, "neutral cues only", va="center", style="italic", alpha=0.7)
    if len(kinds) == 1:
        labels = _ticks({name: f"n={int(cells[name, kind, 'neutral']['n_cues'])}" for name, kind in rows if kind})
    else:
        headings = dict(zip(outlets, _labels(outlets, 34), strict=True))
        labels = [
            headings[name] if kind is None else f"{label_of(kind)} (n={int(cells[name, kind, 'neutral']['n_cues'])})" for name, kind in rows
        ]
    _rows(ax, labels)
    for (_, kind), label in zip(rows, ax.get_yticklabels(), strict=True):
        if kind is None:
            label.set_fontweight("bold")
    ax.set_xlim(0, min(1.0, 1.06 * widest))
    ax.xaxis.set_major_formatter(_PERCENT)
    ax.legend(
        handles=[Patch(facecolor=looks[s][0], hatch=looks[s][1], edgecolor=page, linewidth=0, label=s) for s in shown],
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0.3, handlelength=1.6, columnspacing=1.4,
    )  # fmt: skip
    line = (
        f"line below a bar: {100 * stances.attrs.get('level', 0.95):g} % interval of its length, "
        if np.isfinite(drawn["low"]).any()
        else ""
    )
    ax.set_xlabel(f"Share of cues that are not neutral, by stance\n{line}n: attributions with a cue")
    return ax


def _luminance(colour: Any) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mcolors.to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _on(colour: Any) -> str:
    """Black or white, whichever reads better on ``colour`` (relative luminance as WCAG 2.2 defines it)."""
    return "#000000" if (_luminance(colour) + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def topics_by_outlet(data: Articles, *, max_topics: int = 12, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw what each outlet writes on: a grid of outlets and topics, darker for a larger mean share, with the share in per cent.

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
    frame = _articles(data, "outlet")
    columns = [c for c in frame.columns if str(c).startswith("topic_") and frame[c].notna().any()]
    if not columns:
        raise InputError("the table has no topic_ columns with values; give analyze_corpus a TopicModel")
    if palette is not None and (not isinstance(palette, str) or palette not in mpl.colormaps):
        raise InputError(f"the palette of topics_by_outlet must be a colour map's name such as Blues or cividis, got {palette!r}")
    size = {str(c): float(mean) for c, mean in frame[columns].mean().items()}
    columns = sorted(map(str, columns), key=lambda c: (-size[c], c))[:max_topics]
    outlets = _by_outlet(frame)
    shares = np.array([part[columns].mean().to_numpy(dtype=float) for part in outlets.values()])
    ax = _axes(ax, rows=len(outlets), width=max(8.0, 2.6 + 0.85 * len(columns)), row_height=0.5, extra=1.3)
    edges = [np.arange(size + 1) - 0.5 for size in (len(columns), len(outlets))]
    image = ax.pcolormesh(
        *edges,
        np.ma.masked_invalid(shares),
        cmap=palette or "Blues",
        vmin=0,
        vmax=max(0.01, float(np.nanmax(shares))),
        edgecolors=ax.get_facecolor(),
        linewidth=1.5,
    )
    for y, x in np.ndindex(*shares.shape):
        share = shares[y, x]
        known = math.isfinite(share)
        ax.text(
            x, y, f"{share * 100:.0f}" if known else "–", ha="center", va="center", color=_on(image.to_rgba(share)) if known else _ink()
        )
    ax.set_xticks(range(len(columns)), _numbered([_topic_tick(c) for c in columns]))
    ax.tick_params(axis="x", bottom=False, labelbottom=False, labeltop=True, labelsize="small")
    _rows(ax, _ticks({name: f"n={int(part[columns].notna().any(axis=1).sum())}" for name, part in outlets.items()}))
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel("Mean share of each topic in an outlet's articles (%); n: articles")
    return ax


def _topic_tick(column: Any) -> str:
    words = _plain(_topic(str(column))).replace(",", " ").split()
    return "\n".join(textwrap.shorten(word, 11, placeholder="…") if len(word) <= 11 else f"{word[:10]}…" for word in words[:4])


DISTINCTIVE = 1.96
"""z from which a word counts as distinctive: one in forty words whose use does not differ would reach it."""


def distinctive_words(
    data: pd.DataFrame, *, group: str | None = None, n_words: int | None = None, ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw the words that set each group apart: a dot at the word's z score, with its count in the group and in the others.

    Only words with z of at least 1.96 are drawn; a group that has none is said to have nothing distinctive.

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
    needed = ("word", "group", "count", "count_others", "z")
    if not isinstance(data, pd.DataFrame) or (lacking := [c for c in needed if c not in data.columns]):
        what = type(data).__name__ if not isinstance(data, pd.DataFrame) else f"a DataFrame without {', '.join(lacking)}"
        raise InputError(f"expected the DataFrame that framing.distinctive_words returns, got {what}")
    groups = sorted({str(g) for g in data["group"] if not _missing(g)})
    if group is not None and group not in groups:
        raise InputError(f"no group {group!r} among the words; groups are {', '.join(groups) or '(none)'}")
    looks = _looks(groups, palette)
    shown = groups if group is None else [group]
    n_words = n_words or (12 if len(shown) == 1 else 8 if len(shown) <= 3 else 5)
    over = data[(data["z"] >= DISTINCTIVE) & data["group"].astype(str).isin(shown)]
    if over.empty and group is None:
        raise InputError(f"no word sets a group apart (z of {DISTINCTIVE} or more), so there is nothing to draw")
    rows: list[tuple[str, str, float | None]] = []
    headings: set[int] = set()
    for name, heading in zip(shown, _labels(shown, 34), strict=True):
        best = over[over["group"].astype(str) == name].sort_values(["z", "word"], ascending=[False, True]).head(n_words)
        if len(shown) > 1:
            headings.add(len(rows))
            rows.append((name, heading, None))
        words = _labels(best["word"], 22)
        rows += [
            (name, f"{word} ({int(r.count)} : {int(r.count_others)})", float(r.z)) for word, r in zip(words, _records(best), strict=True)
        ]
        if best.empty:
            rows.append((name, "nothing distinctive", None))
    ax = _axes(ax, rows=len(rows), width=6.5, row_height=0.27)
    _rows(ax, [label for _, label, _ in rows])
    for y, ((name, _, z), label) in enumerate(zip(rows, ax.get_yticklabels(), strict=True)):
        if z is None:
            label.set(**({"fontweight": "bold"} if y in headings else {"fontstyle": "italic"}))
            continue
        ax.plot((0, z), (y, y), color=looks[name].colour, linewidth=1.2, alpha=0.7)
        ax.plot(
            [z],
            [y],
            marker=looks[name].marker,
            color=looks[name].colour,
            markeredgecolor=_ink(),
            markeredgewidth=0.6,
            markersize=7,
            linestyle="none",
        )
    ax.set_xlim(0, 1.06 * max([2.1, *(z for _, _, z in rows if z is not None)]))
    ax.axvline(DISTINCTIVE, color=_ink(), linestyle=":", linewidth=1, gid="threshold")
    ax.set_xlabel(f"z of the log-odds against the others (drawn from {DISTINCTIVE}, dotted)\nin brackets: count here : in the others")
    return ax


@dataclass(frozen=True, slots=True)
class _Word:
    word: str
    count: float
    count_others: float
    z: float


def _records(frame: pd.DataFrame) -> list[_Word]:
    columns = (frame[name] for name in ("word", "count", "count_others", "z"))
    return [_Word(str(word), float(count), float(others), float(z)) for word, count, others, z in zip(*columns, strict=True)]


def story_timeline(
    data: Articles, *, max_stories: int = 25, links: Mapping[str, str] | None = None, ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw who reported which story when: a row a story, by its first day, and a marker for each outlet's articles.

    Stories that most outlets reported are preferred where there are more than ``max_stories``; stories in one outlet only are drawn
    last, if there is room. Markers of one row stand at fixed heights by outlet, so that none hides another.

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
    frame = _articles(data, "outlet", "story", "date")
    if max_stories < 1:
        raise InputError(f"max_stories must be at least 1, got {max_stories}")
    known = frame.assign(date=pd.to_datetime(frame["date"], errors="coerce")).dropna(subset=["outlet", "story", "date"])
    if known.empty:
        raise InputError("no article has an outlet, a story and a date, so there is no timeline to draw")
    outlets = list(_by_outlet(frame))
    looks = _looks(outlets, palette)
    stories = known.groupby("story").agg(first=("date", "min"), last=("date", "max"), n_outlets=("outlet", "nunique"), n=("date", "size"))
    ranked = stories.assign(name=stories.index.astype(str)).sort_values(
        ["n_outlets", "n", "first", "name"], ascending=[False, False, True, True]
    )
    chosen = ranked.head(max_stories).sort_values(["first", "name"])
    ax = _axes(ax, rows=len(chosen), width=9.0, row_height=timeline_row_height(len(outlets)), extra=1.3 + 0.2 * math.ceil(len(outlets) / 3))
    named = [_story_name(known[known["story"] == story], story) for story in chosen.index]
    labels = []
    step = 0.64 / max(1, len(outlets) - 1)
    for y, (name, (_, row)) in enumerate(zip(_labels(named, 40, lines=2, keep_end=False), chosen.iterrows(), strict=True)):
        ax.plot([row["first"], row["last"]], [y, y], color=_ink(), alpha=0.25, linewidth=1, zorder=1)
        labels.append(f"{name}\n(n={row['n']}, {row['n_outlets']} of {how_many(len(outlets), 'outlet')})")
    rows = {story: y for y, story in enumerate(chosen.index)}
    drawn = known[known["story"].isin(rows)]
    for place, (name, short) in enumerate(zip(outlets, _labels(outlets, 22), strict=True)):
        part = (
            drawn[drawn["outlet"].astype(str) == name].assign(article=lambda some: some.index.astype(str)).sort_values(["date", "article"])
        )
        offset = (place * step - 0.32) if len(outlets) > 1 else 0.0
        heights = [rows[story] + offset for story in part["story"]]
        look = looks[name]
        dots = ax.scatter(
            part["date"],
            heights,
            s=28,
            marker=look.marker,
            color=look.colour,
            edgecolors=_ink(),
            linewidths=0.5,
            zorder=3,
            label=short,
        )
        dots.set_gid(f"outlet-{place}")
        if links:
            dots.set_urls([links.get(str(article), "") for article in part.index])
    _rows(ax, labels)
    ax.tick_params(axis="y", labelsize="small")
    for y in range(1, len(rows)):
        ax.axhline(y - 0.5, color=_ink(), alpha=0.15, linewidth=0.6)
    locator = mdates.AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    written = mdates.ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]  # the label below tells the year
    ax.xaxis.set_major_formatter(written)
    first, last = drawn["date"].min(), drawn["date"].max()
    room = max(pd.Timedelta(days=1), (last - first) * 0.04)
    ax.set_xlim(first - room, last + room)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0.3, handletextpad=0.2, columnspacing=1.2)
    kept = how_many(len(chosen), "story")
    if len(stories) > len(chosen):
        kept = f"{len(chosen)} of {how_many(len(stories), 'story')}, those that most outlets reported"
    ax.set_xlabel(f"Date of publication, {first.date()} to {last.date()}\n{kept}; n: articles")
    return ax


def timeline_row_height(n_outlets: int) -> float:
    """Inches a row of :func:`story_timeline` needs for the markers of so many outlets to stand apart."""
    return max(0.5, 0.1 + 0.085 * n_outlets)


def _story_name(articles: pd.DataFrame, story: Any) -> str:
    """The first headline of a story, or its id."""
    if "headline" in articles.columns:
        in_order = articles.assign(article=articles.index.astype(str)).sort_values(["date", "article"])  # on one day, by id
        for headline in in_order["headline"]:
            if not _missing(headline) and str(headline).strip():
                return str(headline)
    return str(story)


def target_tones(data: pd.DataFrame | Tables, *, targets: Sequence[str] | int = 8, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw how each outlet speaks of the same people, organisations and places: a block of rows a target, a dot and interval an outlet.

    A faint dot stands on fewer than five mentions. It shows how the sentences that name a target present it, whoever speaks in them; it
    cannot show whether a tone is deserved, nor what is said of "he" and "she".

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.target_tones` returns it; Tables are counted first, with its defaults.
    targets : sequence of str or int
        Names of targets, or how many of the first.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If a target is not in the data, there is nothing to draw, or ``data`` is something else.
    """
    tones = count_target_tones(data) if isinstance(data, Tables) else data
    needed = ("target", "tone", "low", "high", "n_mentions")
    if not isinstance(tones, pd.DataFrame) or (lacking := [c for c in needed if c not in tones.columns]):
        what = type(tones).__name__ if not isinstance(tones, pd.DataFrame) else f"a DataFrame without {', '.join(lacking[:3])}"
        raise InputError(f"expected the DataFrame that framing.target_tones returns, got {what}")
    known = list(dict.fromkeys(map(str, tones["target"])))
    names = known[:targets] if isinstance(targets, int) else [targets] if isinstance(targets, str) else list(targets)
    if not names:
        raise InputError("no target is named, so there is nothing to draw")
    if unknown := [name for name in names if name not in known]:
        raise InputError(f"no target {unknown[0]!r} in the data; the first are {', '.join(known[:8])}")
    by = str(tones.columns[2])
    looks = _looks(sorted({str(name) for name in tones[by]}), palette)
    blocks = {
        heading: _points(tones.loc[tones["target"] == name, [by, "tone", "low", "high", "n_mentions"]])
        for name, heading in zip(names, _labels(names, 34), strict=True)
    }
    ax = _blocks(ax, blocks, looks, few=_FEW_MENTIONS)
    ax.set_xlim(-1.04, 1.04)
    ax.axvline(0, color=_ink(), linewidth=1, zorder=1, gid="zero")
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "+0.5", "+1"])
    intervals = np.isfinite(tones["low"].to_numpy(dtype=float)).any()
    line = f" line: {100 * tones.attrs.get('level', 0.95):g} % interval," if intervals else ""
    ax.set_xlabel(
        "Tone toward the target (−1 all negative, +1 all positive)\n"
        f"dot: mean, faint below {_FEW_MENTIONS} mentions,{line} n: mentions by name"
    )
    return ax


_FEW_MENTIONS = 5


def voice_tones(
    data: pd.DataFrame | Tables,
    *,
    voices: Sequence[str] = ("outlet", "official", "expert", "citizen"),
    ax: Axes | None = None,
    palette: Palette = None,
) -> Axes:
    """Draw the tone of each outlet's own words and of the words of its sources, by kind: a block of rows a voice, a dot an outlet.

    A faint dot stands on fewer than thirty scored words. It shows who brings the warm and the harsh words into the paper; it cannot show
    whether they are warranted.

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.voice_tones` returns it; Tables are counted first, with its defaults.
    voices : sequence of str
        Of "outlet", "sources" and the kinds of source; those without a scored word are left out.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If no such voice has a scored word, or ``data`` is something else.
    """
    tones = count_voice_tones(data) if isinstance(data, Tables) else data
    needed = ("voice", "polarity", "low", "high", "n_scored")
    if not isinstance(tones, pd.DataFrame) or (lacking := [c for c in needed if c not in tones.columns]):
        what = type(tones).__name__ if not isinstance(tones, pd.DataFrame) else f"a DataFrame without {', '.join(lacking[:3])}"
        raise InputError(f"expected the DataFrame that framing.voice_tones returns, got {what}")
    known = ("outlet", "sources", *SOURCE_TYPES)
    wanted = [voices] if isinstance(voices, str) else list(voices)
    if unknown := [voice for voice in wanted if voice not in known]:
        raise InputError(f"voices must be of {', '.join(known)}; got {unknown[0]!r}")
    by = str(tones.columns[0])
    looks = _looks(sorted({str(name) for name in tones[by]}), palette)
    titles = {"outlet": "outlet's own words", "sources": "words of all sources"}
    blocks = {
        titles.get(voice, f"words of {label_of(voice)} sources"): points
        for voice in wanted
        if (points := _points(tones.loc[tones["voice"] == voice, [by, "polarity", "low", "high", "n_scored"]]))
    }
    if not blocks:
        raise InputError("none of these voices has a scored word, so there is nothing to draw")
    ax = _blocks(ax, blocks, looks, few=_FEW_WORDS)
    drawn = [point for points in blocks.values() for point in points]
    _scale(ax, "polarity", [x for point in drawn for x in (point.value, point.low, point.high)])
    intervals = any(math.isfinite(point.low) for point in drawn)
    line = f" line: {100 * tones.attrs.get('level', 0.95):g} % interval," if intervals else ""
    ax.set_xlabel(f"Tone (polarity of words, −1 negative to +1 positive)\ndot: mean, faint below {_FEW_WORDS} words,{line} n: scored words")
    return ax


_FEW_WORDS = 30


class _Point(NamedTuple):
    """A row of a block: an outlet's value with its interval and its n."""

    name: str
    value: float
    low: float
    high: float
    n: int


def _points(frame: pd.DataFrame) -> list[_Point]:
    return [_Point(str(name), float(value), float(low), float(high), int(n)) for name, value, low, high, n in frame.to_numpy(dtype=object)]


def _blocks(ax: Axes | None, blocks: Mapping[str, Sequence[_Point]], looks: Mapping[str, _Look], *, few: int) -> Axes:
    """Rows in blocks, each under its heading; a point with an n below ``few`` is faint."""
    rows = [row for heading, points in blocks.items() for row in ((heading, None), *((point.name, point) for point in points))]
    ax = _axes(ax, rows=len(rows), row_height=0.3, extra=1.3)
    for y, (name, point) in enumerate(rows):
        if point is None:
            continue
        before = len(ax.lines)
        _dot(ax, point.value, y, looks[name], interval=(point.low, point.high))
        if point.n < few:
            for line in ax.lines[before:]:
                line.set_alpha(0.4)
    outlets = list(dict.fromkeys(name for name, point in rows if point is not None))
    short = dict(zip(outlets, _labels(outlets, 28), strict=True))
    _rows(ax, [name if point is None else f"{short[name]} (n={point.n})" for name, point in rows])
    for (_, point), label in zip(rows, ax.get_yticklabels(), strict=True):
        if point is None:
            label.set_fontweight("bold")
    return ax


def labels(data: pd.DataFrame, *, labels: Sequence[str] | int = 12, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw which outlet calls a target what: a row a label, a column an outlet, with the count and the share as number and as bar.

    Bars begin at the left of their column, whose width is 100 % of what the outlet calls the target; the part in quotation marks is
    hatched. Bars of an outlet with fewer than five labels are faint. It shows which words an outlet chooses where it names the target at
    all; it cannot show what was missed, nor whether near-synonyms stand for the same people in two outlets: read the examples.

    Parameters
    ----------
    data : DataFrame
        As :func:`framing.labels_for` returns it.
    labels : sequence of str or int
        Labels to draw, or how many, the most frequent first. All others that were found are one row together, below; near-synonyms that
        were found nowhere are listed under the chart.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If a label is not in the data, there is nothing to draw, or ``data`` is something else.
    """
    needed = ("label", "head", "count", "share", "quoted")
    if not isinstance(data, pd.DataFrame) or (lacking := [c for c in needed if c not in data.columns]):
        what = type(data).__name__ if not isinstance(data, pd.DataFrame) else f"a DataFrame without {', '.join(lacking)}"
        raise InputError(f"expected the DataFrame that framing.labels_for returns, got {what}")
    cells = data.groupby([str(data.columns[0]), "label"], sort=True)[["count", "share", "quoted"]].sum(min_count=1)
    sums = cells["count"].groupby("label").sum().sort_values(ascending=False, kind="stable")
    found = {str(label): int(n) for label, n in sums.items() if n > 0}
    if not found:
        raise InputError("no label was found in any outlet, so there is nothing to draw")
    shown = [labels] if isinstance(labels, str) else list(found)[: max(labels, 0)] if isinstance(labels, int) else list(labels)
    if unknown := [label for label in shown if label not in sums.index]:
        raise InputError(f"no label {unknown[0]!r} in the data; the first are {', '.join(list(found)[:8])}")
    if not shown:
        raise InputError("no label is asked for, so there is nothing to draw")
    rest = [label for label in found if label not in shown]
    rows = [*([label] for label in shown), *([rest] if rest else [])]
    named = [*_labels(shown, 28, lines=2), *([how_many(len(rest), "other label")] if rest else [])]
    columns = {str(name): part.droplevel(0) for name, part in cells.groupby(level=0, sort=True)}
    outlets = list(columns)
    looks = _looks(outlets, palette)
    width = max(8.0, 2.8 + 1.05 * len(outlets))
    heads = set(data.loc[data["count"] > 0, "head"])  # "thugs" that were found as "masked thugs" are not listed as found nowhere
    nowhere = [str(label) for label, n in sums.items() if not n and label not in heads and label not in shown]
    explained = _explain_labels(data, nowhere, int(7.5 * width))
    ax = _axes(ax, rows=len(rows), width=width, row_height=0.44, extra=1.3 + 0.17 * explained.count("\n"))
    totals = []
    for x, (outlet, column) in enumerate(columns.items()):
        totals.append(int(column["count"].sum()))
        for y, row in enumerate(rows):
            _label_cell(ax, x, y, column.reindex(row).sum(), n=totals[-1], colour=looks[outlet].colour)
    _rows(ax, [f"{name} (n={sum(found.get(label, 0) for label in row)})" for name, row in zip(named, rows, strict=True)])
    if rest:
        ax.get_yticklabels()[-1].set_fontstyle("italic")
    ax.grid(False)
    ax.set_xlim(0, len(outlets))
    for x in range(len(outlets)):
        ax.axvline(x + _CELL_EDGE, color=_ink(), linewidth=0.8, alpha=0.5, gid="zero")
    ax.spines["bottom"].set_visible(False)
    headings = _labels(outlets, 13, lines=4) if len(outlets) > 5 else _labels(outlets, 20, lines=3)
    ax.set_xticks(
        [x + _CELL_EDGE for x in range(len(outlets))],
        [f"{heading}\n(n={n})" for heading, n in zip(headings, totals, strict=True)],
        ha="left",
    )
    ax.tick_params(axis="x", bottom=False, labelbottom=False, labeltop=True, labelsize="small")
    ax.set_xlabel(explained)
    return ax


_FEW_LABELS = 5
_CELL_EDGE = 0.04


def _label_cell(ax: Axes, x: int, y: int, cell: pd.Series[Any], *, n: int, colour: str) -> None:
    """Count and share over a bar; of an outlet without any label, a dash."""
    count, share, quoted = int(cell["count"]), float(cell["share"]), int(cell["quoted"])
    left = x + _CELL_EDGE
    if not count:
        ax.text(left + 0.03, y, "0" if n else "–", va="center", fontsize="small", alpha=0.6)
        return
    ax.text(left + 0.03, y - 0.2, f"{count} · {100 * share:.0f} %", va="center", fontsize="small")
    full = (1 - 2 * _CELL_EDGE) * share
    alpha = 0.4 if n < _FEW_LABELS else 1.0
    own = full * (count - quoted) / count
    if own:
        ax.barh(y + 0.2, own, left=left, height=0.26, color=colour, alpha=alpha, gid="own")
    if quoted:
        look: dict[str, Any] = {"facecolor": ax.get_facecolor(), "edgecolor": colour, "hatch": "////", "alpha": alpha}
        ax.barh(y + 0.2, full - own, left=left + own, height=0.26, **look, gid="quoted")


def _explain_labels(data: pd.DataFrame, unused: Sequence[str], width: int) -> str:
    """What numbers and bars mean, and which near-synonyms were found nowhere."""
    target = data.attrs.get("target", "the target")
    if not isinstance(target, str):
        target = ", ".join(target)
    hatched = "hatched: in quotation marks, " if data["quoted"].sum() else ""
    lines = [
        f"{_end_cut(_flat(target), 34)}: count · share of the outlet's labels",
        f"bar: share (column: 100 %), {hatched}n: labels",
        f"faint: outlet with fewer than {_FEW_LABELS} labels",
    ]
    if unused:
        lines += textwrap.wrap(_flat(f"found nowhere: {', '.join(unused)}"), width, max_lines=3, placeholder=" …")
    return _literal("\n".join(lines))


def robustness(data: pd.DataFrame, *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw the specification curve: one comparison, a row for each choice, a thin line where the result of all articles stands.

    Parameters
    ----------
    data : DataFrame
        As :func:`framing.robustness` returns it.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If ``data`` is something else, or holds no difference.
    """
    needed = ("specification", "measure", "a", "b", "difference", "low", "high", "n_articles")
    if not isinstance(data, pd.DataFrame) or (lacking := [c for c in needed if c not in data.columns]):
        what = type(data).__name__ if not isinstance(data, pd.DataFrame) else f"a DataFrame without {', '.join(lacking[:3])}"
        raise InputError(f"expected the DataFrame that framing.robustness returns, got {what}")
    if not np.isfinite(data["difference"].to_numpy(dtype=float)).any():
        raise InputError("no specification has a difference, so there is nothing to draw")
    looks = _looks(sorted({str(name) for name in data["a"]}), palette)
    blocks = {pair: part.to_dict("records") for pair, part in data.groupby(["a", "b"], sort=False)}
    rows = [row for pair, records in blocks.items() for row in ((pair, None), *((pair, record) for record in records))]
    ax = _axes(ax, rows=len(rows), width=9.0, row_height=0.3, extra=1.3)
    seen: list[float] = []
    first = 0
    for y, (pair, record) in enumerate(rows):
        if record is None:
            first = y
            continue
        value, low, high = (float(record[name]) for name in ("difference", "low", "high"))
        if not math.isfinite(value):
            _empty_row(ax, y)
            continue
        seen += [value, low, high]
        _dot(ax, value, y, looks[str(pair[0])], interval=(low, high))
        if y == first + 1:
            ax.plot([value, value], [y, y + len(blocks[pair]) - 1], color=_ink(), linewidth=0.6, alpha=0.5, zorder=1)
    ax.axvline(0, color=_ink(), linewidth=0.8, linestyle=":", zorder=0)
    against = {pair: "the mean of all" if pair[1] == "all" else _end_cut(_plain(pair[1]), _NAME_WIDTH) for pair in blocks}
    labels = [
        f"{_end_cut(_plain(pair[0]), _NAME_WIDTH)} less {against[pair]}"
        if record is None
        else f"{_end_cut(_plain(record['specification']), 44)} (n={int(record['n_articles'])})"
        for pair, record in rows
    ]
    _rows(ax, labels)
    for (_, record), label in zip(rows, ax.get_yticklabels(), strict=True):
        if record is None:
            label.set_fontweight("bold")
    finite = [x for x in seen if math.isfinite(x)]
    margin = 0.05 * (max([*finite, 0.0]) - min([*finite, 0.0]) or 1.0)
    ax.set_xlim(min([*finite, 0.0]) - margin, max([*finite, 0.0]) + margin)
    measure = str(data["measure"].iloc[0])
    line = f" line: {100 * data.attrs.get('level', 0.95):g} % interval," if len(finite) > data["difference"].notna().sum() else ""
    ax.set_xlabel(f"Difference in {describe_measure(measure)['name'].lower()}\ndot: difference,{line} thin line: all articles, n: articles")
    return ax
