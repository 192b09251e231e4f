"""What a page's software prints inside a sentence and nobody wrote there: headlines of other stories behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.text import Span

_MORE = re.compile(r"\bMORE\b(?=['’]s|[\s.,;:)]|$)")
_REACH = 700  # characters before "MORE" in which the name stands that the headlines follow
_NAMED_TWICE = re.compile(
    r"(?<![\w’'-])(?P<last>[^\W\d_a-z][\w’'-]+)(?= )"
    r"(?P<again>(?: [^\W\d_a-z(][\w.’'-]*| \([\w.’'-]+\)){1,4}? ?(?P=last))(?=[^\W_a-z]|\d|\s|['’\"(])"
)


def inserts(text: str) -> Iterator[Span]:
    """Headlines put behind a person's name up to the word "MORE", with the full name that opens them, in text order.

    "Sen. Ida Poe Ida Marie PoePort strike ends Mayor to resign MORE (D-Ohio) said" is read as "Sen. Ida Poe (D-Ohio) said".

    Examples
    --------
    >>> text = "Sen. Ida Poe Ida Marie PoePort strike ends MORE (D-Ohio) said no."
    >>> [span.of(text) for span in inserts(text)]
    [' Ida Marie PoePort strike ends MORE']
    """
    reached = 0
    for more in _MORE.finditer(text):
        low = max(reached, more.start() - _REACH, text.rfind("\n", 0, more.start()) + 1)
        if found := _NAMED_TWICE.search(text, low, more.start()):
            found = _NAMED_TWICE.match(text, found.end("last") + 1, more.start()) or found  # the last name rather than the first
            yield Span(found.start("again"), more.end())
        reached = more.end()
