"""Outlets against each other: means with intervals over stories, tests, and the words that tell them apart."""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.article import Article, as_corpus
from framing.errors import InputError, UnknownNameError
from framing.resampling import (
    Floats,
    Ints,
    divide,
    limits,
    resample,
    row_mean,
    story_labels,
)
from framing.resampling import check_options as check_options
from framing.resampling import stories_needed as stories_needed
from framing.text import how_many, word_strings

PAIRWISE_UP_TO = 12
"""Groups up to which every pair is compared unless the caller says otherwise; 12 groups make 66 pairs."""


class HasArticles(Protocol):
    """Whatever has a table of articles, such as :class:`framing.Tables`."""

    @property
    def articles(self) -> pd.DataFrame: ...


@dataclass(frozen=True, eq=False)
class Comparison:
    """One measure compared between groups of articles.

    Attributes
    ----------
    measure, by : str
        What was compared, and the column that makes the groups.
    estimates : pandas.DataFrame
        Index ``group`` (sorted); columns mean, low, high (unit of the measure), n_articles (with a value), n_stories (that these
        articles come from), n_missing (articles without a value). ``low`` and ``high`` are NaN where no honest interval can be given.
    differences : pandas.DataFrame
        One row a comparison; columns a, b (``"all"``: the mean of the groups' means), difference (a minus b: positive where a is
        higher), low, high, standardised (difference by the pooled standard deviation of articles within groups), p, p_adjusted.
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

    def to_frame(self) -> pd.DataFrame:
        """Estimates and differences as one tidy table.

        Returns
        -------
        pandas.DataFrame
            Columns measure, by, kind (``estimate`` or ``difference``), a, b (empty for estimates), value, low, high, standardised, p,
            p_adjusted, n_articles, n_stories, n_missing (empty for differences).
        """
        estimates = self.estimates.reset_index().rename(columns={"group": "a", "mean": "value"}).assign(kind="estimate", b="")
        differences = self.differences.rename(columns={"difference": "value"}).assign(kind="difference")
        columns = ["kind", "a", "b", "value", "low", "high", "standardised", "p", "p_adjusted", "n_articles", "n_stories", "n_missing"]
        parts = [part.reindex(columns=columns) for part in (estimates, differences)]
        for part in parts:
            for column in ("standardised", "p", "p_adjusted"):
                part[column] = part[column].astype(float)
            for column in ("n_articles", "n_stories", "n_missing"):
                part[column] = part[column].astype("Int64")
        frame = pd.concat(parts, ignore_index=True)
        frame.insert(0, "measure", self.measure)
        frame.insert(1, "by", self.by)
        return frame

    def __repr__(self) -> str:
        parts = [f"<Comparison of {self.measure} by {self.by}, {self.level:.0%} intervals>", self.estimates.round(4).to_string()]
        if len(self.differences):
            parts.append(self._strongest().round(4).to_string(index=False))
        return "\n\n".join([*parts, "\n".join([self.method, *(f"Note: {note}" for note in self.notes)])])

    def _repr_html_(self) -> str:
        tables = [self.estimates.round(4).to_html(escape=True, border=0)]
        if len(self.differences):
            tables.append(self._strongest().round(4).to_html(escape=True, border=0, index=False))
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return (
            f"<div class='framing-comparison'><p><b>{html.escape(self.measure)}</b> by {html.escape(self.by)}, "
            + f"{self.level:.0%} intervals</p>"
            + "".join(tables)
            + f"<p>{html.escape(self.method)}</p>"
            + (f"<ul>{notes}</ul>" if notes else "")
            + "</div>"
        )

    def _strongest(self, n_rows: int = 20) -> pd.DataFrame:
        """The differences for display: all of a few, else those with the smallest p."""
        if len(self.differences) <= n_rows:
            return self.differences
        return self.differences.sort_values("p", kind="stable").head(n_rows)


def compare_outlets(
    tables: HasArticles | pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    stories: pd.Series[Any] | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
    seed: int = 0,
    pairwise: bool | None = None,
) -> Comparison:
    """How much a measure differs between outlets, and how sure that is.

    Parameters
    ----------
    tables : Tables or pandas.DataFrame
        One row an article, with the columns ``measure`` and ``by``; article ids as index or in a column ``article_id``.
    measure : str
        A numeric column. NaN and infinite values are left out and counted in ``n_missing``.
    by : str, default "outlet"
        The column that makes the groups. Articles without a group are left out, and a note counts them.
    stories : pandas.Series, optional
        Story by article id. Without it, the column ``story`` is used if there is one. An article without a story is one by itself.
    level : float, default 0.95
        Between 0.5 and 1.
    n_resamples : int, default 2000
        Bootstrap resamples, and relabellings for p. At least 100; the smallest possible p is 1 / (n_resamples + 1).
    seed : int, default 0
        0 or more. The global generator is not touched.
    pairwise : bool, optional
        Whether every pair of groups is compared, besides each group with the mean of all. By default up to 12 groups.

    Returns
    -------
    Comparison

    Raises
    ------
    UnknownNameError
        If there is no such column; for ``measure`` the message lists the numeric columns.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    Notes
    -----
    Every article counts alike in its group's mean, also for shares (``share_official`` is a mean of articles' shares, not a share of
    all attributions).

    Articles on one event resemble each other, so whole stories are drawn with replacement, for all groups together, which keeps the
    pairing of outlets within stories. Limits are percentiles of the resampled means, at the expanded levels
    ``Phi(+-sqrt(n / (n - 1)) t(n - 1))`` of Hesterberg (2015), n being the stories of the group (the fewer of two groups), because plain
    percentiles are too narrow for few stories. An interval is NaN, and a note says so, where there are fewer than
    ``1 + log2(1 / (1 - level))`` stories (6 at 95 %: with fewer, even the range of the data covers the centre too rarely), or where no
    resample differs from another.

    p: the share of relabellings with a difference at least as large. Group names are dealt anew among the articles of each story,
    among a and b alone for a pair, among all groups for a comparison with "all". Stories in which only one of the groups appears
    are dealt as wholes among each other. ``p_adjusted`` is Benjamini and Hochberg's over all rows of ``differences``.

    ``standardised`` divides by ``sqrt(sum (n_g - 1) s_g^2 / sum (n_g - 1))``, the standard deviation of articles within all groups.

    No interval repairs a choice of articles: differences in what outlets cover stay in the means unless all cover the same stories.

    References
    ----------
    Hesterberg (2015), What teachers should know about the bootstrap: resampling in the undergraduate statistics curriculum.
    Benjamini and Hochberg (1995), Controlling the false discovery rate.
    Phipson and Smyth (2010), Permutation p-values should never be zero.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "article_id": [f"{outlet}{story}" for story in range(8) for outlet in "HL"],
    ...     "outlet": ["Herald", "Lantern"] * 8,
    ...     "story": [story for story in range(8) for _ in range(2)],
    ...     "share_official": [.5, .2, .6, .4, .7, .1, .5, .3, .6, .3, .8, .2, .4, .3, .7, .2],
    ... })
    >>> comparison = compare_outlets(frame, "share_official")
    >>> comparison.estimates[["mean", "n_articles", "n_stories"]]
             mean  n_articles  n_stories
    group
    Herald   0.60           8          8
    Lantern  0.25           8          8
    >>> comparison.differences.round(2)[["a", "b", "difference", "standardised"]]
             a        b  difference  standardised
    0   Herald      all        0.18          1.54
    1  Lantern      all       -0.18         -1.54
    2   Herald  Lantern        0.35          3.09
    """
    check_options(level, n_resamples, seed)
    frame = tables if isinstance(tables, pd.DataFrame) else getattr(tables, "articles", None)
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"expected Tables (see analyze_corpus) or a DataFrame, got {type(tables).__name__}")
    data = _read(frame, measure, by, stories)
    if pairwise is None:
        pairwise = len(data.names) <= PAIRWISE_UP_TO
    notes = list(data.notes)
    n_groups = len(data.names)
    means = divide(data.sums.sum(axis=0), data.counts.sum(axis=0))
    n_stories = (data.counts > 0).sum(axis=0)
    resampled = resample(data.sums, data.counts, n_resamples, np.random.default_rng([seed, 1]))
    scale = float(np.abs(data.value).max()) if len(data.value) else 0.0
    needed = stories_needed(level)

    low, high = limits(resampled, n_stories, level, scale)
    estimates = pd.DataFrame(
        {
            "mean": means,
            "low": low,
            "high": high,
            "n_articles": np.bincount(data.group, minlength=n_groups),
            "n_stories": n_stories,
            "n_missing": data.missing,
        },
        index=pd.Index(data.names, name="group", dtype="str"),
    )
    notes += _reasons(estimates, needed, level)

    deviation = _pooled_deviation(data.value, data.group, n_groups)
    centre, centres = row_mean(means[None, :])[0], row_mean(resampled)
    p_all, p_overall = _relabel_all(data, means, n_resamples, np.random.default_rng([seed, 2]), scale)
    rows: list[dict[str, Any]] = []
    if n_groups > 1:
        lows, highs = limits(resampled - centres[:, None], n_stories, level, scale)
        for a in range(n_groups):
            rows.append(
                {"a": data.names[a], "b": "all", "difference": means[a] - centre, "low": lows[a], "high": highs[a], "p": float(p_all[a])}
            )
    if n_groups > 1 and pairwise:
        for a in range(n_groups):
            others = np.arange(a + 1, n_groups)
            fewer = np.minimum(n_stories[a], n_stories[others])
            lows, highs = limits(resampled[:, [a]] - resampled[:, others], fewer, level, scale)
            for b, b_low, b_high in zip(others.tolist(), lows.tolist(), highs.tolist(), strict=True):
                p = _relabel_pair(data, a, b, n_resamples, np.random.default_rng([seed, 3, a, b]), scale)
                rows.append(
                    {"a": data.names[a], "b": data.names[b], "difference": means[a] - means[b], "low": b_low, "high": b_high, "p": p}
                )
    differences = pd.DataFrame(rows, columns=["a", "b", "difference", "low", "high", "p"])
    differences = differences.astype({"a": "str", "b": "str", "difference": float, "low": float, "high": float, "p": float})
    differences.insert(5, "standardised", differences["difference"] / deviation if deviation > 0 else math.nan)
    differences["p_adjusted"] = _adjust(differences["p"].to_numpy(dtype=float))
    if n_groups == 1:
        notes.append(f"there is one group only ({data.names[0]}), so nothing to compare it with")
    elif not pairwise:
        notes.append(f"pairs of groups were not compared ({n_groups} groups); pairwise=True does it")
    unsure = int((differences["difference"].notna() & differences["low"].isna()).sum())
    if unsure:
        notes.append(f"{unsure} of {len(differences)} differences have no interval, for the same reasons")
    all_low, all_high = limits(centres[:, None], np.array([(data.counts.sum(axis=1) > 0).sum()]), level, scale)
    overall = pd.Series(
        {
            "mean": float(centre),
            "low": float(all_low[0]),
            "high": float(all_high[0]),
            "n_articles": float(len(data.value)),
            "n_stories": float(len(data.sums)),
            "n_missing": float(data.missing.sum()),
            "p": p_overall,
        },
        name=measure,
    )
    n_tests = int(differences["p"].notna().sum())
    method = (
        f"Means of {measure} by {by}, every article counting alike, over {how_many(len(data.value), 'article')} of "
        f"{how_many(len(data.sums), 'story')} "
        f"({data.origin}); {level:.0%} expanded percentile intervals from {n_resamples} resamples of whole stories; p from {n_resamples} "
        f"relabellings within stories, adjusted over {n_tests} comparisons (Benjamini and Hochberg); seed {seed}."
    )
    return Comparison(measure, by, estimates, differences, overall, level, n_resamples, seed, method, tuple(notes))


@dataclass(frozen=True)
class _Data:
    """The measured articles in an order that depends on their values alone, and their sums by story and group."""

    names: list[str]
    value: Floats
    group: Ints
    cluster: Ints
    sums: Floats  # stories x groups
    counts: Floats
    missing: Ints
    origin: str
    notes: list[str]


def _read(frame: pd.DataFrame, measure: str, by: str, stories: pd.Series[Any] | None) -> _Data:
    numeric = [str(c) for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c]) and not pd.api.types.is_bool_dtype(frame[c])]
    if measure not in numeric:
        what = "is not numeric" if measure in frame.columns else "is not there"
        raise UnknownNameError(f"measure {measure!r} {what}; numeric columns are {', '.join(numeric) or '(none)'}")
    if by not in frame.columns:
        raise UnknownNameError(f"no column {by!r} to group by; columns are {', '.join(map(str, frame.columns))}")
    story, known_story, origin = story_labels(frame, stories)
    named = frame[by].notna().to_numpy()
    if not named.any():
        raise InputError(f"no article has a value in {by!r}, so there are no groups")
    notes = [f"{int((~named).sum())} articles without {by} were left out"] if not named.all() else []
    labels = frame[by].to_numpy(dtype=object)
    names = sorted({str(label) for label in labels[named]})
    number = {name: position for position, name in enumerate(names)}
    group = np.array([number[str(label)] if known else -1 for label, known in zip(labels, named, strict=True)], dtype=np.int64)
    value = frame[measure].to_numpy(dtype=float, na_value=math.nan)
    measured = np.isfinite(value)
    missing = np.bincount(group[named & ~measured], minlength=len(names)).astype(np.int64)
    keep = named & measured
    if stories is not None and not known_story[keep].all():
        notes.append(f"{int((keep & ~known_story).sum())} articles have no story and count as one each")
    # sorted by what counts, never by position: the order of rows must not reach the sums or the generator
    rows = sorted(
        (not known_story[i], str(story[i]) if known_story[i] else "", int(group[i]), float(value[i])) for i in np.flatnonzero(keep)
    )
    cluster = np.zeros(len(rows), dtype=np.int64)
    for position in range(1, len(rows)):
        same = not rows[position][0] and rows[position][:2] == rows[position - 1][:2]
        cluster[position] = cluster[position - 1] + (0 if same else 1)
    values, groups = np.array([row[3] for row in rows], dtype=float), np.array([row[2] for row in rows], dtype=np.int64)
    n_clusters = int(cluster[-1]) + 1 if len(rows) else 0
    cell = cluster * len(names) + groups
    shape = (n_clusters, len(names))
    sums = np.bincount(cell, weights=values, minlength=n_clusters * len(names)).reshape(shape).astype(float)
    counts = np.bincount(cell, minlength=n_clusters * len(names)).reshape(shape).astype(float)
    return _Data(names, values, groups, cluster, sums, counts, missing, origin, notes)


def _reasons(estimates: pd.DataFrame, needed: int, level: float) -> list[str]:
    """Why intervals are missing, in words."""
    bare = estimates["low"].isna()
    reasons = []
    for which, why in (
        (estimates["n_articles"] == 0, "no article has a value"),
        (bare & estimates["n_stories"].between(1, needed - 1), f"an interval at {level:.0%} needs at least {needed} stories"),
        (bare & (estimates["n_stories"] >= needed), "no resample differs from another, so the spread cannot be told"),
    ):
        groups = [str(group) for group in estimates.index[which]]
        if groups:
            shown = ", ".join(groups[:5]) + (f" and {len(groups) - 5} more" if len(groups) > 5 else "")
            reasons.append(f"no interval for {shown}: {why}")
    return reasons


def _pooled_deviation(value: Floats, group: Ints, n_groups: int) -> float:
    counts = np.bincount(group, minlength=n_groups)
    means = divide(np.bincount(group, weights=value, minlength=n_groups).astype(float), counts.astype(float))
    freedom = int(np.maximum(counts - 1, 0).sum())
    if freedom == 0:
        return math.nan
    deviation = math.sqrt(float(((value - means[group]) ** 2).sum()) / freedom)
    return deviation if deviation > 1e-12 * float(np.abs(value).max()) else math.nan


@dataclass(frozen=True)
class _Units:
    """What is dealt in a relabelling: articles of mixed stories within their story, one-group stories among each other."""

    label: Ints
    total: Floats
    weight: Floats
    stratum: Ints


def _units(value: Floats, group: Ints, cluster: Ints) -> _Units:
    label, total, weight, stratum = [], [], [], []
    alone_label, alone_total, alone_weight = [], [], []
    starts = np.flatnonzero(np.r_[True, cluster[1:] != cluster[:-1]]) if len(cluster) else np.empty(0, dtype=np.int64)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(cluster)], strict=True), start=1):
        if group[start:end].min() == group[start:end].max():
            alone_label.append(int(group[start]))
            alone_total.append(float(value[start:end].sum()))
            alone_weight.append(float(end - start))
        else:
            label += group[start:end].tolist()
            total += value[start:end].tolist()
            weight += [1.0] * (end - start)
            stratum += [number] * (end - start)
    return _Units(
        np.array(alone_label + label, dtype=np.int64),
        np.array(alone_total + total, dtype=float),
        np.array(alone_weight + weight, dtype=float),
        np.array([0] * len(alone_label) + stratum, dtype=np.int64),
    )


def _relabelled_means(units: _Units, n_groups: int, n_resamples: int, rng: np.random.Generator) -> Floats:
    """Group means (n_resamples x groups) with labels dealt anew within strata."""
    n_units = len(units.label)
    means = np.empty((n_resamples, n_groups))
    step = max(1, 1_000_000 // max(n_units, 1))
    for at in range(0, n_resamples, step):
        n_rows = min(step, n_resamples - at)
        order = np.argsort(rng.random((n_rows, n_units)) + units.stratum, axis=1)  # strata are contiguous, so each keeps its places
        cell = (units.label[order] + np.arange(n_rows)[:, None] * n_groups).ravel()
        totals = np.bincount(cell, weights=np.tile(units.total, n_rows), minlength=n_rows * n_groups)
        weights = np.bincount(cell, weights=np.tile(units.weight, n_rows), minlength=n_rows * n_groups)
        means[at : at + n_rows] = divide(totals.astype(float), weights.astype(float)).reshape(n_rows, n_groups)
    return means


def _relabel_all(data: _Data, means: Floats, n_resamples: int, rng: np.random.Generator, scale: float) -> tuple[Floats, float]:
    """p of each group against the mean of all, and of no difference at all."""
    n_groups = len(data.names)
    there = ~np.isnan(means)
    p = np.full(n_groups, math.nan)
    if there.sum() < 2:
        return p, math.nan
    dealt = _relabelled_means(_units(data.value, data.group, data.cluster), n_groups, n_resamples, rng)
    slack = 1e-9 * scale
    off, off_dealt = means - row_mean(means[None, :])[0], dealt - row_mean(dealt)[:, None]
    extreme = (np.abs(off_dealt[:, there]) >= np.abs(off[there]) - slack).sum(axis=0)
    p[there] = (1 + extreme) / (n_resamples + 1)
    spread = float(np.sqrt((off[there] ** 2).sum()))
    spread_dealt = np.sqrt((off_dealt[:, there] ** 2).sum(axis=1))
    return p, float((1 + (spread_dealt >= spread - slack).sum()) / (n_resamples + 1))


def _relabel_pair(data: _Data, a: int, b: int, n_resamples: int, rng: np.random.Generator, scale: float) -> float:
    """p of two groups, dealing labels among their articles alone."""
    mine = (data.group == a) | (data.group == b)
    value, group = data.value[mine], (data.group[mine] == b).astype(np.int64)
    if group.min(initial=1) == group.max(initial=0) or len(group) == 0:
        return math.nan
    difference = value[group == 0].mean() - value[group == 1].mean()
    dealt = _relabelled_means(_units(value, group, data.cluster[mine]), 2, n_resamples, rng)
    extreme = (np.abs(dealt[:, 0] - dealt[:, 1]) >= abs(difference) - 1e-9 * scale).sum()
    return float((1 + extreme) / (n_resamples + 1))


def _adjust(p: Floats) -> Floats:
    """Benjamini and Hochberg's adjusted p; NaN stays NaN and is not counted."""
    adjusted = np.full(len(p), math.nan)
    there = np.flatnonzero(~np.isnan(p))
    if len(there):
        order = there[np.argsort(p[there], kind="stable")]
        scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
        adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def distinctive_words(corpus: Iterable[Article], *, by: str = "outlet", prior: float = 500.0, min_articles: int = 3) -> pd.DataFrame:
    """Words that one group of articles uses more, or less, than all others together.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
        Words are read from the body (quotations included), in lower case, as :func:`framing.text.words` finds them.
    by : str, default "outlet"
        What makes the groups: ``"outlet"``, ``"agency"``, ``"language"`` or a key of ``article.meta``. Articles without one are left
        out; ``attrs["n_left_out"]`` counts them.
    prior : float, default 500
        Words that are imagined in each group beside its own, spread as in the whole corpus. Higher: rare words count less. Above 0.
    min_articles : int, default 3
        A word is listed only where the side that uses it more has it in at least this many articles, so that no single article makes a
        word distinctive.

    Returns
    -------
    pandas.DataFrame
        One row a word and group, sorted by group, then ``z`` from high to low. Columns: word, group, count, count_others,
        per_1k, per_1k_others (per thousand words), log_odds, z, log_ratio, g2, n_articles (of the group, with the word), dispersion.
        In ``log_odds``, ``z`` and ``log_ratio`` positive means used *more* in the group. A word that the group never uses is listed
        where its absence is more than chance (``z <= -1.96``). ``dispersion`` is Gries's DP within the group: 0 spread as evenly as the
        articles are long, towards 1 all in one small article; NaN for a word that it never uses.

    Raises
    ------
    InputError
        If an option is out of range, or fewer than two groups have words.

    Notes
    -----
    With counts y, group sizes n, ``a_w = prior * share of w in the corpus`` and ``A = prior``: ``log_odds = ln((y + a_w) / (n + A - y -
    a_w)) - (the same for the others)``; ``z = log_odds / sqrt(1 / (y + a_w) + 1 / (y_others + a_w))``. ``log_ratio`` is the binary
    logarithm of the ratio of relative frequencies, a count of 0 taken as 0.5. ``g2`` is the log-likelihood ratio over the four cells
    word / other words by group / others, 0 or more, without a direction. ``z`` and ``g2`` treat words as independent draws, which they
    are not (articles repeat their words): read them as a ranking, and ``n_articles`` and ``dispersion`` beside them.

    References
    ----------
    Monroe, Colaresi and Quinn (2008), Fightin' words: lexical feature selection and evaluation for identifying the content of
    political conflict. The size of the prior is theirs.
    Hardie (2014), Log Ratio: an informal introduction.
    Dunning (1993), Accurate methods for the statistics of surprise and coincidence.
    Gries (2008), Dispersions and adjusted frequencies in corpora.

    Examples
    --------
    >>> pages = [Article(f"{outlet}{n}", text, outlet=outlet) for n in range(3)
    ...          for outlet, text in (("Tribune", "The dockers walked out."), ("Lantern", "The thugs walked out."))]
    >>> words = distinctive_words(pages)
    >>> words.loc[words.z > 0, ["group", "word", "count", "count_others", "log_ratio"]].round(2)
         group     word  count  count_others  log_ratio
    0  Lantern    thugs      3             0       2.58
    4  Tribune  dockers      3             0       2.58
    """
    if not (math.isfinite(prior) and prior > 0):
        raise InputError(f"prior must be a finite number above 0, got {prior!r}")
    if isinstance(min_articles, bool) or not isinstance(min_articles, (int, np.integer)) or min_articles < 1:
        raise InputError(f"min_articles must be a whole number, 1 or more, got {min_articles!r}")
    articles = sorted(as_corpus(corpus), key=lambda article: article.id)
    labels = [_group_of(article, by) for article in articles]
    n_left_out = sum(label is None for label in labels)
    pairs = [(article, label) for article, label in zip(articles, labels, strict=True) if label is not None]
    counts, vocabulary = _count_words(article for article, _ in pairs)
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    groups = sorted({label for (_, label), size in zip(pairs, sizes, strict=True) if size > 0})
    if len(groups) < 2:
        got = f"got {len(groups)} ({', '.join(groups) or 'none'}); {n_left_out} articles have no {by}"
        raise InputError(f"distinctive words need at least two groups with words, {got}")
    total = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    spread = np.bincount(counts.indices, minlength=len(vocabulary))
    member = np.array([label for _, label in pairs], dtype=object)
    parts = [_describe(group, counts[np.flatnonzero(member == group)], total, spread, vocabulary, prior, min_articles) for group in groups]
    frame = pd.concat(parts, ignore_index=True)
    frame.attrs["n_left_out"] = n_left_out
    return frame


def _group_of(article: Article, by: str) -> str | None:
    value: Any = getattr(article, by) if by in ("outlet", "agency", "language") else article.meta.get(by)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return str(value).strip() or None


def _count_words(articles: Iterable[Article]) -> tuple[sparse.csr_array, NDArray[np.object_]]:
    """Counts, one row an article, and the sorted words of the columns."""
    number: dict[str, int] = {}
    columns, data, ends = [], [], [0]
    for article in articles:
        count = Counter(word_strings(article.body.lower().replace("’", "'")))
        columns.append(np.fromiter((number.setdefault(word, len(number)) for word in count), dtype=np.int64, count=len(count)))
        data.append(np.fromiter(count.values(), dtype=np.int64, count=len(count)))
        ends.append(ends[-1] + len(count))
    words = np.array(sorted(number), dtype=object)
    place = np.empty(len(number), dtype=np.int64)
    for position, word in enumerate(words):
        place[number[word]] = position
    indices = place[np.concatenate(columns)] if ends[-1] else np.empty(0, dtype=np.int64)
    values = np.concatenate(data) if ends[-1] else np.empty(0, dtype=np.int64)
    return sparse.csr_array((values, indices, np.array(ends)), shape=(len(ends) - 1, len(words))), words


def _describe(
    group: str,
    counts: sparse.csr_array,
    total: Floats,
    spread: Ints,
    vocabulary: NDArray[np.object_],
    prior: float,
    min_articles: int,
) -> pd.DataFrame:
    """The rows of one group; ``total`` and ``spread`` are occurrences and articles of each word in the whole corpus."""
    own = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    others = total - own
    n_own, n_others = own.sum(), others.sum()
    imagined = prior * total / total.sum()
    lone = total == total.sum()  # the only word there is: its odds are infinite on both sides
    rest, rest_others = n_own + prior - own - imagined + lone, n_others + prior - others - imagined + lone
    log_odds = np.where(lone, 0.0, np.log((own + imagined) / rest) - np.log((others + imagined) / rest_others))
    z = log_odds / np.sqrt(1 / (own + imagined) + 1 / (others + imagined))
    n_articles = np.bincount(counts.indices, minlength=len(vocabulary))
    evidence = np.where(log_odds > 0, n_articles, spread - n_articles)
    listed = np.flatnonzero((evidence >= min_articles) & ((own > 0) | (z <= -1.96)))
    listed = listed[np.argsort(-z[listed], kind="stable")]  # ties stay in order of the words
    own, others, z, log_odds = own[listed], others[listed], z[listed], log_odds[listed]
    return pd.DataFrame(
        {
            "word": pd.Series(vocabulary[listed], dtype="str"),
            "group": pd.Series([group] * len(listed), dtype="str"),
            "count": own.astype(np.int64),
            "count_others": others.astype(np.int64),
            "per_1k": 1000 * own / n_own,
            "per_1k_others": 1000 * others / n_others,
            "log_odds": log_odds,
            "z": z,
            "log_ratio": np.log2(np.maximum(own, 0.5) / n_own) - np.log2(np.maximum(others, 0.5) / n_others),
            "g2": _g2(own, others, n_own, n_others),
            "n_articles": n_articles[listed].astype(np.int64),
            "dispersion": _dispersion(counts)[listed],
        }
    )


def _g2(own: Floats, others: Floats, n_own: float, n_others: float) -> Floats:
    """Dunning's log-likelihood ratio of the 2 x 2 tables of each word."""
    n = n_own + n_others
    result = np.zeros(len(own))
    for observed, row, column in (
        (own, own + others, n_own),
        (others, own + others, n_others),
        (n_own - own, n - own - others, n_own),
        (n_others - others, n - own - others, n_others),
    ):
        expected = row * column / n
        ratio = np.divide(observed, expected, out=np.ones(len(own)), where=observed > 0)
        result += 2 * observed * np.log(ratio)
    return np.maximum(result, 0.0)


def _dispersion(counts: sparse.csr_array) -> Floats:
    """Gries's DP of each word over the articles (rows): half the summed difference of its shares from the articles' shares of words."""
    lengths = np.asarray(counts.sum(axis=1)).ravel().astype(float)
    occurrences = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    expected = np.repeat(lengths / lengths.sum(), np.diff(counts.indptr))
    observed = counts.data / occurrences[counts.indices]
    # articles without the word contribute their share, which is 1 less the shares of those that have it
    extra = np.bincount(counts.indices, weights=np.abs(observed - expected) - expected, minlength=counts.shape[1])
    return np.where(occurrences > 0, np.clip(0.5 * (1 + extra), 0.0, 1.0), math.nan)
