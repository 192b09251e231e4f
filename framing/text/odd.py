"""Characters that print as nothing, or as something else than they are: soft hyphens, no-break spaces, accents that stand apart."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_SPACES = dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_ODD = re.compile(f"[{_INVISIBLE}\u00a0\u2000-\u200a\u202f\u205f\u3000\u0300-\u036f]")
_INSIDE = re.compile(f"[{_INVISIBLE}\u0300-\u036f]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_TOKEN = re.compile(r"\S+")


def even(text: str) -> str:
    """``text`` as it is read: invisible characters gone, spaces plain, accents on their letters; of the same length.

    What is taken out of a word is made up for by spaces behind it, so that everything from the next white space on stands where it stood.
    Offsets inside such a word, and its end, lie earlier by as many characters as were taken out.

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
    token = match.group()
    if not _INSIDE.search(token):
        return token
    kept = unicodedata.normalize("NFC", _HIDDEN.sub("", token))
    return kept + " " * (len(token) - len(kept)) if len(kept) <= len(token) else token
