"""Attributions that the layout makes, not a cue word: "NAME: ..." in transcripts, a name behind a dash under a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from framing.english.grammar import word_class
from framing.measuring.attribution.types import Found
from framing.text import Quotation, Span

CONFIDENCE = 0.8  # of a label or signature where an engine found nothing: set by hand, too few are in the training articles to measure

_LABEL = re.compile(  # "Jan Roe:", "JAN ROE, UNION LEADER (on tape):"
    r"\s*((?:[A-Z][\w.'’-]{0,24} ){0,3}[A-Z][\w.'’-]{1,24})(?:, [A-Z][A-Z.'’&/-]*(?: [A-Z.'’&/-]+){0,8})?"
    r"(?: \([^()\n]{1,30}\))?(:)\s+(?=\S)"
)
_POST = re.compile(r"\s([—–]|--?)\s([^\W\d_a-z][^@\n—]{1,60}?)\s\(@\w{1,30}\)(?:\s[A-Z][a-z]+ \d{1,2}, \d{4})?\s*$")
_SIGNATURE = re.compile(r"\s*([—–]|--?)\s*([^\W\d_a-z][^\n\"“”:;]{1,120}?)\s*")


@cache
def no_speakers() -> frozenset[str]:
    """Words before a colon that are nobody's speech, in lower case."""
    return word_class("label", "measuring/attribution/words")


def speaker_label(text: str, paragraph: Span) -> tuple[Span, Span, Span] | None:
    """Name, colon and speech of a paragraph that opens "NAME: ..." or "Poll: ..."; None for "Photo: ..." and other paragraphs."""
    label = _LABEL.match(text, *paragraph)
    if not label or no_speakers() & set(label.group(1).lower().split()) or len(text[label.end() : label.end() + 60].split()) < 3:
        return None
    return Span(*label.span(1)), Span(*label.span(2)), Span(label.end(), paragraph.end)


def signatures(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation]) -> Iterator[Found]:
    """Quotations signed with a dash and a name, at the end of their paragraph or in the next: "..." — Nadia Orlo, mayor."""
    ends = {q.span.end: q for q in quotes}
    starts = [q.span.start for q in quotes]
    for number, paragraph in enumerate(paragraphs):
        signed = _SIGNATURE.fullmatch(text, *paragraph)
        if signed and number:
            quote = ends.get(paragraphs[number - 1].end)
            whole = quote is not None and quote.span.start == paragraphs[number - 1].start
        else:
            last = bisect_left(starts, paragraph.end) - 1
            quote = quotes[last] if last >= 0 and starts[last] >= paragraph.start else None
            signed = _SIGNATURE.fullmatch(text, quote.span.end, paragraph.end) if quote else None
            whole = quote is not None and quote.span.start == paragraph.start
        if quote and signed and whole and len(signed.group(2).split()) <= 14:
            yield Found([Span(*signed.span(2))], [Span(*signed.span(1))], [quote.span], CONFIDENCE)


def by_layout(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation]) -> Iterator[Found]:
    """All attributions made by layout alone."""
    for paragraph in paragraphs:
        if label := speaker_label(text, paragraph):
            name, colon, speech = label
            yield Found([name], [colon], [speech], CONFIDENCE, is_transcript=True)
        elif post := posted(text, paragraph):
            yield post
    yield from signatures(text, paragraphs, quotes)


def posted(text: str, paragraph: Span) -> Found | None:
    """A post pasted with its signature: "The port is open. — Nadia Orlo (@nadiaorlo) March 4, 2024"."""
    at = text.rfind("(@", *paragraph)
    signed = _POST.search(text, max(paragraph.start, at - 70), paragraph.end) if at >= 0 else None
    if signed is None or signed.start() <= paragraph.start:
        return None
    content = Span(paragraph.start, signed.start()).trim(text)
    return Found([Span(*signed.span(2))], [Span(*signed.span(1))], [content], CONFIDENCE, is_transcript=True)
