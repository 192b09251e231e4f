"""Everything a report says, as plain data: no markup, no chart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from framing.article import Corpus
from framing.choices import SOURCE_TYPES, UNNAMED
from framing.compare import Comparison, Comparisons, compare_measures, distinctive_words
from framing.compare.ratios import statements_of
from framing.compare.sources import naming_profile
from framing.compare.tones import target_profile
from framing.errors import FramingError
from framing.measuring.stories import central_headline
from framing.plot import describe_measure
from framing.report.findings import caution, find_differences, find_undecided, find_untested, most_important, unknown_kinds
from framing.report.numbers import show_interval, show_number
from framing.tables import Tables
from framing.tables.cards import SECTIONS, cards
from framing.tables.columns import known_columns
from framing.text.escaping import clip, label_of


def summarise(
    corpus: Corpus,
    tables: Tables,
    *,
    title: str | None = None,
    level: float = 0.95,
    n_resamples: int = 10_000,
    max_outlets: int = 12,
    max_stories: int = 60,
    seed: int = 0,
) -> dict[str, Any]:
    """Compare the outlets of a corpus and say what was found.

    Parameters
    ----------
    corpus : Corpus
    tables : Tables
        Of this corpus.
    title : str, optional
    level : float
        Of the intervals.
    n_resamples : int
        Of the bootstrap.
    max_outlets : int
        Outlets compared: those with the most articles.
    max_stories : int
        Stories listed by outlet: those that most outlets reported.
    seed : int

    Returns
    -------
    dict
        ``title``; ``facts`` (counts, dates, who was compared); ``measures`` (those that lead to their sentences); ``comparisons``
        (measure to Comparison); ``findings`` (one dict a clear difference, the largest first); ``first`` (the few to read first);
        ``undecided`` (measures without one, with what would have shown); ``untested`` (measures and outlets with too few stories, with
        how many they have and how many are needed); ``unknown`` (mean share of attributions of unknown kind by outlet); ``failed`` (what
        could not be compared, with the reason); ``overview`` (estimates as rows); ``methods`` (the paragraph that a paper needs);
        ``naming`` (how outlets name their sources, DataFrame, or None where all have a name); ``targets`` (tone toward the names most
        outlets speak of, DataFrame or None); ``words`` (DataFrame or None); ``notices``,
        ``stories``, ``problems`` (lists of rows); ``cards`` (how the measures were made).
    """
    articles = tables.articles
    compared = _compared(articles, max_outlets)
    subset = articles[articles["outlet"].isin(compared)]
    family = _family(subset, level=level, n_resamples=n_resamples, seed=seed) if len(compared) > 1 else None
    comparisons = {comparison.measure: comparison for comparison in family or ()}
    findings = find_differences(comparisons.values())
    unknown = unknown_kinds(subset)
    for finding in findings:
        finding["caution"] = caution(finding, unknown)
    words, failed = _words(corpus, compared)
    targets = _targets(tables, subset, level=level, seed=seed) if family else None
    return {
        "title": title or _title(corpus, articles),
        "facts": _facts(tables, compared),
        "measures": list(dict.fromkeys([*report_measures(articles), *_OF_EVENTS])),
        "comparisons": comparisons,
        "findings": findings,
        "first": most_important(findings),
        "undecided": find_undecided(comparisons.values(), findings),
        "untested": find_untested(comparisons.values(), level=level),
        "unknown": unknown,
        "failed": failed,
        "overview": [_overview_row(measure, comparison, findings) for measure, comparison in comparisons.items()],
        "methods": family.methods() if family else "",
        "naming": _naming(tables, subset, level=level, seed=seed),
        "targets": targets,
        "words": words,
        "notices": _notices(tables.notices),
        "stories": _stories(corpus, tables, max_stories),
        "problems": _problems(tables.problems),
        "cards": cards_of(
            _cards_used(comparisons, topics=any(str(c).startswith("topic_") for c in subset.columns), targets=targets is not None)
        ),
    }


def _title(corpus: Corpus, articles: pd.DataFrame) -> str:
    outlets = sorted(set(articles["outlet"].dropna()))
    if len(outlets) == 1:
        return f"What {outlets[0]} prints"
    return f"How the outlets of “{corpus.name}” differ" if outlets else f"The articles of “{corpus.name}”"


def _compared(articles: pd.DataFrame, max_outlets: int) -> list[str]:
    counts = articles["outlet"].dropna().value_counts()
    ranked = sorted(counts.index, key=lambda name: (-int(counts[name]), str(name)))
    return sorted(str(name) for name in ranked[:max_outlets])


def _facts(tables: Tables, compared: Sequence[str]) -> dict[str, Any]:
    articles = tables.articles
    dates = pd.to_datetime(articles["date"], errors="coerce").dropna()
    reported_by = articles.dropna(subset=["story"]).groupby("story")["outlet"].nunique()
    lost = tables.problems["lost"].astype(bool) if len(tables.problems) else pd.Series(dtype=bool)
    outlets = []
    for name in compared:
        part = articles[articles["outlet"] == name]
        outlets.append(
            {
                "outlet": name,
                "n_articles": len(part),
                "n_stories": int(part["story"].nunique()),
                "n_agency": int(part["agency"].notna().sum()),
                "n_words": int(part["n_words"].sum()),
                **_naming_of(part),
            }
        )
    return {
        "n_articles": len(articles),
        "n_compared": int(articles["outlet"].isin(compared).sum()),
        "outlets": outlets,
        "n_outlets": int(articles["outlet"].nunique()),
        "n_without_outlet": int(articles["outlet"].isna().sum()),
        "first": dates.min().date().isoformat() if len(dates) else None,
        "last": dates.max().date().isoformat() if len(dates) else None,
        "n_without_date": len(articles) - len(dates),
        "n_stories": len(reported_by),
        "n_shared_stories": int((reported_by > 1).sum()),
        "n_words": int(articles["n_words"].sum()),
        **_of_sources(tables),
        "n_notices": len(tables.notices),
        "n_lost": int(lost.sum()),
    }


_NAMING = ("share_unnamed", "share_anonymous", "n_refusals")


def _naming_of(articles: pd.DataFrame) -> dict[str, str]:
    """Means over the articles of an outlet, as they are shown."""
    return {name: show_number(float(articles[name].mean()), describe_measure(name)["unit"]) for name in _NAMING}


def _of_sources(tables: Tables) -> dict[str, int]:
    """How many attributions there are, how many of their sources have no name (described, or kept back), and how many refusals."""
    said = statements_of(tables.attributions)
    naming = said["naming"].value_counts()
    n_anonymous = int(naming.get("anonymous", 0))
    return {
        "n_attributions": len(said),
        "n_described": int(sum(naming.get(way, 0) for way in UNNAMED)) - n_anonymous,
        "n_anonymous": n_anonymous,
        "n_refusals": int(tables.articles["n_refusals"].sum()),
    }


# --- comparisons ---


_CONTEXT = ("notices", "length")  # asked last


def report_measures(articles: pd.DataFrame) -> list[str]:
    """The columns that the report asks about, as far as any of these articles has one above zero."""
    wanted = [column for column in known_columns().values() if column.report]
    wanted.sort(key=lambda column: column.card in _CONTEXT)
    return [c.name for c in wanted if c.name in articles.columns and articles[c.name].fillna(0).ne(0).any()]


_OF_EVENTS = ("polarity_headline", "polarity_own", "polarity_quoted", *(f"share_{kind}" for kind in SOURCE_TYPES), *_NAMING)


def _family(articles: pd.DataFrame, *, level: float, n_resamples: int, seed: int) -> Comparisons | None:
    """All measures of the report, compared as one family; None where there is nothing to compare."""
    measures = report_measures(articles)
    if not measures:
        return None
    pairwise = articles["outlet"].nunique() == 2
    return compare_measures(articles, measures, level=level, n_resamples=n_resamples, seed=seed, pairwise=pairwise)


def _overview_row(measure: str, comparison: Comparison, findings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    about = describe_measure(measure)
    cells = {}
    from_all = comparison.differences[comparison.differences["b"] == "all"].set_index("a")["standardised"].rename(index=str)
    for name, row in comparison.estimates.rename(index=str).iterrows():
        mine = [f["higher"] for f in findings if f["measure"] == measure and f["outlet"] == name]
        mine += [not f["higher"] for f in findings if f["measure"] == measure and f["against"] == name]
        cells[str(name)] = {
            "mean": show_number(float(row["mean"]), about["unit"]),
            "interval": show_interval(float(row["low"]), float(row["high"]), about["unit"]),
            "n": int(row["n_articles"]),
            "from_all": float(from_all.get(str(name), math.nan)),
            "mark": "" if not mine else "higher" if mine[0] else "lower",
        }
    return {"measure": measure, "name": about["name"], "cells": cells}


def _naming(tables: Tables, articles: pd.DataFrame, *, level: float, seed: int) -> pd.DataFrame | None:
    """How these articles' sources are named, by outlet; None where every source has a name."""
    mine = tables.attributions[tables.attributions["article_id"].isin(articles.index)]
    if not statements_of(mine)["naming"].isin(UNNAMED).any():
        return None
    return naming_profile(replace(tables, articles=articles, findings={**tables.findings, "attributions": mine}), level=level, seed=seed)


_TARGETS = 4


def _targets(tables: Tables, articles: pd.DataFrame, *, level: float, seed: int) -> pd.DataFrame | None:
    """How the outlets speak of the people, organisations and groups that most of them name; None where no two name the same."""
    mentions = tables.mentions[tables.mentions["article_id"].isin(articles.index) & (tables.mentions["kind"] != "place")]
    spread = mentions.groupby("target").agg(n_outlets=("outlet", "nunique"), n=("outlet", "size")).reset_index()
    spread = spread[spread["n_outlets"] > 1].sort_values(["n_outlets", "n", "target"], ascending=[False, False, True])
    if spread.empty:
        return None
    named = list(spread["target"].head(_TARGETS))
    return target_profile(
        replace(tables, articles=articles, findings={**tables.findings, "mentions": mentions}), targets=named, level=level, seed=seed
    )


def _words(corpus: Corpus, compared: Sequence[str]) -> tuple[pd.DataFrame | None, list[dict[str, str]]]:
    if len(compared) < 2:
        return None, []
    try:
        words = distinctive_words(corpus.filter(lambda article: article.outlet in compared))
    except FramingError as error:
        return None, [{"name": "Distinctive words", "reason": str(error)}]
    return words, []


# --- rows that lead back to articles ---


def _notices(notices: pd.DataFrame) -> list[dict[str, Any]]:
    """What was printed, by kind and label: which outlets did ("" for articles without one), and in which articles."""
    rows: list[dict[str, Any]] = []
    filled = notices.assign(**{c: notices[c].fillna("").astype(str) for c in ("kind", "label", "subjects", "outlet", "mandated")})
    filled = filled.sort_values(["article_id", "start"], kind="stable")
    for (kind, label), part in filled.groupby(["kind", "label"], sort=True):
        by_outlet = {str(name): list(dict.fromkeys(map(str, some["article_id"]))) for name, some in part.groupby("outlet", sort=True)}
        rows.append(
            {
                "kind": label_of(str(kind)),
                "label": label_of(str(label)),
                "subjects": _counted(name for subjects in part["subjects"] for name in str(subjects).split("; ") if name),
                "words": str(part["words"].iloc[0]),
                "mandated": "; ".join(sorted(set(part["mandated"]) - {""})),
                "articles": by_outlet,
                "n": len(part),
            }
        )
    rows.sort(key=lambda row: (row["kind"] != "legal label", row["kind"], -row["n"], row["label"]))
    return rows


def _counted(names: Iterable[str], most: int = 6) -> str:
    """Names with their counts, the commonest first."""
    counts = Counter(names)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    more = f" and {len(ranked) - most} more" if len(ranked) > most else ""
    return ", ".join(f"{name} ({counts[name]})" for name in ranked[:most]) + more


def _stories(corpus: Corpus, tables: Tables, max_stories: int) -> list[dict[str, Any]]:
    """Stories that at least two outlets reported: who did, with which articles, whom these quote and what is printed around them."""
    tones = {f"{part}_tone": f"polarity_{part}" for part in ("headline", "own", "quoted")}
    frame = tables.articles[["story", "outlet", "date", "headline", "n_words", "n_refusals", *tones.values()]].dropna(
        subset=["story", "outlet"]
    )
    frame = frame.assign(day=pd.to_datetime(frame["date"], errors="coerce"))
    shared = [(story, part) for story, part in frame.groupby("story", sort=True) if part["outlet"].nunique() > 1]
    shared.sort(key=lambda pair: (-pair[1]["outlet"].nunique(), -len(pair[1]), str(pair[1]["day"].min()), str(pair[0])))
    shared = shared[:max_stories]
    ids = {article_id for _, part in shared for article_id in part.index}
    said = statements_of(tables.attributions)
    kinds, naming = (_by_article(said, ids, column) for column in ("source_type", "naming"))
    notices = _by_article(tables.notices, ids, "kind")
    rows: list[dict[str, Any]] = []
    for story, part in shared:
        ordered = part.assign(article=part.index.astype(str)).sort_values(["day", "article"])
        by_outlet: dict[str, list[dict[str, Any]]] = {}
        for article_id, row in ordered.iterrows():
            article = corpus[str(article_id)]
            about = {
                "id": article.id,
                "headline": article.headline,
                "lead": clip(article.words_at(article.spans()[:1]), 320),
                "n_words": int(row["n_words"]),
                "kinds": kinds[article.id].most_common(),
                "n_unnamed": sum(naming[article.id][way] for way in UNNAMED),
                "n_anonymous": naming[article.id]["anonymous"],
                "n_refusals": int(row["n_refusals"]),
                "notices": notices[article.id].most_common(),
                **{name: show_number(float(row[column]), "polarity") for name, column in tones.items()},
            }
            by_outlet.setdefault(str(row["outlet"]), []).append(about)
        first = ordered["day"].min()
        by_outlet = {name: by_outlet[name] for name in sorted(by_outlet)}
        rows.append(
            {
                "story": str(story),
                "name": central_headline(ordered["headline"]) or str(story),
                "first": None if pd.isna(first) else first.date().isoformat(),
                "articles": by_outlet,
                "n": len(part),
            }
        )
    return sorted(rows, key=lambda row: (row["first"] or "", row["story"]))


def _by_article(table: pd.DataFrame, ids: set[Any], column: str) -> dict[str, Counter[str]]:
    """How often each value of a column stands in the rows of each of these articles; missing ones are passed over."""
    counts: dict[str, Counter[str]] = {str(one): Counter() for one in ids}
    mine = table[table["article_id"].isin(ids) & table[column].notna()]
    for article_id, value in sorted(zip(mine["article_id"].astype(str), mine[column].astype(str), strict=True)):
        counts[article_id][value] += 1
    return counts


def _problems(problems: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "where": str(row["where"]) + ("" if pd.isna(row["line"]) else f":{int(row['line'])}"),
            "reason": str(row["reason"]),
            "lost": bool(row["lost"]),
        }
        for row in problems.sort_values("lost", ascending=False, kind="stable").to_dict("records")
    ]


# --- cards ---

_ALWAYS = ("attribution", "tone", "notices", "stories", "length")  # each article is shown with these


def _cards_used(comparisons: Mapping[str, Comparison], *, topics: bool, targets: bool) -> list[str]:
    used = [describe_measure(measure)["card"] for measure in comparisons]
    used += [
        *_ALWAYS,
        *(["target_tone"] if targets else []),
        *(["topics"] if topics else []),
        *(["comparison"] if comparisons else []),
        "roles",
    ]
    return [name for name in dict.fromkeys(used) if name]


def cards_of(names: Sequence[str]) -> list[dict[str, Any]]:
    """The cards of these measures, as far as they are shipped: title and sections (heading, Markdown text)."""
    every = cards()
    return [
        {"name": name, "title": every["title"][name], "sections": [(head, str(every[column][name])) for head, column in SECTIONS.items()]}
        for name in names
        if name in every.index
    ]
