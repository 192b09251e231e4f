"""The first screen: how these outlets differ, in sentences with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from framing.report.links import Links
from framing.report.markup import Html, join, tag
from framing.report.tables import table
from framing.text import how_many


def answer(summary: Mapping[str, Any], links: Links) -> Html:
    """The largest clear differences as sentences, then all of them as a table, then what was not told apart."""
    outlets = [row["outlet"] for row in summary["facts"]["outlets"]]
    if len(outlets) < 2:
        only = "no article names its outlet"
        if outlets:
            only = f"only {outlets[0]} was {'read' if summary['facts']['n_outlets'] == 1 else 'to be compared'}"
        return tag("p", f"There is nothing to compare: {only}. A comparison needs articles of at least two outlets.")
    n_measures = len(summary["comparisons"])
    if not n_measures:
        return join([tag("p", "No measure could be compared over these outlets. "), _failed(summary)], "\n")
    untested = summary["untested"]
    n_tested = n_measures - len(untested["measures"])
    if not n_tested:
        return join([*_too_few(summary), _failed(summary)], "\n")
    findings = summary["findings"]
    parts: list[Html | None] = []
    if findings:
        parts.append(tag("ol", *(tag("li", _item(finding, links)) for finding in summary["first"]), class_="answers"))
        if len(findings) > len(summary["first"]):
            shown = f"All {how_many(len(findings), 'clear difference')}, as a table"
            parts.append(tag("details", tag("summary", shown), _all(findings, links), class_="more"))
    else:
        measures = "the one measure" if n_tested == 1 else f"any of {n_tested} measures"
        parts.append(tag("p", f"No clear difference between these outlets was found in {measures}.", class_="lead"))
    parts += [*_quiet(summary, outlets), _undecided(summary, links), _short(summary), _failed(summary), _meaning(summary, n_tested)]
    return join(parts, "\n")


def sentence(finding: Mapping[str, Any]) -> str:
    """Who does what: "Republic Today relies more on officials"."""
    than = "" if finding["against"] == "all" else f" than {finding['against']}"
    return f"{finding['outlet']} {finding['what']}{than}"


def _item(finding: Mapping[str, Any], links: Links) -> Html:
    rest = "the mean of all outlets" if finding["against"] == "all" else finding["against"]
    about = f"{finding['difference']}, {finding['level']} interval {finding['interval']}; {finding['n']}"
    numbers = tag(
        "span",
        links.to_outlet(finding["outlet"], finding["mean"], measure=finding["measure"]),
        f" against {finding['rest']}{_SCALE.get(finding['unit'], '')} in {rest} ",
        tag("span", f"({about})", class_="soft"),
        class_="numbers",
    )
    warning = tag("small", finding["caution"]) if finding["caution"] else None
    return join([tag("strong", sentence(finding), dir="auto"), ": ", numbers, ". ", warning])


_SCALE = {
    "polarity": " (from −1 to +1)",
    "fraction": " (from 0 to 1)",
    "count": " per article",
    "words": " words per article",
    "rate": " per 1,000 words",
}


def _all(findings: Sequence[Mapping[str, Any]], links: Links) -> Html:
    rows = [
        [
            tag("th", finding["outlet"], scope="row", dir="auto"),
            tag("td", f"{finding['what']}{'' if finding['against'] == 'all' else ' than ' + finding['against']}"),
            tag("td", links.to_outlet(finding["outlet"], finding["mean"], measure=finding["measure"]), class_="number"),
            tag("td", finding["rest"], class_="number"),
            tag("td", finding["difference"], tag("small", finding["interval"]), class_="number"),
            tag("td", f"{finding['standardised']:+.2f}".replace("-", "−"), class_="number"),
            tag("td", finding["p"], class_="number"),
            tag("td", finding["n"], class_="number"),
        ]
        for finding in findings
    ]
    level = findings[0]["level"]
    heads = ["Outlet", "What it does", "Mean", "Against", f"Difference, {level} interval", "In standard deviations", "Adjusted p", "Basis"]
    return table("Clear differences, the largest in standard deviations first", heads, rows, n_words=2)


def _too_few(summary: Mapping[str, Any]) -> list[Html]:
    untested = summary["untested"]
    level = 100 * next(iter(summary["comparisons"].values())).level
    return [
        tag("p", f"Too few stories to tell how these outlets differ ({untested['most']} of {untested['needed']} needed).", class_="lead"),
        tag(
            "p",
            f"Articles on one event resemble each other, so chance is told from difference by comparing stories: a test at {level:g} % "
            f"needs at least {untested['needed']} of them. What follows counts what is in these articles, no more; the limits of shares "
            "tell how little so few articles say.",
        ),
    ]


def _quiet(summary: Mapping[str, Any], outlets: Sequence[str]) -> list[Html]:
    """Outlets that were tested and never stood out."""
    beside = {f["outlet"] for f in summary["findings"]} | {row["outlet"] for row in summary["untested"]["outlets"]}
    quiet = [name for name in outlets if name not in beside]
    if not quiet or not summary["findings"] or len(outlets) < 3:
        return []
    return [tag("p", f"No clear difference from the mean of all outlets: {_listed(quiet)}.")]


_TOLD = ("share_official", "polarity_own", "loaded_outlet_per_1k", "share_direct")  # what readers ask about first


def _undecided(summary: Mapping[str, Any], links: Links) -> Html | None:
    rows = summary["undecided"]
    if not rows:
        return None
    known = [row for row in rows if row["detectable"]]
    told = [row for row in known if row["measure"] in _TOLD][:2] or known[:2]
    least = " or ".join(f"{row['detectable']} in {_lower(row['name'])}" for row in told)
    limit = f" A single test finds a difference of about {least} in four of five such collections." if told else ""
    body = [
        [
            tag("th", row["name"], scope="row"),
            tag("td", row["detectable"] or "not known", class_="number"),
        ]
        for row in rows
    ]
    caption = "Measures without a clear difference, and the least difference that one test finds in four of five such collections"
    every = tag(
        "details",
        tag("summary", f"{'The measure' if len(rows) == 1 else f'The {len(rows)} measures'}, with what would have shown"),
        table(caption, ["Measure", "Detectable difference"], body),
        class_="more",
    )
    others = "one other measure" if len(rows) == 1 else f"{len(rows)} other measures"
    none = f"No clear difference in {others}." if summary["findings"] else ""
    return join([tag("p", none + limit), every], "\n")


def _short(summary: Mapping[str, Any]) -> Html | None:
    """Outlets and measures with too few stories for a test."""
    untested = summary["untested"]
    short = [f"{row['outlet']} ({row['n_stories']} of {untested['needed']} needed)" for row in untested["outlets"]]
    short += [f"{_lower(row['name'])} ({row['n_stories']} of {untested['needed']})" for row in untested["measures"]]
    return tag("p", f"Too few stories to tell: {_listed(short)}.") if short else None


def _failed(summary: Mapping[str, Any]) -> Html | None:
    if not summary["failed"]:
        return None
    return tag("p", "Not compared: ", "; ".join(f"{one['name']} ({one['reason']})" for one in summary["failed"]), ".", class_="note")


def _meaning(summary: Mapping[str, Any], n_tested: int) -> Html:
    about = "A difference that is not listed may still be there: with few stories only large ones show."
    if summary["findings"]:
        alpha = next(iter(summary["comparisons"].values())).alpha
        about = (
            f"Only differences that survive the test are listed: p below {alpha:g}, adjusted over all comparisons of "
            f"{how_many(n_tested, 'measure')} by Benjamini and Hochberg; about {100 * alpha:g} in 100 of them can still be chance. "
            "An interval stands for its one difference and is not adjusted; the test asks whether the outlets' names could be exchanged. "
            f"So an interval can lie beside zero where the test finds nothing. {about} "
            "Follow a number to the articles and sentences behind it."
        )
    return tag("p", about, class_="note")


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
