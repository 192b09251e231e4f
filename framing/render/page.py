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
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING

from framing.article import Article
from framing.render.head import told_above
from framing.render.layers import (
    LAYERS,
    SIGNS,
    UNKNOWN,
    Mark,
    Speaker,
    Stretch,
    by_name,
    cut,
    manner,
    marks_of,
    notice_words,
    speakers,
    target_names,
    who,
)
from framing.text import Span, how_many
from framing.text.escaping import clipped, escaped, label_of, one_line, safe_link, signed

if TYPE_CHECKING:
    from framing.measuring.attribution import Attribution
    from framing.measuring.names import Name
    from framing.measuring.notices import Notice
    from framing.measuring.tone import LoadedWord, TargetTone, Tone, ToneWord

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PAGE_CSS = (
    "body{margin:2rem auto;padding:0 1rem;max-width:48rem;background:#fff}"
    "@media screen and (prefers-color-scheme:dark){body{background:#16191d}}"
)
HUES, LINES = 6, 4  # of the style sheet; the seventh hue is for words of nobody in particular
_MOST_CITED = 8  # speakers named in the summary
_TITLE, _QUOTE = 200, 160  # characters


@cache
def article_css() -> str:
    """The style sheet of :func:`article_html`; every rule is bound to ``.framing-article``."""
    return resources.files("framing").joinpath("render/article.css").read_text(encoding="utf-8")


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
    found = _Found(article, tuple(notices), tuple(attributions), tuple(tone_words), tuple(loaded), tuple(names), tuple(targets), anchor)
    marks = marks_of(
        article, notices=notices, attributions=attributions, tone_words=tone_words, loaded=loaded, names=names, targets=targets
    )
    headline, paragraphs = _text(found, marks)
    title = "h1" if standalone else "p"
    name = _words(article.headline or article.id)
    parts = [] if not style or standalone else [f"<style>{article_css()}</style>"]
    parts.append(f'<article class="framing-article" lang="{_language(article)}" aria-label="{name}">')
    if headline := headline or _words(article.headline or ""):
        parts.append(f'<{title} class="fr-title" dir="auto"><strong>{headline}</strong></{title}>')
    if about := _about(article):
        parts.append(f'<p class="fr-about">{about}</p>')
    parts += [_summary(found, tone), _key(marks, has_other='class="fr-other"' in "".join(paragraphs)), *paragraphs, *_lists(found)]
    inner = "\n".join([*filter(None, parts), "</article>"])
    if not standalone:
        return inner
    return (
        f'<!DOCTYPE html>\n<html lang="{_language(article)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{name}</title><style>{article_css()}{_PAGE_CSS}</style></head>\n"
        f"<body><main>\n{inner}\n</main></body></html>\n"
    )


@dataclass(frozen=True)
class _Found:
    """What is known of one article, for the parts of its page."""

    article: Article
    notices: tuple[Notice, ...]
    attributions: tuple[Attribution, ...]
    tone_words: tuple[ToneWord, ...]
    loaded: tuple[LoadedWord, ...]
    names: tuple[Name, ...]
    targets: tuple[TargetTone, ...]
    anchor: str | None

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        return speakers(self.article, self.attributions)

    @cached_property
    def places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.speakers)}

    @cached_property
    def starts(self) -> list[int]:
        """Where the sentences of the body begin."""
        return [sentence.start for sentence in self.article.sentences()]

    def linked(self, words: str, offset: int) -> str:
        """Words (escaped) as a link to the sentence at this offset, where sentences have ids."""
        number = bisect_right(self.starts, offset) if self.anchor is not None else 0
        return f'<a href="#{escaped(self.anchor or "")}-s{number}">{words}</a>' if number else words

    def cite(self, name: str) -> str:
        """A speaker in colour and line."""
        place = None if name == UNKNOWN else self.places[name.casefold()]
        return f'<cite class="{_classes("source", place)}">{_words(name)}</cite>'


def _words(text: str) -> str:
    return escaped(one_line(text))


def _language(article: Article) -> str:
    return escaped("".join(char for char in article.language if char.isascii() and (char.isalnum() or char == "-"))[:20])


def _classes(layer: str, place: int | None) -> str:
    """Class names of a layer with its speaker's colour and line: 24 speakers differ."""
    return f"fr-{layer}" if place is None else f"fr-{layer} fr-h{place % HUES} fr-l{(place + place // HUES) % LINES}"


def _about(article: Article) -> str:
    pieces = [_words(article.outlet)] if article.outlet else []
    if article.agency:
        pieces.append(f"written by {_words(article.agency)}")
    pieces += [_words(author) for author in article.authors]
    if article.date:
        pieces.append(article.date.isoformat())
    if article.url:
        link = safe_link(article.url)
        shown = _words(article.url)
        pieces.append(f'<a href="{escaped(link)}" rel="noreferrer noopener nofollow">{shown}</a>' if link else shown)
    return " · ".join(pieces)


# --- above the text ---


def _summary(found: _Found, tone: Mapping[str, Tone] | None) -> str:
    """Who is cited how often, the tone, loaded words and notices, as one paragraph."""
    known = [s for s in found.speakers.values() if s.name != UNKNOWN]
    known.sort(key=lambda s: -len(s.numbers))
    said = []
    if found.attributions:
        cited = [f"{found.cite(s.name)} ({s.kind}) {len(s.numbers)}×" for s in known[:_MOST_CITED]]
        more = [f"{len(known) - _MOST_CITED} more"] if len(known) > _MOST_CITED else []
        unnamed = len(found.attributions) - sum(len(s.numbers) for s in known)
        nobody = [f"{unnamed}× nobody by name"] if unnamed else []
        said.append(f"<b>Cited:</b> {', '.join([*cited, *more, *nobody])}.")
    if tone:
        parts = [f"{label_of(part)} {signed(value.polarity)}" for part, value in tone.items() if value.n_scored]
        said.append(f"<b>Tone</b> from −1 to +1: {', '.join(parts) or 'no word to score'}.")
    if found.loaded:
        said.append(f"<b>Loaded words:</b> {len(found.loaded)}.")
    if found.notices:
        kinds = Counter(label_of(notice.kind) for notice in found.notices)
        said.append(f"<b>Notices:</b> {', '.join(f'{kind} {n}×' if n > 1 else kind for kind, n in kinds.items())}.")
    return f'<p class="fr-sum">{" ".join(said)}</p>' if said else ""


def _key(marks: Sequence[Mark], *, has_other: bool) -> str:
    """A check box for each layer. It carries ``hidden``, which the style sheet takes back: without styles it could switch nothing."""
    numbers = Counter(mark.layer for mark in marks)
    boxes = []
    for layer in LAYERS.values():
        if numbers[layer.name]:
            sample = f'<{layer.element} class="fr-{layer.name}">{layer.meaning}</{layer.element}>'
            boxes.append(_box(layer.name, f"{sample} ({numbers[layer.name]})", layer.shown_first))
    if has_other:
        boxes.append(_box("other", "captions, bylines and other matter", True))
    return f'<fieldset class="fr-key"><legend>Layers</legend>{" ".join(boxes)}</fieldset>' if boxes else ""


def _box(layer: str, words: str, checked: bool) -> str:
    return f'<label><input type="checkbox" class="fr-see fr-see-{layer}"{" checked" if checked else ""} hidden>{words}</label>'


# --- the text ---


def _text(found: _Found, marks: Sequence[Mark]) -> tuple[str, list[str]]:
    """The headline where it stands in the text, and the other paragraphs."""
    article = found.article
    headline, out = "", []
    for paragraph, stretches in cut(article, marks, by_sentence=found.anchor is not None):
        if paragraph.role == "metadata" and told_above(article, paragraph.span):
            continue
        words = "".join(_stretch(article, stretch, found.anchor) for stretch in stretches)
        if paragraph.role == "headline" and not headline:
            headline = words
        elif paragraph.role == "body":
            out.append(f'<p dir="auto">{words}</p>')
        else:
            out.append(f'<p class="fr-other" dir="auto"><span class="fr-role">{label_of(paragraph.role)}:</span> {words}</p>')
    return headline, out


def _stretch(article: Article, stretch: Stretch, anchor: str | None) -> str:
    """The pieces of a stretch: elements stay open from piece to piece as far as they nest."""
    out: list[str] = []
    opened: list[Mark] = []
    at = 0
    for piece in stretch.pieces:
        kept = 0
        while kept < min(len(opened), len(piece.marks)) and opened[kept] == piece.marks[kept]:
            kept += 1
        out += [_end(mark, at) for mark in reversed(opened[kept:])]
        out += [_start(mark, piece.span) for mark in piece.marks[kept:]]
        opened = list(piece.marks)
        out.append(escaped(piece.span.of(article.plain)))
        at = piece.span.end
    out += [_end(mark, at) for mark in reversed(opened)]
    words = "".join(out)
    if anchor is None or stretch.number is None:
        return words
    return f'<span class="fr-sentence" id="{escaped(anchor)}-s{stretch.number}">{words}</span>'


_DIRECTIONS = {sign: label for label, sign in SIGNS.items()}


def _start(mark: Mark, at: Span) -> str:
    classes = _classes(mark.layer, mark.place)
    if mark.layer == "target":
        classes += f" fr-{_DIRECTIONS[mark.sign]}"
    number = f"<sup>{mark.number}</sup>" if mark.number is not None and mark.span.start == at.start else ""
    title = f' title="{_words(clipped(mark.title, _TITLE))}"' if mark.title else ""
    return f'<{LAYERS[mark.layer].element} class="{classes}"{title}>{number}'


def _end(mark: Mark, at: int) -> str:
    sign = f"<sup>{mark.sign}</sup>" if mark.sign and mark.span.end == at else ""
    return f"{sign}</{LAYERS[mark.layer].element}>"


# --- below the text ---


def _lists(found: _Found) -> list[str]:
    """Everything found once more as lists, for those who do not see colours, read by ear, or want an overview."""
    article = found.article
    lists = []
    if found.attributions:
        items = [
            f"{found.cite(who(article, a))}, {_words(label_of(a.source_type))}, {_words(manner(a))}: "
            + found.linked(_words(clipped(article.words_at(a.content), _QUOTE)), a.start)
            for a in found.attributions
        ]
        lists.append(_list(how_many(len(items), "attribution"), items, "ol"))
    if found.targets:
        names = target_names(article, found.names, found.targets)
        lists.append(_list(f"Tone toward {how_many(len(set(names)), 'name')}", _toward(found, names)))
    for title, words in (
        ("loaded word", [(word, f"{word.probability:.2f}") for word in found.loaded]),
        ("tone word", [(word.span, signed(word.polarity)) for word in found.tone_words]),
    ):
        if words:
            items = [f"{found.linked(_words(article.words_at(span)), span.start)} {value}" for span, value in words]
            lists.append(_details(how_many(len(items), title), f"<p>{', '.join(items)}</p>"))
    if found.notices:
        items = [f"{_words(notice_words(n))}: {_words(clipped(article.words_at(n.span), _QUOTE))}" for n in found.notices]
        lists.append(_list(how_many(len(items), "notice"), items))
    return lists


def _toward(found: _Found, names: Sequence[str]) -> list[str]:
    """Each name with the tone of its mentions, those with the strongest first."""
    return [
        f"{_words(name)} {signed(mean)}: "
        + ", ".join(found.linked(f"{SIGNS[t.label]} {t.label}".strip(), t.target.start) for t in mentions)
        for name, mean, mentions in by_name(names, found.targets)
    ]


def _list(title: str, items: Sequence[str], element: str = "ul") -> str:
    return _details(title, f"<{element}>{''.join(f'<li>{item}</li>' for item in items)}</{element}>")


def _details(title: str, inner: str) -> str:
    return f'<details class="fr-found"><summary>{title}</summary>{inner}</details>'
