"""What charts are built of: rows, dots with intervals, headings over columns, captions and legends, all laid out by the size of text.

Lengths are in points, row heights in ems (the size of a row's label). The width of a chart is the caller's; its height follows from its
rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from framing.errors import InputError
from framing.plot.lettering import distinct, room_for, size_of, width_of, wrapped
from framing.plot.style import Look, ink

SMALL = 0.83
"""Text inside a chart, as a part of the size of its labels."""

_WIDTH = 8.0  # inches, where the caller has not chosen a width
_ROWS: WeakKeyDictionary[Axes, float] = WeakKeyDictionary()  # ems that a row of a chart needs for its marks


@contextmanager
def axes(ax: Axes | None) -> Iterator[Axes]:
    """The axes given, or those of a new figure: as wide as ``figure.figsize`` says, as high as the rows drawn on it need."""
    if ax is not None:
        if not isinstance(ax, Axes):
            raise InputError(f"ax must be a matplotlib Axes, got {type(ax).__name__}")
        yield ax
        return
    import matplotlib.pyplot as plt  # only here: it chooses a backend

    chosen, default = (float(settings["figure.figsize"][0]) for settings in (mpl.rcParams, mpl.rcParamsDefault))
    figure, made = plt.subplots(figsize=(_WIDTH if chosen == default else chosen, 4), layout="constrained")
    try:
        yield made
        fit_height(made)
    except BaseException:
        plt.close(figure)
        raise


def fit_height(ax: Axes) -> None:
    """Give a figure the height that the rows of its one chart need. Charts do so themselves for figures that they make.

    Parameters
    ----------
    ax : Axes
        With a chart of this package, alone in its figure.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> import pandas as pd
    >>> from framing import plot
    >>> _, ax = plt.subplots(figsize=(6, 1), layout="constrained")
    >>> words = pd.DataFrame({"word": ["sea", "port"], "group": "Herald", "count": 9, "count_others": 1, "z": [4.0, 3.0]})
    >>> plot.fit_height(plot.distinctive_words(words, ax=ax))
    >>> bool(ax.figure.get_figheight() > 1)
    True
    >>> plt.close()
    """
    figure: Any = ax.figure
    labels = ((1.25 * label.get_text().count("\n") + 1.65) * float(label.get_fontsize()) for label in ax.get_yticklabels())
    low, high = ax.get_ylim()
    rows = abs(high - low) * max([_ROWS.get(ax, 2.0) * size_of("ytick.labelsize"), *labels]) / 72
    width = figure.get_figwidth()
    figure.set_size_inches(width, rows + 1.5)
    around = (ax.get_tightbbox().height - ax.bbox.height) / figure.dpi  # type: ignore[union-attr]
    figure.set_size_inches(width, rows + around + 2.5 * mpl.rcParams["figure.constrained_layout.h_pad"])


# --- how much room there is ---


def room(ax: Axes) -> float:
    """From the left end of a chart's labels to its right end."""
    figure: Any = ax.figure
    whole = float(figure.bbox.width) / float(figure.dpi) * 72
    spec = ax.get_subplotspec()
    if spec is None:  # placed by hand
        return whole
    return float(whole * spec.get_position(figure).width / (figure.subplotpars.right - figure.subplotpars.left))


def inner_width(ax: Axes) -> float:
    """Between the axes' left and right, once the layout has made room for the labels of its rows (which are there already)."""
    figure: Any = ax.figure
    if figure.get_layout_engine() is None:
        return float(ax.bbox.width / figure.dpi * 72)
    labels = ax.get_yticklabels()
    widths = (width_of(label.get_text(), float(label.get_fontsize()), bold=label.get_fontweight() == "bold") for label in labels)
    free: float = room(ax) - max(widths, default=0.0) - mpl.rcParams["ytick.major.pad"] - 2.2 * size_of("ytick.labelsize") - 6
    return max(0.25 * room(ax), float(free))


# --- rows and columns ---


def rows(ax: Axes, labels: Sequence[str], *, height: float = 3.0) -> None:
    """A row for each label, from the top; ``height`` is what its marks need."""
    _ROWS[ax] = height
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.grid(axis="x", alpha=0.3)
    ax.set_axisbelow(True)


def names_for(
    ax: Axes, names: Iterable[Any], *, most: int = 24, share: float = 0.34, lines: int = 2, spare: int = 0, keep_end: bool = True
) -> list[str]:
    """Names as labels of rows: at most so many characters, and so much of the chart's width, ``spare`` characters left for a count."""
    whole = list(names)
    width = min(most, room_for(whole, share * room(ax), size_of("ytick.labelsize")) - spare)
    return distinct(whole, max(8, width), lines=lines, keep_end=keep_end)


def names_with(ax: Axes, counts: Mapping[str, str]) -> list[str]:
    """For each name at most two lines, and how many it stands for."""
    return counted(names_for(ax, counts), list(counts.values()))


def counted(shorts: Sequence[str], counts: Sequence[str]) -> list[str]:
    """Labels with their counts in brackets, on the last line where that does not make them much wider."""
    labels = []
    width = max([16, *(len(line) for short in shorts for line in short.splitlines())])
    for short, n in zip(shorts, counts, strict=True):
        last = short.rpartition("\n")[2]
        labels.append(f"{short}{' ' if len(last) + len(n) < width + 6 else chr(10)}({n})")
    return labels


def embolden(ax: Axes, headings: Iterable[int]) -> None:
    """Print the labels of these rows in bold: they head the rows below them."""
    labels = ax.get_yticklabels()
    for place in headings:
        labels[place].set_fontweight("bold")


def columns(ax: Axes, names: Sequence[Any], counts: Sequence[str] | None = None) -> float:
    """Names over columns of unit width: lying where a column has room for words, else standing. Returns the width of a column."""
    each = inner_width(ax) / len(names)
    size = SMALL * size_of("xtick.labelsize")
    notes = [f"({count})" for count in counts] if counts else [""] * len(names)
    chars = room_for(names, 0.94 * each, size)
    lying = chars >= min(9, max(len(str(name)) for name in names)) and max(width_of(note, size) for note in notes) < each
    if lying:
        labels = [f"{short}\n{note}".rstrip() for short, note in zip(distinct(names, min(20, chars), lines=4), notes, strict=True)]
    else:
        shorts = distinct(names, 24, lines=2 if each > 3.2 * size else 1)
        labels = [f"{short} {note}".rstrip() for short, note in zip(shorts, notes, strict=True)]
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.set_xticks(range(len(names)), labels, rotation=0 if lying else 90)
    ax.tick_params(axis="x", bottom=False, labelbottom=False, labeltop=True, labelsize=size)
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    return each


# --- scales ---

PERCENT = FuncFormatter(lambda x, _: f"{100 * x:.4g} %")
_SIGNED = FuncFormatter(lambda x, _: f"{x:+.2f}".replace("-", "−") if abs(x) > 1e-9 else "0")


def scale(ax: Axes, unit: str, values: Iterable[float], *, zero: bool = False) -> None:
    """Limits that include every value, and zero; ticks in the unit, as many as there is room for."""
    finite = [0.0, *(v for v in values if math.isfinite(v))]
    low, high = min(finite), max(finite)
    margin = 0.06 * (high - low or 1.0)
    signed = zero or low < 0 or unit == "polarity"
    ax.set_xlim(low - margin if signed else 0, high + margin)
    if signed:
        zero_line(ax)
    spread_ticks(ax)
    if unit == "share":
        ax.xaxis.set_major_formatter(PERCENT)
    elif unit == "polarity":
        ax.xaxis.set_major_formatter(_SIGNED)


def zero_line(ax: Axes) -> None:
    ax.axvline(0, color=ink(), linewidth=_points(0.1), zorder=1, gid="zero")


def spread_ticks(ax: Axes) -> None:
    n_ticks = max(2, min(9, int(inner_width(ax) / (4 * size_of("xtick.labelsize")))))
    ax.xaxis.set_major_locator(MaxNLocator(n_ticks, steps=[1, 2, 2.5, 5, 10]))


def _points(ems: float) -> float:
    """Widths of lines and sizes of markers grow with the text."""
    return ems * size_of("ytick.labelsize")


# --- marks ---


def dot(
    ax: Axes,
    x: float,
    y: float,
    look: Look,
    *,
    interval: tuple[float, float] | None = None,
    fill: str = "full",
    faint: bool = False,
) -> None:
    """A marker with its interval; ``fill`` is full, none or left, as matplotlib's ``fillstyle``."""
    alpha = 0.4 if faint else None
    if interval and all(math.isfinite(v) for v in interval):
        ends: dict[str, Any] = {"marker": "|", "markersize": _points(0.6), "markeredgewidth": _points(0.14)}
        ax.plot(interval, (y, y), color=look.colour, linewidth=_points(0.22), solid_capstyle="butt", zorder=2, alpha=alpha, **ends)
    page = ax.get_facecolor()
    half: dict[str, Any] = {"fillstyle": "left", "markerfacecoloralt": page} if fill == "left" else {}
    ax.plot(
        [x],
        [y],
        marker=look.marker,
        markersize=_points(0.8),
        color=page if fill == "none" else look.colour,
        markeredgecolor=ink() if fill == "full" else look.colour,
        markeredgewidth=_points(0.07 if fill == "full" else 0.18),
        linestyle="none",
        zorder=3,
        alpha=alpha,
        clip_on=False,  # a dot at the edge of the chart stays whole
        **half,
    )


def empty_row(ax: Axes, y: float) -> None:
    """Say that there is no number."""
    inside(ax, 0.5, y, "could not be measured", ha="center", style="italic", alpha=0.7, transform=ax.get_yaxis_transform())


def inside(ax: Axes, x: float, y: float, words: str, **look: Any) -> Text:
    """Small words within the axes; the layout need not make room for them."""
    return ax.text(x, y, words, va="center", fontsize=SMALL * size_of("ytick.labelsize"), in_layout=False, **look)


class Point(NamedTuple):
    """A row of a block: an outlet's value with its interval and its n."""

    name: str
    value: float
    low: float
    high: float
    n: int


def blocks(ax: Axes, blocks: Mapping[str, Sequence[Point]], looks: Mapping[str, Look], *, few: int) -> None:
    """Rows in blocks, each under its heading; a point with an n below ``few`` is faint."""
    lines: list[tuple[str, Point | None]] = []
    for heading, points in blocks.items():
        lines += [(heading, None), *((point.name, point) for point in points)]
    headings = [y for y, (_, point) in enumerate(lines) if point is None]
    outlets = list(dict.fromkeys(name for name, point in lines if point is not None))
    short = dict(zip(outlets, names_for(ax, outlets, most=28, share=0.42, lines=1, spare=7), strict=True))
    heads = dict(zip(blocks, names_for(ax, blocks, most=34, share=0.45, lines=1), strict=True))
    rows(ax, [heads[name] if point is None else f"{short[name]} (n={point.n})" for name, point in lines], height=2.1)
    embolden(ax, headings)
    for y, (name, point) in enumerate(lines):
        if point is not None:
            dot(ax, point.value, y, looks[name], interval=(point.low, point.high), faint=point.n < few)


# --- words on a chart ---


def caption(ax: Axes, text: str) -> None:
    """What the axis measures and what the marks mean, below the axes; also below the labels of the rows where that saves a line."""
    size = size_of("axes.labelsize")
    narrow, wide = (wrapped(text, width, size) for width in (inner_width(ax), 0.96 * room(ax)))
    figure: Any = ax.figure
    if narrow.count("\n") == wide.count("\n") or figure.get_layout_engine() is None:
        ax.set_xlabel(narrow)
    else:
        ax.set_xlabel(wide, loc="right", multialignment="center")


def interval_words(level: float, *, drawn: bool, what: str = "") -> str:
    """The part of a caption that explains a line, where one is drawn."""
    return f" line: {100 * level:g} % interval{what}," if drawn else ""


class Mark(NamedTuple):
    """A mark that may be named: where it stands, and what it is called."""

    y: float
    low: float
    high: float
    name: str
    fill: str


def dots(
    ax: Axes, y: int, values: Sequence[tuple[float, float, float]], fills: Mapping[str, str], look: Look, *, apart: float
) -> list[Mark]:
    """A dot with its interval for each (value, low, high) that is known, one fill each, below each other in row ``y``; else words."""
    marks = []
    for place, ((value, low, high), (fill, name)) in enumerate(zip(values, fills.items(), strict=True)):
        if math.isfinite(value):
            at = y + apart * (place - (len(fills) - 1) / 2)
            dot(ax, value, at, look, fill=fill, interval=(low, high))
            ends = [v for v in (value, low, high) if math.isfinite(v)]
            marks.append(Mark(at, min(ends), max(ends), name, fill))
    if not marks:
        empty_row(ax, y)
    return marks


def name_marks(ax: Axes, marks: Sequence[Mark], fills: Mapping[str, str]) -> None:
    """Write beside the marks of one row what they are, or over the chart where there is no room; limits are set, rows are labelled.

    Parameters
    ----------
    ax : Axes
    marks : sequence of Mark
        Of a row with all its marks; may be empty.
    fills : mapping of str to str
        What each fill of a marker means.
    """
    size = SMALL * size_of("ytick.labelsize")
    left, right = ax.get_xlim()
    unit = (right - left) / inner_width(ax)
    placed: list[tuple[Mark, float, str]] = []
    for mark in marks:
        gap, needed = 0.8 * size * unit, width_of(mark.name, size) * unit
        if mark.high + gap + needed < right:
            placed.append((mark, mark.high + gap, "left"))
        elif mark.low - gap - needed > left:
            placed.append((mark, mark.low - gap, "right"))
    if marks and len(placed) == len(marks):
        for mark, x, side in placed:
            ax.text(x, mark.y, mark.name, ha=side, va="center_baseline", fontsize=size, gid="name")
        return
    page, black = ax.get_facecolor(), ink()
    key: dict[str, Any] = {"marker": "o", "linestyle": "none", "markersize": _points(0.7), "color": black, "markeredgecolor": black}
    faces: dict[str, dict[str, Any]] = {
        "full": {},
        "none": {"markerfacecolor": page, "markeredgewidth": _points(0.16)},
        "left": {"markerfacecoloralt": page, "fillstyle": "left"},
    }
    legend(ax, [Line2D([], [], label=name, **key, **faces[fill]) for fill, name in fills.items()])


def legend(ax: Axes, handles: Sequence[Any]) -> None:
    """Over the chart, in as few lines as there is room for; also over the labels of the rows where that saves a line."""
    size = size_of("legend.fontsize")
    each = max(width_of(str(handle.get_label()), size) for handle in handles) + 3.8 * size

    def lines(width: float) -> int:
        return math.ceil(len(handles) / max(1, int(width / each)))

    wide = lines(0.97 * room(ax)) < lines(inner_width(ax))
    n_lines = lines(0.97 * room(ax) if wide else inner_width(ax))
    ax.legend(
        handles=list(handles),
        loc="lower right" if wide else "lower left",
        bbox_to_anchor=(1, 1) if wide else (0, 1),
        ncols=math.ceil(len(handles) / n_lines),
        frameon=False,
        borderaxespad=0.3,
        handlelength=1.6,
        handletextpad=0.5,
        columnspacing=1.4,
    )
