"""Charts of comparisons: means with intervals, an outlet's own voice against the voices it quotes, one result under many choices."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.compare import Comparison, compare_outlets
from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.axis_labels import axis_label
from framing.plot.checks import NOT_MEASURED, Articles, articles_of, by_outlet, estimates_of, has_intervals, level_of, result_of
from framing.plot.lettering import size_of, wrapped
from framing.plot.style import Palette, ink, looks_of
from framing.tables.columns import describe_measure


def compare(data: Comparison, *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw a comparison: a dot for the mean of each group, a line for its interval, ``n`` articles beside its name.

    It shows how far groups lie apart and how sure that is; it cannot show why, nor whether they wrote on the same events. Overlapping
    lines are no test: see ``differences`` of the comparison.

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
        If ``data`` is no comparison, or has no estimate.
    """
    if not isinstance(data, Comparison):
        raise InputError(f"expected a Comparison, as compare_outlets returns it, got {type(data).__name__}")
    estimates = estimates_of(data)
    if not any(estimate.known for estimate in estimates.values()):
        raise InputError(f"the comparison of {data.measure} holds no estimate, so there is nothing to draw")
    looks = looks_of(list(estimates), palette)
    with on.axes(ax) as ax:
        on.rows(ax, on.names_with(ax, {name: f"n={estimate.n}" for name, estimate in estimates.items()}))
        for y, (name, estimate) in enumerate(estimates.items()):
            if estimate.known:
                on.dot(ax, estimate.mean, y, looks[name], interval=(estimate.low, estimate.high))
            else:
                on.empty_row(ax, y)
        on.scale(ax, describe_measure(data.measure)["unit"], [v for e in estimates.values() if e.known for v in (e.mean, e.low, e.high)])
        on.caption(ax, f"{axis_label(data.measure)}\n{_explain(data)}")
    return ax


def _explain(*comparisons: Comparison) -> str:
    less = " less the mean of its event" if comparisons[0].within else ""
    return f"dot: mean{less},{on.interval_words(comparisons[0].level, drawn=has_intervals(*comparisons))} n: articles"


def tone_by_outlet(data: Comparison | Articles, *, measure: str = "polarity", ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw the tone of each outlet as dot and interval, with a line at zero.

    It shows how positive the words are that an outlet prints; it cannot show what the outlet thinks: tone counts words, not stance.

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
        by_outlet(articles_of(data, "outlet", measure))
        data = compare_outlets(data, measure)
    return compare(data, ax=ax, palette=palette)


_VOICES = {"full": "outlet's own words", "none": "quoted words"}


def own_vs_quoted(
    data: Articles | tuple[Comparison, Comparison], *, variant: str = "textblob", ax: Axes | None = None, palette: Palette = None
) -> Axes:
    """Draw each outlet's own voice against the voices it quotes: a filled marker and a hollow one, each with its interval.

    It shows whether an outlet leaves the strong words to those it quotes; it cannot show whom it could have quoted instead.

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
        measures = ["polarity_own", "polarity_quoted"] if variant == "textblob" else ["news_polarity_own", "news_polarity_quoted"]
        by_outlet(articles_of(data, "outlet", *measures))
        own, quoted = (compare_outlets(data, measure) for measure in measures)
    voices = [estimates_of(own), estimates_of(quoted)]
    names = sorted({*voices[0], *voices[1]})
    pairs = {name: [part.get(name, NOT_MEASURED) for part in voices] for name in names}
    seen = [v for pair in pairs.values() for estimate in pair for v in (estimate.mean, estimate.low, estimate.high)]
    if not any(math.isfinite(v) for v in seen):
        raise InputError("neither own nor quoted words have a tone in any outlet, so there is nothing to draw")
    looks = looks_of(names, palette)
    first: list[on.Mark] = []
    with on.axes(ax) as ax:
        counts = {name: [estimate.n for estimate in pair] for name, pair in pairs.items()}
        on.rows(ax, on.names_with(ax, {n: f"n={a}" if a == b else f"n={a} own, {b} quoted" for n, (a, b) in counts.items()}), height=4.0)
        for y, (name, pair) in enumerate(pairs.items()):
            marks = on.dots(ax, y, [(e.mean, e.low, e.high) for e in pair], _VOICES, looks[name], apart=0.32)
            if len(marks) == 2:
                first = first or marks
                ax.plot([e.mean for e in pair], [m.y for m in marks], color=looks[name].colour, linewidth=1, linestyle=":", zorder=1.5)
        on.scale(ax, "polarity", seen)
        on.name_marks(ax, first, _VOICES)
        on.caption(ax, f"Tone (polarity, −1 negative to +1 positive)\n{_explain(own, quoted)}")
    return ax


def robustness(data: pd.DataFrame, *, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw the specification curve: one comparison, a row for each choice, a thin line where the result of all articles stands.

    It shows whether a difference hangs on one choice of articles, weights or variant; it cannot show that none of these choices was
    right.

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
        If ``data`` is something else, or has no difference.
    """
    frame = result_of("robustness", data, ("specification", "measure", "a", "b", "difference", "low", "high", "n_articles"))
    if not np.isfinite(frame["difference"].to_numpy(dtype=float)).any():
        raise InputError("no specification has a difference, so there is nothing to draw")
    looks = looks_of(sorted({str(name) for name in frame["a"]}), palette)
    pairs = {(str(a), str(b)): part.to_dict("records") for (a, b), part in frame.groupby(["a", "b"], sort=False)}
    with on.axes(ax) as ax:
        names = list(dict.fromkeys(name for pair in pairs for name in pair))
        short = dict(zip(names, on.names_for(ax, names, share=0.25, lines=1), strict=True)) | {"all": "the mean of all"}
        choices = list(dict.fromkeys(frame["specification"]))
        said = dict(zip(choices, on.names_for(ax, choices, most=44, share=0.46, spare=7), strict=True))
        labels: list[str] = []
        headings: list[int] = []
        for (a, b), records in pairs.items():
            headings.append(len(labels))
            heading = wrapped(f"{short[a]} less {short[b]}", 0.42 * on.room(ax), size_of("ytick.labelsize"))
            labels += [heading, *(f"{said[r['specification']]} (n={int(r['n_articles'])})" for r in records)]
        on.rows(ax, labels, height=2.1)
        on.embolden(ax, headings)
        for head, ((a, _), records) in zip(headings, pairs.items(), strict=True):
            for y, record in enumerate(records, head + 1):
                if math.isfinite(value := float(record["difference"])):
                    on.dot(ax, value, y, looks[a], interval=(float(record["low"]), float(record["high"])))
                else:
                    on.empty_row(ax, y)
            if math.isfinite(value := float(records[0]["difference"])):
                ax.plot([value, value], [head + 1, head + len(records)], color=ink(), linewidth=0.6, alpha=0.5, zorder=1)
        on.scale(ax, "", frame[["difference", "low", "high"]].to_numpy(dtype=float).ravel().tolist(), zero=True)
        line = on.interval_words(level_of(frame), drawn=bool(np.isfinite(frame["low"].to_numpy(dtype=float)).any()))
        name = describe_measure(str(frame["measure"].iloc[0]))["name"].lower()
        on.caption(ax, f"Difference in {name}\ndot: difference,{line} thin line: all articles, n: articles")
    return ax
