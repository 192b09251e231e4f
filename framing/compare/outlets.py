"""How much measures differ between outlets, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.bootstrap import HasTables, stories_needed
from framing.compare.comparison import Comparison, Comparisons
from framing.compare.contrasts import within_stories
from framing.compare.estimates import Measured, resample_units
from framing.compare.groups import Units, read_units
from framing.compare.options import Day, Design, Groups, Interval, Resampling, Within
from framing.compare.permutation import adjust, p_of_groups, p_of_pair
from framing.errors import InputError, check_names, told
from framing.text import how_many

PAIRWISE_UP_TO = 12
"""Groups up to which every pair is compared unless the caller says otherwise; 12 groups make 66 pairs."""


def compare_outlets(
    tables: HasTables | pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    table: str = "articles",
    weight: str | None = None,
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    split_at: Day | None = None,
    paired: bool = False,
    within: Within | None = None,
    share: bool | None = None,
    interval: Interval = "t",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
    pairwise: bool | None = None,
) -> Comparison:
    """How much a measure differs between outlets, and how sure that is.

    Parameters
    ----------
    tables : Tables or pandas.DataFrame
        A DataFrame has one row an article, with the columns ``measure`` and ``by``; article ids as index or in a column ``article_id``.
    measure : str
        A numeric column, or ``"column=value"`` for the share of rows that hold this value (``"source_type=official"`` in
        attributions). NaN and infinite values are left out and counted in ``n_missing``.
    by : str, default "outlet"
        The column of articles that makes the groups. Articles without a group are left out, and a note counts them.
    table : str, default "articles"
        The table of ``tables`` whose rows are measured: attributions, mentions, targets, sentences, wording, notices, paragraphs, or what
        one of your own measures found. With ``"rows"``, ``tables`` is a DataFrame with several rows an article, told apart by
        ``article_id``. Rows of one article, and articles on one event, are not taken as independent.
    weight : str, optional
        A column of the same table with the denominator: rows count by it, so that a group's mean is a sum over a sum
        (``"share_official"`` weighted by ``"n_attributions"`` is the share of all attributions). By default every row counts alike.
    groups : mapping, optional
        Outlet (value of ``by``) to group, or group to outlets. Outlets that are in none are left out, and a note counts them.
    only : sequence of str, optional
        Compare these groups alone.
    split_at : str or date, optional
        Instead of ``by``: articles before this day against those from it on, by the articles' column ``date``.
    paired : bool, default False
        Two groups within the stories that both report, every such story counting alike: a story's choice then plays no part.
    within : {"story"}, optional
        Compare differences from the event: every article less the mean of its story, in which every group counts alike, over the stories
        that at least two groups report. Outlets with different beats are then compared on what they share. Several groups at once,
        where ``paired`` takes two. Intervals and p draw and deal whole stories as they do otherwise.
    share : bool, optional
        Whether the measure is a share, with limits that stay within 0 and 1. By default: columns named ``share_...``, values that are
        all 0 or 1, and values within 0 to 1 that have a ``weight``.
    interval : {"t", "percentile", "bca"}, default "t"
        See Notes.
    stories : pandas.Series, optional
        Story by article id. Without it, the column ``story`` is used if there is one. An article without a story is one by itself.
    level : float, default 0.95
        At least 0.5 and below 1.
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
        If there is no such table, column or group; the message lists those that are there, for ``measure`` the numeric columns.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    See Also
    --------
    compare_measures : several measures as one family. regress : covariates. robustness : does it hang on one choice.

    Notes
    -----
    Without ``weight`` every row counts alike in its group's mean, also for shares (``share_official`` is a mean of articles' shares, not
    a share of all attributions). Nothing is dropped for a small denominator: it makes the interval wide.

    Articles on one event resemble each other, so whole stories are drawn with replacement, for all groups together, which keeps the
    pairing of outlets within stories. ``interval`` says what is made of the resamples; ``benchmarks/comparison.py`` measures how often
    each covers the truth.

    - ``"t"``: a group's mean by the studentised bootstrap (Efron and Tibshirani 1993, chapter 12); a share by Clopper and Pearson's
      limits at the effective number of trials (Korn and Graubard 1998); a difference by Student's t times its bootstrap standard error,
      with the stories of the group less one as degrees of freedom (the fewer of two groups). A difference of shares for which there are
      too few stories combines the limits of both (Zou and Donner 2008): wide, but there.
    - ``"percentile"``: percentiles at the expanded levels ``Phi(+-sqrt(n / (n - 1)) t(n - 1))`` of Hesterberg (2015).
    - ``"bca"``: bias-corrected and accelerated, at the same expanded levels; the acceleration from leaving out each story in turn.

    An interval is NaN, and a note says so, where there are fewer than ``1 + log2(1 / (1 - level))`` stories (6 at 95 %: with fewer, even
    the range of the data covers the centre too rarely), or where no resample differs from another; shares keep theirs with ``"t"``.

    p: the share of relabellings with a difference at least as large. Group names are dealt anew among the articles of each story,
    among a and b alone for a pair, among all groups for a comparison with "all". Stories in which only one of the groups appears
    are dealt as wholes among each other. ``p_adjusted`` is Benjamini and Hochberg's over all rows of ``differences``.

    ``standardised`` divides by ``sqrt(sum (n_g - 1) s_g^2 / sum (n_g - 1))``, the standard deviation of rows within all groups (paired:
    of the stories' values). ``mdd`` is :func:`detectable_difference`: look at it before saying that there is no difference.

    No interval repairs a choice of articles: differences in what outlets cover stay in the means unless all cover the same stories.

    References
    ----------
    Efron and Tibshirani (1993), An introduction to the bootstrap. Efron (1987), Better bootstrap confidence intervals.
    Hesterberg (2015), What teachers should know about the bootstrap: resampling in the undergraduate statistics curriculum.
    Korn and Graubard (1998), Confidence intervals for proportions with small expected number of positive counts.
    Zou and Donner (2008), Construction of confidence limits about effect measures: a general approach.
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
    if not isinstance(measure, str):
        raise InputError(f"measure must be the name of one measure, got {told(measure)}; compare_measures takes several")
    design = Design(by, table, weight, groups, only, split_at, paired, share, stories, pairwise, within)
    resampling = Resampling(level, n_resamples, seed, interval)
    return compare_units(_read(tables, [measure], design), resampling)[0]


def compare_measures(
    tables: HasTables | pd.DataFrame,
    measures: Sequence[str],
    *,
    by: str = "outlet",
    table: str = "articles",
    weight: str | None = None,
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    split_at: Day | None = None,
    paired: bool = False,
    within: Within | None = None,
    interval: Interval = "t",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
    pairwise: bool | None = None,
) -> Comparisons:
    """Several measures compared between outlets, as one family: p is adjusted over all comparisons of all measures.

    Estimates, intervals and p are those that :func:`compare_outlets` gives for each measure alone; only ``p_adjusted`` differs. Stories
    are drawn and names dealt once for all measures, so that forty measures take little longer than a few.

    Parameters
    ----------
    tables : Tables or pandas.DataFrame
    measures : sequence of str
        Each as in :func:`compare_outlets`, all of one table.
    by, table, weight, groups, only, split_at, paired, within, interval, stories, level, n_resamples, seed, pairwise
        As in :func:`compare_outlets`.

    Returns
    -------
    Comparisons

    Raises
    ------
    UnknownNameError, InputError
        As :func:`compare_outlets`; also if no measure is named, or one twice.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "outlet": ["Herald", "Lantern"] * 8,
    ...     "story": [story for story in range(8) for _ in range(2)],
    ...     "polarity": [.1, -.2, .0, -.1, .1, -.3, .2, .0, .0, -.1, .1, -.2, .1, .0, .0, -.1],
    ...     "n_words": [400, 390, 510, 520, 380, 395, 460, 430, 500, 515, 420, 400, 450, 470, 390, 400],
    ... })
    >>> family = compare_measures(frame, ["polarity", "n_words"])
    >>> family.family_size, family["polarity"].family_size
    (6, 6)
    >>> bool(family["polarity"].differences["p_adjusted"].iloc[2] < .05)
    True
    """
    wanted = check_names("measures", measures)
    if not wanted or len(set(wanted)) < len(wanted):
        raise InputError(f"measures must name one measure or more, each once, got {wanted!r}")
    design = Design(by, table, weight, groups, only, split_at, paired, None, stories, pairwise, within)
    resampling = Resampling(level, n_resamples, seed, interval)
    return Comparisons(tuple(compare_units(_read(tables, wanted, design), resampling)))


def _read(tables: HasTables | pd.DataFrame, measures: Sequence[str], design: Design) -> Units:
    units = read_units(tables, measures, design)
    return within_stories(units) if design.within else units


def compare_units(units: Units, resampling: Resampling) -> list[Comparison]:
    """One comparison a measure, with p adjusted over all of them."""
    design, n_groups, n_measures = units.design, len(units.names), len(units.measures)
    pairwise = n_groups <= PAIRWISE_UP_TO if design.pairwise is None else design.pairwise
    pairs = list(combinations(range(n_groups), 2)) if pairwise else []
    _check_memory(max(n_groups * n_measures, len(pairs)), resampling)
    drawn = resample_units(units, resampling)
    p_all, p_overall = p_of_groups(units, drawn.means, resampling)
    p_pairs = np.array([p_of_pair(units, a, b, resampling) for a, b in pairs]).reshape(-1, n_measures)
    measured = [Measured(units, drawn, m, resampling) for m in range(n_measures)]
    differences = [one.differences(pairs, p_all[:, m], p_pairs[:, m]) for m, one in enumerate(measured)]
    p = np.concatenate([part["p"].to_numpy(dtype=float) for part in differences])
    family = int((~np.isnan(p)).sum())
    comparisons = []
    for m, (one, part, adjusted) in enumerate(zip(measured, differences, np.split(adjust(p), n_measures), strict=True)):
        estimates = one.estimates()
        comparison = Comparison(
            measure=units.measures[m],
            by=design.column,
            estimates=estimates,
            differences=part.assign(p_adjusted=adjusted)[list(_DIFFERENCES)],
            overall=one.overall(float(p_overall[m])),
            **resampling.attrs,
            method="",
            notes=(
                *units.notes,
                *_reasons(estimates, stories_needed(resampling.level), resampling.level),
                *_gaps(units.names, part, design.pairwise is None and not pairwise),
                *(_too_few(family, resampling.n_resamples) if n_measures > 1 else ()),
            ),
            table=design.table,
            weighted_by=design.weight,
            interval=resampling.interval,
            family_size=family,
            share=one.is_share,
            paired=bool(design.paired),
            within=design.within,
            one=units.one,
            stories_from=units.origin,
            engines=units.engines,
        )
        comparisons.append(replace(comparison, method=_method(comparison, n_measures)))
    return comparisons


_DIFFERENCES = ("a", "b", "difference", "low", "high", "standardised", "p", "p_adjusted", "se", "mdd", "n_stories", "n_shared")
_MOST_CELLS = 500_000_000


def _check_memory(n_figures: int, resampling: Resampling) -> None:
    """Raise InputError where the resampled figures alone would fill four gigabytes."""
    if n_figures * resampling.n_resamples > _MOST_CELLS:
        most = f"n_resamples must be at most {_MOST_CELLS // n_figures:,} for {n_figures:,} means or pairs"
        raise InputError(f"{most}, got {resampling.n_resamples:,}: more would fill the memory")


def _method(comparison: Comparison, n_measures: int) -> str:
    kind = {"t": "bootstrap-t", "percentile": "expanded percentile", "bca": "BCa"}[comparison.interval]
    n_articles, n_stories = int(comparison.overall["n_articles"]), int(comparison.overall["n_stories"])
    alike = f"every {comparison.one} counting alike" if comparison.weighted_by is None else f"sums over sums of {comparison.weighted_by}"
    if comparison.paired:
        alike = "within stories that both report, every story counting alike"
    if comparison.within:
        alike += ", each less the mean of its story"
    over = "" if comparison.table == "articles" else f"{how_many(int(comparison.estimates['n_rows'].sum()), comparison.one)} in "
    family = f" of {n_measures} measures" if n_measures > 1 else ""
    return (
        f"Means of {comparison.measure} by {comparison.by}, {alike}, over {over}{how_many(n_articles, 'article')} of "
        f"{how_many(n_stories, 'story')} ({comparison.stories_from}); {comparison.level:.0%} {kind} intervals from "
        f"{comparison.n_resamples} resamples of whole stories; p from {comparison.n_resamples} relabellings within stories, adjusted over "
        f"{how_many(comparison.family_size, 'comparison')}{family} (Benjamini and Hochberg); seed {comparison.seed}."
    )


def _reasons(estimates: pd.DataFrame, needed: int, level: float) -> list[str]:
    """Why intervals are missing or wide, in words."""
    bare = estimates["low"].isna()
    few = estimates["n_stories"].between(1, needed - 1)
    reasons = []
    for which, what, why in (
        (estimates["n_articles"] == 0, "no", "no article has a value"),
        (bare & few, "no", f"an interval at {level:.0%} needs at least {needed} stories"),
        (bare & (estimates["n_stories"] >= needed), "no", "no resample differs from another, so the spread cannot be told"),
        (~bare & few, "a wide", f"fewer than {needed} stories say little about a share"),
    ):
        groups = [str(group) for group in estimates.index[which]]
        if groups:
            shown = ", ".join(groups[:5]) + (f" and {len(groups) - 5} more" if len(groups) > 5 else "")
            reasons.append(f"{what} interval for {shown}: {why}")
    return reasons


def _gaps(names: Sequence[str], differences: pd.DataFrame, no_pairs: bool) -> list[str]:
    """Notes on differences, or intervals of them, that are missing though the caller did not ask for that."""
    gaps = []
    if len(names) == 1:
        gaps.append(f"there is one group only ({names[0]}), so nothing to compare it with")
    elif no_pairs:
        gaps.append(f"pairs of groups were not compared ({len(names)} groups); pairwise=True does it")
    unsure = int((differences["difference"].notna() & differences["low"].isna()).sum())
    if unsure:
        gaps.append(f"{unsure} of {len(differences)} differences have no interval, for the same reasons")
    return gaps


def _too_few(family: int, n_resamples: int) -> list[str]:
    """A note where so many comparisons are adjusted for that none of them alone could come out below .05."""
    if family <= 0.05 * (n_resamples + 1):
        return []
    least = f"{n_resamples:,} resamples give no p below {1 / (n_resamples + 1):.2g}"
    return [f"{least}: alone among {family:,} comparisons it cannot reach .05 adjusted; take n_resamples={20 * family:,}"]
