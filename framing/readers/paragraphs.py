"""Paragraphs that a page broke in two, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.text import Span

_GOES_ON = re.compile(r"[a-zà-öø-ÿ][\w'’-]*[ ,;]")  # opens with a small letter and is more than one word
_BREAKS_OFF = re.compile(r"[\w,’'][^\S\r\n]*$")
_ENDS = re.compile(r"[.!?…:][\"'”’»)*_\]]*\s*$")
_LIST_OR_LINK = re.compile(r"(?:[-*•–—>#|]|\d{1,3}[.)]|https?:|www\.)")


def join_broken(text: str, spans: Sequence[Span]) -> list[Span]:
    """Paragraph spans, with those joined that an empty line parts inside a sentence; the joined span holds the empty line.

    Examples
    --------
    >>> text = "The union wants talks with the port's\\n\\nnew owners. It said so.\\n\\nTalks begin."
    >>> [span.of(text) for span in join_broken(text, [Span(0, 37), Span(39, 62), Span(64, 76)])]
    ["The union wants talks with the port's\\n\\nnew owners. It said so.", 'Talks begin.']
    """
    joined: list[Span] = []
    for span in spans:
        if joined and is_broken(text, joined[-1], span):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def is_broken(text: str, before: Span, after: Span) -> bool:
    """Whether one paragraph goes on in the next.

    It has four words or more and ends in a word or a comma; the next begins with a small letter, and ends a sentence or is twelve words
    long ("toggle caption", "next image" are no continuation of anything).
    """
    if not _GOES_ON.match(text, after.start, after.end):
        return False
    tail = text[max(before.start, before.end - 80) : before.end]
    if not _BREAKS_OFF.search(tail) or len(tail.split()) < 4 or _LIST_OR_LINK.match(text, before.start, before.end):
        return False
    return (
        bool(_ENDS.search(text[max(after.start, after.end - 10) : after.end]))
        or len(text[after.start : min(after.end, after.start + 200)].split()) >= 12
    )
