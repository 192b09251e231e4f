"""The report as one HTML file: no network, one small script of its own, every number a step away from the words it came from."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from framing.plot import DISTINCTIVE, has_intervals
from framing.render import CONTENT_POLICY, article_css
from framing.report.answers import answer
from framing.report.articles import articles, events
from framing.report.draw import Chart
from framing.report.links import Links
from framing.report.markup import Html, clip, data_block, join, tag
from framing.report.method import method, problems
from framing.report.tables import table
from framing.report.trace import trace
from framing.tables import Analysis
from framing.text import how_many


def page(
    summary: Mapping[str, Any],
    charts: Mapping[str, Chart | list[Chart]],
    analyses: Sequence[Analysis],
    *,
    anchors: Mapping[str, str],
    version: str,
) -> str:
    """The whole file.

    Parameters
    ----------
    summary : mapping
        As :func:`framing.report.summarise.summarise` returns it.
    charts : mapping
        As :func:`framing.report.draw.draw` returns them.
    analyses : sequence of Analysis
        In the order they are shown.
    anchors : mapping of str to str
        Fragment (without ``#``) of each article id.
    version : str
        Of this library, for the record.
    """
    outlets = [row["outlet"] for row in summary["facts"]["outlets"]]
    measures = list(summary["measures"])
    links = Links(anchors, outlets)
    several = len(outlets) > 1
    sections = [
        ("findings", "Findings", "How do these outlets differ?" if several else "No comparison", answer(summary, links)),
        ("charts", "Charts", "The comparison in charts" if several else "In charts", _charts(charts)),
        ("estimates", "Measures", "Every measure by outlet", _overview(summary, links)),
        ("compared", "Outlets", "What was compared" if several else "What was read", _outlets(summary, links)),
        ("words", "Words", "Distinctive words", _words(summary, charts, links)),
        ("notices", "Notices", "Labels and other notices", _notices(summary, links)),
        ("stories", "Stories", "Who reported which story", _stories(summary, charts, links)),
        ("events", "Events", "Event by event", events(summary["stories"], links)),
        ("articles", "Articles", "The articles", articles(analyses, measures, links)),
        ("problems", "Problems", "Problems met in reading", problems(summary)),
        ("method", "Method", "How this was measured", method(summary, version)),
    ]
    shown = [section for section in sections if section[3]]
    contents = tag("nav", tag("ul", *(tag("li", tag("a", short, href=f"#{name}")) for name, short, _, _ in shown)), aria_label="Contents")
    script = _file("report.js")
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", summary["title"]),
            Html(f"<style>\n{_file('report.css')}\n{article_css()}</style>"),
        ],
        "\n",
    )
    body = join(
        [
            tag("a", "Skip to the findings", href="#findings", class_="skip"),
            tag("header", tag("h1", summary["title"], dir="auto"), _read(summary["facts"])),
            contents,
            tag("main", *(tag("section", tag("h2", title, id=name), content, class_=f"about-{name}") for name, _, title, content in shown)),
            data_block("data", trace(analyses, measures, outlets)),
            Html(f"<script>{script}</script>"),
        ],
        "\n",
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _file(name: str) -> str:
    return resources.files("framing.report").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """What the browser may do: as for an article, and run this one script, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return f"{CONTENT_POLICY}; script-src 'sha256-{digest}'"


# --- what was read ---


def _read(facts: Mapping[str, Any]) -> Html:
    when = "" if not facts["first"] else f", {facts['first']}" + (f" to {facts['last']}" if facts["last"] != facts["first"] else "")
    outlets = f" from {how_many(facts['n_outlets'], 'outlet')}" if facts["n_outlets"] else ""
    lines = [tag("p", f"{how_many(facts['n_articles'], 'article')}{outlets}{when}{_read_stories(facts)}.")]
    if facts["n_outlets"] > len(facts["outlets"]):
        few = len(facts["outlets"])
        lines.append(
            tag(
                "p",
                f"The comparison covers the {how_many(few, 'outlet')} with the most articles ({how_many(facts['n_compared'], 'article')}); "
                "all are listed below.",
            )
        )
    gaps = []
    if facts["n_without_outlet"]:
        gaps.append(f"{how_many(facts['n_without_outlet'], 'article')} without an outlet (not compared)")
    if facts["n_without_date"]:
        gaps.append(f"{how_many(facts['n_without_date'], 'article')} without a date")
    if facts["n_lost"]:
        gaps.append(f"{how_many(facts['n_lost'], 'input')} that could not be read")
    if gaps:
        lines.append(
            tag("p", "Gaps: ", "; ".join(gaps), ". ", tag("a", "What was met in reading", href="#problems") if facts["n_lost"] else None)
        )
    return join(lines, "\n")


def _read_stories(facts: Mapping[str, Any]) -> str:
    n_stories, n_shared = facts["n_stories"], facts["n_shared_stories"]
    if not n_stories:
        return ""
    if facts["n_outlets"] < 2:
        shared = ""
    elif n_stories == 1:
        shared = ", reported by more than one outlet" if n_shared else ", reported by one outlet only"
    else:
        shared = f", {'all' if n_shared == n_stories else f'{n_shared:,}'} of them reported by more than one outlet"
    return f", on {how_many(n_stories, 'story')}{shared}"


def _outlets(summary: Mapping[str, Any], links: Links) -> Html:
    facts = summary["facts"]
    rows = []
    for outlet in facts["outlets"]:
        name = outlet["outlet"]
        n_articles = tag("a", f"{outlet['n_articles']:,}", href=f"#{links.outlet_anchor(name)}")
        numbers = (tag("td", f"{outlet[key]:,}", class_="number") for key in ("n_stories", "n_words", "n_agency"))
        rows.append([tag("th", name, scope="row", dir="auto"), tag("td", n_articles, class_="number"), *numbers])
    found = (
        f"In {how_many(facts['n_words'], 'body word')} of all articles: {how_many(facts['n_attributions'], 'attribution')}, "
        f"{how_many(facts['n_notices'], 'notice')}."
    )
    if not rows:
        return tag("p", found)
    return join([tag("p", found), table("Articles by outlet", ["Outlet", "Articles", "Stories", "Words", "Agency copy"], rows)], "\n")


# --- charts and tables ---


def _figure(chart: Chart) -> Html:
    numbers = tag("a", "The numbers, down to the sentences", href=f"#m-{chart.measure}") if chart.measure else None
    caption = tag("figcaption", tag("p", chart.shows), tag("p", chart.limits, " ", numbers, class_="note"))
    return tag("figure", tag("h3", chart.title, dir="auto"), _drawing(chart), caption)


def _drawing(chart: Chart) -> Html:
    return tag("div", chart.svg, class_="chart", tabindex="0", role="group", aria_label=f"Chart: {chart.title}")


def _charts(charts: Mapping[str, Chart | list[Chart]]) -> Html:
    elsewhere = ("timeline", "coverage")
    return join((_figure(chart) for name, chart in charts.items() if isinstance(chart, Chart) and name not in elsewhere), "\n")


def _words(summary: Mapping[str, Any], charts: Mapping[str, Chart | list[Chart]], links: Links) -> Html:
    small = charts.get("words", [])
    if isinstance(small, Chart) or not small:
        return Html("")
    if not any("<svg" in chart.svg for chart in small):
        return tag("p", f"Nothing distinctive: no word of any outlet reaches a z of {DISTINCTIVE}.")
    figures = [tag("figure", tag("h3", chart.title, dir="auto"), _drawing(chart) if "<svg" in chart.svg else chart.svg) for chart in small]
    note = (
        "Words that one outlet uses more than the others, by the z score of their log-odds with an informative prior; in brackets the "
        f"count in the outlet and in all others. Only words with z of {DISTINCTIVE} or more are drawn; of many words some get there by "
        "chance. Names of places and people often lead: they tell what an outlet covers, not how."
    )
    return join([tag("p", note), tag("div", *figures, class_="grid"), _word_table(summary, links)], "\n")


def _word_table(summary: Mapping[str, Any], links: Links, most: int = 30) -> Html:
    words = summary["words"]
    rows = []
    for outlet in links.outlets:
        mine = words[(words["group"].astype(str) == outlet) & (words["z"] >= DISTINCTIVE)]
        for row in mine.sort_values(["z", "word"], ascending=[False, True]).head(most).to_dict("records"):
            word = str(row["word"])
            count = links.to_outlet(outlet, f"{int(row['count']):,}", word=word)
            cells = (count, f"{int(row['count_others']):,}", f"{row['z']:.1f}")
            named = [tag("th", word, scope="row", dir="auto"), tag("td", outlet, dir="auto")]
            rows.append([*named, *(tag("td", cell, class_="number") for cell in cells)])
    heads = ["Word", "Outlet", "Times there", "Times elsewhere", "z"]
    shown = table(f"Distinctive words, the first {most} of each outlet", heads, rows, n_words=2)
    return tag("details", tag("summary", "As a table, with the sentences that hold each word"), shown, class_="more screen")


_MARK = {"higher": "▲", "lower": "▼"}


def _overview(summary: Mapping[str, Any], links: Links) -> Html:
    if not summary["overview"]:
        return Html("")
    names = list(summary["overview"][0]["cells"])
    sizes = {outlet["outlet"]: outlet["n_articles"] for outlet in summary["facts"]["outlets"]}
    drawn = has_intervals(*summary["comparisons"].values())
    rows = []
    for row in summary["overview"]:
        cells = [tag("th", row["name"], scope="row", id=f"m-{row['measure']}")]
        for name in names:
            cell = row["cells"][name]
            shown = links.to_outlet(name, cell["mean"], measure=row["measure"])
            mark = tag("span", _MARK[cell["mark"]], class_="mark", title=f"clearly {cell['mark']}") if cell["mark"] else None
            about = [cell["interval"]] if drawn else []
            about += [] if cell["n"] == sizes.get(name) else [f"n={cell['n']}"]
            small = tag("small", ", ".join(about)) if about else None
            cells.append(
                tag("td", tag("b", shown) if cell["mark"] else shown, mark, small, class_="number", data_sort=f"{cell['from_all']:.3f}")
            )
        rows.append(cells)
    level = next(iter(summary["comparisons"].values())).level * 100
    caption = f"Mean over articles{f' and {level:g} % interval, where one can be given' if drawn else ''}"
    caption += "; n where fewer articles than in the head could be measured"
    caption += "; ▲ ▼ mark clear differences" if summary["findings"] else ""
    reading = tag(
        "p",
        "Follow a number to the articles it is the mean of, and to the sentences that made it. Sorted by an outlet, the measures come "
        "first in which it is furthest above the mean of all, in standard deviations.",
    )
    return join([reading, table(caption, ["Measure", *(f"{name} (n={sizes.get(name, 0)})" for name in names)], rows, wide=True)], "\n")


# --- what leads back to articles ---


_OTHERS = "All others"


def _columns(summary: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Columns of a table by outlet, with the outlets in each: one for each compared outlet, one for all other articles if there are any."""
    compared = [outlet["outlet"] for outlet in summary["facts"]["outlets"]]
    others = sorted({name for row in rows for name in row["articles"]} - set(compared))
    return {**{name: [name] for name in compared}, **({_OTHERS: others} if others else {})}


def _notices(summary: Mapping[str, Any], links: Links) -> Html:
    rows = summary["notices"]
    about = "What is printed around the reports: labels a law asks for, credits, corrections, disclosures. Numbers lead to the articles."
    if not rows:
        return tag("p", "No notice was found in any article.")
    outlets = _columns(summary, rows)
    shown = []
    for row in rows:
        what = row["kind"] + (f": {row['label']}" if row["label"] else "")
        first = tag(
            "th",
            what,
            tag("small", row["subjects"], dir="auto") if row["subjects"] else None,
            tag("small", f"required by {row['mandated']}") if row["mandated"] else None,
            scope="row",
        )
        example = tag("td", clip(row["words"], 160), class_="words", dir="auto")
        where = (_places([one for name in names for one in row["articles"].get(name, [])], links) for names in outlets.values())
        shown.append([first, example, *(tag("td", cell, class_="number") for cell in where)])
    heads = ["Notice", "For example", *outlets]
    return join([tag("p", about), table("Notices by outlet, in articles", heads, shown, wide=True, n_words=2)], "\n")


def _places(article_ids: Sequence[str], links: Links, most: int = 5) -> Html:
    """How many articles, with a link to each of the first."""
    if not article_ids:
        return tag("span", "0", class_="soft")
    if len(article_ids) == 1:
        return links.to_article(article_ids[0], "1")
    places = [links.to_article(article_id, str(number)) for number, article_id in enumerate(article_ids[:most], 1)]
    more = f" … {len(article_ids)}" if len(article_ids) > most else ""
    return join([tag("b", str(len(article_ids))), tag("small", "see ", join(places, " "), more)], " ")


def _stories(summary: Mapping[str, Any], charts: Mapping[str, Chart | list[Chart]], links: Links) -> Html:
    rows = summary["stories"]
    if not rows:
        return tag("p", "No story was found in more than one outlet.")
    outlets = _columns(summary, rows)
    shown = []
    for number, row in enumerate(rows, 1):
        name = tag("a", clip(row["name"], 110), href=f"#event-{number}")
        cells = [tag("th", name, tag("small", row["first"] or "no date"), scope="row", dir="auto")]
        for column, names in outlets.items():
            told = [
                join(
                    [
                        links.to_article(one["id"], how_many(one["n_words"], "word"), one["headline"]),
                        tag("small", f"headline {one['headline_tone']}"),
                        tag("small", name) if column == _OTHERS else None,
                    ]
                )
                for name in names
                for one in row["articles"].get(name, [])
            ]
            cells.append(tag("td", join(told), class_="number") if told else tag("td", "not found", class_="number gap"))
        shown.append(cells)
    left = summary["facts"]["n_shared_stories"] - len(rows)
    are = "is" if left == 1 else "are"
    note = f" The {how_many(len(rows), 'story')} that most outlets reported; {left:,} more {are} not listed." if left > 0 else ""
    parts = [tag("p", f"A gap is a story for which this collection holds no article of the outlet.{note}")]
    parts += [_figure(chart) for name in ("coverage", "timeline") if isinstance(chart := charts.get(name), Chart)]
    parts.append(table("Stories by outlet: length and tone of the headline (−1 to +1)", ["Story", *outlets], shown, wide=True))
    return join(parts, "\n")
