"""One article as HTML, for a notebook, for a page of its own, or for a place in a longer page.

The text is hostile: everything is escaped, and links are shown as text unless they are plain web addresses. There is no script. Layers
are switched by check boxes through the style sheet; where a viewer strips styles, the boxes are hidden, all layers stay, and what is left
is ordinary text with its elements. No information is in colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from markupsafe import Markup

from framing.article import Article
from framing.measuring.attribution.cited import UNKNOWN, manner, speakers, who
from framing.measuring.measure import Layer, Mark, Measure
from framing.measuring.notices.measure import notice_words
from framing.measuring.page import Page, as_page
from framing.measuring.tone.measure import SIGNS, by_name
from framing.render.head import told_above
from framing.render.layers import Piece, cut, layers_of, marks_of, others
from framing.text.escaping import clipped, label_of, one_line, safe_link, signed
from framing.text.templates import fill

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
HUES, LINES = 6, 4  # of the style sheet, so that 24 speakers differ; the seventh hue is for words of nobody in particular


@cache
def _shipped_css() -> str:
    return resources.files("framing.render").joinpath("article.css").read_text(encoding="utf-8")


def article_css(measures: Sequence[Measure] | None = None) -> str:
    """The style sheet of :func:`article_html`, with a rule for every layer of these measures; each is bound to ``.framing-article``."""
    own = [name for name in layers_of(measures) if name not in layers_of()]
    switches = [f".framing-article:has(.fr-see-{name}:not(:checked)) .fr-{name} {{ all: unset; }}\n" for name in own]
    return "".join([_shipped_css(), *switches])


def article_html(
    article: Article | Page | str,
    found: Mapping[str, Sequence[Any]],
    measures: Sequence[Measure] | None = None,
    *,
    without: Collection[str] = (),
    anchor: str | None = None,
    standalone: bool = False,
    style: bool = True,
) -> str:
    """One article as HTML: a summary, a key that switches layers, the text with its layers, and lists of what was found.

    Source and content carry the number of their attribution, each speaker has a colour and a line, names and tone words carry a sign.
    Paragraphs that are no body (caption, related link, notice ...) are greyed and named; front matter and the article's own address
    are not repeated below the head. There is no script and no address that loads anything.

    Parameters
    ----------
    article : Article, Page or str
    found : mapping of str to sequence
        Findings by the name of their measure, as :attr:`framing.Analysis.found` has them.
    measures : sequence of Measure, optional
        Those that found them: each gives its layers. All of :func:`framing.measures` if not given.
    without : collection of str
        Names of layers that are not shown.
    anchor : str, optional
        Gives each sentence of the body the id ``<anchor>-s<number>``, counted from 1 in text order, to which links can lead. Without
        it there are no ids, and several articles can stand in one page.
    standalone : bool
        A whole page; otherwise one ``<article class="framing-article">``, as for a notebook.
    style : bool
        Include the style sheet. False where the page has :func:`article_css` already.

    Returns
    -------
    str

    Examples
    --------
    >>> page = article_html("<b>Calm</b> returned to Port Sallow.", {}, anchor="a")
    >>> '<span class="fr-sentence" id="a-s1">&lt;b&gt;Calm&lt;/b&gt;' in page
    True
    """
    page = as_page(article)
    article = page.article
    marks = marks_of(page, found, measures, without=without)
    attributions, notices, mentions = (found.get(name, ()) for name in ("attribution", "notices", "target_tone"))
    cited = speakers(article, attributions)
    known = [speaker for speaker in cited.values() if speaker.name != UNKNOWN]
    places = {name: place for place, name in enumerate(cited)}
    layers = layers_of(measures)
    headline, paragraphs = _text(article, marks, layers, by_sentence=anchor is not None)
    filled = fill(
        f"render/templates/{'page' if standalone else 'article'}.html",
        **_KNOWN,
        article=article,
        layers=layers,
        name=one_line(article.headline or article.id),
        language="".join(char for char in article.language if char.isascii() and (char.isalnum() or char == "-"))[:20],
        link=safe_link(article.url),
        title="h1" if standalone else "p",
        css=Markup(article_css(measures)),
        style=style and not standalone,
        anchor=anchor,
        attributions=attributions,
        notices=notices,
        tone={part.part: part.tone for part in found.get("tone", ()) if part.variant == "news"},
        loaded=[(word, f"{word.probability:.2f}") for sentence in found.get("loaded_language", ()) for word in sentence.words],
        tone_words=[(word.span, signed(word.polarity)) for word in page.tone_words] if "tone" in found and "tone" not in without else [],
        toward=by_name(mentions),
        others=list(others(found, measures, without)),
        cited=sorted(known, key=lambda speaker: -len(speaker.numbers)),
        n_unnamed=len(attributions) - sum(len(speaker.numbers) for speaker in known),
        kinds=Counter(notice.kind for notice in notices),
        n_marks=Counter(mark.layer for mark in marks),
        headline=headline,
        paragraphs=paragraphs,
        hue_of=lambda name: _classes("source", None if name == UNKNOWN else places[name.casefold()]),
        sentence_at=page.sentence_number if anchor is not None else lambda offset: 0,
    )
    return str(filled)


_KNOWN: dict[str, Any] = {
    "policy": CONTENT_POLICY,
    "signs": SIGNS,
    "label_of": label_of,
    "manner": manner,
    "notice_words": notice_words,
    "signed": signed,
    "who": who,
}


@dataclass(slots=True)
class Marked:
    """Words under a mark, and the marks among them; what stands at the ends of a mark is left out where other marks part it."""

    element: str
    classes: str
    title: str
    number: int | None
    sign: str
    inner: list[str | Marked]


Stretches = list[tuple[int | None, list[str | Marked]]]


def _text(
    article: Article, marks: Sequence[Mark], layers: Mapping[str, Layer], *, by_sentence: bool
) -> tuple[Stretches, list[tuple[str, Stretches]]]:
    """The headline where it stands in the text, and the other paragraphs with their roles."""
    headline: Stretches = []
    paragraphs: list[tuple[str, Stretches]] = []
    for paragraph, stretches in cut(article, marks, by_sentence=by_sentence):
        if paragraph.role == "metadata" and told_above(article, paragraph.span):
            continue
        words = [(stretch.number, list(_nested(article, stretch.pieces, layers))) for stretch in stretches]
        if paragraph.role == "headline" and not headline:
            headline = words
        else:
            paragraphs.append((paragraph.role, words))
    return headline, paragraphs


def _nested(article: Article, pieces: Sequence[Piece], layers: Mapping[str, Layer], depth: int = 0) -> Iterator[str | Marked]:
    """Pieces as a tree: a mark over several pieces stays one element as far as the marks nest."""
    for mark, group in groupby(pieces, lambda piece: piece.marks[depth] if depth < len(piece.marks) else None):
        some = list(group)
        start, end = some[0].span.start, some[-1].span.end
        if mark is None:
            yield article.plain[start:end]
        else:
            yield Marked(
                layers[mark.layer].element,
                _classes(mark.layer, mark.place) + (f" fr-{_DIRECTIONS[mark.sign]}" if mark.layer == "target" else ""),
                one_line(clipped(mark.title, 200)),
                mark.number if mark.span.start == start else None,
                mark.sign if mark.span.end == end else "",
                list(_nested(article, some, layers, depth + 1)),
            )


def _classes(layer: str, place: int | None) -> str:
    """Class names of a layer with its speaker's colour and line."""
    return f"fr-{layer}" if place is None else f"fr-{layer} fr-h{place % HUES} fr-l{(place + place // HUES) % LINES}"


_DIRECTIONS = {sign: label for label, sign in SIGNS.items()}
