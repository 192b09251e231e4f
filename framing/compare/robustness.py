"""Whether a difference hangs on one choice: the same comparison without wire copy, notices, quoted words, long articles, one story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.article import Corpus
from framing.choices import ENGINES, Engine
from framing.compare.bootstrap import HasTables, divide, left_out, row_mean
from framing.compare.comparison import Comparison
from framing.compare.groups import Units, parts_of, read_units, rows_of
from framing.compare.options import Design, Groups, Interval, Resampling
from framing.compare.outlets import compare_units
from framing.errors import FramingError, InputError, check_choice, check_name, check_names
from framing.measuring.notices import find_notices
from framing.tables import Tables, analyze_corpus
from framing.text import blank

LONGEST = 0.9
"""Quantile of length above which articles are left out as the longest."""
MAIN = "all articles"
_WIRE_NOTICES = ("wire_credit", "syndication")


@dataclass(frozen=True)
class _Specification:
    name: str
    tables: Any
    measure: str
    n_left_out: int


def robustness(
    source: Corpus | HasTables | pd.DataFrame,
    measure: str,
    *,
    pair: Sequence[str] | None = None,
    by: str = "outlet",
    table: str = "articles",
    weight: str | None = None,
    groups: Groups | None = None,
    only: Sequence[str] | None = None,
    interval: Interval = "t",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = 1000,
    seed: int = Resampling.seed,
    engine: Engine = "encoder",
) -> pd.DataFrame:
    """The same comparison under other choices that could have been made.

    Parameters
    ----------
    source : Corpus, Tables or pandas.DataFrame
        A Corpus is analyzed, and once more with its notices blanked out; with Tables, articles that carry a notice are left out instead.
    measure, by, table, weight, groups, only, interval, stories, level, n_resamples, seed
        As in :func:`compare_outlets`.
    pair : two str, optional
        Two groups to compare with each other. By default each group with the mean of all, or the one pair of two groups.
    engine : {"encoder", "fast", "rules"}
        For a Corpus: see :func:`framing.analyze`.

    Returns
    -------
    pandas.DataFrame
        One row a specification and comparison, "all articles" first. Columns: specification, measure, a, b, difference, low, high, p,
        change (of the difference against all articles), n_articles, n_stories (the fewer of both groups), n_left_out (articles, or rows of
        ``table``, fewer than in all), holds (the sign is that of all articles; NaN where one cannot be told). A specification for which
        nothing is known (no agency, no notices, no own words), or which leaves a group empty, is not there; ``attrs["not_made"]`` says
        which and why.

    Raises
    ------
    UnknownNameError, InputError
        As :func:`compare_outlets`; also if ``pair`` does not name two groups.

    Notes
    -----
    Specifications: without wire copy (articles with an agency, or a notice of it); without notices; the outlet's own words (the variant
    of the measure that counts them alone, such as ``polarity_own`` or ``hedges_outlet_per_1k``, or the rows whose ``voice`` is "outlet");
    without the longest tenth of articles; and without the story whose absence moves a group's difference most, for each group (of
    ``pair``, if one is named). p is not adjusted: the specifications are no separate findings but one finding seen several ways
    (Simonsohn, Simmons and Nelson 2020).

    References
    ----------
    Simonsohn, Simmons and Nelson (2020), Specification curve analysis.
    Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Increasing transparency through a multiverse analysis.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "outlet": ["Herald", "Lantern"] * 8,
    ...     "story": [story for story in range(8) for _ in range(2)],
    ...     "agency": ["CP", None] * 2 + [None] * 12,
    ...     "share_official": [.5, .2, .6, .4, .7, .1, .5, .3, .6, .3, .8, .2, .4, .3, .7, .2],
    ... })
    >>> robustness(frame, "share_official")[["specification", "difference", "n_left_out"]].round(3)
                                 specification  difference  n_left_out
    0                             all articles       0.350           0
    1                        without wire copy       0.367           2
    2  without story 2 (moves Herald the most)       0.314           2
    """
    check_name("measure", measure)
    check_choice("engine", engine, ENGINES)
    asked = None if pair is None else check_names("pair", pair)
    design, resampling = Design(by, table, weight, groups, only, stories=stories), Resampling(level, n_resamples, seed, interval)
    blanked = None
    if isinstance(source, Corpus):
        source, blanked = _analyzed(source, stories, engine)
    units = read_units(source, [measure], design)
    pair = _pair(asked, units.names)
    design = replace(design, pairwise=pair is not None)
    not_made: dict[str, str] = {}
    parts = []
    main: dict[tuple[str, str], float] = {}
    for made in _specifications(source, blanked, units, pair or units.names, not_made):
        try:
            comparison = compare_units(read_units(made.tables, [made.measure], design), resampling)[0]
        except FramingError as error:
            if made.name == MAIN:
                raise
            not_made[made.name] = str(error)
            continue
        if gone := [name for name in pair or () if name not in comparison.estimates.index]:
            not_made[made.name] = f"no article of {gone[0]} is left"
            continue
        part = _chosen(comparison, pair).assign(specification=made.name, measure=made.measure, n_left_out=made.n_left_out)
        main = main or {(str(r["a"]), str(r["b"])): float(r["difference"]) for r in part.to_dict("records")}
        parts.append(part)
    frame = pd.concat(parts, ignore_index=True)
    base = np.array([main.get((str(a), str(b)), np.nan) for a, b in zip(frame["a"], frame["b"], strict=True)])
    difference = frame["difference"].to_numpy(dtype=float)
    frame["change"] = difference - base
    frame["holds"] = np.where(np.isnan(difference) | np.isnan(base), np.nan, (np.sign(difference) == np.sign(base)).astype(float))
    out: pd.DataFrame = frame[_COLUMNS]
    out.attrs.update(not_made=not_made, level=resampling.level)
    return out


_COLUMNS = ["specification", "measure", "a", "b", "difference", "low", "high", "p", "change"]
_COLUMNS += ["n_articles", "n_stories", "n_left_out", "holds"]


def _analyzed(corpus: Corpus, stories: pd.Series[Any] | None, engine: Engine) -> tuple[Tables, Tables]:
    """Tables of the corpus as it is, and with its notices blanked out."""
    tables = analyze_corpus(corpus, stories=stories, engine=engine)
    pages = [replace(article, text=blank(article.text, [notice.span for notice in find_notices(article)])) for article in corpus]
    found = tables.articles["story"] if stories is None else stories
    return tables, analyze_corpus(Corpus(pages, name=corpus.name), stories=found, engine=engine)


def _pair(asked: Sequence[str] | None, names: Sequence[str]) -> Sequence[str] | None:
    """The two groups to compare with each other; None where each is compared with the mean of all."""
    if asked is None:
        if len(names) < 2:
            raise InputError(f"there is one group only ({names[0]}), so nothing to compare it with")
        return names if len(names) == 2 else None
    if len(asked) != 2 or asked[0] == asked[1]:
        raise InputError(f"pair must name two groups of {', '.join(names)}, got {asked!r}")
    if unknown := [name for name in asked if name not in names]:
        raise InputError(f"no group {unknown[0]!r}; there are {', '.join(names)}")
    return asked


def _chosen(comparison: Comparison, pair: Sequence[str] | None) -> pd.DataFrame:
    """The rows asked for, a before b as in the pair, with the articles of the groups compared."""
    differences, counts = comparison.differences, comparison.estimates["n_articles"]
    if pair is None:
        part = differences[differences["b"] == "all"].copy()
        part["n_articles"] = [int(counts[a]) for a in part["a"]]
        return part
    first, second = pair
    part = differences[differences["a"].isin(pair) & differences["b"].isin(pair)].copy()
    if len(part) and part["a"].iloc[0] != first:
        part[["a", "b"]] = part[["b", "a"]].to_numpy()
        part[["low", "high"]] = -part[["high", "low"]].to_numpy()
        part["difference"] = -part["difference"]
    part["n_articles"] = [int(counts[first] + counts[second])] * len(part)
    return part


def _specifications(source: Any, blanked: Any, units: Units, among: Sequence[str], not_made: dict[str, str]) -> Iterator[_Specification]:
    """Every specification that can be made; the others are written into ``not_made`` with the reason."""
    measure, table = units.measures[0], units.design.table
    yield _Specification(MAIN, source, measure, 0)
    rows, articles = rows_of(source, table)
    about = rows if articles is None else articles
    ids = about["article_id"] if "article_id" in about.columns else about.index.to_series()

    def without(name: str, out: Any, why: str) -> Iterator[_Specification]:
        out = np.asarray(out, dtype=bool)
        if not out.any():
            not_made[name] = why
            return
        kept = _kept(source, set(ids[~out]))
        yield _Specification(name, kept, measure, len(rows) - len(rows_of(kept, table)[0]))

    yield from without("without wire copy", _is_wire(source, about, ids), "no article is known to be wire copy")
    if blanked is not None:
        yield _Specification("notices blanked out", blanked, measure, 0)
    else:
        noted = about["n_notices"].gt(0) if "n_notices" in about.columns else np.zeros(len(about))
        yield from without("without articles that carry notices", noted, "no article is known to carry a notice")
    own = _own_words(source, rows, measure, table)
    if own is None:
        not_made["the outlet's own words"] = f"{measure} has no variant that counts the outlet's own words alone"
    else:
        yield _Specification("the outlet's own words", *own, len(rows) - len(rows_of(own[0], table)[0]))
    if "n_words" in about.columns:
        length = about["n_words"].to_numpy(dtype=float)
        yield from without("without the longest tenth", length > np.nanquantile(length, LONGEST), "articles do not differ in length")
    else:
        not_made["without the longest tenth"] = "articles have no n_words"
    for story, outlet, members in _oddest(units, among):
        yield from without(f"without story {story} (moves {outlet} the most)", ids.isin(members), "no such article")


def _is_wire(source: Any, about: pd.DataFrame, ids: pd.Series[Any]) -> NDArray[np.bool_]:
    """Whether each article is known to be wire copy: it has an agency, or a notice of one."""
    wire = about["agency"].notna().to_numpy() if "agency" in about.columns else np.zeros(len(about), dtype=bool)
    notices = getattr(source, "notices", None)
    if isinstance(notices, pd.DataFrame):
        wire = wire | ids.isin(notices.loc[notices["kind"].isin(_WIRE_NOTICES), "article_id"]).to_numpy()
    return wire


def _kept(source: Any, ids: set[Any]) -> Any:
    """The tables with these articles alone."""
    if isinstance(source, pd.DataFrame):
        return source[source["article_id"].isin(ids)] if "article_id" in source.columns else source[source.index.isin(ids)]
    return SimpleNamespace(**{name: _kept(frame, ids) for name, frame in parts_of(source).items()})


def _own_words(source: Any, rows: pd.DataFrame, measure: str, table: str) -> tuple[Any, str] | None:
    """The tables and the measure that count the outlet's own words alone; None where there are none."""
    if table not in ("articles", "targets") and "voice" in rows.columns:
        own = rows[rows["voice"] == "outlet"]
        if isinstance(source, pd.DataFrame):
            return own, measure
        return SimpleNamespace(**{**parts_of(source), table: own}), measure
    names = [f"{measure}_outlet", f"{measure}_own"]
    if measure.endswith("_per_1k"):
        names.append(f"{measure.removesuffix('_per_1k')}_outlet_per_1k")
    variant = next((name for name in names if name in rows.columns), None)
    return None if variant is None else (source, variant)


def _oddest(units: Units, among: Sequence[str]) -> list[tuple[str, str, list[Any]]]:
    """For each of these groups the story whose absence moves its difference from the mean of all most, with the story's articles."""
    sums, counts = units.by_story(0)
    means, without = divide(sums.sum(axis=0), counts.sum(axis=0)), left_out(sums, counts)
    moved = np.abs((without - row_mean(without)[:, None]) - (means - row_mean(means[None, :])[0]))
    moved = np.round(moved, 12)  # two groups move alike, but for the last digits
    moved[counts == 0] = -1.0  # a group's own story
    found: dict[int, str] = {}
    for group, name in enumerate(units.names):
        if name in among and np.isfinite(moved[:, group]).any() and np.nanmax(moved[:, group]) > 0:
            found.setdefault(int(np.nanargmax(moved[:, group])), name)
    return [(units.stories[story], name, [units.ids[i] for i in np.flatnonzero(units.cluster == story)]) for story, name in found.items()]
