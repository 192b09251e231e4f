"""What is compared: the rows of a table summed up by article, with the group and the story of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.bootstrap import Floats, HasTables, Ints, check_column, check_frame, divide, story_keys, story_labels
from framing.compare.options import Design
from framing.errors import InputError, UnknownNameError
from framing.tables import Tables
from framing.text import how_many

_MIXED = "articles were read with different engines ({}), so that a difference may be one between engines"
_ONE_ROW = {"wording": "wording choice", "targets": "article and target", "rows": "row"}


@dataclass(frozen=True)
class Units:
    """Articles that have a group, ordered by story and id, with the sums of their rows; one column a measure.

    ``total / weight`` is an article's value; a weight of 0 says that it has none. ``n_rows`` and ``n_missing`` are rows of the table
    by group and measure, ``n_articles`` articles with a value.
    """

    design: Design
    measures: tuple[str, ...]
    names: list[str]
    group: Ints
    cluster: Ints
    n_clusters: int
    total: Floats
    weight: Floats
    n_rows: Ints
    n_articles: Ints
    n_missing: Ints
    deviation: Floats
    scale: Floats
    is_share: NDArray[np.bool_]
    origin: str
    notes: tuple[str, ...]
    ids: tuple[Any, ...]
    stories: tuple[str, ...]
    engines: tuple[str, ...]

    @property
    def one(self) -> str:
        """What a row is called."""
        return _ONE_ROW.get(self.design.table, self.design.table.removesuffix("s"))

    def by_story(self, column: int | None = None) -> tuple[Floats, Floats]:
        """Totals and weights, stories x (groups x measures), or of one measure stories x groups."""
        n_groups = len(self.names)
        cell = self.cluster * n_groups + self.group
        columns = range(len(self.measures)) if column is None else (column,)
        parts = []
        for values in (self.total, self.weight):
            sums = [np.bincount(cell, weights=values[:, m], minlength=self.n_clusters * n_groups) for m in columns]
            parts.append(np.stack(sums, axis=1).reshape(self.n_clusters, n_groups * len(columns)).astype(float))
        return parts[0], parts[1]


def parts_of(tables: HasTables) -> dict[str, pd.DataFrame]:
    """The tables whose rows can be compared, by name: all but that of problems."""
    parts = tables.all() if isinstance(tables, Tables) else getattr(tables, "__dict__", {})
    return {name: part for name, part in parts.items() if isinstance(part, pd.DataFrame) and name != "problems"}


def rows_of(tables: HasTables | pd.DataFrame, table: str) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The rows to compare, and the table of articles where the rows are of another one."""
    if isinstance(tables, pd.DataFrame):
        check_frame(tables)
        if table not in ("articles", "rows"):
            raise InputError(f"table {table!r} needs Tables (see analyze_corpus), got a DataFrame; pass its rows with table='rows'")
        return tables, None
    articles = getattr(tables, "articles", None)
    if not isinstance(articles, pd.DataFrame):
        raise InputError(f"expected Tables (see analyze_corpus) or a DataFrame, got {type(tables).__name__}")
    check_frame(articles)
    if table == "articles":
        return articles, None
    parts = parts_of(tables)
    if table not in parts:
        raise UnknownNameError(f"no table {table!r}; tables are {', '.join(parts)}")
    rows = parts[table]
    check_frame(rows)
    return rows, articles.set_index("article_id") if "article_id" in articles.columns else articles


def read_units(tables: HasTables | pd.DataFrame, measures: Sequence[str], design: Design) -> Units:
    """Read what is to be compared.

    Raises
    ------
    UnknownNameError
        If a table, column, measure or group is not there; the message lists those that are.
    InputError
        If article ids repeat in a table of articles, no article has a group, or an option cannot be used.
    """
    rows, articles = _read_rows(tables, design.table)
    values = np.stack([column_values(rows, measure) for measure in measures], axis=1)
    of_row, ids, about = _articles_of(rows, articles, design.column)
    label, names, notes = _labels(about, design)
    number = {name: place for place, name in enumerate(names)}
    group = np.array([number.get(name, -1) for name in label], dtype=np.int64)

    story, known, origin = story_labels(about, design.stories)
    kept = np.flatnonzero(group >= 0)
    if design.stories is not None and not known[kept].all():
        notes.append(f"{int((~known[kept]).sum())} articles have no story and count as one each")
    kept, cluster, story_names = _in_order(kept, ids, story, known)
    place_of = np.full(len(ids), -1, dtype=np.int64)
    place_of[kept] = np.arange(len(kept))
    rows_place = np.where(of_row >= 0, place_of[of_row], -1)
    engines = tuple(sorted({str(name) for name in about["engine"].iloc[kept].dropna()})) if "engine" in about.columns else ()
    units = Units(
        design=design,
        measures=tuple(measures),
        names=names,
        group=group[kept],
        cluster=cluster,
        n_clusters=len(story_names),
        is_share=np.array([_is_share(measure, values[:, m], design) for m, measure in enumerate(measures)], dtype=bool),
        origin=origin,
        notes=tuple(notes) if len(engines) < 2 else (*notes, _MIXED.format(" and ".join(engines))),
        engines=engines,
        ids=tuple(ids[i] for i in kept.tolist()),
        stories=story_names,
        **_summed(values, _weights(rows, design.weight), rows_place, group[kept], cluster, len(names)),
    )
    return _paired(units) if design.paired else units


def _read_rows(tables: HasTables | pd.DataFrame, table: str) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """As :func:`rows_of`; the articles of plain rows (``table="rows"``) are made of the rows."""
    rows, articles = rows_of(tables, table)
    if table != "articles" and "article_id" not in rows.columns:
        raise InputError(f"rows of articles need a column article_id; columns are {', '.join(map(str, rows.columns))}")
    return rows, _articles_in(rows) if table == "rows" else articles


def _in_order(kept: Ints, ids: pd.Index[Any], story: NDArray[np.object_], known: NDArray[np.bool_]) -> tuple[Ints, Ints, tuple[str, ...]]:
    """The articles ordered by story and id, the number of each one's story, and what the stories are called.

    Never by position: the order of rows must not reach sums or the generator.
    """
    keys = [(not known[i], str(story[i]) if known[i] else str(ids[i]), str(ids[i])) for i in kept.tolist()]
    order = sorted(range(len(kept)), key=keys.__getitem__)
    number = {key: place for place, key in enumerate(dict.fromkeys(keys[place][:2] for place in order))}
    cluster = np.array([number[keys[place][:2]] for place in order], dtype=np.int64)
    return kept[order], cluster, tuple(name for _, name in number)


def column_values(rows: pd.DataFrame, measure: str) -> Floats:
    """A numeric column, or 0 and 1 for ``column=value``; NaN where it was not measured."""
    if measure in rows.columns and pd.api.types.is_numeric_dtype(rows[measure]):
        values = rows[measure].to_numpy(dtype=float, na_value=math.nan)
        return np.where(np.isfinite(values), values, math.nan)
    column, equals, wanted = measure.partition("=")
    if measure not in rows.columns and equals and column in rows.columns:
        there = rows[column].notna().to_numpy()
        labels = rows[column].map(str).to_numpy(dtype=object)
        if wanted not in set(labels[there]):
            known = sorted(set(labels[there]))
            more = f" and {len(known) - 20} more" if len(known) > 20 else ""
            raise UnknownNameError(f"no row has {wanted!r} in {column!r}; values are {', '.join(known[:20]) or '(none)'}{more}")
        return np.where(there, (labels == wanted).astype(float), math.nan)
    numeric = [str(c) for c in rows.columns if pd.api.types.is_numeric_dtype(rows[c]) and not pd.api.types.is_bool_dtype(rows[c])]
    what = "is not numeric" if measure in rows.columns else "is not there"
    meant = "" if measure in rows.columns else "".join(f"; did you mean {name!r}?" for name in get_close_matches(measure, numeric, n=1))
    raise UnknownNameError(f"measure {measure!r} {what}{meant or ';'} numeric columns are {', '.join(numeric) or '(none)'}")


def _weights(rows: pd.DataFrame, weight: str | None) -> Floats:
    if weight is None:
        return np.ones(len(rows))
    if weight not in rows.columns or not pd.api.types.is_numeric_dtype(rows[weight]):
        numeric = [str(c) for c in rows.columns if pd.api.types.is_numeric_dtype(rows[c])]
        raise UnknownNameError(f"no numeric column {weight!r} to weigh by; numeric columns are {', '.join(numeric) or '(none)'}")
    weights = rows[weight].to_numpy(dtype=float, na_value=math.nan)
    if (weights < 0).any() or np.isinf(weights).any():
        raise InputError(f"weights must be 0 or more and finite, but {weight!r} holds {weights[(weights < 0) | np.isinf(weights)][0]:g}")
    return np.where(np.isnan(weights), 0.0, weights)


def _articles_of(rows: pd.DataFrame, articles: pd.DataFrame | None, by: str) -> tuple[Ints, pd.Index[Any], pd.DataFrame]:
    """For each row the place of its article (-1: none), the ids of the articles, and what is known about them."""
    about = rows if articles is None else articles
    check_column(about, by)
    ids = pd.Index(about["article_id"]) if "article_id" in about.columns else about.index
    if ids.has_duplicates:
        twice = ids[ids.duplicated()][0]
        hint = "" if articles is not None else "; rows that are parts of articles need table='rows'"
        raise InputError(f"article ids must differ, but {twice!r} stands twice{hint}")
    if articles is None:
        return np.arange(len(rows), dtype=np.int64), ids, rows
    return ids.get_indexer(pd.Index(rows["article_id"])).astype(np.int64), ids, articles


def _articles_in(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an article from rows of a DataFrame: what all rows of every article agree in."""
    grouped = rows.groupby("article_id", sort=True)
    alike = grouped.nunique(dropna=False).le(1).all(axis=0)
    return grouped.first()[[str(column) for column in alike.index[alike]]]


def _labels(about: pd.DataFrame, design: Design) -> tuple[NDArray[np.object_], list[str], list[str]]:
    """The group of each article (None: in none), the sorted groups to compare, and notes on who was left out."""
    by, column = design.column, about[design.column]
    if design.day is None:
        label = np.array([str(name) if there else None for name, there in zip(column, column.notna(), strict=True)], dtype=object)
    else:
        label = _sides(column, design.day)
    n_unknown = sum(name is None for name in label)
    notes: list[str] = []
    if design.group_of is not None:
        label, notes = _grouped(label, design.group_of, by)
    names = sorted({name for name in label if name is not None})
    if not names:
        raise InputError(f"no article has a value in {by!r}, so there are no groups")
    if design.chosen is None:
        return label, names, [*notes, f"{how_many(n_unknown, 'article')} without {by} left out"] if n_unknown else notes
    if unknown := [name for name in design.chosen if name not in names]:
        raise UnknownNameError(f"no group {unknown[0]!r}; there are {', '.join(names)}")
    return label, list(design.chosen), notes


def _grouped(label: NDArray[np.object_], group_of: Mapping[str, str], by: str) -> tuple[NDArray[np.object_], list[str]]:
    """The group that each label belongs to, and a note on the labels that are in none."""
    known = {name for name in label if name is not None}
    if unknown := sorted(set(group_of) - known):
        raise UnknownNameError(f"no article has {by} {unknown[0]!r}; there are {', '.join(sorted(known))}")
    notes = []
    if left_out := sorted(known - set(group_of)):
        n = sum(name in left_out for name in label)
        notes.append(f"{how_many(n, 'article')} of {', '.join(left_out[:5])}{' and more' if len(left_out) > 5 else ''} are in no group")
    return np.array([group_of.get(name) for name in label], dtype=object), notes


def _sides(column: pd.Series[Any], day: pd.Timestamp) -> NDArray[np.object_]:
    """For each article whether it is from before the day or later; None without a date."""
    try:
        dates = pd.to_datetime(column, utc=True).dt.tz_localize(None)
    except (ValueError, TypeError) as error:
        raise InputError(f"split_at needs dates in the column date: {error}") from error
    word = f"{day:%Y-%m-%d}" if day == day.normalize() else str(day)
    label = np.where((dates < day).to_numpy(), f"before {word}", f"from {word}").astype(object)
    label[dates.isna().to_numpy()] = None
    return label


def _summed(values: Floats, weights: Floats, places: Ints, group: Ints, cluster: Ints, n_groups: int) -> dict[str, Any]:
    n_articles, n_measures = len(group), values.shape[1]
    total, weight = np.zeros((n_articles, n_measures)), np.zeros((n_articles, n_measures))
    n_rows, with_value, n_missing = (np.zeros((n_groups, n_measures), dtype=np.int64) for _ in range(3))
    deviation, scale = np.full(n_measures, math.nan), np.zeros(n_measures)
    mine = places >= 0
    at, group_at = places[mine], group[places[mine]]
    for m in range(n_measures):
        value, heavy = values[mine, m], weights[mine]
        good = ~np.isnan(value) & (heavy > 0)
        order = np.lexsort((heavy[good], value[good], at[good]))  # sums must not depend on the order of rows
        here, value, heavy, mine_group = at[good][order], value[good][order], heavy[good][order], group_at[good][order]
        total[:, m] = np.bincount(here, weights=value * heavy, minlength=n_articles)
        weight[:, m] = np.bincount(here, weights=heavy, minlength=n_articles)
        n_rows[:, m] = np.bincount(mine_group, minlength=n_groups)
        with_value[:, m] = np.bincount(group[weight[:, m] > 0], minlength=n_groups)
        n_missing[:, m] = np.bincount(group_at[~good], minlength=n_groups)
        scale[m] = float(np.abs(value).max()) if len(value) else 0.0
        deviation[m] = pooled_deviation(value, mine_group, n_groups)
    return {
        "total": total,
        "weight": weight,
        "n_rows": n_rows,
        "n_articles": with_value,
        "n_missing": n_missing,
        "deviation": deviation,
        "scale": scale,
    }


def pooled_deviation(value: Floats, group: Ints, n_groups: int) -> float:
    """Standard deviation within groups; NaN where nothing varies."""
    counts = np.bincount(group, minlength=n_groups)
    means = divide(np.bincount(group, weights=value, minlength=n_groups).astype(float), counts.astype(float))
    freedom = int(np.maximum(counts - 1, 0).sum())
    if freedom == 0:
        return math.nan
    deviation = math.sqrt(float(((value - means[group]) ** 2).sum()) / freedom)
    return deviation if deviation > 1e-12 * float(np.abs(value).max()) else math.nan


def _is_share(measure: str, values: Floats, design: Design) -> bool:
    """Whether the limits must stay between 0 and 1."""
    there = values[~np.isnan(values)]
    inside = bool(len(there)) and bool((there >= 0).all() and (there <= 1).all())
    if design.share and len(there) and not inside:
        raise InputError(f"{measure} is no share: values run from {there.min():g} to {there.max():g}, not within 0 to 1")
    if design.share is not None:
        return bool(design.share) and inside
    binary = bool(np.isin(there, (0.0, 1.0)).all())
    return inside and (binary or design.weight is not None or measure.startswith("share_"))


def _paired(units: Units) -> Units:
    """Two groups within the stories that both report: one value a group and story, every story counting alike."""
    if len(units.names) != 2:
        raise InputError(f"a paired comparison takes two groups, got {len(units.names)} ({', '.join(units.names[:8])}); choose with only=")
    n_measures, n_clusters = len(units.measures), units.n_clusters
    total, weight = np.zeros((2 * n_clusters, n_measures)), np.zeros((2 * n_clusters, n_measures))
    group, cluster = np.tile(np.arange(2), n_clusters), np.repeat(np.arange(n_clusters), 2)
    n_articles, n_rows = units.n_articles.copy(), units.n_rows.copy()
    deviation = np.full(n_measures, math.nan)
    for m in range(n_measures):
        sums, counts = units.by_story(m)
        shared: NDArray[np.bool_] = np.all(counts > 0, axis=1)
        weight[:, m] = np.repeat(shared.astype(float), 2)
        means = np.where(shared[:, None], divide(sums, counts), 0.0)
        total[:, m] = means.ravel()
        inside = shared[units.cluster] & (units.weight[:, m] > 0)
        n_articles[:, m] = np.bincount(units.group[inside], minlength=2)
        if units.design.table == "articles":
            n_rows[:, m] = n_articles[:, m]
        deviation[m] = pooled_deviation(means[shared].ravel(), np.tile(np.arange(2), int(shared.sum())), 2)
    return replace(
        units,
        group=group.astype(np.int64),
        cluster=cluster.astype(np.int64),
        total=total,
        weight=weight,
        n_rows=n_rows,
        n_articles=n_articles,
        deviation=deviation,
    )


@dataclass(frozen=True)
class Rows:
    """Rows that have a group, with what is known about their articles."""

    frame: pd.DataFrame
    value: Floats
    label: NDArray[np.object_]
    cluster: NDArray[np.object_]
    ids: NDArray[np.object_]


def grouped_rows(tables: HasTables | pd.DataFrame, measure: str, design: Design) -> Rows:
    """Row by row what :func:`read_units` sums up, in an order that does not depend on the order given.

    Raises
    ------
    UnknownNameError, InputError
        As :func:`read_units`.
    """
    rows, articles = _read_rows(tables, design.table)
    value = column_values(rows, measure)
    of_row, ids, about = _articles_of(rows, articles, design.column)
    label, _, _ = _labels(about, design)
    keys = story_keys(about, design.stories)
    mine = np.array([place for place in np.flatnonzero(of_row >= 0) if label[of_row[place]] is not None], dtype=np.int64)
    at = of_row[mine]
    names = np.array([str(name) for name in ids], dtype=object)
    order = sorted(range(len(mine)), key=lambda i: (keys[at[i]], names[at[i]], repr(value[mine[i]])))
    mine, at = mine[order], at[order]
    frame = rows.iloc[mine].reset_index(drop=True)
    if articles is not None:
        extra = articles[[column for column in articles.columns if column not in frame.columns]].iloc[at].reset_index(drop=True)
        frame = pd.concat([frame, extra], axis=1)
    return Rows(frame, value[mine], label[at], keys[at], names[at])
