"""Colours, markers and sizes: what makes charts look like one family.

An outlet keeps one colour and one marker, by its place among the sorted names. The twelve colours stay apart where a reader does not see
red or green (simulated as Machado, Oliveira and Fernandes 2009 do); segments of a bar differ in hatch or in lightness, so that a copy in
grey can be read too. The tests measure both.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import matplotlib as mpl
import numpy as np
from matplotlib import colors as mcolors

from framing.errors import InputError
from framing.plot.lettering import missing

Palette = str | Sequence[str] | Mapping[str, str] | None
Size = Literal["screen", "column", "slide"]

# Six of Okabe and Ito (2008), "Color Universal Design" (without black and yellow, invisible on a dark or a white page), then six that a
# search over colours of middle lightness and chroma found far from these and each other, for all three kinds of eyes.
COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
    "#692D78", "#D2B469", "#782D00", "#0096FF", "#A5693C", "#693C5A",
)  # fmt: skip
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*")
LEFT_OUT = "#9AA0A6"  # outlets that a palette mapping does not name

# Colour and hatch. Any two may come to stand side by side: they differ in hatch, or in lightness by 15 or more.
SOURCE_LOOK = {
    "official": ("#0072B2", ""),
    "politician": ("#7CC4F0", "//"),
    "expert": ("#00805E", ".."),
    "business": ("#A8D5A2", "\\\\"),
    "civil_society": ("#B36B00", "--"),
    "citizen": ("#F5B942", "xx"),
    "celebrity": ("#A6365A", "||"),
    "media": ("#E3A6C6", ".."),
    "document": ("#6B4FA0", "xx"),
    "unknown": ("#C9CDD2", ""),
}
NAMING_LOOK = {
    "named_person": ("#003E66", ""),
    "named_organisation": ("#5FA8DC", "//"),
    "document": ("#2E8B74", "xx"),
    "unnamed_person": ("#F5B942", ".."),
    "unnamed_group": ("#F9DFA6", "\\\\"),
    "anonymous": ("#B5400F", ""),
    "unknown": ("#C9CDD2", ""),
}
STANCE_LOOK = {
    "doubting": ("#E69F00", ""),
    "conceding": ("#F6D9B8", "//"),
    "endorsing": ("#004C7F", ""),
    "emotive": ("#E3A6C6", "xx"),
    "forward": ("#00664B", ".."),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Colour and marker of an outlet."""

    colour: str
    marker: str


def set_size(size: Size) -> None:
    """Size all charts drawn from now on: for a page on the screen, one column of a journal, or a slide.

    This is the one function of the library that changes matplotlib's settings. It applies a style sheet that is shipped beside it and
    may be used by itself, also for a while: ``with matplotlib.style.context("framing.plot.column"): ...``.

    Parameters
    ----------
    size : {"screen", "column", "slide"}
        ``screen``: 8 inches wide, text of 10 points. ``column``: 3.5 inches, 7 points, 300 dots an inch, fonts embedded as journals ask
        for. ``slide``: 13.3 inches, 18 points. The height follows from the rows of a chart; a slide has room for about 16 rows.

    Raises
    ------
    InputError
        If there is no such size.
    """
    if size not in get_args(Size):
        raise InputError(f"size must be one of {', '.join(get_args(Size))}, got {size!r}")
    import matplotlib.style

    matplotlib.style.use(f"framing.plot.{size}")


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
    names = sorted({str(name) for name in outlets if not missing(name)})
    if isinstance(palette, Mapping):
        given = {str(name): colour for name, colour in palette.items()}
        return {name: as_hex(given.get(name, LEFT_OUT)) for name in names}
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
    return {name: as_hex(colour) for name, colour in zip(names, itertools.cycle(series), strict=False)}


def as_hex(colour: Any) -> str:
    if not mcolors.is_color_like(colour):
        raise InputError(f"palette holds {colour!r}, which is no colour; colours are like '#0072B2' or 'tab:blue'")
    return str(mcolors.to_hex(colour))


def looks_of(names: Sequence[str], palette: Palette) -> dict[str, Look]:
    colours = outlet_colours(names, palette)
    ranked = sorted({*palette, *colours}) if isinstance(palette, Mapping) else list(colours)
    places = {str(name): place for place, name in enumerate(ranked)}
    return {name: Look(colour, MARKERS[places[name] % len(MARKERS)]) for name, colour in colours.items()}


def _luminance(colour: Any) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mcolors.to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def text_on(colour: Any) -> str:
    """Black or white, whichever reads better on ``colour`` (relative luminance as WCAG 2.2 defines it)."""
    return "#000000" if (_luminance(colour) + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def ink() -> str:
    return str(mpl.rcParams["text.color"])
