"""Everything a report says, as plain data: no markup, no chart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from framing.article import Corpus
from framing.attribution import SOURCE_TYPES
from framing.cards import SECTIONS, cards
from framing.compare import Comparison, compare_outlets, distinctive_words, stories_needed
from framing.errors import FramingError
from framing.lexicons import load_table
from framing.plot import describe_measure
from framing.render import label_of
from framing.tables import Tables
from framing.text import how_many

SIGNIFICANT = 0.05


def summarise(
    corpus: Corpus,
    tables: Tables,
    *,
    title: str | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
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
        ``title``; ``facts`` (counts, dates, who was compared); ``comparisons`` (measure to Comparison); ``findings`` (one dict a
        clear difference, by outlet); ``unclear`` (names of measures without one); ``untested`` (measures and outlets with too few
        stories, with how many they have and how many are needed); ``unknown`` (mean share of attributions of unknown kind by outlet);
        ``failed`` (measures that could not be compared, with the reason); ``overview`` (estimates as rows); ``words`` (DataFrame or
        None); ``notices``, ``stories``, ``problems`` (lists of rows); ``cards`` (how the measures were made).
    """
    articles = tables.articles
    compared = _compared(articles, max_outlets)
    subset = articles[articles["outlet"].isin(compared)]
    comparisons, failed = _comparisons(subset, level=level, n_resamples=n_resamples, seed=seed) if len(compared) > 1 else ({}, [])
    findings = find_differences(comparisons.values())
    findings.sort(key=lambda f: (compared.index(f["outlet"]), -abs(f["standardised"]), f["measure"]))
    unknown = _unknown(subset)
    for finding in findings:
        finding["caution"] = _caution(finding, unknown)
    clear = {f["measure"] for f in findings}
    untested = find_untested(comparisons.values(), level=level)
    too_few = {row["measure"] for row in untested["measures"]}
    words, words_problem = _words(corpus, compared)
    return {
        "title": title or _title(corpus, articles),
        "facts": _facts(corpus, tables, compared),
        "comparisons": comparisons,
        "findings": findings,
        "unclear": [describe_measure(m)["name"] for m in comparisons if m not in clear | too_few],
        "untested": untested,
        "unknown": unknown,
        "failed": failed + words_problem,
        "overview": [_overview_row(measure, comparison, findings) for measure, comparison in comparisons.items()],
        "words": words,
        "notices": _notices(tables.notices),
        "stories": _stories(articles, max_stories),
        "problems": _problems(tables.problems),
        "cards": cards_of(_cards_used(comparisons, topics=any(str(c).startswith("topic_") for c in subset.columns))),
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


def _facts(corpus: Corpus, tables: Tables, compared: Sequence[str]) -> dict[str, Any]:
    articles = tables.articles
    dates = pd.to_datetime(articles["date"], errors="coerce").dropna()
    reported_by = articles.dropna(subset=["story", "outlet"]).groupby("story")["outlet"].nunique()
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
        "n_attributions": len(tables.attributions),
        "n_notices": len(tables.notices),
        "n_lost": int(lost.sum()),
        "n_doubts": int((~lost).sum()),
        "name": corpus.name,
    }


# --- comparisons and sentences ---


def _comparisons(
    articles: pd.DataFrame, *, level: float, n_resamples: int, seed: int
) -> tuple[dict[str, Comparison], list[dict[str, str]]]:
    """The measures that the list of measures marks for the report, as far as the articles have them."""
    done: dict[str, Comparison] = {}
    failed = []
    for measure in (row["measure"] for row in load_table("measures") if row["report"]):
        if measure not in articles.columns:
            continue
        values = articles[measure].dropna()
        if values.empty or (values == 0).all():
            continue  # nothing of the kind in any article: said by its absence from the table
        try:
            several = articles["outlet"].nunique() > 2
            done[measure] = compare_outlets(articles, measure, level=level, n_resamples=n_resamples, seed=seed, pairwise=not several)
        except FramingError as error:
            failed.append({"name": describe_measure(measure)["name"], "reason": str(error)})
    return done, failed


def is_clear(row: Mapping[Any, Any]) -> bool:
    """Whether a row of ``Comparison.differences`` tells two groups apart: adjusted p below .05, or without p an interval beside zero."""
    p = float(row["p_adjusted"])
    if math.isfinite(p):
        return p < SIGNIFICANT
    low, high = float(row["low"]), float(row["high"])
    return math.isfinite(low) and math.isfinite(high) and (low > 0 or high < 0)


def _rows(comparison: Comparison) -> pd.DataFrame:
    """Each outlet against the mean of all; with two outlets, the one pair."""
    differences = comparison.differences
    all_of_them = differences["b"] == "all"
    pairs: pd.DataFrame = differences[~all_of_them]
    against_all: pd.DataFrame = differences[all_of_them]
    if len(comparison.estimates) == 2 and len(pairs):
        return pairs
    return against_all if len(against_all) else pairs


def tested_rows(comparison: Comparison) -> pd.DataFrame:
    """The rows, with p blanked where an outlet has too few stories to be tested."""
    rows = _rows(comparison)
    stories = comparison.estimates["n_stories"].rename(index=str)
    fewer = np.minimum(rows["a"].map(stories).to_numpy(dtype=float), rows["b"].map(stories).fillna(math.inf).to_numpy(dtype=float))
    return rows.assign(p=rows["p"].where(fewer >= stories_needed(comparison.level)))


def find_untested(comparisons: Iterable[Comparison], *, level: float) -> dict[str, Any]:
    """Measures in which no outlet, and outlets that in no measure, have as many stories as a test needs.

    Returns
    -------
    dict
        ``needed`` (stories); ``most`` (stories of the outlet and measure that have most); ``measures`` (dicts of measure, name,
        n_stories); ``outlets`` (dicts of outlet, n_stories).
    """
    needed = stories_needed(level)
    outlets: dict[str, int] = {}
    measures = []
    for comparison in comparisons:
        stories = {str(name): int(n) for name, n in comparison.estimates["n_stories"].items()}
        outlets |= {name: max(n, outlets.get(name, 0)) for name, n in stories.items()}
        if max(stories.values(), default=0) < needed:
            name = describe_measure(comparison.measure)["name"]
            measures.append({"measure": comparison.measure, "name": name, "n_stories": max(stories.values(), default=0)})
    few = [{"outlet": name, "n_stories": n} for name, n in outlets.items() if n < needed]
    return {"needed": needed, "most": max(outlets.values(), default=0), "measures": measures, "outlets": few}


_KINDS = frozenset(f"share_{kind}" for kind in SOURCE_TYPES if kind != "unknown")


def _unknown(articles: pd.DataFrame) -> dict[str, float]:
    """Mean share of attributions of unknown kind, by outlet; as for other shares, every article with an attribution counts alike."""
    if "share_unknown" not in articles.columns or articles.empty:
        return {}
    means = articles.groupby("outlet")["share_unknown"].mean().dropna()
    return {str(name): float(mean) for name, mean in means.items()}


def _caution(finding: Mapping[str, Any], unknown: Mapping[str, float]) -> str:
    """What a finding on kinds of source leaves open: how much of them is not known, there and elsewhere."""
    if finding["measure"] not in _KINDS or finding["outlet"] not in unknown:
        return ""
    others = [share for name, share in unknown.items() if name != finding["outlet"]]
    if not others:
        return ""
    mine, rest = unknown[finding["outlet"]], sum(others) / len(others)
    where = "elsewhere" if finding["against"] == "all" else f"in {finding['against']}"
    said = f"Of its attributions {show_number(mine, 'share')} have no known kind, against {show_number(rest, 'share')} {where}"
    return f"{said}; so unequal, they can look like a difference." if abs(mine - rest) >= _UNEQUAL else f"{said}."


_UNEQUAL = 0.1


def find_differences(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """The clear differences among all that these comparisons make, in words and numbers.

    A report asks about many measures at once, so p is adjusted anew, over every row of all of them (Benjamini and Hochberg).
    """
    every = [(comparison, tested_rows(comparison)) for comparison in comparisons]
    p = np.concatenate([rows["p"].to_numpy(dtype=float) for _, rows in every]) if every else np.empty(0)
    known = np.isfinite(p)
    p[known] = stats.false_discovery_control(p[known]) if known.any() else p[known]
    found: list[dict[str, Any]] = []
    at = 0
    for comparison, rows in every:
        found += _findings(comparison, rows.assign(p_adjusted=p[at : at + len(rows)]))
        at += len(rows)
    return found


def _findings(comparison: Comparison, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    about = describe_measure(comparison.measure)
    means = comparison.estimates.rename(index=str)
    for row in rows.to_dict("records"):
        difference = float(row["difference"])
        if not math.isfinite(difference) or difference == 0 or not is_clear(row):
            continue
        first, second = str(row["a"]), str(row["b"])
        mean = float(means["mean"][first])
        rest = "the mean of all outlets" if second == "all" else second
        yield {
            "outlet": first,
            "against": second,
            "measure": comparison.measure,
            "higher": difference > 0,
            "what": about["more"] if difference > 0 else about["less"],
            "difference": difference,
            "standardised": float(row["standardised"]) if math.isfinite(float(row["standardised"])) else 0.0,
            "numbers": (
                f"{show_number(mean, about['unit'])} against {show_number(mean - difference, about['unit'])} in {rest}; "
                f"difference {show_difference(difference, about['unit'])}, {comparison.level * 100:g} % interval "
                f"{_between(float(row['low']), float(row['high']), about['unit'])}; "
                f"{_count(means.at[first, 'n_articles'], 'article')} on {_count(means.at[first, 'n_stories'], 'story')}"
            ),
        }


def _count(n: Any, one: str) -> str:
    if isinstance(n, float) and math.isnan(n):
        return f"an unknown number of {how_many(2, one).removeprefix('2 ')}"
    return how_many(int(n), one)


def show_number(value: float, unit: str) -> str:
    """A value in its unit: 0.412 as ``41 %`` for a share, ``+0.41`` for a polarity; a dash where it could not be measured."""
    if not math.isfinite(value):
        return "–"
    value = 0.0 if abs(value) < 0.005 and unit not in ("share", "count", "words") else value  # no "−0.00"
    if unit == "share":
        shown = f"{value * 100:.0f} %"
    elif unit == "polarity":
        shown = f"{value:+.2f}" if value else "0.00"
    elif unit == "words":
        shown = f"{value:,.0f}"
    elif unit == "count":
        shown = f"{value:.1f}"
    else:
        shown = f"{value:.2f}"
    return shown.replace("-", "−")


def _interval(low: float, high: float, unit: str) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    return f"{show_number(low, unit).removesuffix(' %')} to {show_number(high, unit)}"


def _between(low: float, high: float, unit: str) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return "not known"
    return f"{show_difference(low, unit).removesuffix(' points')} to {show_difference(high, unit)}"


def show_difference(value: float, unit: str) -> str:
    """A difference with its sign; between shares in percentage points."""
    if not math.isfinite(value):
        return "–"
    if unit == "share":
        shown = f"{value * 100:+.0f} points" if abs(value) >= 0.0095 or value == 0 else f"{value * 100:+.1f} points"
    elif unit == "words":
        shown = f"{value:+,.0f}"
    elif unit == "count":
        shown = f"{value:+.1f}"
    else:
        shown = f"{value:+.2f}"
    return shown.replace("-", "−")


def _overview_row(measure: str, comparison: Comparison, findings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    about = describe_measure(measure)
    cells = {}
    for name, row in comparison.estimates.rename(index=str).iterrows():
        found = [f for f in findings if f["measure"] == measure and f["outlet"] == name]
        cells[str(name)] = {
            "mean": show_number(float(row["mean"]), about["unit"]),
            "interval": _interval(float(row["low"]), float(row["high"]), about["unit"]),
            "n": int(row["n_articles"]),
            "mark": "" if not found else "higher" if found[0]["higher"] else "lower",
        }
    return {"measure": measure, "name": about["name"], "cells": cells}


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
    """What was printed, by kind and label: which outlets did, and in which articles."""
    rows: list[dict[str, Any]] = []
    filled = notices.assign(**{c: notices[c].fillna("").astype(str) for c in ("kind", "label", "subjects", "outlet", "mandated")})
    filled = filled.sort_values(["article_id", "start"], kind="stable")
    for (kind, label), part in filled.groupby(["kind", "label"], sort=True):
        by_outlet = {
            str(name): list(dict.fromkeys(str(a) for a in some["article_id"])) for name, some in part.groupby("outlet", sort=True) if name
        }
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


def _stories(articles: pd.DataFrame, max_stories: int) -> list[dict[str, Any]]:
    """Stories that at least two outlets reported: who did, with which articles, and who did not."""
    frame = articles.dropna(subset=["story", "outlet"])
    frame = frame.assign(day=pd.to_datetime(frame["date"], errors="coerce"))
    rows: list[dict[str, Any]] = []
    for story, part in frame.groupby("story", sort=True):
        if part["outlet"].nunique() < 2:
            continue
        ordered = part.assign(article=part.index.astype(str)).sort_values(["day", "article"])
        headlines = [str(h) for h in ordered["headline"] if isinstance(h, str) and h.strip()]
        by_outlet: dict[str, list[dict[str, Any]]] = {}
        for article_id, row in ordered.iterrows():
            tone = float(row["polarity_headline"])
            about = {
                "id": str(article_id),
                "headline": row["headline"] if isinstance(row["headline"], str) else None,
                "n_words": int(row["n_words"]),
                "tone": show_number(tone, "polarity"),
            }
            by_outlet.setdefault(str(row["outlet"]), []).append(about)
        first = ordered["day"].min()
        rows.append(
            {
                "story": str(story),
                "name": headlines[0] if headlines else str(story),
                "first": None if pd.isna(first) else first.date().isoformat(),
                "articles": by_outlet,
                "n": len(part),
            }
        )
    rows.sort(key=lambda row: (-len(row["articles"]), -row["n"], row["first"] or "", row["story"]))
    return sorted(rows[:max_stories], key=lambda row: (row["first"] or "", row["story"]))


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


def _cards_used(comparisons: Mapping[str, Comparison], *, topics: bool) -> list[str]:
    used = [describe_measure(measure)["card"] for measure in comparisons]
    used += [*_ALWAYS, *(["topics"] if topics else []), *(["comparison"] if comparisons else []), "roles"]
    return [name for name in dict.fromkeys(used) if name]


def cards_of(names: Sequence[str]) -> list[dict[str, Any]]:
    """The cards of these measures, as far as they are shipped: title and sections (heading, Markdown text)."""
    every = cards()
    return [
        {"name": name, "title": every["title"][name], "sections": [(head, str(every[column][name])) for head, column in SECTIONS.items()]}
        for name in names
        if name in every.index
    ]
