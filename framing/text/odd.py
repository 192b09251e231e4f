"""Characters that print as nothing, or as something else than they are: soft hyphens, no-break spaces, accents that stand apart."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from framing.text.spans import Span

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_SPACES = dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_ODD = re.compile(f"[{_INVISIBLE}\u00a0\u2000-\u200a\u202f\u205f\u3000\u0300-\u036f]")
_INSIDE = re.compile(f"[{_INVISIBLE}\u0300-\u036f]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_CLUSTER = re.compile(f"[^{_INVISIBLE}](?:[{_INVISIBLE}]*[\u0300-\u036f]+)*")
_TOKEN = re.compile(r"\S+")


def even(text: str) -> str:
    """``text`` as it is read: invisible characters gone, spaces plain, accents on their letters; of the same length.

    What is taken out of a word is made up for by spaces behind it, so that everything from the next white space on stands where it stood.
    Offsets inside such a word, and its end, lie earlier by as many characters as were taken out: see :func:`as_printed`.

    Examples
    --------
    >>> even("har\\u00adbour\\u00a0strike"), len(even("Andre\\u0301 Roe"))
    ('harbour  strike', 10)
    """
    if not _ODD.search(text):
        return text
    text = text.translate(_SPACES)
    return _TOKEN.sub(_even_token, text) if _INSIDE.search(text) else text


def _even_token(match: re.Match[str]) -> str:
    return _kept(match.group()).ljust(len(match.group()))


def _kept(token: str) -> str:
    if not _INSIDE.search(token):
        return token
    kept = unicodedata.normalize("NFC", _HIDDEN.sub("", token))
    return kept if len(kept) <= len(token) else token


def unaccented(word: str) -> str:
    """A word without its accents.

    Examples
    --------
    >>> unaccented("Beyoncé"), unaccented("Andre\\u0301")
    ('Beyonce', 'Andre')
    """
    return word if word.isascii() else "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def as_printed(text: str) -> Callable[[Span], Span] | None:
    """What gives for a span of ``even(text)`` that of the same words in ``text``; None where both are the same everywhere.

    Examples
    --------
    >>> text = "said Tol\\u00adli\\u00adver."
    >>> span = Span(5, 13)
    >>> span.of(even(text)), as_printed(text)(span).of(text) == "Tol\\u00adli\\u00adver"
    ('Tolliver', True)
    """
    if not _INSIDE.search(text):
        return None
    moved = [(*token.span(), _places(token.group())) for token in _TOKEN.finditer(text.translate(_SPACES)) if _INSIDE.search(token.group())]
    starts = [start for start, _, _ in moved]

    def place(offset: int, side: int) -> int:
        """Where the character at an offset begins (side 0) or ends (side 1)."""
        at = bisect_right(starts, offset) - 1
        if at < 0 or offset >= moved[at][1]:
            return offset + side
        start, end, places = moved[at]
        return start + places[offset - start][side] if offset - start < len(places) else end

    return lambda span: Span(place(span.start, 0), place(span.end - 1, 1)) if len(span) else span


def _places(token: str) -> list[tuple[int, int]]:
    """From where to where in ``token`` each character of what ``even`` leaves of it was printed."""
    kept = _kept(token)
    places = [
        cluster.span() for cluster in _CLUSTER.finditer(token) for _ in unicodedata.normalize("NFC", _HIDDEN.sub("", cluster.group()))
    ]
    if kept == token or len(places) != len(kept):  # letters of another script that join: only its ends are known
        return [(i, i + 1 if i < len(kept) - 1 else len(token)) for i in range(len(kept))]
    return places
