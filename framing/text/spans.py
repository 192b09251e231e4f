"""Spans: half-open pairs of character offsets into a text that nothing rewrites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from framing.errors import InputError


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open pair of character offsets into a text.

    Examples
    --------
    >>> Span(4, 9).of("The mayor resigned.")
    'mayor'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InputError(f"a span needs 0 <= start <= end, got start={self.start}, end={self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[int]:
        return iter((self.start, self.end))

    def of(self, text: str) -> str:
        """The characters of ``text`` under this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def trim(self, text: str) -> Span:
        """This span without white space at its ends."""
        piece = self.of(text)
        start = self.start + len(piece) - len(piece.lstrip())
        return Span(start, max(start, self.start + len(piece.rstrip())))


def blank(text: str, spans: Iterable[Span]) -> str:
    """``text`` with these spans overwritten by spaces (line breaks stay): same length, same offsets."""
    pieces, at = [], 0
    for span in sorted(spans):
        if span.end <= at:
            continue
        start = max(span.start, at)
        piece = text[start : span.end]
        pieces += [text[at:start], " " * len(piece) if piece.isprintable() else re.sub(r"[^\n\r]", " ", piece)]
        at = span.end
    return "".join([*pieces, text[at:]])


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            last = joined.pop()
            span = Span(last.start, max(last.end, span.end))
        joined.append(span)
    return joined


def touched(disjoint: Sequence[Span], span: Span) -> bool:
    """Does one of these spans, in order and without overlap (see :func:`merged`), overlap this one?

    Examples
    --------
    >>> touched([Span(0, 4), Span(9, 12)], Span(3, 5)), touched([Span(0, 4), Span(9, 12)], Span(4, 9))
    (True, False)
    """
    at = bisect_left(disjoint, span.end, key=lambda s: s.start) - 1
    return at >= 0 and disjoint[at].end > span.start
