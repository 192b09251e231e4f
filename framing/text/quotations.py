"""What stands between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
        False where no closing mark stands before the next opening one or the end of the paragraph.
    continues : bool
        True where it takes up a quotation left open by the paragraph before.
    """

    span: Span
    inner: Span
    closed: bool = True
    continues: bool = False


Side = Literal["open", "close", "either"]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    side: Side


_OPEN, _CLOSE = "“„«", "”»"
_SINGLE = ("'", "‘", "’")
_STRAIGHT = ('"', "''")
_MARK = re.compile(r"[\"“”„«»]|``|''|‘‘|’’|(?<![\w'])['‘](?=\w|[“\"])|(?<=[\w.,!?…”\"])['’](?!\w)")
_PERHAPS_MARK = re.compile(r"[\"“”„«»`'‘’]")
_ELISION = re.compile(r"['‘’](?:\d\ds?|em|til|tis|twas|cause|bout|n(?=['’]))\b", re.IGNORECASE)  # "since '82"
_INCHES = re.compile(r"(?<=\d)\"(?=\s[a-z]|[,.;)])")
_STOP = re.compile(r"[.!?…](?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z][a-z]\.)[)\]]*(?=\s|$)")
_ENDED = re.compile(r"[.!?…][’')]*\s*$")
_SOMETHING = re.compile(r"\S")
_SECOND_WORD = re.compile(r"\s\S")
_LONG, _LONG_INSIDE = 1000, 400  # characters behind an opening mark without a closing one that are no quotation; inside a paragraph fewer


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """Matches of ``_MARK``; it is tried only where it can match, which is several times faster."""
    found: list[_Mark] = []
    at = paragraph.start
    for m in _PERHAPS_MARK.finditer(text, paragraph.start, paragraph.end):
        if m.start() >= at and (mark := _MARK.match(text, m.start(), paragraph.end)):
            at = mark.end()
            found.append(_Mark(mark.start(), at, mark.group(), _side(text, mark.start(), at, paragraph)))
    return found


def _side(text: str, start: int, end: int, paragraph: Span) -> Side:
    mark = text[start:end]
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    opens = (before.isspace() or before in "([{—–-/‘'") and not after.isspace()
    closes = (after.isspace() or after in ".,;:!?)]}—–-/’'") and not before.isspace()
    if mark in "«»":  # »as in German print«, else « as in French »
        inward = (opens and after.isalnum()) if mark == "»" else (closes and not opens)
        return ("open" if mark == "»" else "close") if inward else ("close" if mark == "»" else "open")
    if mark in _OPEN or mark in ("``", "‘‘"):
        return "open"
    if mark in _CLOSE or mark == "’’":
        return "close"
    return "open" if opens and not closes else "close" if closes and not opens else "either"


def quotations(text: str, paragraphs: Iterable[Span] | None = None) -> list[Quotation]:
    """Quotations in double marks (curly, straight, guillemets, ``''``, ``’’``) or in single ones around them or alone.

    In order and never overlapping: a quotation inside a quotation is part of the outer one. A mark still open at the end of its
    paragraph makes a quotation that ends there (``closed=False``) if the next paragraph opens with a mark again, which then
    ``continues`` it. Else its closing mark was lost: an opening mark inside an open quotation, or the end of a paragraph that nothing
    continues and that is far off, ends it with its first sentence.
    """
    found: list[Quotation] = []
    several = list(paragraphs) if paragraphs is not None else paragraph_spans(text)
    carried = False
    for number, paragraph in enumerate(several):
        marks = _marks(text, paragraph)
        follows = number + 1 < len(several) and _opens_with_mark(text, several[number + 1])
        mine = _of_paragraph(text, marks, paragraph)
        if mine and not mine[-1].closed and not follows:
            mine[-1] = _lost(text, mine[-1], paragraph)
        if carried and mine and not text[paragraph.start : mine[0].span.start].strip():
            first = mine[0]
            mine[0] = Quotation(first.span, first.inner, first.closed, continues=True)
        carried = bool(mine) and not mine[-1].closed
        found += mine
    return found


def unpaired(found: Sequence[Quotation]) -> list[Quotation]:
    """Those whose closing mark is missing and that no next paragraph continues."""
    return [q for i, q in enumerate(found) if not (q.closed or (i + 1 < len(found) and found[i + 1].continues))]


def _opens_with_mark(text: str, paragraph: Span) -> bool:
    first = _SOMETHING.search(text, paragraph.start, paragraph.end)
    return first is not None and first.group() in "\"“„«»`'‘"


def _lost(text: str, last: Quotation, paragraph: Span) -> Quotation:
    """A quotation that its paragraph leaves open and nothing continues: to the end if that is not far, else one sentence."""
    opens = not text[paragraph.start : last.span.start].strip()
    if len(last.inner) <= (_LONG if opens else _LONG_INSIDE):
        return last
    return _first_sentence(text, last.span.start, last.inner.start, paragraph.end)


def _cut(text: str, opened: _Mark, limit: int) -> Quotation:
    """A quotation before the mark that opens another: all of it if a sentence ends there, as where paragraphs were joined."""
    whole = _open_ended(text, opened.start, opened.end, limit)
    return whole if _ENDED.search(text, max(opened.end, limit - 8), limit) else _first_sentence(text, opened.start, opened.end, limit)


def _first_sentence(text: str, start: int, inner: int, limit: int) -> Quotation:
    stop = _STOP.search(text, inner, limit)
    return _open_ended(text, start, inner, stop.end() if stop else limit)


def _open_ended(text: str, start: int, inner: int, end: int) -> Quotation:
    inside = Span(inner, end).trim(text)
    inside = inside if len(inside) else Span(inner, inner)
    return Quotation(Span(start, inside.end), inside, closed=False)


def _of_paragraph(text: str, marks: Sequence[_Mark], paragraph: Span) -> list[Quotation]:
    double = [m for m in marks if m.glyph not in _SINGLE]
    if not double:
        return list(_single(text, marks, paragraph))
    inner = list(_double(text, double, paragraph))
    if marks[0].glyph in _SINGLE:  # 'outer "inner" outer', as British papers print it
        outer = [q for q in _single(text, [m for m in marks if m.glyph in _SINGLE], paragraph) if len(q.span) > 2]
        starts = [q.span.start for q in outer]
        at = [bisect_right(starts, q.span.start) - 1 for q in inner]
        if outer and all(i >= 0 and outer[i].span.covers(q.span) for i, q in zip(at, inner, strict=True)):
            return outer
    return inner


def _double(text: str, marks: Sequence[_Mark], paragraph: Span) -> Iterator[Quotation]:
    opened: _Mark | None = None
    depth = 0
    inches = {mark.start for mark in marks if mark.glyph == '"' and _INCHES.match(text, mark.start)}
    if sum(mark.glyph == '"' for mark in marks if mark.start not in inches) % 2:
        inches.clear()  # one of them closes a quotation
    closings = [i for i, mark in enumerate(marks) if mark.glyph == "”"]
    for i, mark in enumerate(marks):
        if opened is None:
            if mark.side != "close":
                opened, depth = mark, 0
        elif mark.start in inches and (opened.glyph == '"' or (closings and closings[-1] > i)):
            continue
        elif mark.side == "open" and mark.glyph == opened.glyph == "“" and _stands_behind(text, mark):
            yield Quotation(Span(opened.start, mark.end), Span(opened.end, mark.start))  # “ used at both ends
            opened = None
        elif mark.side == "open" and mark.glyph == opened.glyph and not _nests(marks, i):
            yield _cut(text, opened, mark.start)
            opened, depth = mark, 0  # the first was never closed
        elif mark.side == "open" and (opened.glyph, mark.glyph) != ("„", "“"):
            depth += 1  # nested
        elif depth:
            depth -= 1
        else:
            yield Quotation(Span(opened.start, mark.end), Span(opened.end, mark.start))
            opened = None
    if opened is not None:
        yield Quotation(Span(opened.start, paragraph.end), Span(opened.end, paragraph.end), closed=False)


def _stands_behind(text: str, mark: _Mark) -> bool:
    """Does white space or a stop follow this mark, so that it closes rather than opens?"""
    return text[mark.end : mark.end + 1] in " \n\t.,;:!?)" and not text[mark.start - 1].isspace()


def _nests(marks: Sequence[_Mark], i: int) -> bool:
    """Are two closing marks next, so that an opening one inside an open quotation opens another inside it?"""
    return marks[i].glyph not in _STRAIGHT and [mark.side for mark in marks[i + 1 : i + 3]] == ["close", "close"]


def _single(text: str, marks: Sequence[_Mark], paragraph: Span) -> Iterator[Quotation]:
    opened: _Mark | None = None
    second = -1  # where the first new word behind the opening mark begins; looked for once, however many marks follow
    for mark in marks:
        before = text[mark.start - 1] if mark.start > paragraph.start else " "
        if before.isspace() or before in "([{—–-":
            elided = _ELISION.match(text, mark.start, paragraph.end)
            if not elided or (opened is None and elided.group()[1].isdigit()):  # "'47 votes'", but "'tis" and, inside, "since '82"
                opened = mark
        elif opened and mark.start > opened.end:
            if second <= opened.end:
                match = _SECOND_WORD.search(text, opened.end, paragraph.end)
                second = match.end() - 1 if match else paragraph.end
            if before in '.,!?…”"' or (second < mark.start and before != "s"):
                yield Quotation(Span(opened.start, mark.end), Span(opened.end, mark.start))
                opened = None
