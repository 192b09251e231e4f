"""What the comparison of outlets found: the differences that survive their tests, and what could have been seen of the others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from framing.choices import SOURCE_TYPES
from framing.compare import Comparison, stories_needed
from framing.compare.export import p_value
from framing.plot import describe_measure
from framing.report.numbers import show_between, show_count, show_difference, show_number, show_size


def is_clear(row: Mapping[Any, Any], alpha: float) -> bool:
    """Whether a row of ``Comparison.differences`` tells two groups apart: adjusted p below alpha, or without p an interval beside zero."""
    p = float(row["p_adjusted"])
    if math.isfinite(p):
        return p < alpha
    low, high = float(row["low"]), float(row["high"])
    return math.isfinite(low) and math.isfinite(high) and (low > 0 or high < 0)


def tested_rows(comparison: Comparison) -> pd.DataFrame:
    """Each outlet against the mean of all (with two outlets, the one pair), where both have as many stories as a test needs."""
    differences = comparison.differences
    against_all = differences["b"] == "all"
    pairs = len(comparison.estimates) == 2 and not against_all.all()
    rows: pd.DataFrame = differences[~against_all if pairs or not against_all.any() else against_all]
    stories = comparison.estimates["n_stories"].rename(index=str)
    enough = {str(name) for name, n in stories.items() if n >= stories_needed(comparison.level)} | {"all"}
    tested: pd.DataFrame = rows[rows["a"].isin(enough) & rows["b"].isin(enough)]
    return tested


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
    measures: list[dict[str, Any]] = []
    short: list[tuple[str, dict[str, int]]] = []
    for comparison in comparisons:
        stories = {str(name): int(n) for name, n in comparison.estimates["n_stories"].items()}
        outlets |= {name: max(n, outlets.get(name, 0)) for name, n in stories.items()}
        if tested_rows(comparison).empty:
            short.append((comparison.measure, stories))
    able = {name for name, n in outlets.items() if n >= needed}
    for measure, stories in short:
        there = [n for name, n in stories.items() if name in able or not able]
        if len(there) > 1 or not able:  # else it is for want of stories of an outlet that is named below
            n_stories = min(there) if len(stories) == 2 else max(there, default=0)
            measures.append({"measure": measure, "name": describe_measure(measure)["name"], "n_stories": n_stories})
    few = [{"outlet": name, "n_stories": n} for name, n in outlets.items() if n < needed]
    return {"needed": needed, "most": max(outlets.values(), default=0), "measures": measures, "outlets": few}


def find_differences(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """The clear differences among all that these comparisons make, the largest in standard deviations first."""
    found = [finding for comparison in comparisons for finding in _differences(comparison)]
    return sorted(found, key=lambda f: (-abs(f["standardised"]), f["outlet"], f["measure"]))


def _differences(comparison: Comparison) -> Iterator[dict[str, Any]]:
    about = describe_measure(comparison.measure)
    unit = about["unit"]
    means = comparison.estimates.rename(index=str)
    for row in tested_rows(comparison).to_dict("records"):
        difference = float(row["difference"])
        if not math.isfinite(difference) or difference == 0 or not is_clear(row, comparison.alpha):
            continue
        if row["b"] != "all" and difference < 0:  # of two, told from the one that has more
            row = {**row, "a": row["b"], "b": row["a"], "low": -row["high"], "high": -row["low"], "standardised": -row["standardised"]}
            difference = -difference
        first = str(row["a"])
        mean = float(means["mean"][first])
        p = float(row["p_adjusted"])
        yield {
            "outlet": first,
            "against": str(row["b"]),
            "measure": comparison.measure,
            "unit": unit,
            "higher": difference > 0,
            "what": about["more"] if difference > 0 else about["less"],
            "standardised": float(row["standardised"]) if math.isfinite(float(row["standardised"])) else 0.0,
            "mean": show_number(mean, unit),
            "rest": show_number(mean - difference, unit),
            "difference": show_difference(difference, unit),
            "interval": show_between(float(row["low"]), float(row["high"]), unit),
            "level": f"{comparison.level * 100:g} %",
            "p": p_value(p) if math.isfinite(p) else "–",
            "n": f"{show_count(means.at[first, 'n_articles'], 'article')} on {show_count(means.at[first, 'n_stories'], 'story')}",
        }


_SAME_QUESTION = {
    "share_political": "share_official",
    "share_words_official": "share_official",
    "first_is_official": "share_official",
    "mean_loaded_outlet": "loaded_outlet_per_1k",
    "news_polarity_outlet": "polarity_own",
    "share_quoted_words": "share_direct",
}


def most_important(findings: Sequence[dict[str, Any]], most: int = 6) -> list[dict[str, Any]]:
    """The few findings to read first: the largest, one a question and outlet, so that no outlet and no question fills the list.

    Parameters
    ----------
    findings : sequence of dict
        As :func:`find_differences` gives them, the largest first.
    most : int
    """
    each = max(2, most // max(1, len({f["outlet"] for f in findings})))
    shown: list[dict[str, Any]] = []
    asked: set[tuple[str, str]] = set()
    of_outlet: Counter[str] = Counter()
    of = {(finding["outlet"], finding["measure"]): finding for finding in findings}
    for finding in findings:
        question = (finding["outlet"], _SAME_QUESTION.get(finding["measure"], finding["measure"]))
        finding = of.get(question, finding)  # the plainest measure of a question, where it is clear too
        if question not in asked and of_outlet[finding["outlet"]] < each:
            asked.add(question)
            of_outlet[finding["outlet"]] += 1
            shown.append(finding)
    return shown[:most]


def find_undecided(comparisons: Iterable[Comparison], findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Measures that were tested and in which no outlet clearly differs, with the difference that would have shown.

    Returns
    -------
    list of dict
        measure; name; ``detectable``: the least true difference that one test, before any adjustment, would find in four of five
        corpora like this one, for the outlet that is known least well; None where there is no standard error.
    """
    clear = {finding["measure"] for finding in findings}
    undecided = []
    for comparison in comparisons:
        rows = tested_rows(comparison)
        if comparison.measure in clear or rows.empty:
            continue
        about = describe_measure(comparison.measure)
        least = float(rows["mdd"].max())
        detectable = show_size(least, about["unit"]) if math.isfinite(least) else None
        undecided.append({"measure": comparison.measure, "name": about["name"], "detectable": detectable})
    return undecided


_KINDS = frozenset(f"share_{of}{kind}" for of in ("", "words_") for kind in (*SOURCE_TYPES, "political") if kind != "unknown")
_UNEQUAL = 0.1


def unknown_kinds(articles: pd.DataFrame) -> dict[str, float]:
    """Mean share of attributions of unknown kind, by outlet; as for other shares, every article with an attribution counts alike."""
    if "share_unknown" not in articles.columns or articles.empty:
        return {}
    means = articles.groupby("outlet")["share_unknown"].mean().dropna()
    return {str(name): float(mean) for name, mean in means.items()}


def caution(finding: Mapping[str, Any], unknown: Mapping[str, float]) -> str:
    """What a finding on kinds of source leaves open where the share of unknown kinds differs much; empty where it does not."""
    others = [share for name, share in unknown.items() if name != finding["outlet"]]
    if finding["measure"] not in _KINDS or finding["outlet"] not in unknown or not others:
        return ""
    mine, rest = unknown[finding["outlet"]], sum(others) / len(others)
    if abs(mine - rest) < _UNEQUAL:
        return ""
    where = "elsewhere" if finding["against"] == "all" else f"in {finding['against']}"
    return (
        f"Of its attributions {show_number(mine, 'share')} have no known kind, against {show_number(rest, 'share')} {where}; "
        "so unequal, they can look like a difference."
    )
