"""Differences between outlets with covariates held still: cluster-robust or mixed regression (statsmodels)."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray
from scipy import stats

from framing.compare.bootstrap import Floats, HasTables, Ints
from framing.compare.export import csv_table
from framing.compare.groups import grouped_rows
from framing.compare.options import Design, Groups, Resampling, check_level
from framing.errors import InputError, UnknownNameError, check_choice, check_name, check_names
from framing.text import how_many
from framing.text.escaping import visible
from framing.text.notebook import Bullets, in_notebook

Model = Literal["cluster", "mixed", "logit"]
FEW_CLUSTERS = 10
"""Below this many stories a note warns, whatever the model (Cameron and Miller 2015: "few" is from under 20 to under 50)."""


@dataclass(frozen=True, eq=False)
class Regression:
    """A regression of one measure on the outlet and covariates.

    Attributes
    ----------
    measure, by, reference : str
        ``reference`` is the group that the others are compared with.
    model : {"cluster", "mixed", "logit"}
    coefficients : pandas.DataFrame
        Index ``term`` (``outlet=Lantern``, ``n_words`` ...); columns estimate (unit of the measure, for "logit" log-odds), low, high, se,
        t, df (degrees of freedom; infinite where z is used), p.
    n_rows, n_articles, n_clusters, n_missing : int
        ``n_missing``: rows left out because the measure or a covariate is missing.
    level : float
    method : str
        What was done, in words.
    notes : tuple of str
        What to be careful about.
    """

    measure: str
    by: str
    reference: str
    model: Model
    coefficients: pd.DataFrame
    n_rows: int
    n_articles: int
    n_clusters: int
    n_missing: int
    level: float
    method: str
    notes: tuple[str, ...] = ()

    def methods(self) -> str:
        """The paragraph on methods."""
        import statsmodels

        return f"{self.method} Computed with statsmodels {statsmodels.__version__}. {' '.join(f'{note}.' for note in self.notes)}".strip()

    def to_csv(self, path: str | Path | None = None) -> str:
        """The coefficients as CSV; cells that a spreadsheet would run as formulas get a leading ``'``."""
        return csv_table(self.coefficients.reset_index(), path)

    def __repr__(self) -> str:
        head = f"<Regression of {self.measure} on {self.by} (against {self.reference})>"
        told = "\n".join([self.method, *(f"Note: {note}" for note in self.notes)])
        return visible("\n\n".join([head, self.coefficients.round(4).to_string(), told]))

    def _repr_html_(self) -> str:
        return in_notebook(Markup(self.coefficients.round(4).to_html(escape=True, border=0)), self.method, Bullets(self.notes))


def regress(
    tables: HasTables | pd.DataFrame,
    measure: str,
    *,
    covariates: Sequence[str] = (),
    by: str = "outlet",
    table: str = "articles",
    groups: Groups | None = None,
    reference: str | None = None,
    model: Model = "cluster",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
) -> Regression:
    """Differences of a measure between outlets, with date, length, section or wire copy held still.

    Parameters
    ----------
    tables, measure, by, table, groups, stories
        As in :func:`compare_outlets`.
    covariates : sequence of str
        Columns of the rows or of their articles. Numbers enter as they are, less their mean; dates in days; anything else as one
        indicator a value, against the commonest. ``"wire"`` is 1 for articles with an ``agency``.
    reference : str, optional
        The group that the others are compared with; by default the one with most rows.
    model : {"cluster", "mixed", "logit"}, default "cluster"
        - ``"cluster"``: least squares, errors robust to likeness within stories.
        - ``"mixed"``: a random intercept for each story, by restricted maximum likelihood.
        - ``"logit"``: for shares and 0/1; estimates are log-odds, errors robust to likeness within stories.
    level : float, default 0.95

    Returns
    -------
    Regression

    Raises
    ------
    UnknownNameError
        If a column or group is not there; the message lists those that are.
    InputError
        If there is one group or one story, too few rows, nothing varies, or covariates and outlets cannot be told apart.

    Notes
    -----
    "cluster" uses the small-sample correction CR2 of Bell and McCaffrey with Satterthwaite degrees of freedom (Pustejovsky and Tipton
    2018), which hold their level with few stories; degrees of freedom below 4 are not to be trusted, and a note says so. "mixed" uses z
    and is too sure with few stories. "logit" (Papke and Wooldridge 1996 for shares) uses the correction
    ``G / (G - 1) (N - 1) / (N - K)`` and t with ``G - 1`` degrees of freedom, G being stories.

    References
    ----------
    Bell and McCaffrey (2002), Bias reduction in standard errors for linear regression with multi-stage samples.
    Pustejovsky and Tipton (2018), Small-sample methods for cluster-robust variance estimation and hypothesis testing in fixed effects
    models.
    Papke and Wooldridge (1996), Econometric methods for fractional response variables. Cameron and Miller (2015), A practitioner's guide to
    cluster-robust inference.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> words = rng.integers(200, 900, 60)
    >>> frame = pd.DataFrame({"outlet": ["Herald", "Lantern"] * 30, "story": np.repeat(range(30), 2), "n_words": words})
    >>> frame["polarity"] = .2 * (frame.outlet == "Lantern") + .001 * frame.n_words + rng.normal(0, .001, 60)
    >>> found = regress(frame, "polarity", covariates=["n_words"], reference="Herald")
    >>> found.coefficients.loc[["outlet=Lantern", "n_words"], "estimate"].round(3).tolist()
    [0.2, 0.001]
    """
    check_name("measure", measure)
    check_choice("model", model, get_args(Model))
    if reference is not None:
        check_name("reference", reference)
    wanted, level = dict.fromkeys(check_names("covariates", covariates)), check_level(level)
    rows = grouped_rows(tables, measure, Design(by, table, groups=groups, stories=stories))
    columns = {name: _covariate(rows.frame, name) for name in wanted}
    there = ~np.isnan(np.column_stack([rows.value, *(part for part, _ in columns.values())])).any(axis=1)
    y, labels, cluster = rows.value[there], rows.label[there], pd.factorize(rows.cluster[there])[0].astype(np.int64)
    reference, others = _groups(labels, reference)
    indicators = [((labels == name).astype(float)[:, None], [f"{by}={name}"]) for name in others]
    x, terms = _design(indicators, [(part[there], of) for part, of in columns.values()])
    n_articles, n_clusters, n_missing = len(set(rows.ids[there])), len(np.unique(cluster)), int((~there).sum())
    _check(x, y, terms, n_clusters)
    frame, how, notes = _FITS[model](x, y, cluster, terms, level)
    if n_clusters < FEW_CLUSTERS:
        notes = [f"only {how_many(n_clusters, 'story')}: errors by story need more, and these may be too small", *notes]
    method = (
        f"Regression of {measure} on {by} (against {reference})"
        + (f" and {', '.join(columns)}" if columns else "")
        + f" over {how_many(len(y), 'row')} of {how_many(n_articles, 'article')} in {how_many(n_clusters, 'story')}; "
        + f"{how_many(n_missing, 'row')} with missing values left out; {how}; {level:.0%} intervals."
    )
    return Regression(measure, by, reference, model, frame, len(y), n_articles, n_clusters, n_missing, level, method, tuple(notes))


def _groups(labels: NDArray[np.object_], reference: str | None) -> tuple[str, list[str]]:
    """The group that the others are compared with (by default the one with most rows), and the others."""
    names = sorted(set(labels))
    if len(names) < 2:
        raise InputError(f"a regression needs two groups with complete rows, got {len(names)} ({', '.join(names) or 'none'})")
    if reference is None:
        reference = max(names, key=lambda name: ((labels == name).sum(), name))
    elif reference not in names:
        raise UnknownNameError(f"no group {reference!r} with complete rows; there are {', '.join(names)}")
    return reference, [name for name in names if name != reference]


def _covariate(frame: pd.DataFrame, name: str) -> tuple[Floats, list[str]]:
    """Columns of the design and their names; NaN where missing."""
    if name == "wire" and "wire" not in frame.columns and "agency" in frame.columns:
        wire: Floats = frame["agency"].notna().to_numpy().astype(float)
        return wire[:, None], ["wire"]
    if name not in frame.columns:
        raise UnknownNameError(f"no covariate {name!r}; columns are {', '.join(map(str, frame.columns))}")
    column = frame[name]
    if pd.api.types.is_datetime64_any_dtype(column):
        days = (column - column.min()).dt.total_seconds().to_numpy(dtype=float, na_value=math.nan) / 86400
        return days[:, None], [f"{name} (days)"]
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float, na_value=math.nan)[:, None], [name]
    labels: Any = np.array([str(value) if known else "" for value, known in zip(column, column.notna(), strict=True)], dtype=object)
    missing = column.isna().to_numpy()
    counts = pd.Series(labels[~missing]).value_counts()
    values = sorted(counts.index, key=lambda value: (-counts[value], value))[1:]
    part: Floats = np.zeros((len(labels), max(len(values), 1)))
    for place, value in enumerate(values):
        part[:, place] = labels == value
    part[missing] = math.nan
    return part, [f"{name}={value}" for value in values] or [name]


def _design(indicators: list[tuple[Floats, list[str]]], covariates: list[tuple[Floats, list[str]]]) -> tuple[Floats, list[str]]:
    """The design and the names of its columns: a constant, the groups, and the covariates that vary, less their means."""
    parts = [np.ones((len(indicators[0][0]), 1)), *(part for part, _ in indicators)]
    terms = ["(constant)", *(name for _, of in indicators for name in of)]
    for part, of in covariates:
        kept = np.ptp(part, axis=0) > 0
        parts.append((part - part.mean(axis=0))[:, kept])
        terms += [name for name, keep in zip(of, kept, strict=True) if keep]
    return np.concatenate(parts, axis=1), terms


def _check(x: Floats, y: Floats, terms: list[str], n_clusters: int) -> None:
    if n_clusters < 2:
        raise InputError(f"a regression needs two stories, got {n_clusters}")
    if len(y) <= x.shape[1]:
        raise InputError(f"{how_many(len(y), 'row')} cannot tell {x.shape[1]} coefficients ({', '.join(terms[:8])}); leave covariates out")
    if np.ptp(y) == 0:
        raise InputError(f"the measure is {y[0]:g} in every row, so there is nothing to explain")
    scaled = x / np.maximum(np.abs(x).max(axis=0), 1e-300)
    for width in range(1, x.shape[1] + 1):
        if np.linalg.matrix_rank(scaled[:, :width], tol=1e-9 * len(y) ** 0.5) < width:
            raise InputError(
                f"{terms[width - 1]} follows from {', '.join(terms[: width - 1][:8])}, so that their parts cannot be told apart"
            )


def _table(terms: list[str], estimate: Floats, errors: Floats, freedom: Floats, level: float) -> pd.DataFrame:
    t = np.divide(estimate, errors, out=np.full(len(errors), math.nan), where=errors > 0)
    reach = stats.t.ppf((1 + level) / 2, freedom) * errors
    frame = {"estimate": estimate, "low": estimate - reach, "high": estimate + reach, "se": errors, "t": t, "df": freedom}
    return pd.DataFrame({**frame, "p": 2 * stats.t.sf(np.abs(t), freedom)}, index=pd.Index(terms, name="term", dtype="str"))


def cr2(x: Floats, residuals: Floats, cluster: Ints) -> tuple[Floats, Floats]:
    """Bell and McCaffrey's CR2 covariance of least squares, and Satterthwaite's degrees of freedom of each coefficient."""
    bread = np.linalg.inv(x.T @ x)
    meat = np.zeros((x.shape[1], x.shape[1]))
    adjusted = []
    for number in np.unique(cluster):
        mine = x[cluster == number]
        values, vectors = np.linalg.eigh(np.eye(len(mine)) - mine @ bread @ mine.T)
        root = np.where(values > 1e-10, 1 / np.sqrt(np.maximum(values, 1e-10)), 0.0)
        weighted = (vectors * root) @ (vectors.T @ mine)
        score = weighted.T @ residuals[cluster == number]
        meat += np.outer(score, score)
        adjusted.append((mine, weighted))
    freedom = np.empty(x.shape[1])
    for place in range(x.shape[1]):
        own = [(weighted @ bread[:, place], mine) for mine, weighted in adjusted]
        size = np.array([part @ part for part, _ in own])
        inner = np.stack([mine.T @ part for part, mine in own])
        across = np.einsum("gi,ij,gj->g", inner, bread, inner)
        squared = inner.T @ inner @ bread
        whole = (size**2).sum() - 2 * (size * across).sum() + np.trace(squared @ squared)
        freedom[place] = (size.sum() - across.sum()) ** 2 / whole if whole > 0 else math.nan
    return bread @ meat @ bread, freedom


def _told(caught: Sequence[warnings.WarningMessage]) -> list[str]:
    """What statsmodels warned of, each once, in its first line."""
    return sorted({str(warning.message).split("\n")[0][:160] for warning in caught})


def _fit_cluster(x: Floats, y: Floats, cluster: Ints, terms: list[str], level: float) -> tuple[pd.DataFrame, str, list[str]]:
    from statsmodels.regression.linear_model import OLS

    fit = OLS(y, x).fit()
    covariance, freedom = cr2(x, np.asarray(fit.resid), cluster)
    frame = _table(terms, np.asarray(fit.params), np.sqrt(np.maximum(np.diag(covariance), 0.0)), freedom, level)
    low = [term for term, df in zip(terms, freedom, strict=True) if df < 4 and term != "(constant)"]
    notes = [f"fewer than 4 degrees of freedom for {', '.join(low[:5])}: p and interval are not to be trusted"] if low else []
    how = f"least squares, errors clustered by story (CR2, Satterthwaite degrees of freedom {freedom.min():.1f} to {freedom.max():.1f})"
    return frame, how, notes


def _fit_mixed(x: Floats, y: Floats, cluster: Ints, terms: list[str], level: float) -> tuple[pd.DataFrame, str, list[str]]:
    from statsmodels.regression.mixed_linear_model import MixedLM

    if len(np.unique(cluster)) == len(y):
        raise InputError("a mixed model needs stories with several rows; here every row is a story by itself, use model='cluster'")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit = MixedLM(y, x, groups=cluster).fit(reml=True)
    notes = _told(caught)
    between, within = float(np.asarray(fit.cov_re)[0, 0]), float(fit.scale)
    n = x.shape[1]
    frame = _table(terms, np.asarray(fit.fe_params), np.asarray(fit.bse_fe), np.full(n, math.inf), level)
    if len(np.unique(cluster)) < 30:
        notes.append("z is too sure with fewer than 30 stories; compare model='cluster'")
    how = (
        f"mixed model with a random intercept for each story (restricted maximum likelihood, z), of whose variance {between:.3g} lies "
        f"between stories and {within:.3g} within ({between / (between + within):.0%} between)"
    )
    return frame, how, notes


def _fit_logit(x: Floats, y: Floats, cluster: Ints, terms: list[str], level: float) -> tuple[pd.DataFrame, str, list[str]]:
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    if y.min() < 0 or y.max() > 1:
        raise InputError(f"model 'logit' takes values within 0 to 1, got {y.min():g} to {y.max():g}")
    n_clusters = len(np.unique(cluster))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit = GLM(y, x, family=Binomial()).fit(cov_type="cluster", cov_kwds={"groups": cluster})
    notes = _told(caught)
    estimate, errors = np.asarray(fit.params), np.asarray(fit.bse)
    if (np.abs(estimate) > 15).any():
        notes.append("a group or value has no, or only, such rows: its log-odds have no finite estimate")
    frame = _table(terms, estimate, errors, np.full(len(terms), float(n_clusters - 1)), level)
    return frame, f"binomial model with logit link, errors clustered by story (t with {n_clusters - 1} degrees of freedom)", notes


_FITS = {"cluster": _fit_cluster, "mixed": _fit_mixed, "logit": _fit_logit}
