"""Charts of counts by outlet, a number over a bar in each cell: what a target is called, and what is printed around the report."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import InputError
from framing.plot import axes as on
from framing.plot.checks import articles_of, asked_for, by_outlet, result_of
from framing.plot.lettering import end_cut, flat, literal, size_of, width_of
from framing.plot.style import Look, Palette, ink, looks_of
from framing.tables import Tables
from framing.text import how_many
from framing.text.escaping import label_of

_FEW = 5  # of an outlet with fewer labels, or fewer articles, the bars are faint


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
    found_labels = result_of("labels_for", data, ("label", "head", "count", "share", "quoted"))
    cells = found_labels.groupby([str(found_labels.columns[0]), "label"], sort=True)[["count", "quoted"]].sum()
    sums = cells["count"].groupby("label").sum().sort_values(ascending=False, kind="stable")
    found = {str(label): int(n) for label, n in sums.items() if n > 0}
    if not found:
        raise InputError("no label was found in any outlet, so there is nothing to draw")
    shown = asked_for(labels, found)
    if unknown := [label for label in shown if label not in sums.index]:
        raise InputError(f"no label {unknown[0]!r} in the data; the first are {', '.join(list(found)[:8])}")
    if not shown:
        raise InputError("no label is asked for, so there is nothing to draw")
    rest = [label for label in found if label not in shown]
    lines = [*([label] for label in shown), *([rest] if rest else [])]
    outlets = {str(name): part.droplevel(0) for name, part in cells.groupby(level=0, sort=True)}
    totals = {name: int(part["count"].sum()) for name, part in outlets.items()}
    looks = looks_of(list(outlets), palette)
    with on.axes(ax) as ax:
        named = [*on.names_for(ax, shown, most=28, share=0.34, spare=2), *([how_many(len(rest), "other label")] if rest else [])]
        sizes = [sum(found.get(label, 0) for label in line) for line in lines]
        on.rows(ax, [f"{name} (n={n})" for name, n in zip(named, sizes, strict=True)], height=3.0)
        if rest:
            ax.get_yticklabels()[-1].set_fontstyle("italic")
        summed = {name: [part.reindex(line).sum() for line in lines] for name, part in outlets.items()}
        shared = _cells(ax, {n: [_Counted(int(c["count"]), int(c["quoted"])) for c in col] for n, col in summed.items()}, totals, looks)
        on.caption(ax, _explain_labels(found_labels, _found_nowhere(found_labels, sums, shown), shared=shared))
    return ax


def _found_nowhere(data: pd.DataFrame, sums: pd.Series[Any], shown: Sequence[str]) -> list[str]:
    heads = set(data.loc[data["count"] > 0, "head"])  # "thugs" that were found as "masked thugs" are not listed as found nowhere
    return [str(label) for label, n in sums.items() if not n and label not in heads and label not in shown]


def _explain_labels(data: pd.DataFrame, unused: Sequence[str], *, shared: bool) -> str:
    """What numbers and bars mean, and which near-synonyms were found nowhere."""
    target = data.attrs.get("target", "the target")
    named = end_cut(flat(target if isinstance(target, str) else ", ".join(target)), 34)
    hatched = "hatched: in quotation marks, " if data["quoted"].sum() else ""
    lines = [
        f"{named}: count{' · share of the outlet’s labels' if shared else ''}",
        f"bar: share{'' if shared else ' of the outlet’s labels'} (column: 100 %), {hatched}n: labels",
        f"faint: outlet with fewer than {_FEW} labels",
    ]
    if unused:
        lines.append(textwrap.shorten(flat(f"found nowhere: {', '.join(unused)}"), 170, placeholder=" …"))
    return literal("\n".join(lines))


def notices(data: Tables, *, kinds: Sequence[str] | int = 12, ax: Axes | None = None, palette: Palette = None) -> Axes:
    """Draw what is printed around the report: a row a kind of notice, a column an outlet, with the number of its articles that carry one.

    Bars begin at the left of their column, whose width is all articles of the outlet; the part that a law prescribes is hatched. Bars of
    an outlet with fewer than five articles are faint. It shows which outlets label, disclose and correct on the page as it was collected;
    it cannot show what a page lost on its way into the collection, nor whether a notice was obeyed or only printed.

    Parameters
    ----------
    data : Tables
    kinds : sequence of str or int
        Kinds of notice, such as ``legal_label``, or how many, those in most articles first.
    ax, palette
        See :func:`compare`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        If ``data`` is no Tables, no article has a notice, or a kind is not among them.
    """
    if not isinstance(data, Tables):
        raise InputError(f"expected Tables, as analyze_corpus returns them, got {type(data).__name__}")
    outlets = {name: len(part) for name, part in by_outlet(articles_of(data, "outlet")).items()}
    printed = data.notices.assign(mandated=data.notices["mandated"].notna())
    pages = printed.groupby(["outlet", "kind", "article_id"])["mandated"].any()
    known = {str(kind): int(n) for kind, n in pages.groupby(level="kind").size().sort_values(ascending=False, kind="stable").items()}
    if not known:
        raise InputError("no article carries a notice, so there is nothing to draw")
    shown = asked_for(kinds, known)
    if unknown := [kind for kind in shown if kind not in known] or ([] if shown else ["nothing"]):
        raise InputError(f"no notice of kind {unknown[0]!r} in these articles; there are {', '.join(known)}")
    sums = pages.groupby(level=["outlet", "kind"]).agg(["size", "sum"]).reset_index()
    found = {(str(o), str(k)): _Counted(int(n), int(mandated)) for o, k, n, mandated in sums.itertuples(index=False)}
    looks = looks_of(list(outlets), palette)
    with on.axes(ax) as ax:
        names = on.names_for(ax, [label_of(kind) for kind in shown], share=0.34, spare=2)
        on.rows(ax, [f"{name} (n={known[kind]})" for name, kind in zip(names, shown, strict=True)], height=3.0)
        shared = _cells(ax, {name: [found.get((name, kind), _Counted(0, 0)) for kind in shown] for name in outlets}, outlets, looks)
        hatched = ", hatched: prescribed by law" if any(found[cell].hatched for cell in found if cell[1] in shown) else ""
        on.caption(
            ax,
            f"Articles with such a notice{' · share of the outlet’s articles' if shared else ''}\n"
            f"bar: share{'' if shared else ' of the outlet’s articles'} (column: 100 %){hatched}\nn: articles",
        )
    return ax


class _Counted(NamedTuple):
    """A count, and how much of it is hatched."""

    n: int
    hatched: int


_EDGE = 0.04  # of a column, free at its sides


def _cells(ax: Axes, cells: Mapping[str, Sequence[_Counted]], totals: Mapping[str, int], looks: Mapping[str, Look]) -> bool:
    """A column an outlet; a number over a bar in each row. Returns whether columns are wide enough for the shares as numbers, too."""
    each = on.columns(ax, list(cells), [f"n={totals[name]}" for name in cells])
    size = on.SMALL * size_of("ytick.labelsize")
    widest = max(width_of(_written(cell.n, totals[name], shared=True), size) for name, column in cells.items() for cell in column)
    shared = widest < (1 - 3 * _EDGE) * each
    page = ax.get_facecolor()
    for x, (name, column) in enumerate(cells.items()):
        left, total = x - 0.5 + _EDGE, totals[name]
        ax.axvline(left, color=ink(), linewidth=0.8, alpha=0.5, gid="zero")
        alpha = 0.4 if total < _FEW else 1.0
        for y, cell in enumerate(column):
            if not cell.n:
                on.inside(ax, left + _EDGE, y, "0" if total else "–", alpha=0.6)
                continue
            on.inside(ax, left + _EDGE, y - 0.2, _written(cell.n, total, shared=shared))
            unit = (1 - 2 * _EDGE) / total
            plain = unit * (cell.n - cell.hatched)
            if plain:
                ax.barh(y + 0.22, plain, left=left, height=0.26, color=looks[name].colour, alpha=alpha, gid="own")
            if cell.hatched:
                look: dict[str, Any] = {"facecolor": page, "edgecolor": looks[name].colour, "hatch": "////", "alpha": alpha}
                ax.barh(y + 0.22, unit * cell.hatched, left=left + plain, height=0.26, **look, gid="quoted")
    return shared


def _written(count: int, total: int, *, shared: bool) -> str:
    return f"{count} · {100 * count / total:.0f} %" if shared and total else str(count)
