"""The report as one HTML file: no network, one small script of its own, every number a step away from the words it came from."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from framing.plot import DISTINCTIVE, describe_measure, has_intervals
from framing.render import CONTENT_POLICY, article_css, article_html
from framing.report.draw import Chart
from framing.report.numbers import show_number
from framing.report.trace import trace
from framing.tables import Analysis
from framing.text.escaping import label_of
from framing.text.templates import fill


def page(
    summary: Mapping[str, Any],
    charts: Mapping[str, Sequence[Chart]],
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
    script = _file("report.js")
    values = _values(summary, anchors)
    return fill(
        "report/templates/page.html",
        **values,
        charts=charts,
        analyses=analyses,
        version=version,
        policy=_policy(script),
        css=Markup(_file("report.css") + article_css(analyses[0].used if analyses else None)),
        script=Markup(script),
        trace=trace(analyses, summary["measures"], values["outlets"]),
        reader=_reader,
        numbers_of=lambda found: _numbers(found, summary["measures"]),
        markdown=markdown,
    )


def _values(summary: Mapping[str, Any], anchors: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of the sections read: the summary, and what follows from it."""
    outlets = [row["outlet"] for row in summary["facts"]["outlets"]]
    n_articles = {row["outlet"]: row["n_articles"] for row in summary["facts"]["outlets"]}
    overview, compared = summary["overview"], list(summary["comparisons"].values())
    return {
        **summary,
        "anchors": anchors,
        "outlets": outlets,
        "several": len(outlets) > 1,
        "n_articles": n_articles,
        "sized": [f"{name} (n={n_articles.get(name, 0)})" for name in (overview[0]["cells"] if overview else ())],
        "level": f"{compared[0].level * 100:g}" if compared else "",
        "alpha": compared[0].alpha if compared else 0.0,
        "has_intervals": has_intervals(*compared),
        "distinctive": _distinctive(summary["words"], outlets),
        "least_z": DISTINCTIVE,
        "by_outlet": lambda rows: _by_outlet(rows, outlets),
        "label_of": label_of,
    }


def _file(name: str) -> str:
    return resources.files("framing.report").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """What the browser may do: as for an article, and run this one script, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return f"{CONTENT_POLICY}; script-src 'sha256-{digest}'"


def _by_outlet(rows: Sequence[Mapping[str, Any]], outlets: Sequence[str]) -> tuple[list[str], list[tuple[Mapping[str, Any], list[Any]]]]:
    """Columns of a table, one for each compared outlet and one for all others if there are any; and each row with what stands in them.

    In a column stand pairs of outlet and article.
    """
    others = sorted({name for row in rows for name in row["articles"]} - set(outlets))
    columns = {**{name: [name] for name in outlets}, **({"All others": others} if others else {})}
    cells = [[[(name, one) for name in names for one in row["articles"].get(name, [])] for names in columns.values()] for row in rows]
    return list(columns), list(zip(rows, cells, strict=True))


def _distinctive(words: Any, outlets: Sequence[str], most: int = 30) -> list[dict[str, Any]]:
    """The most distinctive words of each outlet, as rows."""
    if words is None:
        return []
    best = words[words["z"] >= DISTINCTIVE].sort_values(["z", "word"], ascending=[False, True])
    return [row for outlet in outlets for row in best[best["group"].astype(str) == outlet].head(most).to_dict("records")]


def _reader(found: Analysis, anchor: str) -> Markup:
    """The article with its layers, without words of tone and names: a page of many articles would be too heavy."""
    shown = {name: findings for name, findings in found.found.items() if name not in ("tone", "target_tone")}
    return Markup(article_html(found.page, shown, found.used, anchor=anchor, style=False))


def _numbers(found: Analysis, measures: Sequence[str]) -> list[str]:
    """The measures of an article in words, those that could be measured."""
    shown = []
    for measure in measures:
        about = describe_measure(measure)
        value = show_number(float(found.measures[measure]), about["unit"])
        if value != "–":
            shown.append(f"{about['name']}: {value}")
    return shown


def markdown(source: str) -> Markup:
    """The Markdown of a card as HTML; markup within it is shown as it stands."""
    return Markup(_markdown().render(source))


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    scroll = '<div class="scroll" tabindex="0" role="group" aria-label="Table">\n<table>\n'
    parts: dict[str, Callable[[Sequence[Any], int], str]] = {
        "table_open": lambda tokens, at: scroll,
        "table_close": lambda tokens, at: "</table>\n</div>\n",
        "td_open": lambda tokens, at: "<td>",
        "th_open": lambda tokens, at: '<th scope="col">' if tokens[at + 1].content else "<td>",  # above the names of rows, none
        "th_close": lambda tokens, at: "</th>\n" if tokens[at - 1].content else "</td>\n",
    }
    for name, part in parts.items():
        reader.add_render_rule(name, lambda _, tokens, at, *options, part=part: part(tokens, at))
    return reader
