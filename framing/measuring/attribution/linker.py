"""From sources, cues and contents to attributions: which belong together."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from framing.resources import load_table
from framing.text import Span

NEAR = 2  # spans of the other role looked at on each side
FAR = 2000  # characters; spans further apart count as this far

Features = dict[str, float]


@dataclass(slots=True)
class Roles:
    """The spans of each role in one text, each list in text order."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution as places in the lists of :class:`Roles`; -1 where there is no source."""

    source: int
    cue: int
    contents: tuple[int, ...]
    content_score: float = 0.0  # log-odds that the least certain content belongs to the cue
    source_score: float = 0.0  # that the cue belongs to the source


@cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    rows = load_table("measuring/attribution/links")
    return tuple({row["feature"]: float(row[column]) for row in rows} for column in ("content", "source"))  # type: ignore[return-value]


class Linker:
    """Scores of pairs in one text.

    Parameters
    ----------
    text : str
    found : Roles
    paragraphs, sentences : sequence of int
        Where each begins, in order.
    """

    def __init__(self, text: str, found: Roles, paragraphs: Sequence[int], sentences: Sequence[int]) -> None:
        self.text, self.found, self.paragraphs, self.sentences = text, found, paragraphs, sentences
        self.spans = {"source": found.source, "cue": found.cue, "content": found.content}
        self.starts = {role: [s.start for s in spans] for role, spans in self.spans.items()}

    def near(self, span: Span, role: str) -> range:
        """The spans of ``role`` nearest to ``span``, by their places."""
        at = bisect_left(self.starts[role], span.start)
        return range(max(0, at - NEAR), min(len(self.starts[role]), at + NEAR))

    def features(self, one: Span, other: Span, role: str) -> Features:
        """From what the model estimates whether ``one`` (a content or cue) belongs to ``other`` (a cue, or a source: ``role``)."""
        text = self.text
        first, second = (one, other) if one.start <= other.start else (other, one)
        side = "after" if one.start > other.start else "before"  # one stands after other
        names = _NAMES[side]
        gap = text[first.end : min(second.start, first.end + FAR)] if first.end < second.start else ""
        lo, hi = first.end, second.start
        n_paragraphs = bisect_right(self.paragraphs, hi) - bisect_right(self.paragraphs, first.start)
        n_sentences = bisect_right(self.sentences, hi) - bisect_right(self.sentences, max(first.start, first.end - 1))
        found: Features = {
            side: 1.0,
            names["distance"]: math.log1p(len(gap)),
            names["sentences"]: float(min(n_sentences, 4)),
            names["paragraphs"]: float(min(n_paragraphs, 3)),
        }
        if n_sentences:
            found[names["other sentence"]] = 1.0
        else:
            nearest = self._touching(other, side)
            if nearest:
                found[names[nearest]] = 1.0
        if not gap or gap.isspace():
            found[names["touching"]] = 1.0
        else:
            for mark in ",;:":
                if mark in gap:
                    found[names[mark]] = 1.0
        for between, starts in self.starts.items():
            n = bisect_left(starts, hi) - bisect_left(starts, lo)
            if n:
                found[names[between]] = float(min(n, 3))
        head = text[one.start]
        if head in QUOTES or text[one.start - 1 : one.start] in QUOTES:
            found[names["opens quoted"]] = 1.0
        if text[one.end - 1] in QUOTES or text[one.end : one.end + 1] in QUOTES:
            found[names["ends quoted"]] = 1.0
        if side == "before" and ("," in text[one.end - 2 : one.end + 2] or "," in gap[:2]):
            found["before:comma"] = 1.0
        if head.isupper():
            found[names["capital"]] = 1.0
        cue = other if role == "cue" else one
        if text[cue.start : cue.start + 9].lower() == "according":
            found[names["according"]] = 1.0
        if role == "cue" and text[other.end - 3 : other.end].lower() == "ing":
            found[names["participle"]] = 1.0
        return found

    def _touching(self, cue: Span, side: str) -> str:
        """What role stands right on the far side of ``cue``, seen from its partner."""
        for role in ("source", "content"):
            starts, spans = self.starts[role], self.spans[role]
            if side == "after":  # partner after the cue: look before the cue
                i = bisect_left(starts, cue.start) - 1
                if i >= 0 and cue.start - spans[i].end < 4 and not self.text[spans[i].end : cue.start].strip(" ,\n"):
                    return f"other has {role} before"
            else:
                i = bisect_left(starts, cue.end)
                if i < len(spans) and spans[i].start - cue.end < 4 and not self.text[cue.end : spans[i].start].strip(" ,\n"):
                    return f"other has {role} behind"
        return ""

    def _best(self, one: Span, role: str) -> tuple[int, float]:
        """(place, log-odds) of the likeliest partner of ``one`` in ``role``; -1 where there is none near."""
        weights = _weights()[0 if role == "cue" else 1]
        others = self.spans[role]
        best, score = -1, -math.inf
        for place in self.near(one, role):
            total = weights["1"]
            for name, value in self.features(one, others[place], role).items():
                total += weights.get(name, 0.0) * value
            if total > score:
                best, score = place, total
        return best, score

    def link(self) -> Iterator[Link]:
        """Attributions in the order of their cues. A content that belongs to no cue makes none."""
        contents: dict[int, list[int]] = {}
        scores: dict[int, float] = {}
        for place, content in enumerate(self.found.content):
            cue, score = self._best(content, "cue")
            if cue >= 0 and score >= LINKED:
                contents.setdefault(cue, []).append(place)
                scores[cue] = min(scores.get(cue, math.inf), score)
        for cue, places in sorted(contents.items()):
            source, score = self._best(self.found.cue[cue], "source")
            source = source if score >= HAS_SOURCE else -1
            yield Link(source, cue, tuple(places), scores[cue], score if source >= 0 else 0.0)


_FEATURES = {name: name for name in ("distance", "sentences", "paragraphs", "other sentence", "touching", "opens quoted", "ends quoted")}
_FEATURES |= {name: name for name in ("capital", "according", "participle")} | {mark: f"{mark} between" for mark in ",;:"}
_FEATURES |= {role: f"{role} between" for role in ("source", "cue", "content")}
_FEATURES |= {name: name for name in (f"other has {role} {place}" for role in ("source", "content") for place in ("before", "behind"))}
_NAMES = {side: {key: f"{side}:{name}" for key, name in _FEATURES.items()} for side in ("before", "after")}
QUOTES = frozenset('"“”')
LINKED = -2.5  # log-odds from which a content is taken to belong to a cue, set like the next on articles kept back from training
HAS_SOURCE = -0.8  # and a cue to a source
