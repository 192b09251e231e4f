"""From scores of word pieces (or words) to attributions: what both learned engines share."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framing.english import sentences
from framing.english.cues import cues
from framing.measuring.attribution.layout import by_layout
from framing.measuring.attribution.linker import QUOTES, Link, Linker, Roles
from framing.measuring.attribution.tagger import Tokens, best_labels, log_softmax, spans_of
from framing.measuring.attribution.types import Found
from framing.resources import load_table
from framing.text import Quotation, Span, merged

# Set on the training articles that were kept back from training: how much is added to the score of every label but "O", and from which
# confidence on an attribution is kept.
LEANS = {"encoder": 0.3, "fast": 0.6}
THRESHOLDS = {"encoder": 0.4, "fast": 0.4}


def read(
    text: str,
    paragraphs: Sequence[Span],
    quotes: Sequence[Quotation],
    tokens: Tokens,
    scores: NDArray[np.float32],
    *,
    engine: str,
) -> list[Found]:
    """Attributions by label scores.

    Parameters
    ----------
    scores : array, shape (n_tokens, 7)
        One score a label, in the order of ``tagger.LABELS``.
    engine : {"encoder", "fast"}
        Which network gave the scores.
    """
    chances = log_softmax(scores)
    leaning = chances.copy()
    leaning[:, 1:] += LEANS[engine]
    roles, sure = spans_of(text, tokens, best_labels(leaning, tokens.first), chances)
    begins = [s.start for paragraph in paragraphs for s in sentences(text, paragraph)]
    linker = Linker(text, roles, [p.start for p in paragraphs], begins)
    marks = [q.span.start for q in quotes]
    found = []
    for link in linker.link():
        chance = confidence(evidence(text, link, roles, sure), engine)
        if chance >= THRESHOLDS[engine]:
            contents = [to_marks(text, roles.content[i], quotes, marks) for i in link.contents]
            source = [roles.source[link.source]] if link.source >= 0 else []
            found.append(Found(source, [roles.cue[link.cue]], joined(text, contents, linker.paragraphs), chance))
    return _with_layout(found, by_layout(text, paragraphs, quotes))


def evidence(text: str, link: Link, roles: Roles, sure: dict[Span, float]) -> dict[str, float]:
    """From what the model estimates how likely an attribution is right."""
    contents = [roles.content[i] for i in link.contents]
    cue = roles.cue[link.cue]
    words = cue.of(text).lower().split()
    return {
        "1": 1.0,
        "content sure": max(-2.0, min(sure[span] for span in contents)),
        "cue sure": max(-2.0, sure[cue]),
        "source sure": max(-2.0, sure[roles.source[link.source]]) if link.source >= 0 else 0.0,
        "no source": float(link.source < 0),
        "content link": min(6.0, link.content_score),
        "source link": min(6.0, link.source_score),
        "quoted": float(any(text[span.start] in QUOTES or text[span.start - 1 : span.start] in QUOTES for span in contents)),
        "speech cue": float(any(word in cues() for word in words)),
        "short content": float(sum(map(len, contents)) < 25),
        "several contents": float(len(contents) > 1),
    }


@cache
def _weights() -> dict[str, dict[str, float]]:
    rows = load_table("measuring/attribution/confidence")
    return {engine: {row["evidence"]: float(row[engine]) for row in rows} for engine in THRESHOLDS}


def confidence(found: Mapping[str, float], engine: str) -> float:
    """Estimated chance that an attribution is right (scored as in ``framing validate``), by logistic regression."""
    weights = _weights()[engine]
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in found.items())))


def _with_layout(found: list[Found], laid_out: Iterable[Found]) -> list[Found]:
    """Add what only the layout shows; a signed quotation is then nobody else's."""
    sources = merged(span for f in found for span in f.source)
    starts = [span.start for span in sources]
    added, signed = [], []
    for f in laid_out:
        place = bisect_left(starts, f.source[0].end) - 1
        if place < 0 or not sources[place].overlaps(f.source[0]):
            added.append(f)
            signed += [] if f.is_transcript else f.content
    signed.sort()
    for f in found if signed else ():
        f.content = [span for span in f.content if not _meets(signed, span)]
    return [*(f for f in found if f.content), *added]


def _meets(several: Sequence[Span], span: Span) -> bool:
    """Does ``span`` overlap one of these, which are in order and do not overlap?"""
    place = bisect_left(several, span.end, key=lambda other: other.start) - 1
    return place >= 0 and several[place].overlaps(span)


def to_marks(text: str, span: Span, quotes: Sequence[Quotation], starts: Sequence[int]) -> Span:
    """A content with the quotation marks at its ends taken in, and without a comma or white space left over there."""
    start, end = span
    first = bisect_left(starts, start + 1) - 1
    for q in quotes[max(0, first) : first + 2]:
        if q.span.start <= start <= q.inner.start:
            start = q.span.start
            end = q.span.end if q.continues else end  # a whole paragraph of a long quotation, whatever is said inside it
    last = bisect_left(starts, end) - 1
    if last >= 0 and (q := quotes[last]).inner.end - 1 <= end <= q.span.end:
        end = q.span.end
    while end - 1 > start and text[end - 1] in " ,;:\n\t":
        end -= 1
    return Span(start, end)


def joined(text: str, contents: Iterable[Span], paragraphs: Sequence[int]) -> list[Span]:
    """Contents in order, those of one paragraph that only white space parts made one."""
    found: list[Span] = []
    for span in sorted(contents):
        together = found and bisect_right(paragraphs, found[-1].start) == bisect_right(paragraphs, span.start)
        if together and (span.start <= found[-1].end or not text[found[-1].end : span.start].strip()):
            span = Span(found[-1].start, max(span.end, found.pop().end))
        found.append(span)
    return found
