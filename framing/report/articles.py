"""Every article with what was found in it, and every event with its outlets side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from framing.plot import describe_measure
from framing.render import article_html
from framing.report.links import Links
from framing.report.markup import Html, clip, join, tag
from framing.report.numbers import show_number
from framing.tables import Analysis
from framing.text import how_many
from framing.text.escaping import label_of


def articles(analyses: Sequence[Analysis], measures: Sequence[str], links: Links) -> Html:
    """The articles by outlet, each closed until it is asked for."""
    about = "Open an article to see its text with what was found in it. Source and content share the number of their attribution."
    parts = [tag("p", about)]
    at: str | None = None
    for found in analyses:
        outlet = found.article.outlet or "No outlet"
        if outlet != at:
            parts.append(tag("h3", outlet, id=links.outlet_anchor(found.article.outlet), dir="auto"))
            at = outlet
        parts.append(_article(found, measures, links))
    return join(parts, "\n")


def _article(found: Analysis, measures: Sequence[str], links: Links) -> Html:
    article = found.article
    about = [str(article.date) if article.date else "no date", article.agency or "", how_many(int(found.measures["n_words"]), "word")]
    about += [how_many(len(found.attributions), "attribution"), how_many(len(found.notices), "notice")]
    head = tag("b", clip(article.headline or article.id, 200), dir="auto")
    summary = tag("summary", head, " ", tag("small", " · ".join(filter(None, about))))
    anchor = links.anchors[article.id]
    body = Html(
        article_html(
            article,
            notices=found.notices,
            attributions=found.attributions,
            loaded=found.loaded.words,
            anchor=anchor,
            style=False,
        )
    )
    # The anchor stands inside: browsers open a closed element when a link leads into it.
    return tag("details", summary, tag("div", body, _values(found, measures), id=anchor, class_="target"), class_="article")


def _values(found: Analysis, measures: Sequence[str]) -> Html | None:
    shown = []
    for measure in measures:
        about = describe_measure(measure)
        value = show_number(float(found.measures[measure]), about["unit"])
        if value != "–":
            shown.append(f"{about['name']}: {value}")
    return tag("details", tag("summary", "Its numbers"), tag("p", "; ".join(shown), ".")) if shown else None


# --- events ---


def events(rows: Sequence[Mapping[str, Any]], links: Links) -> Html:
    """Each event with the articles of its outlets side by side."""
    if not rows:
        return Html("")
    about = (
        "Open an event to see how each outlet tells it: headline, opening, whom it quotes, tone and notices. Numbers lead to the sentences."
    )
    return join([tag("p", about), *(_event(number, row, links) for number, row in enumerate(rows, 1))], "\n")


def _event(number: int, row: Mapping[str, Any], links: Links) -> Html:
    n_outlets = len(row["articles"])
    about = f"{row['first'] or 'no date'} · {how_many(row['n'], 'article')} of {how_many(n_outlets, 'outlet')}"
    title = tag("h3", clip(row["name"], 140), dir="auto")
    told = [_telling(outlet, one, links) for outlet, many in row["articles"].items() for one in many]
    return tag(
        "details", tag("summary", title, tag("small", about)), tag("div", *told, class_="tellings"), id=f"event-{number}", class_="event"
    )


def _telling(outlet: str, one: Mapping[str, Any], links: Links) -> Html:
    article = one["id"]
    quoted = [_counted(kind, n, article, links) for kind, n in one["kinds"]]
    tone = [
        join([f"{name} ", links.to_sentences(article, one[f"{part}_tone"], f"polarity_{part}")])
        for part, name in (("headline", "headline"), ("own", "own words"), ("quoted", "quoted words"))
    ]
    notices = [join([f"{label_of(kind)} ", links.to_article(article, str(n))]) for kind, n in one["notices"]]
    return tag(
        "div",
        tag("h4", outlet, dir="auto"),
        tag("p", links.to_article(article, clip(one["headline"] or "no headline", 160)), class_="headline", dir="auto"),
        tag("p", one["lead"], dir="auto"),
        tag("p", tag("b", "Quoted: "), join(quoted, ", ") if quoted else "nobody"),
        tag("p", tag("b", "Tone: "), join(tone, ", ")),
        tag("p", tag("b", "Printed with it: "), join(notices, ", ") if notices else "no notice", f"; {how_many(one['n_words'], 'word')}"),
        class_="telling",
    )


def _counted(kind: str, n: int, article: str, links: Links) -> Html:
    return join([f"{label_of(kind)} ", links.to_sentences(article, str(n), f"share_{kind}")])
