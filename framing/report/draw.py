"""The charts of a report as SVG strings: text stays text, colours follow the page, the same input gives the same bytes."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from framing import plot
from framing.compare import Comparison
from framing.errors import InputError
from framing.report.findings import tested_rows
from framing.report.numbers import show_number
from framing.text import how_many
from framing.text.escaping import label_of, safe_link, visible

# Colours that no chart uses, put in for ink and page and replaced by what the page says they are.
_INK, _PAGE = "#010203", "#fcfdfe"
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "framing",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib, so that sizes are the same on every machine
    "font.size": 10,
    "text.usetex": False,
    "axes.labelsize": 9.5,
    "hatch.linewidth": 0.9,
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "grid.color"), _INK),
    **dict.fromkeys(("axes.facecolor", "figure.facecolor", "savefig.facecolor"), _PAGE),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the report.

    Attributes
    ----------
    name : str
        Unique on the page.
    title : str
    svg : Markup
        Empty where there is nothing to draw.
    shows, limits : str
        One sentence on what it shows, one on what it cannot show.
    measure : str
        The row of the table of measures that gives its numbers; empty where none does.
    """

    name: str
    title: str
    svg: Markup
    shows: str = ""
    limits: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A chart to be drawn: ``make`` draws it on Axes, ``described`` is for those who do not see it, ``width`` is in inches."""

    name: str
    title: str
    make: Callable[..., object]
    shows: str
    limits: str
    described: str
    width: float = 8.0


def draw(summary: Mapping[str, Any], articles: pd.DataFrame, *, links: Mapping[str, str]) -> dict[str, list[Chart]]:
    """Every chart that the data allow; what cannot be drawn is left out.

    Parameters
    ----------
    summary : mapping
        As :func:`framing.report.summarise.summarise` returns it.
    articles : DataFrame
        ``Tables.articles`` of the compared outlets.
    links : mapping of str to str
        Address of each article on the page.

    Returns
    -------
    dict
        Lists of charts by the section that shows them: ``measures``, ``stories``, and ``words``, one chart an outlet.
    """
    compared = summary["comparisons"]
    outlets = [row["outlet"] for row in summary["facts"]["outlets"]]
    palette = plot.outlet_colours(outlets)
    of_articles = bool(len(articles))
    plans = {
        "measures": [*_of_measures(summary, palette), *(_of_articles(summary, articles) if of_articles else ())],
        "stories": _of_stories(articles, palette, links) if of_articles else (),
    }
    charts = {
        section: [
            Chart(plan.name, plan.title, svg, plan.shows, plan.limits, plan.name if plan.name in compared else "")
            for plan in some
            if (svg := _svg(plan.name, plan.make, plan.title, plan.described, plan.width))
        ]
        for section, some in plans.items()
    }
    return {**charts, "words": _words(summary["words"], outlets, palette) if summary["words"] is not None else []}


def _of_measures(summary: Mapping[str, Any], palette: Mapping[str, str]) -> Iterator[_Plan]:
    """What the comparisons show: all measures at once, the tone toward names, single measures, own words against quoted ones."""
    compared, unknown = summary["comparisons"], _unknown(summary["unknown"])
    yield _Plan(
        "fingerprint",
        "In what each outlet stands apart",
        lambda ax: plot.fingerprint([compared[m] for m in _FINGERPRINT if m in compared], ax=ax, palette=palette),
        "Each panel is an outlet, each mark its distance from the mean of all in standard deviations; filled marks survive the test.",
        "It cannot show that an outlet is odd: with few outlets each of them moves the mean it is held against.",
        "A panel an outlet with differences from the mean of all; the table of clear differences gives the numbers.",
        width=_WIDE,
    )
    if summary["targets"] is not None:
        yield _Plan(
            "targets",
            "How they speak of the same people",
            lambda ax: plot.target_profile(summary["targets"], ax=ax, palette=palette),
            "Each dot is the mean tone of an outlet’s sentences toward somebody whom they name, from −1 to +1; faint with fewer than five.",
            "It cannot show whether a tone is deserved. Of one sentence it is often wrong (see the card), and whoever speaks in it counts.",
            "Rows of names with a dot and interval for each outlet; every article lists its names with the tone toward them.",
        )
    for measure in (name for name in _COMPARED if name in compared):
        limits = [_COMPARED[measure], *([unknown] if measure == "share_official" and unknown else []), *_notes(compared[measure])]
        yield _Plan(
            measure,
            plot.describe_measure(measure)["name"],
            partial(plot.compare, compared[measure], palette=palette),
            f"Each dot is the mean of one outlet’s articles{_lines(compared[measure])}.",
            " ".join(limits),
            _described(compared[measure]),
        )
    if {"polarity_own", "polarity_quoted"} <= set(compared):
        pair = (compared["polarity_own"], compared["polarity_quoted"])
        yield _Plan(
            "own_vs_quoted",
            "Own voice against quoted voices",
            lambda ax: plot.own_vs_quoted(pair, ax=ax, palette=palette),
            "Filled: the outlet’s own words. Hollow: the words it quotes. An outlet can keep a calm voice and quote angry ones.",
            "Tone counts words, not stance: a sober report on a disaster scores low.",
            "Own words: " + _described(pair[0]) + " Quoted words: " + _described(pair[1]),
        )


def _of_articles(summary: Mapping[str, Any], articles: pd.DataFrame) -> Iterator[_Plan]:
    """Who is cited in the articles, and what they are about."""
    unknown = _unknown(summary["unknown"])
    yield _Plan(
        "source_mix",
        "Who is cited",
        lambda ax: plot.source_mix(articles, ax=ax),
        "Each bar splits an outlet’s attributions by kind of source; numbers are per cent.",
        " ".join(["It cannot show who was asked and declined, nor whether a source was right.", *([unknown] if unknown else [])]),
        "Stacked bars of source types by outlet; the table of estimates gives the numbers.",
    )
    if summary["naming"] is not None:
        yield _Plan(
            "naming",
            "Do readers learn who speaks?",
            lambda ax: plot.naming_profile(summary["naming"], ax=ax),
            "Each bar splits an outlet’s attributions by how their source is named: an unnamed person or group is only described, the name "
            "of an anonymous source is kept back on purpose. Numbers are per cent.",
            "Who someone is and whether the reader learns the name are two questions: an official can stand in any part of a bar. "
            "It cannot show whether a name was kept back for good reason.",
            _described_naming(summary["naming"]),
        )
    yield _Plan(
        "topics",
        "Topics by outlet",
        lambda ax: plot.topics_by_outlet(articles, ax=ax),
        "Darker cells are topics that take up more of an outlet’s articles; numbers are per cent.",
        "Topics are groups of words found by a model on these articles; their names are their commonest words.",
        "Grid of outlets and topics with mean shares in per cent.",
        width=_WIDE,
    )


def _of_stories(articles: pd.DataFrame, palette: Mapping[str, str], links: Mapping[str, str]) -> Iterator[_Plan]:
    """Who reported which story, and when."""
    yield _Plan(
        "coverage",
        "Coverage by event",
        lambda ax: plot.coverage(articles, ax=ax, palette=palette, max_stories=20),
        "Each cell is the number of an outlet’s articles on an event; what an agency wrote is hatched.",
        "An empty cell may be a gap in the collection; wire copy that is not credited is not seen.",
        "Grid of events and outlets with numbers of articles; the table of stories gives the same.",
        width=_WIDE,
    )
    yield _Plan(
        "timeline",
        "Stories over time",
        lambda ax: plot.story_timeline(articles, ax=ax, palette=palette, links=links, max_stories=20),
        "Each marker is an article (follow it to the text); a marker missing from a row is a story that the outlet did not run, "
        "or that is not in this collection.",
        "A silence here may be a gap in the collection.",
        "Rows of stories over dates with a marker for each article; the table of stories gives the same.",
        width=_WIDE,
    )


_WIDE = 11.5  # inches
_FINGERPRINT = (
    "polarity_own",
    "loaded_outlet_per_1k",
    "hedges_outlet_per_1k",
    "share_official",
    "share_expert",
    "share_civil_society",
    "share_citizen",
    "n_sources",
    "share_direct",
    "n_legal_labels",
    "n_words",
)


def _lines(comparison: Comparison) -> str:
    """What the lines of a chart tell, where it has any."""
    if not plot.has_intervals(comparison):
        return ""
    if tested_rows(comparison).empty:
        return "; there are too few stories to test differences, however the lines lie"
    return "; where lines overlap much, the outlets cannot be told apart"


def _unknown(shares: Mapping[str, float]) -> str:
    """How much of the kinds of source is not known, and where."""
    if not shares:
        return ""
    ranked = sorted(shares.items(), key=lambda pair: (pair[1], pair[0]))
    (low_name, low), (high_name, high) = ranked[0], ranked[-1]
    if high == 0:
        return "Every attribution was given a kind."
    if len(ranked) == 1:
        return f"Of the attributions {show_number(high, 'share')} have no known kind; they could be of any."
    if show_number(low, "share") == show_number(high, "share"):
        return f"In every outlet {show_number(high, 'share')} of attributions have no known kind; they could be of any."
    return (
        f"The attributions without a known kind are from {show_number(low, 'share')} ({low_name}) to {show_number(high, 'share')} "
        f"({high_name}); they could be of any kind, and unequal unknowns look like different choices of sources."
    )


_COMPARED = {
    "share_official": "A source’s kind is judged from its description; a wrong guess moves the share.",
    "share_unnamed": "A source counts as named where the article names it anywhere, also later; whether the name was right is not asked.",
    "share_quoted_words": "Words between quotation marks include names of things and scare quotes.",
    "loaded_outlet_per_1k": "Which words judge was learned from US political news; single words are often wrong.",
    "n_words": "Length is a matter of format as much as of interest.",
    "polarity_headline": "Headlines are short: few words carry the score, and irony is lost on it.",
}


def _words(words: pd.DataFrame, outlets: Sequence[str], palette: Mapping[str, str]) -> list[Chart]:
    """One chart an outlet."""
    charts = []
    for place, outlet in enumerate(outlets):
        over = words[(words["group"].astype(str) == outlet) & (words["z"] >= plot.DISTINCTIVE)]
        best = over.sort_values(["z", "word"], ascending=[False, True]).head(10)
        described = ", ".join(f"{word} ({z:.1f})" for word, z in zip(best["word"], best["z"], strict=True))
        make = partial(plot.distinctive_words, words, group=outlet, n_words=10, palette=palette)
        name = f"words-{place}"
        svg = Markup() if best.empty else _svg(name, make, f"Distinctive words of {outlet}", f"Words by z score: {described}.", 5.2)
        charts.append(Chart(name, outlet, svg))
    return charts


def _described_naming(naming: pd.DataFrame) -> str:
    parts = []
    for outlet, rows in naming[naming["source_type"] == "all"].groupby(naming.columns[0], sort=True):
        ways = [f"{label_of(row['naming'])} {show_number(row['share'], 'share')}" for row in rows.to_dict("records") if row["n"]]
        parts.append(f"{outlet}: {', '.join(ways)}")
    return "; ".join(parts) + "."


def _notes(comparison: Comparison) -> list[str]:
    """Why intervals are missing, as sentences. A chart shows no pairs and no differences, so notes on them are left out."""
    beside = ("pairs of groups", " differences have no interval", " resamples give no p ")
    shown = (note for note in comparison.notes if not any(words in note for words in beside))
    return [f"{note[:1].upper()}{note[1:]}." for note in shown]


def _described(comparison: Comparison) -> str:
    parts = []
    for name, row in comparison.estimates.iterrows():
        if math.isfinite(row["mean"]):
            between = f"{row['low']:.2f} to {row['high']:.2f}, " if math.isfinite(row["low"]) and math.isfinite(row["high"]) else ""
            parts.append(f"{name} {row['mean']:.2f} ({between}{how_many(int(row['n_articles']), 'article')})")
    return "; ".join(parts) + "."


def _svg(name: str, make: Callable[..., object], title: str, description: str, width: float) -> Markup:
    """Run one chart function and return its SVG, fit for standing inside a page; empty where there is nothing to draw."""
    out = io.StringIO()
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()  # the caller's style is theirs; the report looks the same everywhere
        mpl.rcParams.update(cast(Any, _STYLE))
        warnings.filterwarnings("ignore", message=r".*Glyph .* missing from.*")  # the reader's browser has the font
        figure = Figure(figsize=(width, 4), layout="constrained")
        FigureCanvasSVG(figure)
        ax = figure.subplots()
        try:
            make(ax=ax)
        except InputError:
            return Markup()
        plot.fit_height(ax)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=False)
    return Markup(_inline(out.getvalue(), name, title, description))


_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r'url\(#([^)]+)\)|href="#([^"]+)"')
_LINK = "{http://www.w3.org/1999/xlink}href"


def _inline(svg: str, name: str, title: str, description: str) -> str:
    """An SVG file as an element of a page: own ids, where they are needed, no namespaces, page colours, title and description."""
    root = ElementTree.fromstring(svg)
    needed = {name for names in _REFERENCE.findall(svg) for name in names}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style"):
                parent.remove(child)
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(_SVG)
        link = element.attrib.pop(_LINK, None)
        for key in list(element.attrib):
            value = element.attrib[key]
            if key.startswith("{"):
                del element.attrib[key]
            elif key == "id" and value in needed:
                element.attrib[key] = f"{name}-{value}"
            elif key == "id":
                del element.attrib[key]
            elif key in ("style", "fill", "stroke"):
                value = value.replace(_INK, "currentColor").replace(_PAGE, "var(--page)")
                element.attrib[key] = value.replace("'DejaVu Sans'", "system-ui")
            if key in ("style", "clip-path", "fill"):
                element.attrib[key] = element.attrib[key].replace("url(#", f"url(#{name}-")
        if link is not None and (link.startswith("#") or safe_link(link)):
            element.attrib["href"] = f"#{name}-{link[1:]}" if element.tag == "use" else link
        if element.tag == "a":
            element.attrib.pop("target", None)
    width, height = (float(part) * 4 / 3 for part in root.attrib["viewBox"].split()[2:])  # points to CSS pixels
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "width": f"{width:.0f}",
        "height": f"{height:.0f}",
        "role": "group" if root.find(".//a") is not None else "img",  # what is inside an image cannot be followed
        "aria-labelledby": f"{name}-title {name}-description",
    }
    for place, (element_name, words) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(element_name, {"id": f"{name}-{'title' if place == 0 else 'description'}"})
        element.text = visible(words)
        root.insert(place, element)
    for element in root.iter("a"):
        label = ElementTree.Element("title")
        label.text = "to the article"
        element.insert(0, label)
    return ElementTree.tostring(root, encoding="unicode")
