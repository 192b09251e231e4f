"""What a measure says against what coders say, by code and by outlet."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.coding.codes import Codes
from framing.coding.units import unit_id
from framing.coding.variables import TABLES, UnitKind, Variable
from framing.compare.bootstrap import (
    Floats,
    HasTables,
    Ints,
    check_column,
    check_frame,
    limits,
    redrawn,
    row_mean,
    stories_needed,
    story_keys,
)
from framing.compare.options import Design, Resampling, check_flag, check_free
from framing.errors import InputError, UnknownNameError, told
from framing.text import how_many

MACRO = "(macro)"
"""In the column ``code``: the mean over the codes."""

_SCORES = ("precision", "recall", "f1", "specificity", "prevalence", "share_tool", "bias", "accuracy")
_COUNTS = ("n", "n_coders", "n_tool", "n_both")
_LEFT_OUT = ("n_ties", "n_unmatched", "n_stories")
_ENDS = ("", "_low", "_high")
_COLUMNS = {"variable", "code", *_COUNTS, *(f"{score}{end}" for score in _SCORES for end in _ENDS)}
_COLUMNS |= {"f1_baseline", "accuracy_baseline", "reason", *_LEFT_OUT}


def consensus(codes: Codes) -> pd.DataFrame:
    """What most coders said of each unit.

    Returns
    -------
    pandas.DataFrame
        One row a unit and variable with a code: unit, variable, code (that of more coders than any other; None where several are level),
        n_coders, share (of coders who gave it; of the level ones each), tie (bool), article_id, weight.

    Raises
    ------
    InputError
        If ``codes`` is no Codes.
    """
    if not isinstance(codes, Codes):
        raise InputError(f"expected Codes (see read_codes), got {type(codes).__name__}")
    coded = codes.table[codes.table["state"] == "coded"].sort_values(["variable", "unit", "coder"])
    given: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    about: dict[tuple[str, str], tuple[str, float]] = {}
    columns = (coded[name] for name in ("variable", "unit", "code", "article_id", "weight"))
    for variable, unit, code, article, weight in zip(*columns, strict=True):
        given[variable, unit][code] += 1
        about[variable, unit] = article, weight
    rows = []
    for (variable, unit), counts in given.items():
        (code, most), *others = counts.most_common(2)
        tie = bool(others) and others[0][1] == most
        total = counts.total()
        rows.append((unit, variable, None if tie else code, total, most / total, tie, *about[variable, unit]))
    types = {"unit": "object", "variable": "object", "code": "object", "n_coders": "int64", "share": "float64", "tie": "bool"}
    types |= {"article_id": "object", "weight": "float64"}
    return pd.DataFrame(rows, columns=list(types), dtype=object).astype(types)


def validate(
    tables: HasTables,
    codes: Codes,
    *,
    by: str = "outlet",
    columns: Mapping[str, str] | None = None,
    stories: pd.Series[Any] | None = None,
    weighted: bool = True,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """How often a measure says what most coders say, and whether it errs more for some outlets than for others.

    Parameters
    ----------
    tables : Tables
        What the measures found in the articles that were coded.
    codes : Codes
        Only nominal and ordinal variables with a ``column`` are compared; ``attrs["notes"]`` names the others.
    by : str, default "outlet"
        The column of the article table that makes the groups.
    columns : mapping, optional
        Columns of the table to compare with, by name of the variable; instead of ``Variable.column``.
    stories : pandas.Series, optional
        Story by article id; without it the column ``story``. What is drawn for the intervals.
    weighted : bool, default True
        Count each unit as often as it stands for others in the corpus (``CodingSheet.units.weight``), so that the rows "all" speak of the
        corpus and not of a sample with equal parts. Within an outlet it changes nothing if the sample was drawn by outlet.
    level, n_resamples, seed
        As in :func:`framing.compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row a variable, group (column named as ``by``; first "all") and ``code`` (those of the scale; then "(macro)", the mean over the
        codes that coders or the measure used). Columns:

        - n (units that both answered), n_coders (coders' consensus is this code), n_tool (the measure says so), n_both: unweighted counts;
        - precision, recall, f1, specificity (units that are not this code and not called so; with recall what a correction by Rogan and
          Gladen takes), prevalence (share by coders), share_tool, bias (share_tool less prevalence: **positive where the measure says it
          too often**), accuracy ("(macro)" alone: share of units with the same code), each with ``_low`` and ``_high``;
        - f1_baseline, accuracy_baseline: always the commonest code of these units;
        - n_ties (units left out because coders were level), n_unmatched (because the measure has no answer, or no such unit), n_stories,
          reason (why something is NaN).

    Raises
    ------
    InputError
        If ``tables`` is no Tables, ``codes`` no Codes, an option is out of range, a variable with a threshold is set against a column
        without numbers, or no unit could be compared.
    UnknownNameError
        If there is no column ``by`` or of the measure, or ``columns`` names no variable.

    Notes
    -----
    Coders' consensus is the code of more coders than any other; a single coder's code counts as one. It holds the coders' own errors: look
    at :func:`framing.agreement` first. A precision is NaN where the measure never says the code, a recall where coders never do; F1 is
    then 0 if one of them does, NaN if neither. Units are found by their place in the text, so articles must be the same as when the sheet
    was made.

    Precision and recall of attributions and mentions are about those that the library found. What it missed shows in sentences alone.

    Intervals draw whole stories with replacement (expanded percentiles, see :func:`framing.compare_outlets`), for all groups together.
    They are NaN with fewer than 6 stories (at 95 %) or where resamples do not differ, as with 11 of 11 right; that is no proof of
    perfection.

    References
    ----------
    Grimmer and Stewart (2013), Text as data. van Atteveldt, van der Velden and Boukes (2021), The validity of sentiment analysis. Rogan and
    Gladen (1978), Estimating prevalence from the results of a screening test.
    """
    design, resampling = Design(by, stories=stories), Resampling(level, n_resamples, seed)
    check_free(by, _COLUMNS)
    check_flag("weighted", weighted)
    articles = getattr(tables, "articles", None)
    if not isinstance(articles, pd.DataFrame):
        raise InputError(f"expected Tables (see analyze_corpus), got {type(tables).__name__}")
    check_frame(articles)
    check_column(articles, by)
    agreed = consensus(codes)
    asked = {variable.name: variable for variable in codes.variables}
    chosen = _columns(columns, asked)
    about = _about_articles(articles, design)
    parts, notes = [], []
    for name, variable in asked.items():
        column = chosen.get(name, variable.column)
        if variable.is_number or column is None:
            notes.append(f"{name}: not compared, {'its codes are numbers' if variable.is_number else 'no column answers it'}")
            continue
        answers = _answers(tables, codes.unit, column, variable)
        units = agreed[agreed["variable"] == name].copy()
        units["tool"] = units["unit"].map(answers)
        units = units.join(about, on="article_id")
        n_singles = int((units["n_coders"] == 1).sum())
        if n_singles:
            notes.append(f"{name}: the code of one coder alone stands for the consensus of {how_many(n_singles, 'unit')}")
        if not weighted:
            units["weight"] = 1.0
        parts.append(_score(variable, units, by, resampling))
    if not parts or not sum(part["n"].sum() for part in parts):
        gone = "none of the coded units is in the tables (other articles, another engine, or texts that changed?)"
        reason = gone if parts else "; ".join(notes)
        raise InputError(f"no unit could be compared: {reason}")
    frame = pd.concat(parts, ignore_index=True)
    frame.attrs |= {**resampling.attrs, "weighted": weighted, "notes": tuple(notes)}
    return frame


def _columns(columns: object, asked: Mapping[str, Variable]) -> Mapping[str, str]:
    """The columns to compare variables with that were named."""
    if columns is None:
        return {}
    if not isinstance(columns, Mapping) or not all(isinstance(name, str) for pair in columns.items() for name in pair):
        raise InputError(f"columns must map names of variables to names of columns, got {told(columns)}")
    if foreign := sorted(set(columns) - set(asked)):
        raise UnknownNameError(f"columns names the variable {foreign[0]!r}; coded were {', '.join(asked)}")
    return columns


def _about_articles(articles: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Group and story of each article."""
    groups = [None if pd.isna(name) else str(name) for name in articles[design.by]]
    about = {"group": pd.Series(groups, dtype=object).to_numpy(), "cluster": story_keys(articles, design.stories)}
    return pd.DataFrame(about, index=articles.index)


def _answers(tables: HasTables, kind: UnitKind, column: str, variable: Variable) -> dict[str, str | None]:
    """The measure's code of every unit of the tables."""
    table = getattr(tables, TABLES[kind])
    if column not in table.columns:
        raise UnknownNameError(
            f"{variable.name!r}: no column {column!r} in tables.{TABLES[kind]}; there are {', '.join(map(str, table.columns))}"
        )
    if variable.threshold is not None and not pd.api.types.is_numeric_dtype(table[column]):
        raise InputError(f"{variable.name!r} has a threshold, but column {column!r} holds no numbers")
    if kind == "article":
        ids = [unit_id(kind, str(article)) for article in table.index]
    else:
        sources = table["source"] if kind == "attribution" else [""] * len(table)
        ids = [unit_id(kind, *place) for place in zip(table["article_id"], table["start"], table["end"], sources, strict=True)]
    answers: dict[str, str | None] = {}
    for unit, answer in zip(ids, table[column], strict=True):
        answers.setdefault(unit, variable.of_tool(answer))
    return answers


@dataclass(frozen=True)
class _Cells:
    """Sums by code over units, from which all scores come; the first axes are resamples or groups."""

    n: Floats
    coders: Floats
    tool: Floats
    both: Floats

    def scores(self) -> dict[str, Floats]:
        """Scores by code, with one more "code" at the end for the means."""
        n = np.broadcast_to(self.n, self.coders.shape)
        neither = n - self.coders - self.tool + self.both
        by_code = {
            "precision": _quotient(self.both, self.tool),
            "recall": _quotient(self.both, self.coders),
            "f1": _quotient(2 * self.both, self.tool + self.coders),
            "specificity": _quotient(neither, n - self.coders),
            "prevalence": _quotient(self.coders, n),
            "share_tool": _quotient(self.tool, n),
        }
        by_code["bias"] = by_code["share_tool"] - by_code["prevalence"]
        nothing = np.full(self.coders.shape[:-1], math.nan)
        means = {name: row_mean(by_code[name]) if name in ("precision", "recall", "f1", "specificity") else nothing for name in by_code}
        found = {name: np.concatenate([by_code[name], means[name][..., None]], axis=-1) for name in by_code}
        accuracy = np.full(found["f1"].shape, math.nan)
        accuracy[..., -1] = _quotient(self.both.sum(axis=-1), n[..., 0])
        return found | {"accuracy": accuracy}


def _quotient(part: Floats, whole: Floats) -> Floats:
    """Shares of sums of weights; NaN where nothing but a rounding error is left of the whole."""
    found: Floats = np.divide(part, whole, out=np.full(np.shape(part), math.nan), where=whole > 1e-9)
    return found


@dataclass(frozen=True)
class _Sums:
    """Sums over the units of each story, by group ("all" first) and code: what is drawn for the intervals."""

    parts: tuple[Floats, Floats, Floats, Floats]
    n_groups: int

    def cells(self, times: Floats) -> _Cells:
        """Stories drawn ``times``."""
        return _Cells(*((times @ part).reshape(len(times), self.n_groups, -1) for part in self.parts))

    def scores(self, times: Floats) -> Floats:
        """Scores of stories drawn ``times``: resamples x groups x codes (and their mean) x kinds of score."""
        found = self.cells(times).scores()
        return np.stack([found[name] for name in _SCORES], axis=-1)


def _sums(used: pd.DataFrame, values: Sequence[str], member: Floats, stories: Ints, weight: Floats) -> _Sums:
    codes, names = (used[name].to_numpy(dtype=object)[:, None] for name in ("code", "tool")), np.array(values, dtype=object)[None, :]
    coders, tool = (np.asarray(column == names, dtype=float) for column in codes)
    n_stories, n_groups = int(stories.max(initial=-1)) + 1, member.shape[1]

    def summed(columns: Floats) -> Floats:
        each = member[:, :, None] * (columns * weight[:, None])[:, None, :]
        out = np.zeros((n_stories, n_groups * columns.shape[1]))
        np.add.at(out, stories, each.reshape(len(used), out.shape[1]))
        return out

    return _Sums((summed(np.ones((len(used), 1))), summed(coders), summed(tool), summed(coders * tool)), n_groups)


def _score(variable: Variable, units: pd.DataFrame, by: str, resampling: Resampling) -> pd.DataFrame:
    """The rows of one variable."""
    groups = ["all", *sorted(units["group"].dropna().unique())]
    used = units[~units["tie"] & units["tool"].notna() & units["cluster"].notna()]
    member = np.stack([(used["group"] == name).to_numpy() | (name == "all") for name in groups], axis=1).astype(float)
    stories = pd.factorize(used["cluster"].astype(str), sort=True)[0].astype(np.int64)
    n_stories = [len(set(stories[member[:, place] > 0])) for place in range(len(groups))]
    sums = _sums(used, variable.values, member, stories, used["weight"].to_numpy(dtype=float))
    plain = _sums(used, variable.values, member, stories, np.ones(len(used)))
    found = _with_limits(sums, n_stories, resampling)
    rows = []
    for place, name in enumerate(groups):
        mine = units if place == 0 else units[units["group"] == name]
        unmatched = ~mine["tie"] & (mine["tool"].isna() | mine["cluster"].isna())
        left_out = dict(zip(_LEFT_OUT, (int(mine["tie"].sum()), int(unmatched.sum()), n_stories[place]), strict=True))
        n, *counts = (part.sum(axis=0).reshape(len(groups), -1)[place] for part in plain.parts)
        prevalence = found[0, place, :-1, _SCORES.index("prevalence")]
        for number, code in enumerate([*variable.values, MACRO]):
            macro = code == MACRO
            row: dict[str, Any] = {"variable": variable.name, by: name, "code": code, "n": int(n[0])}
            row |= {what: int(part.sum() if macro else part[number]) for what, part in zip(_COUNTS[1:], counts, strict=True)}
            for score, ends in zip(_SCORES, found[:, place, number].T, strict=True):
                row |= {f"{score}{end}": float(value) for end, value in zip(_ENDS, ends, strict=True)}
            row |= _baseline(prevalence, (counts[0] + counts[1]) > 0, number, macro=macro) | left_out
            rows.append(row | {"reason": _reason(row, resampling.level, macro=macro)})
    return pd.DataFrame(rows)


def _with_limits(sums: _Sums, n_stories: Sequence[int], resampling: Resampling) -> Floats:
    """Each score, and its limits, by group, code and kind of score; the first axis is the score, low and high."""
    n_all = len(sums.parts[0])
    scores = sums.scores(np.ones((1, n_all)))
    if not n_all:
        return np.repeat(scores, 3, axis=0)
    samples = redrawn(sums.scores, n_all, resampling.n_resamples, resampling.generator(7))
    each = np.repeat(n_stories, scores[0, 0].size)
    low, high = limits(samples.reshape(len(samples), -1), each, resampling.level, 1.0)
    found = np.concatenate([scores, low.reshape(scores.shape), high.reshape(scores.shape)])
    return np.where(np.isnan(scores), math.nan, found)


def _baseline(prevalence: Floats, ever: NDArray[np.bool_], number: int, *, macro: bool) -> dict[str, float]:
    """Scores of always saying the commonest code."""
    if np.isnan(prevalence).all():
        return {"f1_baseline": math.nan, "accuracy_baseline": math.nan}
    commonest = int(np.nanargmax(prevalence))
    share = float(prevalence[commonest])
    f1 = 2 * share / (1 + share)
    if macro:
        n_codes = int((prevalence > 0).sum())
        return {"f1_baseline": f1 / n_codes, "accuracy_baseline": share}
    there = number == commonest or bool(ever[number])
    return {"f1_baseline": (f1 if number == commonest else 0.0) if there else math.nan, "accuracy_baseline": math.nan}


def _reason(row: Mapping[str, Any], level: float, *, macro: bool) -> str:
    if not row["n"]:
        return "no unit to compare"
    reasons, code, n_stories = [], row["code"], row["n_stories"]
    if not macro and not row["n_coders"]:
        reasons.append(f"coders never said {code!r}: no recall")
    if not macro and not row["n_tool"]:
        reasons.append(f"the measure never said {code!r}: no precision")
    if n_stories < stories_needed(level):
        reasons.append(f"no intervals from fewer than {stories_needed(level)} stories ({n_stories})")
    else:
        flat = [score for score in _SCORES if not math.isnan(row[score]) and math.isnan(row[f"{score}_low"])]
        reasons += [f"no interval of {', '.join(flat)}: resamples do not differ"] if flat else []
    return "; ".join(reasons)
