"""What leads from a number back to its sentences: for every article, which of its sentences hold what was counted.

Text is not repeated: a sentence is its number in the article, whose words the page holds already.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from framing.measuring.attribution import SOURCE_TYPES, STANCES
from framing.measuring.tone import tone_words
from framing.plot import describe_measure
from framing.render import label_of
from framing.render.layers import who
from framing.report.numbers import show_number
from framing.tables import Analysis
from framing.text import Span, touched
from framing.text.escaping import clipped, one_line, visible

Row = tuple[int | str, ...]
FORMS = ("direct", "indirect", "mixed")
PARTS = ("headline", "own words", "quoted words")


def trace(analyses: Sequence[Analysis], measures: Sequence[str], outlets: Sequence[str]) -> dict[str, Any]:
    """What the page's script needs to show the articles and sentences behind a number.

    Parameters
    ----------
    analyses : sequence of Analysis
        In the order they stand on the page.
    measures : sequence of str
        Columns of the article table.
    outlets : sequence of str
        Those compared.

    Returns
    -------
    dict
        ``outlets``: names. ``articles``: for each the number of its outlet, -1 for one that is not compared. ``measures``: by name,
        ``name``, ``values`` (as shown, one an article), ``layer`` (what it counts) and ``where`` (place and value in the rows that
        count; left out where all do). ``layers``: by name, ``one`` (what a row is called), ``labels`` (of each column of codes) and
        ``rows``: for each article rows of sentence number (from 1; 0 for none), words to show and codes (-1 for a row that is not
        counted among them: of cues, what has none).
    """
    place = {name: number for number, name in enumerate(outlets)}
    used = {measure: _SOURCES[measure] for measure in measures if measure in _SOURCES}
    needed = {layer for layer, _ in used.values()}
    rows: dict[str, list[list[Row]]] = {name: [] for name in _LAYERS if name in needed}
    for found in analyses:
        number = _numbering(found)
        for name, made in rows.items():
            made.append(list(_LAYERS[name][2](found, number)))
    shown: dict[str, dict[str, Any]] = {}
    for measure in measures:
        about = describe_measure(measure)
        layer, where = used.get(measure, (None, None))
        values = [show_number(float(found.measures[measure]), about["unit"]) for found in analyses]
        shown[measure] = {"name": visible(about["name"]), "values": values, "layer": layer, "where": where}
    return {
        "outlets": [visible(name) for name in outlets],
        "articles": [place.get(found.article.outlet or "", -1) for found in analyses],
        "measures": shown,
        "layers": {name: {"one": _LAYERS[name][0], "labels": _LAYERS[name][1], "rows": made} for name, made in rows.items()},
    }


Numbering = Callable[[int], int]
_MOST = 80  # characters of the words of a row


def _numbering(found: Analysis) -> Numbering:
    """From an offset to the number of its body sentence, counted from 1 in text order; 0 outside of them."""
    spans = sorted(found.sentences)
    starts = [span.start for span in spans]

    def number(offset: int) -> int:
        at = bisect_right(starts, offset)
        return at if at and offset < spans[at - 1].end else 0

    return number


# --- what can be counted; each row is the number of a sentence, the words to show, and codes ---


def _attributions(found: Analysis, number: Numbering) -> Iterator[Row]:
    first = found.first_attribution
    for a in found.attributions:
        name, cue = who(found.article, a), found.article.words_at(a.cue)
        words = clipped(one_line(f"{name}: “{cue}”" if cue else name), _MOST)
        codes = (SOURCE_TYPES.index(a.source_type), FORMS.index(a.form), STANCES.index(a.stance) if cue else -1, int(a is first))
        yield (number((a.cue or a.content)[0].start), words, *codes)


def _tone(found: Analysis, number: Numbering) -> Iterator[Row]:
    quoted = sorted(found.quoted)
    headline = found.article.headline or ""
    for word in tone_words(headline):
        yield 0, _scored(word.span.of(headline), word.polarity, word.subjectivity), 0
    for word in tone_words(found.article):
        said = touched(quoted, Span(word.span.start, word.span.start + 1))
        words = found.article.words_at(word.span)
        yield number(word.span.start), _scored(words, word.polarity, word.subjectivity), 2 if said else 1


def _voice(found: Analysis, number: Numbering) -> Iterator[Row]:
    for word in found.voice_words("outlet"):
        yield number(word.span.start), _scored(found.article.words_at(word.span), word.polarity, word.subjectivity)


def _scored(words: str, polarity: float, subjectivity: float) -> str:
    return f"{clipped(one_line(words), _MOST)} {show_number(polarity, 'polarity')} (subjectivity {subjectivity:.2f})"


def _quoted(found: Analysis, number: Numbering) -> Iterator[Row]:
    for span in found.quoted:
        yield number(span.start), ""


def _loaded_words(found: Analysis, number: Numbering) -> Iterator[Row]:
    loaded = found.loaded.words
    for word, voice in zip(loaded, found.voices_at([w.start for w in loaded]), strict=True):
        if voice == "outlet":
            yield number(word.start), clipped(one_line(found.article.words_at(word)), _MOST)


def _loaded_sentences(found: Analysis, number: Numbering) -> Iterator[Row]:
    for sentence in sorted(found.loaded.sentences, key=lambda s: (-s.probability, s.span.start)):
        if found.voice_of(sentence.span) == "outlet":
            yield number(sentence.span.start), f"{sentence.probability:.2f}"


def _wording(kind: str) -> Callable[[Analysis, Numbering], Iterator[Row]]:
    def rows(found: Analysis, number: Numbering) -> Iterator[Row]:
        for w, voice in zip(found.wording, found.voices_at([w.span.start for w in found.wording]), strict=True):
            if w.kind == kind and voice == "outlet" and not w.agent:
                yield number(w.span.start), clipped(one_line(w.words), _MOST)

    return rows


def _legal_labels(found: Analysis, number: Numbering) -> Iterator[Row]:
    for notice in found.notices:
        if notice.kind == "legal_label":
            yield number(notice.span.start), clipped(one_line(found.article.words_at(notice.span)), 2 * _MOST)


_KINDS = [label_of(kind) for kind in SOURCE_TYPES]
_LAYERS: Mapping[str, tuple[str, list[Sequence[str]], Callable[[Analysis, Numbering], Iterator[Row]]]] = {
    "attributions": ("attribution", [_KINDS, FORMS, STANCES], _attributions),
    "tone": ("scored word", [PARTS], _tone),
    "voice": ("scored word", [], _voice),
    "quoted": ("quotation", [], _quoted),
    "loaded_words": ("loaded word", [], _loaded_words),
    "loaded_sentences": ("sentence", [], _loaded_sentences),
    "hedges": ("hedge", [], _wording("hedge")),
    "passives": ("agentless passive", [], _wording("passive")),
    "legal_labels": ("legal label", [], _legal_labels),
}
_KIND, _FORM, _STANCE, _FIRST = 2, 3, 4, 5  # places in a row of attributions
_PART = 2  # in a row of tone
_SOURCES: dict[str, tuple[str, tuple[int, int] | None]] = {
    **{f"share_{kind}": ("attributions", (_KIND, code)) for code, kind in enumerate(SOURCE_TYPES)},
    **{f"share_words_{kind}": ("attributions", (_KIND, code)) for code, kind in enumerate(SOURCE_TYPES)},
    **{f"share_{stance}": ("attributions", (_STANCE, code)) for code, stance in enumerate(STANCES)},
    "share_direct": ("attributions", (_FORM, 0)),
    "first_is_official": ("attributions", (_FIRST, 1)),
    "n_sources": ("attributions", None),
    "source_type_simpson": ("attributions", None),
    "share_quoted_words": ("quoted", None),
    "polarity_headline": ("tone", (_PART, 0)),
    "polarity_own": ("tone", (_PART, 1)),
    "subjectivity_own": ("tone", (_PART, 1)),
    "polarity_quoted": ("tone", (_PART, 2)),
    "news_polarity_outlet": ("voice", None),
    "loaded_outlet_per_1k": ("loaded_words", None),
    "mean_loaded_outlet": ("loaded_sentences", None),
    "hedges_outlet_per_1k": ("hedges", None),
    "agentless_passives_outlet_per_1k": ("passives", None),
    "n_legal_labels": ("legal_labels", None),
}
