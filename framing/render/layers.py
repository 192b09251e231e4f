"""What lies over the words of an article: marks in layers, and the text cut into pieces over which the same marks hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from framing.article import Article, Paragraph
from framing.english import sentences
from framing.measuring import measures as all_measures
from framing.measuring.measure import Layer, Mark, Measure
from framing.measuring.page import Page
from framing.text import Span
from framing.text.escaping import label_of

# What readers of an article look for first, each with a list of its own; other measures follow.
_FIRST = ("attribution", "loaded_language", "target_tone", "tone", "notices")


def in_reading_order(measures: Sequence[Measure] | None) -> list[Measure]:
    """The measures (all that there are if None) in the order in which a reader of an article is shown them."""
    return sorted(all_measures() if measures is None else measures, key=lambda m: _FIRST.index(m.name) if m.name in _FIRST else len(_FIRST))


def layers_of(measures: Sequence[Measure] | None = None) -> dict[str, Layer]:
    """Layers of these measures, by name."""
    return {layer.name: layer for measure in in_reading_order(measures) for layer in measure.layers}


def marks_of(
    page: Page, found: Mapping[str, Sequence[Any]], measures: Sequence[Measure] | None = None, *, without: Collection[str] = ()
) -> list[Mark]:
    """Everything found, as marks, without those of some layers."""
    marks: list[Mark] = []
    for measure in all_measures() if measures is None else measures:
        if measure.name in found and not all(layer.name in without for layer in measure.layers):
            marks += [mark for mark in measure.marks_on(page, found[measure.name]) if mark.layer not in without]
    return marks


def others(
    found: Mapping[str, Sequence[Any]], measures: Sequence[Measure] | None, without: Collection[str]
) -> Iterator[tuple[str, list[tuple[Span, str]]]]:
    """What measures with a layer found that have no list of their own in the readers: what one is called, and the places."""
    for measure in in_reading_order(measures):
        layers = [layer for layer in measure.layers if layer.name not in without]
        if layers and measure.name not in _FIRST and found.get(measure.name):
            yield layers[0].meaning or label_of(measure.name), [(finding.span, "") for finding in found[measure.name]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which the same marks hold, the outermost first."""

    span: Span
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of the body with its number in the article, or what lies between sentences (None)."""

    number: int | None
    pieces: tuple[Piece, ...]


_MOST_MARKS = 6  # over one piece: of deeper nesting the innermost are shown, so that output stays linear in the text


def _cut(stretch: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    """``stretch`` cut wherever a mark begins or ends; marks may nest and overlap as they like."""
    if not marks:
        yield Piece(stretch, ())
        return
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        start, end = max(mark.span.start, stretch.start), min(mark.span.end, stretch.end)
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
    active: dict[Mark, None] = {}
    at = stretch.start
    for offset in sorted({*opening, *closing, stretch.end}):
        if at < offset:
            yield Piece(Span(at, offset), tuple(islice(reversed(active), _MOST_MARKS))[::-1])
        for mark in closing.get(offset, ()):
            active.pop(mark, None)
        active.update(dict.fromkeys(opening.get(offset, ())))
        at = offset


def _paragraphs(article: Article) -> Iterator[Paragraph]:
    """Paragraphs in text order, and words that stand in no paragraph, so that nothing is left out."""
    at = 0
    for paragraph in sorted(article.paragraphs, key=lambda p: p.span):
        if paragraph.span.start > at and article.plain[at : paragraph.span.start].strip():
            yield Paragraph(Span(at, paragraph.span.start), "metadata")
        if paragraph.span.end > at:
            yield Paragraph(Span(max(at, paragraph.span.start), paragraph.span.end), paragraph.role)
        at = max(at, paragraph.span.end)
    if article.plain[at:].strip():
        yield Paragraph(Span(at, len(article.text)), "metadata")


def _sentences(article: Article, paragraph: Paragraph, before: int) -> Iterator[tuple[int | None, Span]]:
    """A body paragraph as sentences, numbered on from ``before``, and the gaps between them."""
    at = paragraph.span.start
    for number, span in enumerate(sentences(article.plain, paragraph.span), before + 1):
        if at < span.start:
            yield None, Span(at, span.start)
        yield number, span
        at = span.end
    if at < paragraph.span.end:
        yield None, Span(at, paragraph.span.end)


def cut(article: Article, marks: Iterable[Mark], *, by_sentence: bool = False) -> Iterator[tuple[Paragraph, list[Stretch]]]:
    """Each paragraph in pieces, those of the body by sentence if asked for.

    One pass over sorted marks: a mark is looked at only in the stretches it touches.
    """
    waiting = sorted(marks, key=lambda m: (m.span.start, -m.span.end))
    position = n_sentences = 0
    open_marks: list[Mark] = []
    for paragraph in _paragraphs(article):
        parts: list[tuple[int | None, Span]] = [(None, paragraph.span)]
        if by_sentence and paragraph.role == "body":
            parts = list(_sentences(article, paragraph, n_sentences))
            n_sentences = max([n_sentences, *(number for number, _ in parts if number)])
        stretches = []
        for number, span in parts:
            while position < len(waiting) and waiting[position].span.start < span.end:
                open_marks.append(waiting[position])
                position += 1
            open_marks = [m for m in open_marks if m.span.end > span.start]
            stretches.append(Stretch(number, tuple(_cut(span, open_marks))))
        yield paragraph, stretches
