"""Ratios by group with intervals, and the tables made of them: what profiles of sources and tables of tones share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.compare.bootstrap import Floats, HasTables, Ints, check_column, check_frame, divide, limits, resample, story_labels
from framing.compare.options import Design, Resampling
from framing.errors import InputError


@dataclass(frozen=True)
class Grouped:
    """Articles, and rows of another table, that have a group; each with its numbers of ``group`` and ``cluster`` (story)."""

    names: list[str]
    n_clusters: int
    articles: pd.DataFrame
    rows: pd.DataFrame

    def numbers(self, column: str, rows: pd.DataFrame) -> Ints:
        """How many different values of a column each group has."""
        return rows.groupby("group")[column].nunique().reindex(range(len(self.names)), fill_value=0).to_numpy().astype(np.int64)

    def sums(self, column: str, rows: pd.DataFrame) -> Ints:
        """The sum of a column of counts in each group."""
        return np.bincount(rows["group"], weights=rows[column], minlength=len(self.names)).astype(np.int64)


def statements_of(attributions: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table of attributions that numbers count: without refusals and the headline.

    Raises
    ------
    InputError
        If the table does not tell which these are.
    """
    if missing := [name for name in ("refusal", "headline") if name not in attributions.columns]:
        raise InputError(f"the table of attributions has no column {missing[0]!r}, so what is no statement cannot be left out")
    kept: pd.DataFrame = attributions[~(attributions["refusal"].astype(bool) | attributions["headline"].astype(bool))]
    return kept


def grouped(tables: HasTables, design: Design) -> Grouped:
    """The articles, and the rows of the design's table, that have a value in the articles' column ``by``.

    Of attributions the statements alone, see :func:`statements_of`.

    Raises
    ------
    InputError
        If ``tables`` is no Tables, article ids repeat, no article has a group, or attributions do not tell which are statements.
    UnknownNameError
        If there is no column ``by``.
    """
    by = design.by
    articles, rows = (getattr(tables, name, None) for name in ("articles", design.table))
    if not (isinstance(articles, pd.DataFrame) and isinstance(rows, pd.DataFrame)):
        raise InputError(f"expected Tables (see analyze_corpus), got {type(tables).__name__}")
    for frame in (articles, rows):
        check_frame(frame)
    check_column(articles, by)
    if design.table == "attributions":
        rows = statements_of(rows)
    story, known, _ = story_labels(articles, design.stories)
    labels = articles[by].to_numpy(dtype=object)
    named = articles[by].notna().to_numpy()
    if not named.any():
        raise InputError(f"no article has a value in {by!r}, so there are no groups")
    names = sorted({str(label) for label in labels[named]})
    number = {name: place for place, name in enumerate(names)}
    keys = [(not k, str(s) if k else str(i)) for k, s, i in zip(known, story, articles.index, strict=True)]
    clusters = {key: place for place, key in enumerate(sorted({key for key, kept in zip(keys, named, strict=True) if kept}))}
    mine = articles[named].drop(columns=["group", "cluster"], errors="ignore")
    about = pd.DataFrame(
        {
            "group": [number[str(label)] for label in labels[named]],
            "cluster": [clusters[key] for key, kept in zip(keys, named, strict=True) if kept],
        },
        index=mine.index,
    )
    said = rows[rows["article_id"].isin(mine.index)].drop(columns=["group", "cluster"], errors="ignore")
    return Grouped(names, len(clusters), mine.join(about), said.join(about, on="article_id").astype({"group": "int64", "cluster": "int64"}))


@dataclass(frozen=True)
class Ratios:
    """Ratios by group and column; resampled has one more axis in front."""

    estimate: Floats
    low: Floats
    high: Floats
    resampled: Floats
    n_stories: Ints

    def columns(self, name: str, place: int) -> dict[str, Floats]:
        """One column of the ratios with its limits, by name."""
        return {name: self.estimate[:, place], f"{name}_low": self.low[:, place], f"{name}_high": self.high[:, place]}


def ratios_of(data: Grouped, rows: pd.DataFrame, parts: Floats, wholes: Floats, resampling: Resampling) -> Ratios:
    """Sums of ``parts`` by sums of ``wholes`` (rows x columns, or x 1) in each group, with the intervals of stories drawn anew."""
    n_groups, n_columns = len(data.names), parts.shape[1]
    cells = (rows["cluster"] * n_groups + rows["group"]).to_numpy(dtype=np.int64)
    sums, counts = (np.zeros((data.n_clusters * n_groups, n_columns)) for _ in range(2))
    np.add.at(sums, cells, parts)
    np.add.at(counts, cells, np.broadcast_to(wholes, parts.shape))
    sums, counts = (cell.reshape(data.n_clusters, n_groups * n_columns) for cell in (sums, counts))
    n_stories = (counts > 0).sum(axis=0)
    samples = resample(sums, counts, resampling.n_resamples, resampling.generator(1))
    low, high = limits(samples, n_stories, resampling.level, 1.0)
    shape = (n_groups, n_columns)
    estimate = divide(sums.sum(axis=0), counts.sum(axis=0))
    return Ratios(estimate.reshape(shape), low.reshape(shape), high.reshape(shape), samples.reshape(-1, *shape), n_stories.reshape(shape))


def table_of(parts: Sequence[pd.DataFrame], names: Sequence[str], numbers: Mapping[str, str], resampling: Resampling) -> pd.DataFrame:
    """The parts one below the other, sorted by their column ``_order``; the same columns, of the same types, where there is no part.

    ``names`` are columns of text, ``numbers`` the types of the others.
    """
    types = {**dict.fromkeys(names, "str"), **numbers}
    if parts:
        frame = pd.concat(parts, ignore_index=True).sort_values("_order", kind="stable", ignore_index=True)[list(types)].astype(types)
    else:
        frame = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})
    frame.attrs |= resampling.attrs
    return frame
