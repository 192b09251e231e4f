"""Charts of tone toward named targets, and of the tone of outlets and of those they let speak."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.choices import SOURCE_TYPES
from framing.compare.tones import target_profile as count_target_tones
from framing.compare.tones import voice_profile as count_voice_tones
from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.checks import asked_for, level_of, result_of
from framing.plot.style import Palette, looks_of
from framing.tables import Tables
from framing.text.escaping import label_of

_FEW_MENTIONS, _FEW_WORDS = 5, 30  # below, a dot is faint


def target_profile(
    data: pd.DataFrame | Tables, *, targets: Sequence[str] | int = 8, ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw how each outlet speaks of the same people, organisations and places: a block of rows a target, a dot and interval an outlet.

    A faint dot stands on fewer than five mentions. It shows how the sentences that name a target present it, whoever speaks in them; it
    cannot show whether a tone is deserved, nor what is said of "he" and "she".

    Parameters
    ----------
    data : DataFrame or Tables
        As :func:`framing.target_profile` returns it; Tables are counted first, with its defaults.
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
    counted = count_target_tones(data) if isinstance(data, Tables) else data
    tones = result_of("target_profile", counted, ("target", "tone", "low", "high", "n_mentions"))
    known = list(dict.fromkeys(map(str, tones["target"])))
    names = asked_for(targets, known)
    if not names:
        raise InputError("no target is named, so there is nothing to draw")
    if unknown := [name for name in names if name not in known]:
        raise InputError(f"no target {unknown[0]!r} in the data; the first are {', '.join(known[:8])}")
    by = str(tones.columns[2])
    looks = looks_of(sorted({str(name) for name in tones[by]}), palette)
    with on.axes(ax) as ax:
        values = ["tone", "low", "high", "n_mentions"]
        on.blocks(ax, {name: _points(tones.loc[tones["target"] == name, [by, *values]]) for name in names}, looks, few=_FEW_MENTIONS)
        ax.set_xlim(-1.04, 1.04)
        on.zero_line(ax)
        ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "+0.5", "+1"])
        line = on.interval_words(level_of(tones), drawn=bool(np.isfinite(tones["low"].to_numpy(dtype=float)).any()))
        on.caption(
            ax,
            "Tone toward the target (−1 all negative, +1 all positive)\n"
            f"dot: mean, faint below {_FEW_MENTIONS} mentions,{line} n: mentions by name",
        )
    return ax


def voice_profile(
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
        As :func:`framing.voice_profile` returns it; Tables are counted first, with its defaults.
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
    counted = count_voice_tones(data) if isinstance(data, Tables) else data
    tones = result_of("voice_profile", counted, ("voice", "polarity", "low", "high", "n_scored"))
    known = ("outlet", "sources", *SOURCE_TYPES)
    wanted = [voices] if isinstance(voices, str) else list(voices)
    if unknown := [voice for voice in wanted if voice not in known]:
        raise InputError(f"voices must be of {', '.join(known)}; got {unknown[0]!r}")
    by = str(tones.columns[0])
    looks = looks_of(sorted({str(name) for name in tones[by]}), palette)
    titles = {"outlet": "outlet's own words", "sources": "words of all sources"}
    blocks = {
        titles.get(voice, f"words of {label_of(voice)} sources"): points
        for voice in wanted
        if (points := _points(tones.loc[tones["voice"] == voice, [by, "polarity", "low", "high", "n_scored"]]))
    }
    if not blocks:
        raise InputError("none of these voices has a scored word, so there is nothing to draw")
    drawn = [point for points in blocks.values() for point in points]
    with on.axes(ax) as ax:
        on.blocks(ax, blocks, looks, few=_FEW_WORDS)
        on.scale(ax, "polarity", [x for point in drawn for x in (point.value, point.low, point.high)])
        line = on.interval_words(level_of(tones), drawn=any(math.isfinite(point.low) for point in drawn))
        on.caption(
            ax,
            f"Tone (polarity of words, −1 negative to +1 positive)\ndot: mean, faint below {_FEW_WORDS} words,{line} n: scored words",
        )
    return ax


def _points(frame: pd.DataFrame) -> list[on.Point]:
    rows = frame.to_numpy(dtype=object)
    return [on.Point(str(name), float(value), float(low), float(high), int(n)) for name, value, low, high, n in rows]
