"""The options that comparisons share, checked once where they enter: what is compared with what, and how stories are drawn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from framing.errors import InputError, as_float, check_choice, check_name, check_names, check_whole, items_of, told

Interval = Literal["t", "percentile", "bca"]
Within = Literal["story"]
Groups = Mapping[str, str] | Mapping[str, Sequence[str]]
Day = str | dt.date | pd.Timestamp

MOST_RESAMPLES = 1_000_000
"""More would fill the memory and tell nothing new."""
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d|$)")
_LABELS = (str, Real, dt.date)  # stories and years are labels too


@dataclass(frozen=True)
class Resampling:
    """How often whole stories (or texts, or units) are drawn with replacement, and which intervals are made of that.

    Options of :func:`framing.compare_outlets`, checked when they are put together: InputError names one that cannot be used.
    """

    level: float = 0.95
    n_resamples: int = 2000
    seed: int = 0
    interval: Interval = "percentile"

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", check_level(self.level))
        object.__setattr__(self, "n_resamples", check_whole("n_resamples", self.n_resamples, 100, MOST_RESAMPLES))
        object.__setattr__(self, "seed", check_whole("seed", self.seed, 0, 2**128 - 1))
        check_choice("interval", self.interval, get_args(Interval))

    @property
    def attrs(self) -> dict[str, Any]:
        """What a table says about its intervals."""
        return {"level": self.level, "n_resamples": self.n_resamples, "seed": self.seed}

    def generator(self, *purpose: int) -> np.random.Generator:
        """A generator for each purpose, so that no figure depends on what else is computed."""
        return np.random.default_rng([self.seed, *purpose])


@dataclass(frozen=True, eq=False)
class Design:
    """What is compared with what.

    Options of :func:`framing.compare_outlets`, checked when they are put together: InputError names one that cannot be used. Of them follow
    ``group_of`` (value of ``by`` to group), ``chosen`` (the groups of ``only``, sorted) and ``day`` (``split_at``); None where not given.
    """

    by: str = "outlet"
    table: str = "articles"
    weight: str | None = None
    groups: Groups | None = None
    only: Sequence[str] | None = None
    split_at: Day | None = None
    paired: bool = False
    share: bool | None = None
    stories: pd.Series[Any] | None = None
    pairwise: bool | None = None
    within: Within | None = None
    group_of: Mapping[str, str] | None = field(init=False)
    chosen: tuple[str, ...] | None = field(init=False)
    day: pd.Timestamp | None = field(init=False)

    @property
    def column(self) -> str:
        """The column of articles that makes the groups."""
        return self.by if self.day is None else "date"

    def __post_init__(self) -> None:
        check_name("by", self.by)
        check_name("table", self.table)
        if self.weight is not None:
            check_name("weight", self.weight)
        check_flag("paired", self.paired)
        if self.within is not None:
            check_choice("within", self.within, get_args(Within))
            if self.paired:
                raise InputError("give paired or within, not both: paired takes two groups within the stories that both report")
            if self.share:
                raise InputError("share=True does not go with within='story': differences from an event's mean are no shares")
        for name in ("share", "pairwise"):
            if getattr(self, name) is not None:
                check_flag(name, getattr(self, name))
        if self.groups is not None and self.split_at is not None:
            raise InputError("give groups or split_at, not both")
        if not (self.stories is None or (isinstance(self.stories, pd.Series) and self.stories.index.nlevels == 1)):
            raise InputError(f"stories must be a Series of stories by article id (as find_stories returns it), got {told(self.stories)}")
        object.__setattr__(self, "group_of", None if self.groups is None else _group_of(self.groups, self.by))
        object.__setattr__(self, "chosen", None if self.only is None else _chosen(self.only))
        object.__setattr__(self, "day", None if self.split_at is None else _day(self.split_at))


def check_level(level: object) -> float:
    """The level as a float; InputError unless intervals can be given at it."""
    number = as_float(level)
    if not 0.5 <= number < 1:
        raise InputError(f"level must be at least 0.5 and below 1, got {told(level)}")
    return number


def check_free(by: str, columns: Iterable[str]) -> None:
    """Raise InputError if ``by`` is the name of another column of the result."""
    if by in columns:
        raise InputError(f"by must not be {by!r}, which is another column of the result; rename the column")


def check_flag(name: str, value: object) -> None:
    """Raise InputError, which names the option, unless its value is True or False."""
    if not isinstance(value, bool | np.bool_):
        raise InputError(f"{name} must be True or False, got {told(value)}")


def _chosen(only: object) -> tuple[str, ...]:
    wanted = [only] if isinstance(only, str) else check_names("only", only, _LABELS)
    if not wanted:
        raise InputError("only must name one group or more, got none")
    return tuple(sorted({str(name) for name in wanted}))


def _group_of(groups: object, by: str) -> dict[str, str]:
    """The group of each value of ``by``, however the groups were given."""
    accepted = f"groups must map {by} to group, or group to a list of them, got"
    if not isinstance(groups, Mapping) or not groups:
        raise InputError(f"{accepted} {told(groups)}")
    group_of: dict[str, str] = {}
    for key, value in groups.items():
        members = [key] if isinstance(value, str) else items_of(value)
        if members is None or not all(isinstance(one, _LABELS) for one in (key, *members)):
            raise InputError(f"{accepted} {told(value)} for {told(key)}")
        for member in members:
            name = value if isinstance(value, str) else str(key)
            if group_of.setdefault(str(member), name) != name:
                raise InputError(f"{str(member)!r} stands in two groups, {group_of[str(member)]!r} and {name!r}")
    return group_of


def _day(split_at: object) -> pd.Timestamp:
    wrong = f"split_at must be a date such as '2026-03-01', got {told(split_at)}"
    if not (_ISO_DAY.match(split_at) if isinstance(split_at, str) else isinstance(split_at, dt.date)):
        raise InputError(wrong)
    try:
        day = pd.Timestamp(split_at).tz_localize(None)  # type: ignore[arg-type]
    except ValueError as error:
        raise InputError(f"{wrong} ({error})") from error
    if pd.isna(day):
        raise InputError(wrong)
    return day
