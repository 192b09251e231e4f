"""One article as HTML, for a notebook, for a page of its own, or for a place in a longer page.

The text is hostile: everything is escaped, and links are shown as text unless they are plain web addresses. There is no script. Layers
are switched by check boxes through the style sheet; where a viewer strips styles, the boxes are hidden, all layers stay, and what is left
is ordinary text with its elements. No information is in colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from markupsafe import Markup

from framing.article import Article
from framing.measuring.attribution.cited import UNKNOWN, speakers, who
from framing.measuring.attribution.types import statements
from framing.measuring.measure import Layer, Mark, Measure
from framing.measuring.notices.measure import notice_words
from framing.measuring.page import Page, as_page
from framing.measuring.tone.measure import SIGNS, by_name
from framing.render.head import told_above
from framing.render.layers import Piece, cut, layers_of, marks_of, others
from framing.render.sources import about, cited, how_many_counted, silent
from framing.text import Span
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
    layers = layers_of(measures)
    n_marks = Counter(mark.layer for mark in marks)
    headline, paragraphs = _text(article, marks, layers, by_sentence=anchor is not None)
    tone = {part.part: part.tone for part in found.get("tone", ()) if part.variant == "news"}
    filled = fill(
        f"render/templates/{'page' if standalone else 'article'}.html",
        article=article,
        name=one_line(article.headline or article.id),
        language="".join(char for char in article.language if char.isascii() and (char.isalnum() or char == "-"))[:20],
        link=safe_link(article.url),
        title="h1" if standalone else "p",
        policy=CONTENT_POLICY,
        css=Markup(article_css(measures)),
        style=style and not standalone,
        anchor=anchor,
        tone=[(label_of(part), signed(value.polarity)) for part, value in tone.items() if value.n_scored] if tone else None,
        kinds=Counter(label_of(notice.kind) for notice in found.get("notices", ())),
        layers=[(layer, n_marks[name]) for name, layer in layers.items() if n_marks[name]],
        headline=headline,
        paragraphs=paragraphs,
        **_found(page, found),
        tone_words=_tone_words(page) if "tone" in found and "tone" not in without else [],
        others=[(title, _places(page, words)) for title, words in others(found, measures, without)],
        sentence_at=page.sentence_number if anchor is not None else lambda offset: 0,
    )
    return str(filled)


def _found(page: Page, found: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """What the lists tell: rows of words, and where in the text they stand."""
    attributions = found.get("attribution", ())
    places = {name: place for place, name in enumerate(speakers(page.article, attributions))}

    def hue(name: str) -> str:
        return _classes("source", None if name == UNKNOWN else places[name.casefold()])

    named = cited(page, attributions)
    said = [(who(page.article, one), one) for one in attributions]
    return {
        "cited": [(name, hue(name), kind, n) for name, kind, n in named],
        "n_nobody": len(statements(attributions)) - sum(n for *_, n in named),
        "silent": [(name, hue(name), n) for name, n in silent(page, attributions)],
        "said": [(name, hue(name), about(page, a), page.words_at(a.content), a.start) for name, a in said],
        "n_said": how_many_counted(attributions),
        "loaded": _places(page, [(w.span, f"{w.probability:.2f}") for one in found.get("loaded_language", ()) for w in one.words]),
        "notices": [(notice_words(notice), page.words_at(notice.span)) for notice in found.get("notices", ())],
        "toward": [
            (name, signed(mean), [(f"{SIGNS[one.toward.label]} {one.toward.label}".strip(), one.span.start) for one in some])
            for name, mean, some in by_name(found.get("target_tone", ()))
        ],
    }


def _tone_words(page: Page) -> list[tuple[str, str, int]]:
    return _places(page, [(word.span, signed(word.polarity)) for word in page.tone_words])


def _places(page: Page, found: Sequence[tuple[Span, str]]) -> list[tuple[str, str, int]]:
    """Words, what is told of them, and where they stand."""
    return [(page.words_at(span), value, span.start) for span, value in found]


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
        words = [(stretch.number, _nested(article, stretch.pieces, layers)) for stretch in stretches]
        if paragraph.role == "headline" and not headline:
            headline = words
        else:
            paragraphs.append((label_of(paragraph.role), words))
    return headline, paragraphs


def _nested(article: Article, pieces: Sequence[Piece], layers: Mapping[str, Layer]) -> list[str | Marked]:
    """Pieces as words and marks over words: a mark over several pieces stays one element as far as marks nest."""
    top: list[str | Marked] = []
    opened: list[tuple[Mark, Marked]] = []
    for piece in pieces:
        words = piece.span.of(article.plain)
        kept = 0
        while kept < min(len(opened), len(piece.marks)) and opened[kept][0] == piece.marks[kept]:
            kept += 1
        del opened[kept:]
        for mark in piece.marks[kept:]:
            classes = _classes(mark.layer, mark.place) + (f" fr-{_DIRECTIONS[mark.sign]}" if mark.layer == "target" else "")
            number = mark.number if mark.span.start == piece.span.start else None
            made = Marked(layers[mark.layer].element, classes, one_line(clipped(mark.title, 200)), number, "", [])
            (opened[-1][1].inner if opened else top).append(made)
            opened.append((mark, made))
        (opened[-1][1].inner if opened else top).append(words)
        for mark, made in opened:
            made.sign = mark.sign if mark.span.end == piece.span.end else ""
    return top


def _classes(layer: str, place: int | None) -> str:
    """Class names of a layer with its speaker's colour and line."""
    return f"fr-{layer}" if place is None else f"fr-{layer} fr-h{place % HUES} fr-l{(place + place // HUES) % LINES}"


_DIRECTIONS = {sign: label for label, sign in SIGNS.items()}
