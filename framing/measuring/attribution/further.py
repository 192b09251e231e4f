"""What labels of words leave open: a quotation that goes on with its speaker, an attribution around another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from framing.english import SentencesOf, sentence_at
from framing.english.clauses import MaskedSentence
from framing.measuring.attribution import rules
from framing.measuring.attribution.types import Found
from framing.text import Quotation, Span, merged, touched

MOST = 3  # looked at in one sentence
_ACCORDING = re.compile(r"\baccording\sto\s", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\W\d_a-z].*[.!?…,—–-]", re.DOTALL)
_start = attrgetter("start")


def go_on(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation], found: Sequence[Found], flat: str) -> None:
    """Give a quotation that nobody has to whoever speaks right before it: in the sentence before, or at the end of the paragraph before.

    Notes
    -----
    In the same paragraph it must open the sentence behind the speaker's. In the next one it must open the paragraph, the speaker must
    have been quoted, and no other source may stand in that paragraph.
    """
    covered = merged(span for f in found for span in f.content)
    others = merged(span for f in found for span in (*f.source, *f.cue))
    quoted = merged(q.span for q in quotes)
    speaking = sorted(((_last(f), number) for number, f in enumerate(found) if f.source), key=lambda pair: pair[0])
    cut = SentencesOf(flat)
    at, latest, until = 0, None, 0
    for q in quotes:
        while at < len(speaking) and speaking[at][0] <= q.span.start:
            until, number = speaking[at]
            latest, at = found[number], at + 1
        if latest is None or touched(covered, q.span) or not _SENTENCE.fullmatch(q.inner.of(text)):
            continue
        if until < q.span.start and touched(others, Span(until, q.span.start)):
            continue
        mine, before = (bisect_right(paragraphs, offset, key=_start) - 1 for offset in (q.span.start, max(0, until - 1)))
        if mine == before:
            follows = _follows(cut(paragraphs[mine]), until, q.span.start)
        else:
            follows = mine == before + 1 and q.span.start == paragraphs[mine].start and not touched(others, paragraphs[mine])
            follows = follows and any(touched(quoted, span) for span in latest.content) and _is_last(cut(paragraphs[before]), until)
        if follows:
            latest.content = sorted([*latest.content, q.span])
            until = q.span.end


def _last(f: Found) -> int:
    return max(span.end for span in (*f.source, *f.cue, *f.content))


def _follows(found: Sequence[Span], until: int, start: int) -> bool:
    """Does the sentence that begins at ``start`` follow the one in which ``until`` lies?"""
    place = bisect_right(found, start, key=_start) - 1
    return place > 0 and found[place].start == start and found[place - 1].start < until


def _is_last(found: Sequence[Span], until: int) -> bool:
    """Does ``until`` lie in the last of these sentences?"""
    return bool(found) and found[-1].start < until


def around(paragraphs: Sequence[Span], found: Sequence[Found], masked: str, flat: str) -> Iterator[Found]:
    """Attributions by "according to" around another one: the words before are ascribed twice, and labels know only one of the two."""
    cues = merged(span for f in found for span in f.cue)
    inner = sorted(f.content[0] for f in found)
    cut = SentencesOf(flat)
    for paragraph in paragraphs:
        done = -1
        for place in _ACCORDING.finditer(masked, *paragraph):
            sentence = sentence_at(cut(paragraph), place.start())
            if sentence is None or sentence.start == done:
                continue
            done = sentence.start
            drafts = list(rules.in_sentence(MaskedSentence(masked, sentence)))
            for outer in [draft for draft in drafts if draft.rule == "according_to"][:MOST]:
                words = outer.content[0]
                quoted = [draft for draft in drafts if draft.is_quotation and words.covers(draft.cue[0])][:MOST]
                first = bisect_left(inner, words.start, key=_start)
                known = first < len(inner) and words.covers(inner[first]) and inner[first] != words
                if known or quoted:
                    yield from (draft.done() for draft in (outer, *quoted) if not touched(cues, draft.cue[0]))
