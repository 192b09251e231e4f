"""The blocks of a Markdown or text page: headings, paragraphs, list items, quotes, pictures, rules. All by offset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from framing.text import Span

Kind = Literal["text", "heading", "quote", "item", "picture", "rule"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WORDS_OF_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"(?:={2,}|-{3,})\s*\Z")
_RULE = re.compile(r"(?:(?:\*[ \t]?){3,}|(?:-[ \t]?){3,}|(?:_[ \t]?){3,})\s*\Z")
_QUOTE = re.compile(r"(?:>\s?){1,5}")
_ITEM = re.compile(r"(?:[-*+•·]|\d{1,3}[.)])\s+(?=\S)")
_PICTURE = re.compile(r"\[?!\[[^\[\]]{0,1000}\]\([^\r\n]{0,4000}\)\s*\Z")
_ENDS = re.compile(r"[.!?…][\"'”’»)*_\]]{0,4}\s*\Z")


@dataclass
class Block:
    """One block: its span (without white space at the ends), what it is in Markdown, and the marks that make it so."""

    span: Span
    kind: Kind = "text"
    level: int = 0
    marks: list[Span] = field(default_factory=list)


def split_blocks(text: str, start: int = 0) -> list[Block]:
    """The blocks of a page from ``start`` on, in order. On a page without empty lines every line is one."""
    lines = list(_lines(text.rstrip(), len(text) - len(text[start:].lstrip())))
    one_each = all(text[s:e].strip() for s, e in lines)
    blocks: list[Block] = []
    current: Block | None = None  # the one that a further line may belong to
    n_lines = 0
    for at, end in lines:
        line = Span(at, end).trim(text)
        if not len(line):
            current = None
            continue
        fresh = _block_at(text, line)
        if current and n_lines == 1 and current.kind == "text" and len(current.span) <= 300 and _is_underline(text, line):
            current.kind, current.level = "heading", 1 if text[line.start] == "=" else 2
            current.marks.append(line)
            current.span = Span(current.span.start, line.end)
            current = None
        elif current and not one_each and (fresh.kind == "text" or fresh.kind == current.kind == "quote"):
            current.span = Span(current.span.start, line.end)
            current.marks += fresh.marks
            n_lines += 1
        else:
            blocks.append(fresh)
            current = fresh if fresh.kind in ("text", "item", "quote") else None
            n_lines = 1
    return [piece for block in blocks for piece in _long_lines(text, block)]


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for m in _LINE.finditer(text, start):
        if m.end() > m.start():
            yield m.span()


def _is_underline(text: str, line: Span) -> bool:
    return text[line.start] in "=-" and len(line) <= 300 and bool(_UNDERLINE.match(line.of(text)))


def _block_at(text: str, line: Span) -> Block:
    first = text[line.start]
    if first not in "#*-_>!+•·[" and not first.isdigit():
        return Block(line)
    words = text[line.start : min(line.end, line.start + 5000)]
    whole = len(words) == len(line)
    if heading := _HEADING.match(words):
        marks = [Span(line.start, line.start + heading.end())]
        tail = re.search(r"\s#{1,6}\Z", words[-20:]) if whole else None
        if tail:
            marks.append(Span(line.end - len(tail.group()), line.end))
        return Block(line, "heading", len(heading.group(1)), marks)
    if len(line) <= 200 and _RULE.match(words):
        return Block(line, "rule", marks=[line])
    if quote := _QUOTE.match(words):
        return Block(line, "quote", marks=[Span(line.start, min(line.end, line.start + quote.end()))])
    if whole and _PICTURE.match(words):
        return Block(line, "picture")
    if item := _ITEM.match(words):
        return Block(line, "item", marks=[Span(line.start, line.start + item.end())])
    return Block(line)


def _long_lines(text: str, block: Block) -> Iterator[Block]:
    """A block whose lines are whole paragraphs (long, each ending a sentence) is as many blocks; a wrapped paragraph stays one."""
    lines = [Span(*span).trim(text) for span in _lines_within(text, block.span)] if block.kind == "text" and len(block.span) > 120 else []
    if len(lines) > 1 and max(map(len, lines)) > 120 and all(_ENDS.search(text[max(s.start, s.end - 8) : s.end]) for s in lines[:-1]):
        yield from (Block(span) for span in lines)
    else:
        yield block


def _lines_within(text: str, span: Span) -> Iterator[tuple[int, int]]:
    return (m.span() for m in _WORDS_OF_LINE.finditer(text, span.start, span.end))


def lines_of(text: str, block: Block) -> list[Block]:
    """The lines of a block as blocks of their own."""
    return [Block(Span(*span).trim(text), block.kind) for span in _lines_within(text, block.span)]
