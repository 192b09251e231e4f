"""How far coders agree: Krippendorff's alpha, per cent agreement, Gwet's AC1 and AC2, and how common each code is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from framing.coding.codes import Codes
from framing.coding.variables import Level, Variable
from framing.compare.bootstrap import Floats, Ints, check_column, divide, limits, redrawn, stories_needed
from framing.compare.options import Resampling
from framing.errors import InputError, check_choice, check_name

Draw = Literal["unit", "article"]

_TYPES = {
    **dict.fromkeys(("variable", "group", "level"), "object"),
    **dict.fromkeys(("alpha", "alpha_low", "alpha_high", "share_agree", "share_agree_low", "share_agree_high"), "float64"),
    **dict.fromkeys(("ac1", "ac1_low", "ac1_high", "ac2", "ac2_low", "ac2_high"), "float64"),
    **dict.fromkeys(("n_coders", "n_units", "n_single", "n_pairable"), "int64"),
    "commonest": "object",
    "share_commonest": "float64",
    "rarest": "object",
    "share_rarest": "float64",
    "reason": "object",
}
_SHARE_TYPES = {"variable": "object", "group": "object", "code": "object", "n": "int64", "share": "float64"}
_SHARE_TYPES |= {"n_units": "int64", "n_agreed": "int64", "specific_agreement": "float64"}


def agreement(
    codes: Codes,
    *,
    by: str | None = None,
    draw: Draw = "unit",
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """How far coders agree, by variable and by group.

    Parameters
    ----------
    codes : Codes
    by : str, optional
        A column of ``codes.table`` that makes groups besides "all", such as "outlet" or "stratum".
    draw : {"unit", "article"}
        What is drawn with replacement for the intervals: single units, or all units of an article together, which is safer where one
        article gives many.
    level, n_resamples, seed
        As in :func:`framing.compare_outlets`; what is drawn is chosen by ``draw``.

    Returns
    -------
    pandas.DataFrame
        One row a variable and ``group`` ("all", then those of ``by``), with

        - ``level``; ``alpha`` (Krippendorff's, at this level: 1 perfect, 0 as by chance, below 0 worse), ``alpha_low``, ``alpha_high``;
        - ``share_agree`` (per cent agreement as a share: of all pairs of coders of a unit, those with the same code, meaned over units);
        - ``ac1`` (Gwet's; nominal and ordinal) and ``ac2`` (ordinal, with ordinal weights), from below 0 to 1; each with ``_low`` and
          ``_high``;
        - n_coders, n_units (with two codes or more), n_single (units with one code, which say nothing of agreement), n_pairable (codes in
          units with two or more);
        - ``commonest``, ``rarest`` (codes, by share; the rarest of those that the scale has, for numbers None), share_commonest,
          share_rarest (of all pairable codes);
        - ``reason``: why a figure or an interval is NaN.

    Raises
    ------
    InputError
        If ``codes`` is no Codes, an option is out of range, or articles are to be drawn and some units have none.
    UnknownNameError
        If ``by`` is no column of ``codes.table``.

    Notes
    -----
    alpha is ``1 - Do / De``: Do the mean squared difference of codes within units, each unit with m codes weighing m, De the same over all
    pairs of pairable codes. Differences: nominal 0 or 1; ordinal the codes between, each counted as often as used, ends by half; interval
    the difference; ratio the difference by the sum. Units with one code are left out.

    Where all pairable codes are the same, ``Do / De`` is 0 / 0: alpha is NaN, and so are AC1 and AC2, whose formula gives 1 there whatever
    coders can tell apart. Per cent agreement is 1 and stands beside the share of the commonest code, which is 1 too.

    AC1 and AC2 are ``(pa - pe) / (1 - pe)`` with ``pe = sum of weights / (q (q - 1)) * sum pi (1 - pi)`` over the q codes of the scale,
    used or not; pi is the mean over units of the share of coders who gave the code, units with one code included. Weights of AC2: 1 less
    the number of pairs of codes from k to l, by the greatest such number. AC1 stays high where one code is common although coders never
    agree on the rare ones: look at :func:`code_shares` for them.

    Intervals draw units (or articles) with replacement and take percentiles at expanded levels, as :func:`framing.compare_outlets` does.
    They are NaN with fewer than 6 units (at 95 %), where no resample differs from another, and where more than ``(1 - level) / 2`` of the
    resamples have no figure, because they hold but one code: the few units with the other code then decide everything.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability. Hayes and Krippendorff (2007), Answering the call for a standard
    reliability measure for coding data (their bootstrap draws pairs, this one units). Gwet (2008), Computing inter-rater reliability and
    its variance in the presence of high agreement. Gwet (2014), Handbook of inter-rater reliability, 4th edition (missing codes, AC2,
    ordinal weights).

    Examples
    --------
    >>> from framing.coding import codes_from_table
    >>> rows = [(c, n, "loaded", code) for c, word in (("ann", "yynnnnnn"), ("ben", "ynnnnnnn")) for n, code in enumerate(word)]
    >>> table = pd.DataFrame(rows, columns=["coder", "unit", "variable", "code"]).replace({"code": {"y": "yes", "n": "no"}})
    >>> agreement(codes_from_table(table, ["loaded"]))[["variable", "alpha", "share_agree", "ac1"]].round(3)
      variable  alpha  share_agree   ac1
    0   loaded  0.615        0.875  0.82
    """
    _check(codes, by)
    check_choice("draw", draw, get_args(Draw))
    resampling = Resampling(level, n_resamples, seed)
    rows = []
    for variable, group, mine in _parts(codes, by):
        counts, values = _counts(mine, variable)
        clusters = mine.drop_duplicates("unit").sort_values("unit")["article_id" if draw == "article" else "unit"]
        if clusters.isna().any():
            raise InputError("some units have no article_id to draw by; use draw='unit'")
        row = agreement_figures(variable, counts, values, pd.factorize(clusters.astype(str))[0].astype(np.int64), resampling)
        rows.append({"variable": variable.name, "group": group, "level": variable.level, "n_coders": mine["coder"].nunique(), **row})
    frame = pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
    frame.attrs |= {**resampling.attrs, "draw": draw}
    return frame


def code_shares(codes: Codes, *, by: str | None = None) -> pd.DataFrame:
    """How common each code is, and how far coders agree on it.

    Parameters
    ----------
    codes : Codes
    by : str, optional
        A column of ``codes.table`` that makes groups besides "all".

    Returns
    -------
    pandas.DataFrame
        One row a variable, ``group`` and ``code`` (all of the scale, used or not; of numbers those used): n (times given), share (of all
        codes given), n_units (in which somebody gave it), n_agreed (of these, units with two codes or more in which all gave it),
        specific_agreement (where one coder of a pair gave the code, how often the other did; 0 to 1; NaN if nobody gave it to a unit with
        two codes).

    Raises
    ------
    InputError
        If ``codes`` is no Codes.
    UnknownNameError
        If ``by`` is no column of ``codes.table``.

    References
    ----------
    Cicchetti and Feinstein (1990), High agreement but low kappa: II (specific agreement).
    """
    _check(codes, by)
    rows = []
    for variable, group, mine in _parts(codes, by):
        counts, values = _counts(mine, variable)
        n_codes = counts.sum(axis=1, keepdims=True)
        paired = counts[n_codes[:, 0] > 1]
        n_paired = paired.sum(axis=1, keepdims=True)
        same, any_pair = (paired * (paired - 1) / (n_paired - 1)).sum(axis=0), paired.sum(axis=0)
        for place, value in enumerate(values):
            given = counts[:, place]
            rows.append(
                {
                    "variable": variable.name,
                    "group": group,
                    "code": value,
                    "n": int(given.sum()),
                    "share": given.sum() / counts.sum() if counts.sum() else math.nan,
                    "n_units": int((given > 0).sum()),
                    "n_agreed": int((paired[:, place] == n_paired[:, 0]).sum()),
                    "specific_agreement": same[place] / any_pair[place] if any_pair[place] else math.nan,
                }
            )
    return pd.DataFrame(rows, columns=list(_SHARE_TYPES)).astype(_SHARE_TYPES)


def alpha(data: Sequence[Sequence[float]] | Floats, level: Level = "nominal") -> float:
    """Krippendorff's alpha of a matrix.

    Parameters
    ----------
    data : array of shape (coders, units)
        Numbers; NaN is missing. For ``nominal`` any numbers will do, for ``ordinal`` their order counts.
    level : {"nominal", "ordinal", "interval", "ratio"}

    Returns
    -------
    float
        1 perfect, 0 as by chance, below 0 worse; NaN where no unit has two codes or all codes are the same.

    Raises
    ------
    InputError
        If ``data`` is no matrix of finite numbers and NaN, ``level`` is unknown, or a ratio scale has numbers below 0.

    Examples
    --------
    >>> round(alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]), 3)
    0.095
    """
    try:
        matrix = np.asarray(data, dtype=float)
    except (TypeError, ValueError, OverflowError) as wrong:
        raise InputError(f"data must be numbers, coders x units: {wrong}") from wrong
    if matrix.ndim != 2:
        raise InputError(f"data must be coders x units, got {matrix.ndim} dimensions")
    if np.isinf(matrix).any():
        raise InputError("data must be finite numbers or NaN, got an infinite one")
    check_choice("level", level, get_args(Level))
    values = np.unique(matrix[~np.isnan(matrix)])
    if level == "ratio" and len(values) and values[0] < 0:
        raise InputError(f"a ratio scale has no numbers below 0, got {values[0]}")
    counts = np.stack([(matrix == value).sum(axis=0) for value in values], axis=1).astype(float) if len(values) else np.zeros((0, 1))
    return float(_Alpha(counts, values, level).of(np.ones((1, len(counts))))[0])


def _check(codes: Codes, by: str | None) -> None:
    if not isinstance(codes, Codes):
        raise InputError(f"expected Codes (see read_codes), got {type(codes).__name__}")
    if by is not None:
        check_name("by", by)
        check_column(codes.table, by)


def _parts(codes: Codes, by: str | None) -> Iterator[tuple[Variable, str, pd.DataFrame]]:
    """The codes of each variable and group."""
    coded = codes.table[codes.table["state"] == "coded"]
    for variable in codes.variables:
        mine = coded[coded["variable"] == variable.name]
        yield variable, "all", mine
        if by is not None:
            for name in sorted(codes.table[by].dropna().astype(str).unique()):
                yield variable, name, mine[mine[by].astype(str) == name]


def _counts(mine: pd.DataFrame, variable: Variable) -> tuple[Floats, list[str]]:
    """How many coders gave each unit (rows, sorted) each value (columns, in order); and the values."""
    values = sorted(mine["code"].unique(), key=float) if variable.is_number else list(variable.values)
    place = {value: number for number, value in enumerate(values)}
    units = {unit: number for number, unit in enumerate(sorted(mine["unit"].unique()))}
    counts = np.zeros((len(units), max(1, len(values))))
    for unit, code in zip(mine["unit"], mine["code"], strict=True):
        counts[units[unit], place[code]] += 1
    return counts, values


class _Alpha:
    """alpha of units drawn ``times``, from counts of values in units."""

    def __init__(self, counts: Floats, values: Sequence[float] | Floats, level: Level) -> None:
        self.level = level
        self.counts = np.where(counts.sum(axis=1, keepdims=True) > 1, counts, 0.0)
        self.n = self.counts.sum(axis=1)
        self.weights = divide(np.ones(len(counts)), self.n - 1)
        self.weights[self.n < 2] = 0.0
        self.squares = _squares(np.asarray(values, dtype=float), level) if len(values) else np.zeros((1, 1))
        self.observed = ((self.counts @ self.squares) * self.counts).sum(axis=1) * self.weights

    def of(self, times: Floats) -> Floats:
        """One alpha for each row of ``times``."""
        totals = times @ self.counts
        n = totals.sum(axis=1)
        if self.level == "ordinal":
            ranks = np.cumsum(totals, axis=1) - totals / 2
            first, second = self.counts @ ranks.T, self.counts @ (ranks**2).T  # units x resamples
            spread = 2 * (self.n[:, None] * second - first**2) * self.weights[:, None]
            observed = np.einsum("bu,ub->b", times, spread)
            expected = 2 * (n * (totals * ranks**2).sum(axis=1) - (totals * ranks).sum(axis=1) ** 2)
        else:
            observed = times @ self.observed
            expected = ((totals @ self.squares) * totals).sum(axis=1)
        expected = np.where((totals > 0).sum(axis=1) > 1, expected, 0.0)  # one value alone: 0, not what rounding left
        found: Floats = 1 - divide(observed * (n - 1), expected)
        return found


def _squares(values: Floats, level: Level) -> Floats:
    """Squared differences between values."""
    one, other = values[:, None], values[None, :]
    if level in ("nominal", "ordinal"):  # those of an ordinal scale depend on how often values are used
        return np.asarray(1 - np.eye(len(values)), dtype=float)
    if level == "interval":
        return np.asarray((one - other) ** 2, dtype=float)
    total = one + other
    ratios: Floats = np.where(total > 0, divide(one - other, total), 0.0) ** 2
    return ratios


class _Gwet:
    """AC1 or AC2 of units drawn ``times``; NaN where one value alone is used."""

    def __init__(self, counts: Floats, weights: Floats) -> None:
        n = counts.sum(axis=1, keepdims=True)
        q = counts.shape[1]
        self.paired = (n[:, 0] > 1).astype(float)
        pairs = (counts * (counts @ weights - 1)).sum(axis=1)
        self.agreed = np.where(n[:, 0] > 1, divide(pairs, (n * (n - 1))[:, 0]), 0.0)
        self.shares = divide(counts, np.broadcast_to(n, counts.shape))
        self.factor = float(weights.sum()) / (q * (q - 1)) if q > 1 else math.nan

    def of(self, times: Floats) -> Floats:
        """One coefficient for each row of ``times``."""
        by_chance = divide(times @ self.shares, np.broadcast_to(times.sum(axis=1, keepdims=True), (len(times), self.shares.shape[1])))
        agreed = divide(times @ self.agreed, times @ self.paired)
        chance = self.factor * (by_chance * (1 - by_chance)).sum(axis=1)
        found: Floats = np.where((by_chance > 0).sum(axis=1) > 1, divide(agreed - chance, 1 - chance), math.nan)
        return found


def ordinal_weights(q: int) -> Floats:
    """Gwet's ordinal weights of q ordered codes: 1 on the diagonal, 0 between the ends.

    Examples
    --------
    >>> ordinal_weights(3).round(3).tolist()
    [[1.0, 0.667, 0.0], [0.667, 1.0, 0.667], [0.0, 0.667, 1.0]]
    """
    apart = np.abs(np.arange(q)[:, None] - np.arange(q)[None, :])
    pairs = apart * (apart + 1) / 2
    return np.asarray(1 - pairs / max(1.0, float(pairs.max())), dtype=float)


@dataclass(frozen=True)
class _Agreed:
    """The share of agreeing pairs, meaned over units drawn ``times``."""

    gwet: _Gwet

    def of(self, times: Floats) -> Floats:
        return divide(times @ self.gwet.agreed, times @ self.gwet.paired)


def agreement_figures(variable: Variable, counts: Floats, values: list[str], clusters: Ints, resampling: Resampling) -> dict[str, Any]:
    """The figures of one row of :func:`agreement`, from how many coders gave each unit (rows) each value (columns).

    ``clusters`` numbers what is drawn with each unit.
    """
    n = counts.sum(axis=1)
    paired = n > 1
    totals = counts[paired].sum(axis=0)
    used = [place for place in range(len(values)) if totals[place] > 0]
    order = sorted(range(len(values)), key=lambda place: (-totals[place], place))
    row: dict[str, Any] = {
        "n_units": int(paired.sum()),
        "n_single": int((n == 1).sum()),
        "n_pairable": int(totals.sum()),
        "commonest": values[order[0]] if used else None,
        "share_commonest": totals[order[0]] / totals.sum() if used else math.nan,
        "rarest": values[order[-1]] if used and not variable.is_number else None,
        "share_rarest": totals[order[-1]] / totals.sum() if used and not variable.is_number else math.nan,
    }
    numbers = [float(value) for value in values] if variable.is_number else [float(place) for place in range(len(values))]
    same = _Gwet(counts, np.eye(counts.shape[1]))
    measures: dict[str, _Alpha | _Gwet | _Agreed] = {"alpha": _Alpha(counts, numbers, variable.level), "share_agree": _Agreed(same)}
    if not variable.is_number:
        measures["ac1"] = same
    if variable.level == "ordinal":
        measures["ac2"] = _Gwet(counts, ordinal_weights(len(values)))
    row |= {f"{name}{end}": math.nan for name in ("alpha", "share_agree", "ac1", "ac2") for end in ("", "_low", "_high")}
    if not paired.any():
        return row | {"reason": "no unit has two codes"}
    every = np.ones((1, len(counts)))
    reasons = []
    for name, measure in measures.items():
        row[name] = float(measure.of(every)[0])
    if len(used) == 1:
        reasons.append(f"all {int(totals.sum())} codes are {values[used[0]]!r}: nothing tells agreement from chance")
    n_clusters = len(set(clusters[paired]))
    if n_clusters < stories_needed(resampling.level):
        reasons.append(f"no intervals from {n_clusters} drawn; {stories_needed(resampling.level)} are needed")
    else:
        reasons += _intervals(row, measures, clusters, n_clusters, resampling)
    return row | {"reason": "; ".join(reasons)}


def _intervals(
    row: dict[str, Any], measures: dict[str, _Alpha | _Gwet | _Agreed], clusters: Ints, n_clusters: int, resampling: Resampling
) -> list[str]:
    """Writes the limits into the row and returns why some are missing."""

    def figures(times: Floats) -> Floats:
        return np.stack([measure.of(times[:, clusters]) for measure in measures.values()], axis=1)

    samples = redrawn(figures, int(clusters.max()) + 1, resampling.n_resamples, resampling.generator(5))
    reasons = []
    for name, mine in zip(measures, samples.T, strict=True):
        if math.isnan(row[name]):
            continue
        without = float(np.isnan(mine).mean())
        if without > (1 - resampling.level) / 2:
            reasons.append(f"no interval of {name}: {without:.0%} of the resamples hold one code alone")
            continue
        low, high = limits(mine[:, None], np.array([n_clusters]), resampling.level, 1.0)
        row[f"{name}_low"], row[f"{name}_high"] = float(low[0]), float(high[0])
        if math.isnan(low[0]):
            reasons.append(f"no interval of {name}: resamples do not differ")
    return reasons
