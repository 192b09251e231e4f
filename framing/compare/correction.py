"""A comparison with the errors of its measure taken out: by known error rates, or by hand codes of a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from framing.compare.bootstrap import Floats, HasTables, Ints, check_frame, divide, limits, resample, stories_needed
from framing.compare.estimates import resample_units
from framing.compare.export import csv_table
from framing.compare.groups import Units, column_values, read_units, rows_of
from framing.compare.options import Design, Groups, Resampling
from framing.errors import InputError, UnknownNameError, check_name, told
from framing.text import how_many
from framing.text.escaping import visible
from framing.text.notebook import in_notebook


@dataclass(frozen=True, eq=False)
class Correction:
    """A comparison as measured, and with the measure's errors taken out.

    Attributes
    ----------
    measure, by : str
    estimates : pandas.DataFrame
        Index ``group``; columns mean, low, high (as measured), corrected, corrected_low, corrected_high, clipped (whether the correction
        left 0 to 1 and was cut there), n_articles, n_coded (what the correction rests on).
    differences : pandas.DataFrame
        Columns a, b, difference, low, high (as measured), corrected, corrected_low, corrected_high, changes (whether the sign, or whether
        the interval leaves out 0, is another once corrected).
    level : float
    method : str
    notes : tuple of str
    """

    measure: str
    by: str
    estimates: pd.DataFrame
    differences: pd.DataFrame
    level: float
    method: str
    notes: tuple[str, ...] = ()

    def to_csv(self, path: str | Path | None = None) -> str:
        """The differences as CSV; cells that a spreadsheet would run as formulas get a leading ``'``."""
        return csv_table(self.differences, path)

    def __repr__(self) -> str:
        head = f"<Correction of {self.measure} by {self.by}, {self.level:.0%} intervals>"
        tables = [self.estimates.round(4).to_string(), self.differences.round(4).to_string(index=False)]
        return visible("\n\n".join([head, *tables, "\n".join([self.method, *(f"Note: {note}" for note in self.notes)])]))

    def _repr_html_(self) -> str:
        estimates = self.estimates.round(4).to_html(escape=True, border=0)
        differences = self.differences.round(4).to_html(escape=True, border=0, index=False)
        return in_notebook(Markup(estimates), Markup(differences), self.method, *self.notes)


def correct_for_rates(
    tables: HasTables | pd.DataFrame,
    measure: str,
    rates: pd.DataFrame,
    *,
    by: str = "outlet",
    table: str = "articles",
    weight: str | None = None,
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> Correction:
    """Shares of outlets with and without the known errors of the measure, which may differ by outlet.

    Parameters
    ----------
    tables, measure, by, table, weight, groups, only, stories, level, n_resamples, seed
        As in :func:`compare_outlets`; the measure is a share (0 to 1), such as ``"source_type=official"`` in attributions.
    rates : pandas.DataFrame
        One row a group, named by a column ``outlet`` (or the name of ``by``, or ``group``) or the index. Columns precision and recall, or
        sensitivity (the same as recall) and specificity; and ``n``, the coded cases that each rate rests on, or one column for each rate:
        n_precision, n_recall, n_sensitivity, n_specificity. Rows of one code from :func:`framing.validate` fit as they are: precision then
        rests on n_tool, recall on n_coders, specificity on the others of n. A single row named ``"all"`` counts for every group without
        a row.

    Returns
    -------
    Correction

    Raises
    ------
    UnknownNameError
        As :func:`compare_outlets`; also if ``rates`` has neither pair of columns.
    InputError
        As :func:`compare_outlets`; also if values or rates are not within 0 to 1, an ``n`` is not above 0, or a group has no rates or two
        rows.

    Notes
    -----
    With the share found q: ``q * precision / recall``; or ``(q + specificity - 1) / (sensitivity + specificity - 1)`` (Rogan and Gladen
    1978). Precision holds only for the prevalence it was measured at: rates by outlet, from the corpus at hand, are best. A result
    outside 0 to 1 is cut there and marked in ``clipped``.

    Intervals hold both uncertainties: each resample of stories goes with rates drawn from ``Beta(n r + 1/2, n (1 - r) + 1/2)``. With few
    coded cases they are wide; that is the finding. Without ``n`` the rates are taken as exact, and a note says so.

    References
    ----------
    Rogan and Gladen (1978), Estimating prevalence from the results of a screening test.
    Lang and Reiczigel (2014), Confidence limits for prevalence of disease adjusted for estimated sensitivity and specificity.

    Examples
    --------
    >>> direct = [1, 0, 1, 1, 0, 0, 1, 0] * 5
    >>> frame = pd.DataFrame({"outlet": ["Herald", "Lantern"] * 20, "story": np.repeat(range(20), 2), "direct": direct})
    >>> rates = pd.DataFrame({"outlet": ["Herald", "Lantern"], "precision": [.9, .9], "recall": [.9, .5], "n": [200, 200]})
    >>> correct_for_rates(frame, "direct", rates).estimates[["mean", "corrected"]]
             mean  corrected
    group
    Herald   0.75       0.75
    Lantern  0.25       0.45
    """
    check_name("measure", measure)
    design = Design(by, table, weight, groups, only, share=True, stories=stories)
    resampling = Resampling(level, n_resamples, seed)
    units = read_units(tables, [measure], design)
    exact, rests_on = _rates(rates, units.names, by)
    drawn = resample_units(units, resampling)
    measured = _Means(drawn.means[:, 0], drawn.samples[:, :, 0], drawn.n_stories[:, 0])
    corrected = _without_errors(measured.means, exact)
    samples = _without_errors(measured.samples, _draw(exact, rests_on, resampling))
    clipped = (corrected < 0) | (corrected > 1)
    notes = list(units.notes)
    if clipped.any():
        notes.append(f"corrected shares outside 0 to 1 were cut for {_names(units, clipped)}: rates and shares do not fit each other")
    unusable = np.isnan(corrected) & ~np.isnan(measured.means)
    if unusable.any():
        notes.append(f"no correction for {_names(units, unusable)}: with a recall of 0, or no better than chance, nothing can be told")
    if any(np.isnan(n).any() for n in rests_on.values()):
        notes.append("rates without n are taken as exact, so that intervals are too narrow")
    coded = np.min([np.nan_to_num(n) for n in rests_on.values()], axis=0).astype(np.int64)
    within = _Means(np.clip(corrected, 0, 1), np.clip(samples, 0, 1), measured.n_stories)
    formula = "share * precision / recall" if "precision" in exact else "Rogan and Gladen (1978)"
    method = (
        f"{measure} by {by}, corrected by {formula}, with {' and '.join(exact)} by group; {resampling.level:.0%} expanded percentile "
        f"intervals from {resampling.n_resamples} resamples of whole stories, each with rates drawn anew from their Beta distribution; "
        f"seed {resampling.seed}."
    )
    return _correction(units, measured, within, resampling.level, method, notes, clipped=clipped, n_coded=coded)


def correct_with_codes(
    tables: HasTables | pd.DataFrame,
    measure: str,
    codes: pd.Series[Any] | pd.DataFrame,
    *,
    by: str = "outlet",
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> Correction:
    """A comparison of articles corrected by hand codes of a random sample of them, whatever kind of error the measure makes.

    Parameters
    ----------
    tables, measure, by, groups, only, stories, level, n_resamples, seed
        As in :func:`compare_outlets`, for the table of articles.
    codes : pandas.Series or pandas.DataFrame
        The true value of the measure by article id, for a sample drawn at random within each group. A DataFrame has the columns article_id
        and the name of the measure, and may have ``probability``: the chance with which each article was drawn.

    Returns
    -------
    Correction
        A group without coded articles has no corrected value.

    Raises
    ------
    UnknownNameError
        As :func:`compare_outlets`; also if ``codes`` lacks a column.
    InputError
        As :func:`compare_outlets`; also if ids of codes repeat or are none of the articles', or a probability is not above 0 and at most 1.

    Notes
    -----
    Predict, then debias: the mean of the measure over all articles of a group, plus the mean of (code - measure) over its coded articles,
    each weighted by 1 / probability. It is unbiased however wrong the measure is, if the sample is random; the measure only makes it more
    precise than the codes alone. Intervals draw whole stories, coded and uncoded articles together.

    References
    ----------
    Egami, Hinck, Stewart and Wei (2023), Using imperfect surrogates for downstream inference: design-based supervised learning.
    Angelopoulos et al. (2023), Prediction-powered inference.

    Examples
    --------
    >>> frame = pd.DataFrame({"article_id": [f"a{n}" for n in range(40)], "outlet": ["Herald", "Lantern"] * 20, "tone": [.5, .3] * 20})
    >>> codes = pd.Series({f"a{n}": .4 for n in range(20)})
    >>> correct_with_codes(frame, "tone", codes).estimates[["mean", "corrected"]].round(2)
             mean  corrected
    group
    Herald    0.5        0.4
    Lantern   0.3        0.4
    """
    check_name("measure", measure)
    design, resampling = Design(by, groups=groups, only=only, share=False, stories=stories), Resampling(level, n_resamples, seed)
    articles, _ = rows_of(tables, "articles")
    frame = articles.set_index("article_id") if "article_id" in articles.columns else articles.copy()
    coded, chance = _codes(codes, measure)
    if strangers := [key for key in coded.index if key not in frame.index]:
        raise InputError(
            f"codes are for {strangers[0]!r}, which is no article here ({how_many(len(strangers), 'such id')} of {len(coded)})"
        )
    units = read_units(frame, [measure], design)
    error, weight = f"error of {measure}", f"weight of {measure}"
    frame[error], frame[weight] = coded.reindex(frame.index) - column_values(frame, measure), (1 / chance).reindex(frame.index)
    off = read_units(frame, [error], replace(design, weight=weight))
    parts = [units.by_story(0), off.by_story(0)]
    sums, counts = (np.concatenate([part[side] for part in parts], axis=1) for side in (0, 1))
    n_groups = len(units.names)
    both = resample(sums, counts, resampling.n_resamples, resampling.generator(1))
    exact = divide(sums.sum(axis=0), counts.sum(axis=0))
    n_stories, n_coded_stories = np.split((counts > 0).sum(axis=0), 2)
    measured = _Means(exact[:n_groups], both[:, :n_groups], n_stories)
    corrected = _Means(measured.means + exact[n_groups:], measured.samples + both[:, n_groups:], n_coded_stories)
    n_coded, clipped = off.n_articles[:, 0], np.zeros(n_groups, dtype=bool)
    notes = list(units.notes)
    if (n_coded == 0).any():
        notes.append(f"no coded article of {_names(units, n_coded == 0)}, so no correction there")
    needed = stories_needed(resampling.level)
    few = (n_coded > 0) & (n_coded_stories < needed)
    if few.any():
        notes.append(f"no interval for {_names(units, few)}: {needed} stories with coded articles are needed at {resampling.level:.0%}")
    method = (
        f"{measure} by {by}, corrected by the mean error on {how_many(int(n_coded.sum()), 'coded article')} (predict, then debias; "
        f"Egami et al. 2023); {resampling.level:.0%} expanded percentile intervals from {resampling.n_resamples} resamples of whole "
        f"stories; seed {resampling.seed}."
    )
    return _correction(units, measured, corrected, resampling.level, method, notes, clipped=clipped, n_coded=n_coded)


@dataclass(frozen=True)
class _Means:
    """Means by group, or differences between groups, with those of resamples (n_resamples x groups)."""

    means: Floats
    samples: Floats
    n_stories: Ints

    def between(self, a: Ints, b: Ints) -> _Means:
        """The differences of these pairs of groups."""
        fewer = np.minimum(self.n_stories[a], self.n_stories[b])
        return _Means(self.means[a] - self.means[b], self.samples[:, a] - self.samples[:, b], fewer)

    def columns(self, name: str, low: str, high: str, level: float, scale: float) -> dict[str, Floats]:
        """Three columns of these names: the means and their limits."""
        lows, highs = limits(self.samples, self.n_stories, level, scale)
        return {name: self.means, low: lows, high: highs}


_CORRECTED = ("corrected", "corrected_low", "corrected_high")


def _correction(
    units: Units, measured: _Means, corrected: _Means, level: float, method: str, notes: list[str], *, clipped: Any, n_coded: Ints
) -> Correction:
    at: tuple[float, float] = level, float(units.scale[0])
    about = {"clipped": clipped, "n_articles": units.n_articles[:, 0], "n_coded": n_coded}
    estimates = pd.DataFrame(
        measured.columns("mean", "low", "high", *at) | corrected.columns(*_CORRECTED, *at) | about,
        index=pd.Index(units.names, name="group", dtype="str"),
    )
    a, b = np.array(list(combinations(range(len(units.names)), 2)), dtype=np.int64).reshape(-1, 2).T
    pairs: dict[str, Any] = {name: pd.Series([units.names[i] for i in side], dtype="str") for name, side in (("a", a), ("b", b))}
    pairs |= measured.between(a, b).columns("difference", "low", "high", *at) | corrected.between(a, b).columns(*_CORRECTED, *at)
    differences = pd.DataFrame(pairs)
    before, after = (_verdict(differences, names) for names in (("difference", "low", "high"), _CORRECTED))
    differences["changes"] = before != after
    return Correction(units.measures[0], units.design.by, estimates, differences, level, method, tuple(notes))


def _verdict(differences: pd.DataFrame, names: tuple[str, str, str]) -> pd.Series[float]:
    """The sign of each difference where its interval leaves out zero, else 0."""
    difference, low, high = (differences[name] for name in names)
    sign: pd.Series[float] = difference.map(np.sign).where((low > 0) | (high < 0), 0.0)
    return sign


def _names(units: Units, which: Any) -> str:
    return ", ".join(name for name, mine in zip(units.names, which, strict=True) if mine)


def _without_errors(shares: Floats, rates: dict[str, Floats]) -> Floats:
    """Shares by precision and recall, or by Rogan and Gladen's formula; NaN where the rates tell nothing."""
    if "precision" in rates:
        return divide(shares * rates["precision"], np.broadcast_to(rates["recall"], shares.shape))
    above = rates["sensitivity"] + rates["specificity"] - 1
    return divide(shares + rates["specificity"] - 1, np.broadcast_to(above, shares.shape))


def _draw(rates: dict[str, Floats], rests_on: dict[str, Floats], resampling: Resampling) -> dict[str, Floats]:
    """Rates by resample and group from Jeffreys's posterior; exact where n is not known."""
    drawn, rng = {}, resampling.generator(4)
    for kind, rate in rates.items():
        n = rests_on[kind]
        known = ~np.isnan(n)
        filled = np.where(known, n, 1.0)
        random = rng.beta(filled * rate + 0.5, filled * (1 - rate) + 0.5, size=(resampling.n_resamples, len(rate)))
        drawn[kind] = np.where(known, random, rate)
    return drawn


def _rates(rates: pd.DataFrame, names: list[str], by: str) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """The two rates of each group, by name, and the coded cases that each rests on."""
    if not isinstance(rates, pd.DataFrame):
        raise InputError(f"rates must be a DataFrame with precision and recall, or sensitivity and specificity; got {told(rates)}")
    check_frame(rates, "rates")
    named = next((column for column in (by, "outlet", "group") if column in rates.columns), None)
    frame = rates.set_index(named) if named else rates
    frame = frame.set_axis([str(name) for name in frame.index], axis=0)
    if frame.index.has_duplicates:
        raise InputError(f"rates must have one row a group, but {frame.index[frame.index.duplicated()][0]!r} stands twice")
    columns = set(map(str, frame.columns))
    if {"precision", "recall"} <= columns:
        kinds = ("precision", "recall")
    elif "specificity" in columns and columns & {"sensitivity", "recall"}:
        kinds = ("sensitivity", "specificity")
        frame = frame.rename(columns={"recall": "sensitivity", "n_recall": "n_sensitivity"})
    else:
        raise UnknownNameError(f"rates need precision and recall, or sensitivity and specificity; columns are {', '.join(sorted(columns))}")
    lacking = [name for name in names if name not in frame.index]
    if lacking and "all" not in frame.index:
        raise InputError(f"no rates for {lacking[0]!r}; there are rates for {', '.join(frame.index)}")
    frame = frame.loc[[name if name in frame.index else "all" for name in names]]
    found: dict[str, Floats] = {}
    rests_on: dict[str, Floats] = {}
    for kind in kinds:
        found[kind] = rate = np.asarray(_numbers(frame[kind], f"rates: {kind}"), dtype=np.float64)
        outside = ~((rate >= 0) & (rate <= 1))
        if outside.any():
            raise InputError(f"rates: {kind} must be within 0 to 1, got {rate[outside][0]:g}")
        n = _rests_on(frame, kind)
        if (n <= 0).any():
            raise InputError(f"rates: {n.name} must be above 0, got {n[n <= 0].iloc[0]:g}")
        rests_on[kind] = np.asarray(n, dtype=np.float64)
    return found, rests_on


def _rests_on(frame: pd.DataFrame, kind: str) -> pd.Series[float]:
    """The coded cases behind each rate: by its own column, as ``validate`` counts them, or by ``n``; NaN where none is given."""
    columns = [f"n_{kind}", "n_tool", "n_coders", "n"]
    every = pd.DataFrame({name: _numbers(column, f"rates: {name}") for name, column in frame.reindex(columns=columns).items()})
    if f"n_{kind}" in frame.columns:
        return every[f"n_{kind}"]
    if {"n_tool", "n_coders", "n"} <= set(frame.columns):
        counted = {"precision": every["n_tool"], "specificity": every["n"] - every["n_coders"]}
        return counted.get(kind, every["n_coders"]).rename(f"n_{kind}")
    return every["n"]


def _codes(codes: pd.Series[Any] | pd.DataFrame, measure: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Codes and the chance of being coded, by article id."""
    if isinstance(codes, pd.DataFrame):
        check_frame(codes, "codes")
        if lacking := [column for column in ("article_id", measure) if column not in codes.columns]:
            raise UnknownNameError(f"codes have no column {lacking[0]!r}; columns are {', '.join(map(str, codes.columns))}")
        frame = codes.set_index("article_id")
        coded, chance = frame[measure], frame.get("probability")
    elif isinstance(codes, pd.Series):
        coded, chance = codes, None
    else:
        raise InputError(f"codes must be a Series or DataFrame, got {told(codes)}")
    if coded.index.has_duplicates:
        raise InputError(f"codes must have one row an article, but {coded.index[coded.index.duplicated()][0]!r} stands twice")
    chance = pd.Series(1.0, index=coded.index) if chance is None else _numbers(chance, "codes: probability")
    if not ((chance > 0) & (chance <= 1)).all():
        raise InputError("probability must be above 0 and at most 1")
    known = coded.notna()
    return _numbers(coded[known], "codes"), chance[known]


def _numbers(column: pd.Series[Any], what: str) -> pd.Series[float]:
    try:
        return column.astype(float)
    except (TypeError, ValueError) as wrong:
        raise InputError(f"{what} must be numbers: {wrong}") from wrong
