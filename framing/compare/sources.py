"""Who gets to speak, and how: shares of sources, their naming and diversity, the stance of the cue, one outlet beside another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.choices import NAMINGS, POLITICAL, SOURCE_TYPES, UNNAMED
from framing.compare.bootstrap import Floats, HasTables, divide, limits
from framing.compare.options import Design, Resampling, check_free
from framing.compare.ratios import Grouped, Ratios, grouped, ratios_of, table_of
from framing.errors import check_whole
from framing.measuring.attribution import STANCES
from framing.measuring.attribution.measure import source_name
from framing.measuring.diversity import evenness, rarefied_richness, rarefied_shannon, shannon, simpson


def source_profile(
    tables: HasTables,
    *,
    by: str = "outlet",
    stories: pd.Series[Any] | None = None,
    n_rarefied: int | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """Whom each outlet lets speak: how many sources, of which kinds, in how many words, and how diverse they are.

    Parameters
    ----------
    tables : Tables
    by : str, default "outlet"
        The column of the article table that makes the groups. Articles without a group are left out.
    stories : pandas.Series, optional
        Story by article id. Without it, the column ``story`` is used if there is one. An article without a story is one by itself.
    n_rarefied : int, optional
        Attributions to which groups are brought down before their diversity is compared; by default as many as the smallest has.
    level, n_resamples, seed
        As in :func:`framing.compare_outlets`.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted; the index is called as ``by`` says. Columns:

        - ``n_articles``, ``n_stories``, ``n_words`` (of the bodies), ``n_attributions``, ``n_sources``: different sources. A name is one
          source in all of a group's articles; words without a name ("residents") are one in each article.
        - ``share_<kind>``: attributions to this kind of source, of all the group's attributions; ``share_political``: to officials and
          politicians together.
        - ``mean_share_<kind>``: the same share in each article, averaged over articles, so that a long article counts no more than
          a short one. It is what :func:`framing.compare_outlets` compares.
        - ``share_words_<kind>``: words ascribed to this kind of source, of all words that the group ascribes.
        - ``share_unnamed``: attributions whose source the reader does not learn by name, of those that have a source;
          ``share_anonymous``: of the same, those whose name is kept back on purpose. ``mean_share_unnamed`` and
          ``mean_share_anonymous`` are means over articles. :func:`naming_profile` tells all ways of naming, by kind of source.
        - ``share_direct``: attributions quoted directly; ``share_first_official``: articles in which an official speaks first, of those
          in which the kind of the first source is known.
        - ``source_shannon``, ``source_evenness``, ``source_simpson``: diversity of sources over the group's attributions;
          ``source_type_shannon`` and so on: of kinds of source, the unknown left out.
        - ``rarefied_sources``, ``rarefied_shannon``, ``rarefied_type_shannon``: different sources, their entropy and that of kinds among
          ``n_rarefied`` attributions drawn at random; NaN for a group that has fewer.

        Refusals to comment and what stands in the headline are no statements and count nowhere. Shares are from 0 to 1; ``unknown`` is
        a kind of its own, so that shares of one sort, over all kinds, sum to 1. Higher
        diversity means more, or more evenly heard, sources. Shares and the entropy and Simpson of kinds have
        ``<column>_low`` and ``<column>_high``; ``attrs`` holds ``level``, ``n_resamples`` and ``seed``.

    Raises
    ------
    UnknownNameError
        If there is no column ``by``.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    Notes
    -----
    Intervals draw whole stories with replacement, for all groups together, as :func:`framing.compare_outlets` does with
    ``interval="percentile"``, and are missing for the same reasons. For the diversity of kinds, the resampled values are shifted to have
    the estimate as their mean, because a resample tends to hold fewer kinds than the sample. The diversity of single sources has no
    interval: a story drawn twice brings the same names twice, so every resample would look poorer than the sample.

    Entropy and number of sources grow with the number of attributions. Compare outlets by the rarefied columns. Rarefaction draws
    attributions one by one: a source that speaks five times in one article makes an outlet less diverse, as it should.

    References
    ----------
    Bennett (1990), Toward a theory of press-state relations in the United States: shares of officials among the voices in the news.
    Hurlbert (1971), The nonconcept of species diversity: a critique and alternative parameters.
    See also :mod:`framing.measuring.diversity`.

    Examples
    --------
    >>> from framing import Article, analyze_corpus
    >>> pages = [
    ...     Article("h", "“It is safe,” said Karla Voss, the interior minister. Mayor Nadia Orlo said ships would sail.", outlet="Herald"),
    ...     Article("t", "“We heard nothing,” said Maud Tillery, a baker. Residents said the streets were empty.", outlet="Tribune"),
    ... ]
    >>> profile = source_profile(analyze_corpus(pages, engine="rules"))
    >>> profile[["n_sources", "share_official", "share_citizen", "rarefied_sources"]]
             n_sources  share_official  share_citizen  rarefied_sources
    outlet
    Herald           2             1.0            0.0               2.0
    Tribune          2             0.0            1.0               2.0
    """
    resampling = Resampling(level, n_resamples, seed)
    if n_rarefied is not None:
        n_rarefied = check_whole("n_rarefied", n_rarefied, 1)
    data = grouped(tables, Design(by, "attributions", stories=stories))
    articles, rows = data.articles, data.rows
    every, n_words = np.ones((len(rows), 1)), rows[["n_words"]].to_numpy(dtype=float)
    kinds = _indicators(rows["source_type"], SOURCE_TYPES)
    each = np.column_stack([kinds, rows["source_type"].isin(POLITICAL)])
    of_attributions = ratios_of(data, rows, each, every, resampling)
    of_articles = _means(data, [f"share_{kind}" for kind in (*SOURCE_TYPES, "political")], resampling)
    of_words = ratios_of(data, rows, each * n_words, n_words, resampling)
    direct = ratios_of(data, rows, _indicators(rows["form"], ("direct",)), every, resampling)
    columns: dict[str, Any] = {
        "n_articles": np.bincount(articles["group"], minlength=len(data.names)),
        "n_stories": data.numbers("cluster", articles),
        "n_words": data.sums("n_words", articles),
        "n_attributions": np.bincount(rows["group"], minlength=len(data.names)),
    }
    sources = _source_counts(data)
    columns["n_sources"] = [len(counts) for counts in sources]
    for prefix, found in (("share", of_attributions), ("mean_share", of_articles), ("share_words", of_words)):
        for place, kind in enumerate((*SOURCE_TYPES, "political")):
            columns |= found.columns(f"{prefix}_{kind}", place)
    columns |= _unnamed(data, resampling)
    columns |= direct.columns("share_direct", 0) | _means(data, ["first_is_official"], resampling).columns("share_first_official", 0)
    columns |= _diversity([list(counts.values()) for counts in sources], _kind_counts(data, kinds), of_attributions, n_rarefied, resampling)
    frame = pd.DataFrame(columns, index=pd.Index(data.names, name=by, dtype="str"))
    frame.attrs |= resampling.attrs
    return frame


def naming_profile(
    tables: HasTables,
    *,
    by: str = "outlet",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """How each outlet tells its readers who speaks: by name, as a document, without a name, with the name kept back; by kind of source.

    Parameters
    ----------
    tables : Tables
    by, stories, level, n_resamples, seed
        See :func:`source_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a group, kind of source (``source_type``; first ``"all"`` of them together) and ``naming``, for all ways of naming of
        every kind that the group attributes anything to: ``named_person``, ``named_organisation``, ``document``, ``unnamed_person`` and
        ``unnamed_group`` (described, but not named), ``anonymous`` (the name is kept back on purpose), ``unknown`` (left open, such as a
        pronoun or several sources at once). Columns, after these three: n (attributions to sources named so), n_attributions (to sources of
        this kind), share (n of n_attributions, from 0 to 1), low, high (its interval), n_articles (with such a source). ``attrs`` holds
        ``level``, ``n_resamples`` and ``seed``.

    Raises
    ------
    UnknownNameError
        If there is no column ``by``.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    Notes
    -----
    Only attributions that have a source count, and neither refusals nor the headline. Intervals as in :func:`source_profile`. Who somebody
    is and whether the reader learns the name are two questions: an official can be named, described or kept back.

    Examples
    --------
    >>> from framing import Article, analyze_corpus
    >>> page = Article("h", "Mayor Nadia Orlo said ships would sail. Residents said the streets were empty.", outlet="Herald")
    >>> naming_profile(analyze_corpus([page], engine="rules")).query("n > 0")[["outlet", "source_type", "naming", "n", "share"]]
        outlet source_type         naming  n  share
    0   Herald         all   named_person  1    0.5
    4   Herald         all  unnamed_group  1    0.5
    7   Herald    official   named_person  1    1.0
    18  Herald     citizen  unnamed_group  1    1.0
    """
    design, resampling = Design(by, "attributions", stories=stories), Resampling(level, n_resamples, seed)
    check_free(by, ["source_type", "naming", *_NAMING_NUMBERS])
    data = grouped(tables, design)
    rows = data.rows[_have_source(data.rows)]
    named = rows["naming"].where(rows["naming"].isin(NAMINGS), "unknown")
    parts = _by_kind(data, rows.assign(naming=named), "naming", (*NAMINGS, "unknown"), "n_attributions", by, resampling)
    return table_of(parts, [by, "source_type", "naming"], _NAMING_NUMBERS, resampling)


_NAMING_NUMBERS = {"n": "int64", "n_attributions": "int64", **dict.fromkeys(("share", "low", "high"), "float64"), "n_articles": "int64"}


def cue_stances(
    tables: HasTables,
    *,
    by: str = "outlet",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """How each outlet presents what sources say: the stance of the cue ("said", "claimed", "confirmed"), by kind of source.

    Parameters
    ----------
    tables : Tables
    by, stories, level, n_resamples, seed
        See :func:`source_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a group, kind of source (``source_type``; first ``"all"`` of them together) and ``stance``, for all stances of
        every kind that the group attributes anything to. Columns, after these three: n (cues of this stance), n_cues (cues of
        any), share (n of n_cues, from 0 to 1), low, high (its interval), per_1k (n per 1,000 words of the group's bodies), n_articles (with
        such a cue). ``attrs`` holds ``level``, ``n_resamples`` and ``seed``.

    Raises
    ------
    UnknownNameError
        If there is no column ``by``.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    Notes
    -----
    Quotations without a cue have no stance and are not counted. Intervals as in :func:`source_profile`. ``share`` does not depend on
    how much an outlet quotes; ``per_1k`` tells how often a reader meets such a cue.

    Examples
    --------
    >>> from framing import Article, analyze_corpus
    >>> tables = analyze_corpus([Article("h", "Mayor Nadia Orlo said ships would sail.", outlet="Herald")], engine="rules")
    >>> cue_stances(tables).query("n > 0")[["outlet", "source_type", "stance", "n", "n_cues", "share"]]
       outlet source_type   stance  n  n_cues  share
    0  Herald         all  neutral  1       1    1.0
    6  Herald    official  neutral  1       1    1.0
    """
    design, resampling = Design(by, "attributions", stories=stories), Resampling(level, n_resamples, seed)
    check_free(by, ["source_type", "stance", *_STANCE_NUMBERS])
    data = grouped(tables, design)
    rows = data.rows[_has_words(data.rows["cue"])]
    parts = _by_kind(data, rows, "stance", STANCES, "n_cues", by, resampling)
    return table_of(parts, [by, "source_type", "stance"], _STANCE_NUMBERS, resampling)


_STANCE_NUMBERS = {"n": "int64", "n_cues": "int64", **dict.fromkeys(("share", "low", "high", "per_1k"), "float64"), "n_articles": "int64"}


def _by_kind(
    data: Grouped, rows: pd.DataFrame, column: str, values: Sequence[str], whole: str, by: str, resampling: Resampling
) -> list[pd.DataFrame]:
    """Shares of the values of a column, by group, for all kinds of source together and each by itself; ``whole`` is of what they are."""
    n_words, order = data.sums("n_words", data.articles), np.arange(len(data.names))
    parts = []
    for kind in ("all", *SOURCE_TYPES):
        mine = rows if kind == "all" else rows[rows["source_type"] == kind]
        if mine.empty:
            continue
        has, cells = _indicators(mine[column], values), (len(data.names), len(values))
        found = ratios_of(data, mine, has, np.ones((len(mine), 1)), resampling)
        n = np.stack([data.sums("n", mine.assign(n=each)) for each in has.T], axis=1)
        n_articles = np.stack([data.numbers("article_id", mine[each > 0]) for each in has.T], axis=1)
        part = pd.DataFrame(
            {
                by: np.repeat(data.names, len(values)),
                "source_type": kind,
                column: np.tile(values, len(data.names)),
                "n": n.ravel(),
                whole: np.broadcast_to(np.bincount(mine["group"], minlength=len(data.names))[:, None], cells).ravel(),
                "share": found.estimate.ravel(),
                "low": found.low.ravel(),
                "high": found.high.ravel(),
                "per_1k": (1000 * n / n_words[:, None]).ravel(),
                "n_articles": n_articles.ravel(),
                "_order": np.repeat(order, len(values)),
            }
        )
        parts.append(part[part[whole] > 0])
    return parts


def _unnamed(data: Grouped, resampling: Resampling) -> dict[str, Floats]:
    """Columns of sources without a name and of names kept back: of attributions that have a source, and as means over articles."""
    rows = data.rows[_have_source(data.rows)]
    which = np.column_stack([rows["naming"].isin(UNNAMED), rows["naming"] == "anonymous"]).astype(float)
    names = ("share_unnamed", "share_anonymous")
    columns: dict[str, Floats] = {}
    for prefix, found in (
        ("", ratios_of(data, rows, which, np.ones((len(rows), 1)), resampling)),
        ("mean_", _means(data, list(names), resampling)),
    ):
        for place, name in enumerate(names):
            columns |= found.columns(f"{prefix}{name}", place)
    return columns


def _has_words(column: pd.Series[Any]) -> pd.Series[bool]:
    return column.fillna("").astype(str).str.strip() != ""


def _have_source(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which attributions have a source, by its words or by a name from elsewhere."""
    return _has_words(rows["source"]) | _has_words(rows["speaker"])


def _means(data: Grouped, columns: list[str], resampling: Resampling) -> Ratios:
    """Means over the articles of each group of columns of their table, over those that have a value."""
    values = data.articles[columns].to_numpy(dtype=float)
    return ratios_of(data, data.articles, np.nan_to_num(values), (~np.isnan(values)).astype(float), resampling)


def _source_counts(data: Grouped) -> list[Counter[str | tuple[str, str]]]:
    """How often each source speaks, by group: a name is one source in every article, words without a name in their own article."""
    counts = [Counter[str | tuple[str, str]]() for _ in data.names]
    rows = data.rows
    for group, article, speaker, words in zip(rows["group"], rows["article_id"], rows["speaker"], rows["source"], strict=True):
        named = speaker if isinstance(speaker, str) and speaker else None
        name = source_name(named, words)
        if name is not None:
            counts[group][name if named else (article, name)] += 1
    return counts


def _kind_counts(data: Grouped, kinds: Floats) -> list[list[int]]:
    """How often each known kind of source speaks, by group, those that never speak left out."""
    known, group = [kind != "unknown" for kind in SOURCE_TYPES], data.rows["group"].to_numpy()
    sums = (kinds[group == number].sum(axis=0)[known] for number in range(len(data.names)))
    return [[int(n) for n in counts if n] for counts in sums]


def _diversity(
    sources: list[list[int]], kinds: list[list[int]], shares: Ratios, n_rarefied: int | None, resampling: Resampling
) -> dict[str, Any]:
    """Columns of the diversity of sources and of kinds, as they are and rarefied."""
    columns: dict[str, Any] = {}
    limits_of = _type_diversity(shares, resampling.level)
    for name, measure in (("shannon", shannon), ("evenness", evenness), ("simpson", simpson)):
        columns[f"source_{name}"] = [measure(counts) for counts in sources]
        columns[f"source_type_{name}"] = [measure(counts) for counts in kinds]
        columns |= limits_of.get(name, {})
    m = n_rarefied or min((sum(counts) for counts in (*sources, *kinds) if counts), default=0)
    columns["n_rarefied"] = m
    columns["rarefied_sources"] = [rarefied_richness(counts, m) if m else math.nan for counts in sources]
    columns["rarefied_shannon"] = [rarefied_shannon(counts, m) if m else math.nan for counts in sources]
    columns["rarefied_type_shannon"] = [rarefied_shannon(counts, m) if m else math.nan for counts in kinds]
    return columns


def _indicators(column: pd.Series[Any], names: Sequence[str]) -> Floats:
    """One column a name, 1 where the row has it."""
    found: Floats = (column.to_numpy(dtype=object)[:, None] == np.array(names, dtype=object)[None, :]).astype(float)
    return found


def _type_diversity(kinds: Ratios, level: float) -> dict[str, dict[str, Floats]]:
    """Limits of the entropy and of Simpson's diversity of kinds, from the resampled shares of the known kinds."""
    known = [place for place, kind in enumerate(SOURCE_TYPES) if kind != "unknown"]
    n_stories = kinds.n_stories[:, 0]
    both = [kinds.resampled[:, :, known], kinds.estimate[None][:, :, known]]
    shares = [divide(each, np.broadcast_to(each.sum(axis=2, keepdims=True), each.shape)) for each in both]
    found = {}
    for name, measure in (("shannon", _entropies), ("simpson", _simpsons)):
        samples, estimate = (measure(each) for each in shares)
        there = ~np.isnan(samples)
        shift = estimate[0] - divide(np.where(there, samples, 0.0).sum(axis=0), there.sum(axis=0).astype(float))
        low, high = limits(samples + shift, n_stories, level, 1.0)
        column = f"source_type_{name}"
        found[name] = {f"{column}_low": np.maximum(low, 0.0), f"{column}_high": high}
    return found


def _entropies(shares: Floats) -> Floats:
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    summed: Floats = -(shares * logs).sum(axis=2)
    return summed


def _simpsons(shares: Floats) -> Floats:
    summed: Floats = 1 - (shares**2).sum(axis=2)
    return summed
