"""What comes out of comparing: one measure (:class:`Comparison`), or several as one family (:class:`Comparisons`)."""

from __future__ import annotations

import platform
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import scipy
from markupsafe import Markup

from framing import __version__
from framing.compare.export import between, csv_table, latex_table, markdown_table, markdown_text, number, p_value, save
from framing.compare.options import Interval, Within
from framing.compare.power import POWER
from framing.errors import UnknownNameError, check_name, check_whole
from framing.text import how_many
from framing.text.escaping import visible
from framing.text.notebook import Bullets, Rows, in_notebook


@dataclass(frozen=True, eq=False)
class Comparison:
    """One measure compared between groups of articles.

    Attributes
    ----------
    measure, by : str
        What was compared, and what makes the groups.
    estimates : pandas.DataFrame
        Index ``group`` (sorted); columns mean, low, high (unit of the measure), n_articles (with a value), n_stories (that these
        articles come from), n_missing (rows without a value), n_rows (with a value; articles in the table of articles), weight (sum of
        the weights: the denominator) and se (of the mean, from resampling). ``low`` and ``high`` are NaN where no honest interval can
        be given; a share always has one.
    differences : pandas.DataFrame
        One row a comparison; columns a, b (``"all"``: the mean of the groups' means), difference (a minus b: positive where a is
        higher), low, high, standardised (difference by the pooled standard deviation of rows within groups), p, p_adjusted, se, mdd
        (the least true difference that would be found in 80 of 100 corpora like this one, unadjusted), n_stories (the fewer of both)
        and n_shared (stories that both report).
    overall : pandas.Series
        mean (of the groups' means, every group counting alike), low, high, n_articles, n_stories, n_missing and p (of no difference
        between any groups).
    level : float
        Level of the intervals.
    n_resamples, seed : int
    method : str
        What was done, in words, with the number of comparisons that p_adjusted covers.
    notes : tuple of str
        Why an interval is missing, what was left out.
    table : str
        The table the rows are from.
    weighted_by : str or None
        The denominator: rows count by this column. None: every row counts alike.
    interval : {"t", "percentile", "bca"}
    family_size : int
        The comparisons that p_adjusted covers, also those of other measures where several were compared together.
    share, paired : bool
        Whether limits are those of a share; whether two groups were compared within the stories that both report.
    within : {"story"} or None
        Whether values are differences from the mean of their story.
    one : str
        What a row is called.
    stories_from : str
        Where stories are from.
    engines : tuple of str
        Which engine read the articles; empty where the table does not say.
    """

    measure: str
    by: str
    estimates: pd.DataFrame
    differences: pd.DataFrame
    overall: pd.Series[float]
    level: float
    n_resamples: int
    seed: int
    method: str
    notes: tuple[str, ...] = ()
    table: str = "articles"
    weighted_by: str | None = None
    interval: Interval = "t"
    family_size: int = 0
    share: bool = False
    paired: bool = False
    within: Within | None = None
    one: str = "article"
    stories_from: str = ""
    engines: tuple[str, ...] = ()

    @property
    def alpha(self) -> float:
        """An adjusted p below this is called clear: one less the level."""
        return round(1 - self.level, 6)

    def to_frame(self) -> pd.DataFrame:
        """Estimates and differences as one tidy table.

        Returns
        -------
        pandas.DataFrame
            Columns measure, by, kind (``estimate`` or ``difference``), a, b (empty for estimates), value, low, high, se, standardised,
            p, p_adjusted, mdd (empty for estimates), n_articles, n_stories, n_missing, n_rows (the first and the last two empty for
            differences).
        """
        estimates = self.estimates.reset_index().rename(columns={"group": "a", "mean": "value"}).assign(kind="estimate", b="")
        differences = self.differences.rename(columns={"difference": "value"}).assign(kind="difference")
        columns = ["kind", "a", "b", "value", "low", "high", "se", "standardised", "p", "p_adjusted", "mdd"]
        counts = ["n_articles", "n_stories", "n_missing", "n_rows"]
        parts = [part.reindex(columns=[*columns, *counts]) for part in (estimates, differences)]
        for part in parts:
            for column in ("se", "standardised", "p", "p_adjusted", "mdd"):
                part[column] = part[column].astype(float)
            for column in counts:
                part[column] = part[column].astype("Int64")
        frame = pd.concat(parts, ignore_index=True)
        frame.insert(0, "measure", self.measure)
        frame.insert(1, "by", self.by)
        return frame

    def methods(self) -> str:
        """The paragraph on methods that a paper needs: what, how many, which test, corrections, power, versions.

        Returns
        -------
        str
        """
        return _methods([self])

    def to_csv(self, path: str | Path | None = None) -> str:
        """:meth:`to_frame` as CSV; cells that a spreadsheet would run as formulas get a leading ``'``.

        Parameters
        ----------
        path : str or Path, optional
            Where to write it besides.

        Returns
        -------
        str
        """
        return csv_table(self.to_frame(), path)

    def to_markdown(self, path: str | Path | None = None, *, digits: int = 3) -> str:
        """Estimates and differences as two Markdown tables, with the method under them.

        Parameters
        ----------
        path : str or Path, optional
            Where to write it besides.
        digits : int, default 3
            Decimals.

        Returns
        -------
        str
        """
        sheets = zip(self._sheets(digits), (1, 2), strict=True)
        tables = [markdown_table(*part, n_names=n_names) for part, n_names in sheets if part[1]]
        return save("\n\n".join([*tables, markdown_text(self.method)]) + "\n", path)

    def to_latex(self, path: str | Path | None = None, *, digits: int = 3) -> str:
        """Estimates and differences as two LaTeX tables (package booktabs), with every name escaped.

        Parameters
        ----------
        path, digits
            As in :meth:`to_markdown`.

        Returns
        -------
        str
        """
        captions = (f"{self.measure} by {self.by}, means with {self.level:.0%} intervals", f"Differences of {self.measure}. {self.method}")
        tables = [
            latex_table(*part, caption=caption, n_names=n_names)
            for part, caption, n_names in zip(self._sheets(digits), captions, (1, 2), strict=True)
            if part[1]
        ]
        return save("\n\n".join(tables) + "\n", path)

    def _sheets(self, digits: int) -> tuple[tuple[list[str], list[list[str]]], tuple[list[str], list[list[str]]]]:
        check_whole("digits", digits, 0, 20)
        counts = ("n_rows", "n_articles", "n_stories", "n_missing")
        estimates = [
            [str(name), number(row["mean"], digits), between(row["low"], row["high"], digits), *(str(int(row[c])) for c in counts)]
            for name, row in self.estimates.iterrows()
        ]
        differences = [_difference_cells(row, row["difference"], digits) for row in self.differences.to_dict("records")]
        heads = [self.by, "mean", f"{self.level:.0%} interval", f"{self.one}s", "articles", "stories", "missing"]
        if self.one == "article":
            heads, *estimates = [row[:3] + row[4:] for row in (heads, *estimates)]
        return (heads, estimates), (_difference_heads(self.level), differences)

    def __repr__(self) -> str:
        parts = [f"<Comparison of {self.measure} by {self.by}, {self.level:.0%} intervals>", self._shown().round(4).to_string()]
        if len(self.differences):
            parts += [_what_is_clear([self]), self._strongest().round(4).to_string(index=False)]
        return visible("\n\n".join([*parts, "\n".join([self.method, *(f"Note: {note}" for note in self.notes)])]))

    def _repr_html_(self) -> str:
        (head, estimates), (columns, _) = self._sheets(3)
        title = Markup("<p><b>{}</b> by {}, {:.0%} intervals</p>").format(self.measure, self.by, self.level)
        parts: list[str | Rows] = [title, Rows(head, estimates)]
        if len(self.differences):
            _, (_, rows) = replace(self, differences=self._strongest())._sheets(3)
            some = len(rows) < len(self.differences)
            caption = f"The {len(rows)} of {len(self.differences)} differences with the smallest p" if some else "Differences"
            parts += [_what_is_clear([self]), Rows(columns, rows, n_names=2, caption=caption)]
        return in_notebook(*parts, self.method, Bullets(self.notes))

    def _shown(self) -> pd.DataFrame:
        """The estimates without the columns that repeat others."""
        plain = self.table == "articles" and self.weighted_by is None
        return self.estimates.drop(columns=["se", *(["n_rows", "weight"] if plain else [])])

    def _strongest(self, n_rows: int = 20) -> pd.DataFrame:
        """The differences for display: all of a few, else those with the smallest p."""
        shown = self.differences.drop(columns=["se", "n_stories", "n_shared"])
        return shown if len(shown) <= n_rows else shown.sort_values("p", kind="stable").head(n_rows)


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Several measures compared as one family: p is adjusted over all rows of all of them.

    Indexing by the name of a measure gives its :class:`Comparison`; iteration runs over them in the order asked for.

    Attributes
    ----------
    comparisons : tuple of Comparison
    """

    comparisons: tuple[Comparison, ...]

    @property
    def family_size(self) -> int:
        """The comparisons that p_adjusted covers."""
        return self.comparisons[0].family_size

    def __getitem__(self, measure: str) -> Comparison:
        check_name("measure", measure)
        for comparison in self.comparisons:
            if comparison.measure == measure:
                return comparison
        raise UnknownNameError(f"no measure {measure!r} here; there are {', '.join(c.measure for c in self.comparisons)}")

    def __iter__(self) -> Iterator[Comparison]:
        return iter(self.comparisons)

    def __len__(self) -> int:
        return len(self.comparisons)

    def to_frame(self) -> pd.DataFrame:
        """As :meth:`Comparison.to_frame`, of all measures."""
        return pd.concat([comparison.to_frame() for comparison in self.comparisons], ignore_index=True)

    def methods(self) -> str:
        """As :meth:`Comparison.methods`, of all measures."""
        return _methods(self.comparisons)

    def to_csv(self, path: str | Path | None = None) -> str:
        """As :meth:`Comparison.to_csv`, of all measures."""
        return csv_table(self.to_frame(), path)

    def to_markdown(self, path: str | Path | None = None, *, digits: int = 3) -> str:
        """As :meth:`Comparison.to_markdown`, of all measures."""
        return save("\n".join(comparison.to_markdown(digits=digits) for comparison in self.comparisons), path)

    def to_latex(self, path: str | Path | None = None, *, digits: int = 3) -> str:
        """As :meth:`Comparison.to_latex`, of all measures."""
        return save("\n".join(comparison.to_latex(digits=digits) for comparison in self.comparisons), path)

    def __repr__(self) -> str:
        frame = self._strongest().round(4)
        head = f"<Comparisons of {how_many(len(self), 'measure')}, {how_many(self.family_size, 'comparison')} as one family>"
        return visible(f"{head}\n\n{_what_is_clear(self.comparisons)}\n\n{frame.to_string(index=False)}")

    def _repr_html_(self) -> str:
        title = f"{how_many(len(self), 'measure')}, {how_many(self.family_size, 'comparison')} as one family"
        rows = [[row["measure"], *_difference_cells(row, row["value"], 3)] for row in self._strongest().to_dict("records")]
        head = ["measure", *_difference_heads(self.comparisons[0].level)]
        table = Rows(head, rows, n_names=3, caption="Differences, the smallest p first")
        return in_notebook(title, _what_is_clear(self.comparisons), table)

    def _strongest(self, n_rows: int = 20) -> pd.DataFrame:
        frame = self.to_frame()
        shown = frame.loc[frame["kind"] == "difference"].sort_values("p", kind="stable").head(n_rows)
        return shown[["measure", "a", "b", "value", "low", "high", "standardised", "p", "p_adjusted", "mdd"]]


def _difference_heads(level: float) -> list[str]:
    return ["a", "b", "a − b", f"{level:.0%} interval", "standardised", "p", "adjusted p", "detectable"]


def _difference_cells(row: Mapping[Hashable, Any], difference: float, digits: int) -> list[str]:
    """A row of differences for print, under :func:`_difference_heads`."""
    shown = [str(row["a"]), str(row["b"]), number(difference, digits), between(row["low"], row["high"], digits)]
    return [*shown, number(row["standardised"], 2), p_value(row["p"]), p_value(row["p_adjusted"]), number(row["mdd"], digits)]


_INTERVALS: dict[Interval, str] = {
    "t": (
        "Intervals at {level} of means are studentised bootstrap intervals, those of differences are the estimate plus and minus Student's "
        "t times its bootstrap standard error (degrees of freedom: stories less one)"
    ),
    "percentile": "Intervals at {level} are bootstrap percentiles, expanded for few stories (Hesterberg 2015)",
    "bca": "Intervals at {level} are bias-corrected and accelerated (Efron 1987), expanded for few stories",
}


def _what_is_clear(comparisons: Sequence[Comparison], most: int = 5) -> str:
    """A sentence that lists the differences with an adjusted p below alpha, or says that there is none."""
    first = comparisons[0]
    below = first.alpha
    found = []
    for comparison in comparisons:
        of = f"{comparison.measure} of " if len(comparisons) > 1 else ""
        for row in comparison.differences.to_dict("records"):
            if row["p_adjusted"] < below:
                than = "the mean of all" if row["b"] == "all" else row["b"]
                side = "above" if row["difference"] > 0 else "below"
                gap = f"{abs(row['difference']):.3f}"
                found.append((row["p_adjusted"], f"{of}{row['a']} {side} {than} by {gap}"))
    family = f"{how_many(first.family_size, 'comparison')} as one family"
    if not found:
        return f"No clear difference: of {family}, none has an adjusted p below {below:g}."
    found.sort(key=lambda pair: pair[0])
    more = f"; and {len(found) - most} more" if len(found) > most else ""
    return f"Clear (adjusted p below {below:g}; {family}): {'; '.join(words for _, words in found[:most])}{more}."


def _methods(comparisons: Sequence[Comparison]) -> str:
    first = comparisons[0]
    versions = (
        f"Computed with framing {__version__}, Python {platform.python_version()}, numpy {np.__version__}, pandas {pd.__version__} "
        f"and scipy {scipy.__version__}; seed {first.seed}"
    )
    tests = _how_tested(comparisons) if len(first.estimates) > 1 else []
    sentences = [*_what_was_compared(comparisons), *_how_sure(comparisons), *tests, versions]
    return " ".join(f"{sentence}." for sentence in sentences)


def _what_was_compared(comparisons: Sequence[Comparison]) -> list[str]:
    first = comparisons[0]
    names = [str(name) for name in first.estimates.index]
    listed = ", ".join(names) if len(names) <= 12 else f"{', '.join(names[:12])} and {len(names) - 12} more"
    measures = ", ".join(comparison.measure for comparison in comparisons)
    n_articles, n_stories, n_missing = (_range([int(c.overall[name]) for c in comparisons]) for name in _COUNTED)
    n_rows = _range([int(c.estimates["n_rows"].sum()) for c in comparisons])
    rows = "" if first.one == "article" else f" ({n_rows} {first.one}s)"
    left_out = "" if n_missing == "0" else f"{n_missing} {first.one}s without one were left out and counted by group, and "
    counting = f"every {first.one} counted alike"
    if first.weighted_by is not None:
        counting = f"each {first.one} counted by {first.weighted_by}, so that means are sums over sums"
    if first.paired:
        counting = "only stories that both groups reported were used, and every story counted alike"
    if first.within:
        counting += (
            "; values are differences from the mean of their story (the mean of the groups' means), over the stories that at least two "
            "groups reported"
        )
    sentences = [
        f"We compared {how_many(len(comparisons), 'measure')} ({measures}) between {how_many(len(names), 'group')} by {first.by} ({listed})"
    ]
    if first.engines:
        sentences.append(f"Articles were read by framing's {' and '.join(first.engines)} engine{'s' * (len(first.engines) > 1)}")
    return [*sentences, f"There were {n_articles} articles{rows} with a value from {n_stories} stories; {left_out}{counting}"]


_COUNTED = ("n_articles", "n_stories", "n_missing")


def _how_sure(comparisons: Sequence[Comparison]) -> list[str]:
    first = comparisons[0]
    origin = {"given": "as assigned", "column story": "as the table's column story gives them"}.get(first.stories_from)
    clusters = f"stories, {origin}" if origin else "articles, as no stories were known"
    sentences = [
        f"Uncertainty was estimated by drawing whole {clusters}, with replacement, {first.n_resamples:,} times, for all groups together, "
        "because reports on one event resemble each other",
        _INTERVALS[first.interval].format(level=f"{100 * first.level:g} %"),
    ]
    if any(c.share for c in comparisons) and first.interval == "t":
        sentences.append(
            "Intervals of shares are Clopper and Pearson's at the effective number of independent trials (Korn and Graubard 1998); "
            "differences without a bootstrap interval combine the limits of the two shares (Zou and Donner 2008)"
        )
    return sentences


def _how_tested(comparisons: Sequence[Comparison]) -> list[str]:
    first = comparisons[0]
    return [
        "Tests deal the names of groups anew within stories, and among the stories that one of the groups has alone, "
        f"{first.n_resamples:,} times (two-sided permutation tests; p counts the observed division, Phipson and Smyth 2010)",
        f"p was adjusted for a family of {how_many(first.family_size, 'comparison')} by Benjamini and Hochberg's procedure (1995); its "
        f"least value is 1 / {first.n_resamples + 1:,}",
        "A test asks whether the names of groups could be exchanged, an interval how large one difference is, unadjusted; so an interval "
        "can leave out zero where the test finds nothing",
        "Standardised differences divide by the standard deviation within groups",
        _power(comparisons),
    ]


def _power(comparisons: Sequence[Comparison]) -> str:
    """What the corpus could have shown."""
    parts = []
    for comparison in comparisons[:8]:
        pairs = comparison.differences[comparison.differences["b"] != "all"]
        least = (pairs if len(pairs) else comparison.differences)["mdd"].dropna()
        if len(least):
            spread = f"{least.min():.3g}" if len(least) == 1 else f"{least.min():.3g} to {least.max():.3g} (median {least.median():.3g})"
            parts.append(f"{comparison.measure} {spread}")
    if not parts:
        return "No detectable difference can be stated, as there are too few stories for a standard error"
    more = f" (and {len(comparisons) - 8} more measures)" if len(comparisons) > 8 else ""
    return (
        f"The least difference between two groups that one such test would detect with {POWER:.0%} power is {'; '.join(parts)}{more}: "
        "t for the level plus t for the power, times its standard error (Bloom 1995); smaller differences may have gone unseen"
    )


def _range(counts: list[int]) -> str:
    """One number, or the least and the greatest."""
    return f"{counts[0]:,}" if min(counts) == max(counts) else f"{min(counts):,} to {max(counts):,}"
