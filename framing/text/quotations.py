"""What stands between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from framing.text.spans import Span
from framing.text.words import paragraph_spans


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks.

    Attributes
    ----------
    span : Span
        With the marks.
    inner : Span
        Without them.
    closed : bool
        False where the paragraph (or the text) ends before a closing mark.
    continues : bool
        True where it takes up a quotation left open by the paragraph before.
    """

    span: Span
    inner: Span
    closed: bool = True
    continues: bool = False


_OPEN, _CLOSE = "“„«", "”»"
_MARK = re.compile(r"[\"“”„«»]|``|''|‘‘|’’|(?<![\w'])['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_PERHAPS_MARK = re.compile(r"[\"“”„«»`'‘’]")


def _marks(text: str, paragraph: Span) -> list[tuple[int, int]]:
    """Matches of ``_MARK``; it is tried only where it can match, which is several times faster."""
    found: list[tuple[int, int]] = []
    at = paragraph.start
    for m in _PERHAPS_MARK.finditer(text, paragraph.start, paragraph.end):
        if m.start() >= at and (mark := _MARK.match(text, m.start(), paragraph.end)):
            found.append(mark.span())
            at = mark.end()
    return found


Side = Literal["open", "close", "either"]


def _side(text: str, start: int, end: int, paragraph: Span) -> Side:
    mark = text[start:end]
    if mark in _OPEN or mark in ("``", "‘‘"):
        return "open"
    if mark in _CLOSE or mark == "’’":
        return "close"
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    opens = (before.isspace() or before in "([{—–-/‘'") and not after.isspace()
    closes = (after.isspace() or after in ".,;:!?)]}—–-/’'") and not before.isspace()
    return "open" if opens and not closes else "close" if closes and not opens else "either"


def quotations(text: str, paragraphs: Iterable[Span] | None = None) -> list[Quotation]:
    """Quotations in double marks (curly, straight, guillemets, ``''``, ``’’``) or, where a paragraph has none of these, single ones.

    In order and never overlapping: a quotation inside a quotation is part of the outer one. A mark still open at the end of its
    paragraph makes a quotation that ends there (``closed=False``); when the next paragraph opens with a mark again, that one
    ``continues`` it.
    """
    found: list[Quotation] = []
    carried = False
    for paragraph in paragraphs if paragraphs is not None else paragraph_spans(text):
        marks = _marks(text, paragraph)
        double = [m for m in marks if text[m[0] : m[1]] not in ("'", "‘", "’")]
        mine = list(_double(text, double, paragraph) if double else _single(text, marks, paragraph))
        if carried and mine and not text[paragraph.start : mine[0].span.start].strip():
            first = mine[0]
            mine[0] = Quotation(first.span, first.inner, first.closed, continues=True)
        carried = bool(mine) and not mine[-1].closed
        found += mine
    return found


def _double(text: str, marks: list[tuple[int, int]], paragraph: Span) -> Iterator[Quotation]:
    opened: tuple[int, int] | None = None
    depth = 0
    for start, end in marks:
        mark, side = text[start:end], _side(text, start, end, paragraph)
        opener = text[opened[0] : opened[1]] if opened else ""
        if opened is None:
            if side != "close":
                opened, depth = (start, end), 0
        elif side == "open" and mark == opener and mark in ('"', "''"):
            yield Quotation(Span(opened[0], start).trim(text), Span(opened[1], start).trim(text), closed=False)
            opened, depth = (start, end), 0  # the first was never closed
        elif side == "open" and (opener, mark) != ("„", "“"):
            depth += 1  # nested
        elif depth:
            depth -= 1
        else:
            yield Quotation(Span(opened[0], end), Span(opened[1], start))
            opened = None
    if opened is not None:
        yield Quotation(Span(opened[0], paragraph.end), Span(opened[1], paragraph.end), closed=False)


_SECOND_WORD = re.compile(r"\s\S")


def _single(text: str, marks: list[tuple[int, int]], paragraph: Span) -> Iterator[Quotation]:
    opened: tuple[int, int] | None = None
    second = -1  # where the first new word behind the opening mark begins; looked for once, however many marks follow
    for start, end in marks:
        before = text[start - 1] if start > paragraph.start else " "
        if before.isspace() or before in "([{—–-":
            opened = (start, end)
        elif opened and start > opened[1]:
            if second <= opened[1]:
                match = _SECOND_WORD.search(text, opened[1], paragraph.end)
                second = match.end() - 1 if match else paragraph.end
            if before in ".,!?…" or (second < start and before != "s"):
                yield Quotation(Span(opened[0], end), Span(opened[1], start))
                opened = None
