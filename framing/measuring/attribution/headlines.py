"""Who speaks in a headline: what an engine finds in it, and what its layout shows ("Orlo: We will not pay", "..., study finds")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from framing.english.cues import cues
from framing.english.grammar import word_class
from framing.measuring.attribution import engines, rules
from framing.measuring.attribution.layout import no_speakers
from framing.measuring.attribution.statements import settle
from framing.measuring.attribution.types import Found
from framing.measuring.page import Page
from framing.text import Quotation, Span, quotations, touched

CONFIDENCE = 0.8  # set by hand, like that of other layouts

_NAME = r"[^\W\d_a-z][\w.’'-]*"
_BEFORE = re.compile(rf"((?:{_NAME}\s){{0,4}}[\w.’'-]+(?:\s{_NAME})?)(:)\s+(?=\S)")
_BEHIND = re.compile(rf"\s?(:)\s((?:{_NAME}\s){{0,4}}[\w.’'-]+)\s*$")
_TAG = re.compile(r",\s((?:[\w.’'&-]+\s){1,5}?)([\w’'-]+)\s*$")
_OWN = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us)\b")


def find_in_headline(page: Page) -> list[Found]:
    """Attributions in the headline, where it stands in the text; none if the body opens with the same words.

    Notes
    -----
    The headline is read by itself, so that what is found in the body does not depend on it.
    """
    first = page.words_at(page.body[0]) if page.body else ""
    spans = [span for span in page.article.spans("headline") if page.words_at(span) != first]
    if not spans:
        return []
    text, quotes = page.text, quotations(page.text, spans)
    masked, flat = rules.mask(text, quotes)
    found = engines.find(page, spans, quotes, masked, flat)
    found = settle(text, spans, quotes, found, masked, flat)
    laid_out = [f for span in spans for f in _by_layout(page, text, span, quotes)]
    contents = sorted(f.content[0] for f in laid_out)
    kept = [f for f in found if f.refusal or not (_is_colon(text, f) or any(touched(contents, span) for span in f.content))]
    for f in (every := [*kept, *laid_out]):
        f.headline = True
    return every


def _is_colon(text: str, f: Found) -> bool:
    """Whether a label and its colon make it: in a headline it takes more than that."""
    return [span.of(text) for span in f.cue] == [":"]


def _by_layout(page: Page, text: str, span: Span, quotes: Sequence[Quotation]) -> Iterator[Found]:
    """At most one attribution that the layout of a headline shows."""
    span = span.trim(text)
    if (label := _BEFORE.match(text, *span)) and _speaks(page, label.group(1), text[label.end() : span.end], quotes, label.end()):
        yield Found([Span(*label.span(1))], [Span(*label.span(2))], [Span(label.end(), span.end)], CONFIDENCE)
    elif (label := _BEHIND.search(text, *span)) and _speaks(page, label.group(2), text[span.start : label.start()], quotes, span.start):
        yield Found([Span(*label.span(2))], [Span(*label.span(1))], [Span(span.start, label.start())], CONFIDENCE)
    elif (tag := _TAG.search(text, *span)) and tag.group(2).lower() in cues() and len(text[span.start : tag.start()].split()) > 2:
        yield Found([Span(*tag.span(1)).trim(text)], [Span(*tag.span(2))], [Span(span.start, tag.start())], CONFIDENCE)


def _speaks(page: Page, label: str, said: str, quotes: Sequence[Quotation], start: int) -> bool:
    """Is this label beside a colon somebody who speaks? A name can also be what the headline is about ("Orlo: a life in pictures")."""
    words = label.lower().split()
    if not no_speakers().isdisjoint(words) or len(said.split()) < 3:
        return False
    if words[-1] in word_class("speaks", "measuring/attribution/words"):
        return True
    quoted = any(q.span.start == start for q in quotes)
    return (quoted or _OWN.search(said) is not None) and _is_in_body(page, words[-1])


def _is_in_body(page: Page, word: str) -> bool:
    found = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    return any(found.search(page.text, *paragraph) for paragraph in page.body)
