"""What charts take: checked where it enters, with messages that say what is lacking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.compare import Comparison
from framing.errors import InputError
from framing.plot.lettering import missing
from framing.tables import Tables

Articles = Tables | pd.DataFrame


def articles_of(data: Any, *columns: str) -> pd.DataFrame:
    """The table of articles, with these columns and at least one row."""
    frame = data.articles if isinstance(data, Tables) else data
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"expected Tables or their articles as a DataFrame, got {type(data).__name__}")
    if lacking := [c for c in columns if c not in frame.columns]:
        raise InputError(f"the table has no column {', '.join(lacking)}; it has {', '.join(map(str, frame.columns[:12]))} ...")
    if frame.empty:
        raise InputError("the table has no articles, so there is nothing to draw")
    return frame


def by_outlet(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The articles of each outlet, by sorted name."""
    named = {str(name): part for name, part in frame.groupby("outlet", sort=True) if not missing(name)}
    if not named:
        raise InputError("no article names its outlet, so outlets cannot be drawn; give read_corpus an outlet")
    return named


def result_of(function: str, data: Any, needed: Sequence[str]) -> pd.DataFrame:
    """``data``, if it has the columns of what a function of the library returns."""
    if not isinstance(data, pd.DataFrame):
        raise InputError(f"expected the DataFrame that framing.{function} returns, got {type(data).__name__}")
    if lacking := [c for c in needed if c not in data.columns]:
        raise InputError(f"expected the DataFrame that framing.{function} returns, got a DataFrame without {', '.join(lacking[:3])}")
    return data


def asked_for(wanted: Sequence[str] | str | int, known: Iterable[str]) -> list[str]:
    """The names given, one or several, or so many of the first known."""
    if isinstance(wanted, int):
        return list(known)[: max(wanted, 0)]
    return [wanted] if isinstance(wanted, str) else list(wanted)


def level_of(data: pd.DataFrame) -> float:
    """The level of the intervals of such a table."""
    return float(data.attrs.get("level", 0.95))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean and interval of a group, over n articles."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def known(self) -> bool:
        return math.isfinite(self.mean)


NOT_MEASURED = Estimate(math.nan, math.nan, math.nan, 0)


def estimates_of(comparison: Comparison) -> dict[str, Estimate]:
    """The estimates of a comparison by group."""
    frame = comparison.estimates
    means, lows, highs, counts = (frame[name].to_numpy(dtype=float).tolist() for name in ("mean", "low", "high", "n_articles"))
    lines = zip(map(str, frame.index), means, lows, highs, counts, strict=True)
    return {name: Estimate(mean, low, high, int(n)) for name, mean, low, high, n in lines}


def has_intervals(*comparisons: Comparison) -> bool:
    """Whether any group has an interval that a chart can draw."""
    return any(bool(np.isfinite(c.estimates[["mean", "low", "high"]].to_numpy(dtype=float)).all(axis=1).any()) for c in comparisons)
