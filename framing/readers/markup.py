"""Inline Markdown: which characters of a page are marks and which are words. Nothing is removed; marks are given as spans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from framing.text import Span

# Every repetition is bounded or stops at its own opening character, so that a page of nothing but "[" or "*" costs linear time.
_LINK = re.compile(
    r"(?P<image>!)?\[(?P<words>(?:[^\[\]\r\n]|\r?\n(?![^\S\n]*\n)){0,1000})\]"
    r"\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:[ \t]{1,4}[\"'][^\"'\r\n]{0,300}[\"'])?\)"
)
_AUTOLINK = re.compile(r"<(?:https?://|www\.|mailto:)[^<>\s]{1,2000}>")
_LINKED_IMAGE = re.compile(r"\[(?P<image>!\[[^\[\]]{0,1000}\]\([^()\s]{0,2000}\))\]\([^()\s]{0,2000}\)")
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,2000}?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,12}(?:\s[^<>]{0,500})?/?>")
_ENTITY = re.compile(r"&(?:nbsp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{1,5}|#x[0-9a-fA-F]{1,5});|(?<=&)amp;")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>~|])")
_RUN = re.compile(r"(?<!\\)(?:\*{1,3}|_{1,3}|~~)")  # an escaped star is a word's, such as a footnote's mark
_OPENING = "([{—–-/'\"“‘«>*_~¿¡"


@dataclass(frozen=True)
class Link:
    """A link or picture: its whole span and the words it shows."""

    span: Span
    words: Span


@dataclass
class Markup:
    """The marks of a page.

    Attributes
    ----------
    marks : list of Span
        Characters that are no words.
    links, images : list of Link
    emphasis : list of Span
        From the first mark to the end of the last.
    """

    marks: list[Span] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Link] = field(default_factory=list)
    emphasis: list[Span] = field(default_factory=list)


def find_markup(text: str, blocks: Iterable[Span]) -> Markup:
    """Marks of links, pictures, emphasis, tags, entities and escapes inside these blocks.

    A star that can only be a footnote's ("the Harbour Front* said", a lone star before a note) is no mark and stays.
    Back quotes stay, too: pairs of them are quotation marks in some newsrooms.
    """
    found = Markup()
    ordered = list(blocks)
    if not ordered:
        return found
    start, end = ordered[0].start, ordered[-1].end
    if "](" in text or "<" in text:
        _links(text, start, end, found)
    for needed, pattern in (("<!--", _COMMENT), ("<", _TAG), ("&", _ENTITY), ("\\", _ESCAPE)):
        if needed in text:
            found.marks += [Span(*m.span()) for m in pattern.finditer(text, start, end)]
    found.marks = _merged(found.marks)
    if any(mark in text for mark in "*_~"):
        _emphasis(text, ordered, found)
    found.marks = _merged(found.marks)
    found.emphasis.sort()
    return found


def _links(text: str, start: int, end: int, found: Markup) -> None:
    for m in _LINK.finditer(text, start, end):
        link = Link(Span(*m.span()), Span(*m.span("words")))
        (found.images if m["image"] else found.links).append(link)
        found.marks += [Span(m.start(), m.start("words")), Span(m.end("words"), m.end())]
    for m in _LINKED_IMAGE.finditer(text, start, end):
        found.marks += [Span(m.start(), m.start("image")), Span(m.end("image"), m.end())]
    for m in _AUTOLINK.finditer(text, start, end):
        found.links.append(Link(Span(*m.span()), Span(m.start() + 1, m.end() - 1)))
        found.marks += [Span(m.start(), m.start() + 1), Span(m.end() - 1, m.end())]


def _emphasis(text: str, blocks: list[Span], found: Markup) -> None:
    taken, skip = found.marks[:], 0  # the targets of links, where "_" is no mark
    number = 0
    opened: dict[str, list[int]] = {}
    for m in _RUN.finditer(text, blocks[0].start, blocks[-1].end):
        start, end, run = m.start(), m.end(), m.group()
        while number < len(blocks) and blocks[number].end <= start:
            number, opened = number + 1, {}
        if number == len(blocks):
            break
        while skip < len(taken) and taken[skip].end <= start:
            skip += 1
        block = blocks[number]
        if start < block.start or (skip < len(taken) and taken[skip].start <= start):
            continue
        before = text[start - 1] if start > block.start else " "
        after = text[end] if end < block.end else " "
        closes = not before.isspace() and not (after.isalnum() or after == "_")
        opens = not after.isspace() and (before.isspace() or before in _OPENING)
        if closes and not opened.get(run):
            _split_triple(run, opened)
        waiting = opened.setdefault(run, [])
        if closes and waiting:
            began = waiting.pop()
            for inner in opened.values():  # what was opened inside and never closed stays as it is
                while inner and inner[-1] > began:
                    inner.pop()
            found.marks += [Span(began, began + len(run)), Span(start, end)]
            found.emphasis.append(Span(began, end))
        elif opens:
            waiting.append(start)


def _split_triple(run: str, opened: dict[str, list[int]]) -> None:
    """Take an open ``***`` for ``*`` and ``**``, the inner of them ending at ``run``: ``***Correction:** the port is open.*``"""
    triple = opened.get(run[0] * 3)
    if len(run) < 3 and triple:
        began, outer = triple.pop(), 3 - len(run)
        opened.setdefault(run[0] * outer, []).append(began)
        opened.setdefault(run, []).append(began + outer)


def _merged(marks: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(marks):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
