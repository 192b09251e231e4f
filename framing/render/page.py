"""One article as HTML, for a notebook, for a page of its own, or for a place in a longer page.

The text is hostile: everything is escaped, and links are shown as text unless they are plain web addresses. There is no script. Layers
are switched by check boxes through the style sheet; where a viewer strips styles, the boxes are hidden, all layers stay, and what is left
is ordinary text with its elements. No information is in colour alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from framing.article import Article
from framing.render.head import told_above
from framing.render.layers import (
    LAYERS,
    SIGNS,
    UNKNOWN,
    Mark,
    Piece,
    by_name,
    cut,
    label_of,
    manner,
    marks_of,
    notice_words,
    signed,
    speakers,
    target_names,
    who,
)
from framing.text.escaping import clipped, one_line, safe_link
from framing.text.templates import fill

if TYPE_CHECKING:
    from framing.measuring.attribution import Attribution
    from framing.measuring.names import Name
    from framing.measuring.notices import Notice
    from framing.measuring.tone import LoadedWord, TargetTone, Tone, ToneWord

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
HUES, LINES = 6, 4  # of the style sheet, so that 24 speakers differ; the seventh hue is for words of nobody in particular


@cache
def article_css() -> str:
    """The style sheet of :func:`article_html`; every rule is bound to ``.framing-article``."""
    return resources.files("framing.render").joinpath("article.css").read_text(encoding="utf-8")


def article_html(
    article: Article,
    *,
    notices: Sequence[Notice] = (),
    attributions: Sequence[Attribution] = (),
    tone_words: Sequence[ToneWord] = (),
    loaded: Sequence[LoadedWord] = (),
    names: Sequence[Name] = (),
    targets: Sequence[TargetTone] = (),
    tone: Mapping[str, Tone] | None = None,
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
    article : Article
    notices, attributions, tone_words, loaded : sequence
        What was found in it; ``loaded`` are loaded words.
    names, targets : sequence
        Names and the tone toward each of them, as in :class:`framing.Analysis`. Targets may be given without names.
    tone : mapping of str to Tone, optional
        By part, for the summary, as :func:`framing.measuring.tone.tone_by_part` gives it.
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
    >>> page = article_html(Article("a", "<b>Calm</b> returned to Port Sallow."), anchor="a")
    >>> '<span class="fr-sentence" id="a-s1">&lt;b&gt;Calm&lt;/b&gt;' in page
    True
    """
    found: dict[str, Any] = {"notices": notices, "attributions": attributions, "tone_words": tone_words, "loaded": loaded}
    marks = marks_of(article, names=names, targets=targets, **found)
    headline, paragraphs, starts = _text(article, marks, by_sentence=anchor is not None)
    toward = by_name(target_names(article, names, targets), targets)
    page = fill(
        f"render/templates/{'page' if standalone else 'article'}.html",
        article=article,
        name=one_line(article.headline or article.id),
        language="".join(char for char in article.language if char.isascii() and (char.isalnum() or char == "-"))[:20],
        link=safe_link(article.url),
        title="h1" if standalone else "p",
        policy=CONTENT_POLICY,
        css=Markup(article_css()),
        style=style and not standalone,
        anchor=anchor,
        tone=[(label_of(part), signed(value.polarity)) for part, value in tone.items() if value.n_scored] if tone else None,
        kinds=Counter(label_of(notice.kind) for notice in notices),
        layers=[(layer, n) for layer in LAYERS.values() if (n := sum(mark.layer == layer.name for mark in marks))],
        headline=headline,
        paragraphs=paragraphs,
        toward=[
            (name, signed(mean), [(f"{SIGNS[t.label]} {t.label}".strip(), t.target.start) for t in some]) for name, mean, some in toward
        ],
        **_found(article, **found),
        sentence_at=lambda offset: bisect_right(starts, offset),
    )
    return str(page)


def _found(
    article: Article,
    attributions: Sequence[Attribution],
    notices: Sequence[Notice],
    loaded: Sequence[LoadedWord],
    tone_words: Sequence[ToneWord],
) -> dict[str, Any]:
    """What the lists tell: rows of words, and where in the text they stand."""
    cited = speakers(article, attributions)
    places = {name: place for place, name in enumerate(cited)}

    def hue(name: str) -> str:
        return _classes("source", None if name == UNKNOWN else places[name.casefold()])

    known = sorted((s for s in cited.values() if s.name != UNKNOWN), key=lambda s: -len(s.numbers))
    said = [(who(article, one), one) for one in attributions]
    return {
        "cited": [(speaker.name, hue(speaker.name), speaker.kind, len(speaker.numbers)) for speaker in known],
        "n_unnamed": len(attributions) - sum(len(speaker.numbers) for speaker in known),
        "said": [(n, hue(n), label_of(a.source_type), manner(a), article.words_at(a.content), a.start) for n, a in said],
        "loaded": [(article.words_at(word), f"{word.probability:.2f}", word.start) for word in loaded],
        "tone_words": [(article.words_at(word.span), signed(word.polarity), word.span.start) for word in tone_words],
        "notices": [(notice_words(notice), article.words_at(notice.span)) for notice in notices],
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


def _text(article: Article, marks: Sequence[Mark], *, by_sentence: bool) -> tuple[Stretches, list[tuple[str, Stretches]], list[int]]:
    """The headline where it stands in the text, the other paragraphs with their roles, and where numbered sentences begin."""
    headline: Stretches = []
    paragraphs, starts = [], []
    for paragraph, stretches in cut(article, marks, by_sentence=by_sentence):
        if paragraph.role == "metadata" and told_above(article, paragraph.span):
            continue
        starts += [stretch.pieces[0].span.start for stretch in stretches if stretch.number]
        words = [(stretch.number, _nested(article, stretch.pieces)) for stretch in stretches]
        if paragraph.role == "headline" and not headline:
            headline = words
        else:
            paragraphs.append((label_of(paragraph.role), words))
    return headline, paragraphs, starts


def _nested(article: Article, pieces: Sequence[Piece]) -> list[str | Marked]:
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
            made = Marked(LAYERS[mark.layer].element, classes, one_line(clipped(mark.title, 200)), number, "", [])
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
