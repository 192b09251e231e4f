"""Spans, words, sentences, paragraphs and quotation marks: everything by character offset, nothing rewritten."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from framing.errors import InputError
from framing.lexicons import load_words


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


def how_many(n: int, one: str) -> str:
    """A count with its noun.

    Examples
    --------
    >>> how_many(1, "story"), how_many(1200, "story")
    ('1 story', '1,200 stories')
    """
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{n:,} {one if n == 1 else many}"


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


_WORD = re.compile(r"\d+(?:[.,:]\d+)*\w*(?:['’]\w+)*|\w+(?:['’]\w+)*")


def words(text: str, span: Span | None = None) -> list[Span]:
    """Words and numbers, an inner apostrophe kept ("isn't"), a hyphen not ("Franco", "German")."""
    start, end = span or (0, len(text))
    return [Span(*m.span()) for m in _WORD.finditer(text, start, end)]


def word_strings(text: str) -> list[str]:
    """The same words as strings, for counting; many times faster than spans.

    Examples
    --------
    >>> word_strings("It isn't 9:30 in Port Sallow.")
    ['It', "isn't", '9:30', 'in', 'Port', 'Sallow']
    """
    return _WORD.findall(text)


def count_words(text: str, span: Span | None = None) -> int:
    """Number of :func:`words`, without making spans."""
    start, end = span or (0, len(text))
    return len(_WORD.findall(text, start, end))


_EMPTY_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")
_LINE = re.compile(r"[^\r\n]+")


def paragraph_spans(text: str) -> list[Span]:
    """Paragraphs: stretches between empty lines; where the text has none, its lines."""
    starts_ends: list[tuple[int, int]] = []
    at = 0
    for gap in _EMPTY_LINE.finditer(text):
        starts_ends.append((at, gap.start()))
        at = gap.end()
    starts_ends.append((at, len(text)))
    if len(starts_ends) == 1:
        starts_ends = [m.span() for m in _LINE.finditer(text)]
    trimmed = (Span(start, end).trim(text) for start, end in starts_ends)
    return [span for span in trimmed if len(span)]


# A stop with what closes behind it; possessive, so a row of stops is read once. The look behind comes second, because a pattern that begins
# with a set of characters is found faster.
_STOP = re.compile(r"""[.!?…](?<![.!?…].)[.!?…]*+["'”’»)\]]*+(?=\s)""")
_LAST_TOKEN = re.compile(r"([\w.'’&-]+)$")
_ALSO_WORDS = frozenset({"ark", "dec", "ed", "ill", "mar", "mass", "miss", "no", "ore", "spec", "wash"})  # abbreviated with a capital
_NEXT_TOKEN = re.compile(r"(\s+)(?:[\"'“‘«(\[]|``)*([\w'’]+|[-–—•])")


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """Sentences of a text, or of one paragraph of it. They are in order, never overlap, and have no white space at their ends.

    A line break inside ``span`` counts as a space; without ``span`` every paragraph is split by itself, so no sentence runs over an
    empty line. Abbreviations and initials do not end one; "U.S." does before a word that commonly opens a sentence.
    """
    if span is None:
        return [s for paragraph in paragraph_spans(text) for s in sentences(text, paragraph)]
    found = _kept_sentences(text, span.start, span.end) if len(text) <= _KEPT else _sentences(text, span.start, span.end)
    return list(found)


_KEPT = 100_000  # characters; sentences of longer texts are not kept


def _sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    titles, abbreviations, openers = (load_words(f"abbreviations_{kind}") for kind in ("never_end", "may_end", "openers"))
    whole = Span(start, end).trim(text)
    found, at = [], whole.start
    for stop in _STOP.finditer(text, start, end):
        following = _NEXT_TOKEN.match(text, stop.end(), end)
        if following is None:
            continue
        nxt = following.group(2)
        if not (nxt[0].isupper() or nxt[0].isdigit() or nxt[0] in "-–—•"):
            continue
        if stop.group().startswith(".") and not stop.group().startswith(".."):
            before = _LAST_TOKEN.search(text, max(at, stop.start() - 30), stop.start())
            token = before.group(1) if before else ""
            lowered, opens = token.lower().lstrip("'’"), nxt.lower() in openers
            if lowered in _ALSO_WORDS and not nxt[0].isdigit() and (token == lowered or lowered == "no"):
                pass  # "She fell ill. Doctors came." "The answer was No. Talks ended."
            else:
                initial = len(token) == 1 and token.isupper() and token != "I"
                if lowered in titles or (not opens and (initial or lowered in abbreviations or "." in token)):
                    continue
        found.append(Span(at, stop.end()))
        at = following.end(1)
    if at < whole.end:
        found.append(Span(at, whole.end))
    return tuple(found)


_kept_sentences = lru_cache(maxsize=256)(_sentences)  # one measure after the other asks for the same


_start = attrgetter("start")


def sentence_at(sentence_spans: Sequence[Span], offset: int) -> Span | None:
    """The sentence that holds ``offset``, from sorted sentences; None between them."""
    i = bisect_right(sentence_spans, offset, key=_start) - 1
    return sentence_spans[i] if i >= 0 and offset < sentence_spans[i].end else None


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
