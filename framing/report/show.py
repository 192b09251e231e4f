"""The report as one HTML file: no script, no network, every number a step away from the words it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from framing.analysis import Analysis
from framing.plot import DISTINCTIVE, describe_measure, has_intervals
from framing.render import CONTENT_POLICY, article_css, article_html
from framing.report.draw import Chart
from framing.report.markup import Html, join, tag, text
from framing.report.summarise import show_number
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
    several = len(summary["facts"]["outlets"]) > 1
    sections = [
        ("findings", "How do these outlets differ?" if several else "No comparison", _findings(summary)),
        ("charts", "The comparison in charts" if several else "In charts", _charts(charts)),
        ("estimates", "Every measure by outlet", _overview(summary)),
        ("words", "Distinctive words", _words(charts)),
        ("notices", "Labels and other notices", _notices(summary, anchors)),
        ("stories", "Who reported which story", _stories(summary, charts, anchors)),
        ("articles", "The articles", _articles(analyses, anchors)),
        ("problems", "Problems met in reading", _problems(summary)),
        ("method", "How this was measured", _method(summary, version)),
    ]
    shown = [(name, title, body) for name, title, body in sections if body]
    contents = tag("nav", tag("ul", *(tag("li", tag("a", title, href=f"#{name}")) for name, title, _ in shown)), aria_label="Contents")
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=CONTENT_POLICY),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", summary["title"]),
            Html(f"<style>\n{_css()}\n{article_css()}</style>"),
        ],
        "\n",
    )
    body = join(
        [
            tag("a", "Skip to the findings", href="#findings", class_="skip"),
            tag("header", tag("h1", summary["title"], dir="auto"), _compared(summary["facts"])),
            contents,
            tag("main", *(tag("section", tag("h2", title, id=name), content) for name, title, content in shown)),
        ],
        "\n",
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _css() -> str:
    return resources.files("framing.report").joinpath("report.css").read_text(encoding="utf-8")


# --- first screen ---


def _compared(facts: Mapping[str, Any]) -> Html:
    when = "" if not facts["first"] else f", {facts['first']}" + (f" to {facts['last']}" if facts["last"] != facts["first"] else "")
    shared = f", {facts['n_shared_stories']:,} of them reported by more than one outlet" if facts["n_outlets"] > 1 else ""
    if facts["n_stories"] == 1 and shared:
        shared = ", reported by more than one outlet" if facts["n_shared_stories"] else ", reported by one outlet only"
    lines = [
        tag(
            "p",
            f"{how_many(facts['n_articles'], 'article')} from {how_many(facts['n_outlets'], 'outlet')}{when}, "
            f"on {how_many(facts['n_stories'], 'story')}{shared}. "
            f"In {how_many(facts['n_words'], 'body word')}: {how_many(facts['n_attributions'], 'attribution')}, "
            f"{how_many(facts['n_notices'], 'notice')}.",
            class_="lead",
        )
    ]
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
    rows = [
        [
            tag("th", outlet["outlet"], scope="row", dir="auto"),
            *(tag("td", f"{outlet[key]:,}", class_="number") for key in ("n_articles", "n_stories", "n_words", "n_agency")),
        ]
        for outlet in facts["outlets"]
    ]
    lines.append(
        _table("What was compared" if len(rows) > 1 else "What was read", ["Outlet", "Articles", "Stories", "Words", "Agency copy"], rows)
    )
    return join(lines, "\n")


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Html]], *, wide: bool = False, n_words: int = 1) -> Html:
    """A table whose first ``n_words`` columns hold words, the others numbers."""
    classes = [None] * n_words + ["number"] * (len(heads) - n_words)
    header = tag("tr", *(tag("th", head, scope="col", class_=kind, dir="auto") for head, kind in zip(heads, classes, strict=True)))
    table = tag("table", tag("caption", caption), tag("thead", header), tag("tbody", join((tag("tr", *row) for row in rows), "\n")))
    return tag("div", table, class_="scroll wide" if wide else "scroll", tabindex="0", role="region", aria_label=caption)


# --- findings ---


def _findings(summary: Mapping[str, Any]) -> Html:
    n_measures = len(summary["comparisons"])
    outlets = summary["facts"]["outlets"]
    if len(outlets) < 2:
        only = "no article names its outlet"
        if outlets:
            only = f"only {outlets[0]['outlet']} was {'read' if summary['facts']['n_outlets'] == 1 else 'to be compared'}"
        return tag("p", f"There is nothing to compare: {only}. A comparison needs articles of at least two outlets.")
    if not n_measures:
        return tag("p", "No measure could be compared over these outlets. ", _failed(summary))
    parts = []
    untested = summary["untested"]
    n_tested = n_measures - len(untested["measures"])
    level = 100 * next(iter(summary["comparisons"].values())).level
    findings = summary["findings"]
    if findings:
        by_outlet: dict[str, list[Mapping[str, Any]]] = {}
        for finding in findings:
            by_outlet.setdefault(finding["outlet"], []).append(finding)
        for outlet, mine in by_outlet.items():
            items = [_item(finding) for finding in mine]
            few, rest = items[:_FEW], items[_FEW:]
            smaller = f"{len(rest)} more, with {'a smaller difference' if len(rest) == 1 else 'smaller differences'}"
            more = tag("details", tag("summary", smaller), tag("ul", *rest)) if rest else None
            parts.append(tag("div", tag("h3", outlet, dir="auto"), tag("ul", *few), more, class_="finding"))
    elif not n_tested:
        parts.append(
            tag(
                "p", f"Too few stories to tell how these outlets differ ({untested['most']} of {untested['needed']} needed).", class_="lead"
            )
        )
        why = (
            f"Articles on one event resemble each other, so chance is told from difference by comparing stories: an interval or a test at "
            f"{level:g} % needs at least {untested['needed']} of them. What follows counts what is in these articles, no more."
        )
        return join([*parts, tag("p", why), _failed(summary)], "\n")
    else:
        measures = "the one measure" if n_tested == 1 else f"any of {n_tested} measures"
        parts.append(tag("p", f"No clear difference between these outlets was found in {measures}.", class_="lead"))
    few_stories = {row["outlet"]: row["n_stories"] for row in untested["outlets"]}
    found = {f["outlet"] for f in findings}
    quiet = [o["outlet"] for o in outlets if findings and o["outlet"] not in found | set(few_stories) and len(outlets) > 2]
    if quiet:
        parts.append(tag("p", f"No clear difference from the mean of all outlets: {_listed(quiet)}."))
    if summary["unclear"] and findings:
        parts.append(tag("p", f"Measures in which no outlet clearly differs: {_listed(_lower(summary['unclear']))}."))
    short = [f"{name} ({n} of {untested['needed']} needed)" for name, n in few_stories.items()]
    short += [f"{name} ({row['n_stories']} of {untested['needed']})" for row in untested["measures"] for name in _lower([row["name"]])]
    if short:
        parts.append(tag("p", f"Too few stories to tell: {_listed(short)}."))
    parts.append(_failed(summary))
    about = "A difference that is not listed may still be there: with few stories only large ones show."
    if findings:
        about = (
            f"Over {how_many(n_tested, 'measure')} at once, about one in twenty of the listed differences can be chance (p below .05, "
            f"adjusted over all of them by Benjamini and Hochberg). {about}"
        )
    parts.append(tag("p", about, class_="note"))
    return join(parts, "\n")


_FEW = 4  # findings an outlet shown at once, the largest in standard deviations first


def _item(finding: Mapping[str, Any]) -> Html:
    caution = f" {finding['caution']}" if finding.get("caution") else ""
    numbers = tag("span", finding["numbers"], ".", caution, class_="numbers")
    return tag("li", tag("strong", _sentence(finding)), " ", numbers, " ", tag("a", "table", href=f"#m-{finding['measure']}"))


def _sentence(finding: Mapping[str, Any]) -> str:
    rest = "than the other outlets" if finding["against"] == "all" else f"than {finding['against']}"
    return f"{finding['what'][:1].upper()}{finding['what'][1:]} {rest}:"


def _lower(names: Sequence[str]) -> list[str]:
    return [name[:1].lower() + name[1:] for name in names]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _failed(summary: Mapping[str, Any]) -> Html:
    if not summary["failed"]:
        return Html("")
    return tag("p", "Not compared: ", "; ".join(f"{one['name']} ({one['reason']})" for one in summary["failed"]), ".", class_="note")


# --- charts and tables ---


def _figure(chart: Chart) -> Html:
    caption = tag("figcaption", tag("p", chart.shows), tag("p", chart.limits, class_="note"))
    return tag("figure", tag("h3", chart.title, dir="auto"), tag("div", chart.svg, class_="chart"), caption)


def _charts(charts: Mapping[str, Chart | list[Chart]]) -> Html:
    return join((_figure(chart) for name, chart in charts.items() if isinstance(chart, Chart) and name != "timeline"), "\n")


def _words(charts: Mapping[str, Chart | list[Chart]]) -> Html:
    small = charts.get("words", [])
    if isinstance(small, Chart) or not small:
        return Html("")
    if not any("<svg" in chart.svg for chart in small):
        return tag("p", f"Nothing distinctive: no word of any outlet reaches a z of {DISTINCTIVE}.")
    figures = [tag("figure", tag("h3", chart.title, dir="auto"), tag("div", chart.svg, class_="chart")) for chart in small]
    note = (
        "Words that one outlet uses more than the others, by the z score of their log-odds with an informative prior; in brackets the "
        f"count in the outlet and in all others. Only words with z of {DISTINCTIVE} or more are drawn; of many words some get there by "
        "chance. Names of places and people often lead: they tell what an outlet covers, not how."
    )
    return join([tag("p", note), tag("div", *figures, class_="grid")], "\n")


_MARK = {"higher": "▲", "lower": "▼", "": ""}


def _overview(summary: Mapping[str, Any]) -> Html:
    if not summary["overview"]:
        return Html("")
    names = list(summary["overview"][0]["cells"])
    sizes = {outlet["outlet"]: outlet["n_articles"] for outlet in summary["facts"]["outlets"]}
    drawn = has_intervals(*summary["comparisons"].values())
    rows = []
    for row in summary["overview"]:
        cells = [tag("th", row["name"], scope="row", id=f"m-{row['measure']}")]
        for name in names:
            cell = row["cells"].get(name)
            if cell is None:
                cells.append(tag("td", "–", class_="number"))
                continue
            mark = tag("span", _MARK[cell["mark"]], class_="mark", title=f"clearly {cell['mark']}") if cell["mark"] else None
            about = [cell["interval"]] if drawn else []
            about += [] if cell["n"] == sizes.get(name) else [f"n={cell['n']}"]
            small = tag("small", ", ".join(about)) if about else None
            cells.append(tag("td", tag("b", cell["mean"]) if cell["mark"] else cell["mean"], mark, small, class_="number"))
        rows.append(cells)
    level = next(iter(summary["comparisons"].values())).level * 100
    caption = f"Mean over articles{f', {level:g} % interval' if drawn else ''}; n where fewer articles than in the head could be measured"
    caption += "; ▲ ▼ mark clear differences" if summary["findings"] else ""
    return _table(caption, ["Measure", *(f"{name} (n={sizes.get(name, 0)})" for name in names)], rows, wide=True)


# --- what leads back to articles ---


def _link(article_id: str, shown: str, anchors: Mapping[str, str], title: str | None = None) -> Html:
    anchor = anchors.get(article_id)
    return tag("a", shown, href=f"#{anchor}", title=title) if anchor else text(shown)


_OTHERS = "Other outlets"


def _columns(summary: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Columns of a table by outlet, with the outlets in each: one for each compared outlet, one for all others if there are any."""
    compared = [outlet["outlet"] for outlet in summary["facts"]["outlets"]]
    others = sorted({name for row in rows for name in row["articles"]} - set(compared))
    return {**{name: [name] for name in compared}, **({_OTHERS: others} if others else {})}


def _notices(summary: Mapping[str, Any], anchors: Mapping[str, str]) -> Html:
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
        example = tag("td", _clip(row["words"], 160), class_="words", dir="auto")
        where = (_places([one for name in names for one in row["articles"].get(name, [])], anchors) for names in outlets.values())
        shown.append([first, example, *(tag("td", cell, class_="number") for cell in where)])
    return join([tag("p", about), _table("Notices by outlet", ["Notice", "For example", *outlets], shown, wide=True, n_words=2)], "\n")


def _places(article_ids: Sequence[str], anchors: Mapping[str, str], most: int = 5) -> Html:
    if not article_ids:
        return tag("span", "0", class_="zero")
    links = [_link(article_id, str(number), anchors) for number, article_id in enumerate(article_ids[:most], 1)]
    if len(article_ids) == 1:
        return links[0]
    more = f" … {len(article_ids)}" if len(article_ids) > most else ""
    return join([tag("b", str(len(article_ids))), tag("small", join(links, " "), more)], " ")


def _stories(summary: Mapping[str, Any], charts: Mapping[str, Chart | list[Chart]], anchors: Mapping[str, str]) -> Html:
    rows = summary["stories"]
    if not rows:
        return tag("p", "No story was found in more than one outlet.")
    outlets = _columns(summary, rows)
    shown = []
    for row in rows:
        cells = [tag("th", _clip(row["name"], 110), tag("small", row["first"] or "no date"), scope="row", dir="auto")]
        for column, names in outlets.items():
            links = [
                join(
                    [
                        _link(one["id"], how_many(one["n_words"], "word"), anchors, one["headline"]),
                        tag("small", f"headline {one['tone']}"),
                        tag("small", name) if column == _OTHERS else None,
                    ]
                )
                for name in names
                for one in row["articles"].get(name, [])
            ]
            cells.append(tag("td", join(links), class_="number") if links else tag("td", "not found", class_="gap"))
        shown.append(cells)
    left = summary["facts"]["n_shared_stories"] - len(rows)
    are = "is" if left == 1 else "are"
    note = f" The {how_many(len(rows), 'story')} that most outlets reported; {left:,} more {are} not listed." if left > 0 else ""
    parts = [tag("p", f"A gap is a story for which this collection holds no article of the outlet.{note}")]
    timeline = charts.get("timeline")
    if isinstance(timeline, Chart):
        parts.append(_figure(timeline))
    parts.append(_table("Stories by outlet: length and tone of the headline (−1 to +1)", ["Story", *outlets], shown, wide=True))
    return join(parts, "\n")


def _clip(words: str, most: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _articles(analyses: Sequence[Analysis], anchors: Mapping[str, str]) -> Html:
    parts = [
        tag(
            "p",
            "Open an article to see its text with what was found in it. Sources, cues and content share the number of their attribution.",
        )
    ]
    at: str | None = None
    for found in analyses:
        article = found.article
        outlet = article.outlet or "No outlet"
        if outlet != at:
            parts.append(tag("h3", outlet, dir="auto"))
            at = outlet
        tone = show_number(found.measures["polarity"], "polarity")
        about = [str(article.date) if article.date else "no date", article.agency or "", how_many(int(found.measures["n_words"]), "word")]
        about += [how_many(len(found.attributions), "attribution"), how_many(len(found.notices), "notice"), f"tone {tone}"]
        summary = tag(
            "summary", tag("b", _clip(article.headline or article.id, 200), dir="auto"), " ", tag("small", " · ".join(filter(None, about)))
        )
        body = Html(article_html(article, notices=found.notices, attributions=found.attributions, style=False))
        # The anchor stands inside: browsers open a closed element when a link leads into it.
        parts.append(tag("details", summary, tag("div", body, id=anchors[article.id], class_="target"), class_="article"))
    return join(parts, "\n")


def _problems(summary: Mapping[str, Any], most: int = 200) -> Html:
    rows = summary["problems"]
    if not rows:
        return tag("p", "None: every input was read.")
    items = [
        tag("li", tag("b", "left out" if row["lost"] else "note"), " ", tag("code", row["where"]), ": ", row["reason"])
        for row in rows[:most]
    ]
    more = (
        tag("p", f"{how_many(len(rows) - most, 'more problem')} not listed here; framing analyze writes all of them to problems.csv.")
        if len(rows) > most
        else None
    )
    return join([tag("ul", *items, class_="problems"), more], "\n")


# --- method ---


def _method(summary: Mapping[str, Any], version: str) -> Html:
    parts: list[Html] = []
    comparisons = list(summary["comparisons"].values())
    if comparisons:
        first = comparisons[0]
        untested = summary["untested"]
        none = "" if has_intervals(*comparisons) else " No interval could be given here."
        if untested["most"] < untested["needed"]:
            none = f" Here no outlet has the {untested['needed']} stories that this needs."
        parts.append(
            tag(
                "p",
                "Every article counts alike in its outlet's mean. Articles on one event resemble each other, so intervals "
                f"({first.level * 100:g} %) come from drawing whole stories anew ({first.n_resamples:,} times, seed {first.seed}), and "
                "p from dealing the outlets' names anew within stories. In the findings p is adjusted over all measures of this report."
                f"{none}",
            )
        )
        done = [
            tag("li", tag("b", describe_measure(c.measure)["name"]), ": ", c.method, *(f" {note}." for note in c.notes))
            for c in comparisons
        ]
        parts.append(tag("details", tag("summary", "What was done for each measure"), tag("ul", *done), class_="card"))
    parts.append(tag("p", f"Made with framing {version}."))
    parts.append(
        tag(
            "p",
            "A dash means that something could not be measured; 0 means that it was measured and none was found. Each card below tells "
            "what a number means, what it was tested on and where it fails.",
        )
    )
    for card in summary["cards"]:
        inner = [join([tag("h3", head) if head else None, markdown(body)]) for head, body in card["sections"]]
        parts.append(tag("details", tag("summary", card["title"]), *inner, class_="card"))
    return join(parts, "\n")


_BLOCK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^(?:[-*]|\d+\.) +")
_INLINE = re.compile(r"\*\*([^*\n]{1,200})\*\*|`([^`\n]{1,200})`")


def markdown(source: str) -> Html:
    """The little Markdown that cards use: paragraphs, lists, tables, bold, code. Anything else is shown as it stands."""
    return join((_block(block.strip("\n")) for block in _BLOCK.split(source) if block.strip()), "\n")


def _block(block: str) -> Html:
    lines = block.splitlines()
    if all(line.lstrip().startswith("|") for line in lines) and len(lines) > 1:
        cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
        rows = [row for row in cells if not all(cell and set(cell) <= set("-: ") for cell in row)]
        head = tag("thead", tag("tr", *(tag("th", _inline(cell), scope="col") for cell in rows[0]))) if rows else None
        return tag(
            "div",
            tag("table", head, tag("tbody", *(tag("tr", *(tag("td", _inline(cell)) for cell in row)) for row in rows[1:]))),
            class_="scroll",
        )
    if _ITEM.match(lines[0]):
        items: list[str] = []
        for line in lines:
            if _ITEM.match(line):
                items.append(_ITEM.sub("", line))
            else:
                items[-1] += f" {line.strip()}"
        return tag("ul", *(tag("li", _inline(item)) for item in items))
    return tag("p", _inline(" ".join(line.strip() for line in lines)))


def _inline(words: str) -> Html:
    def parts() -> Iterator[Html]:
        at = 0
        for found in _INLINE.finditer(words):
            yield text(words[at : found.start()])
            yield tag("b", found[1]) if found[1] is not None else tag("code", found[2])
            at = found.end()
        yield text(words[at:])

    return join(parts())
