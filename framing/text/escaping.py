"""Text of others made fit to be shown: nothing in it steers a screen, reverses a line, or becomes markup or a link."""

from __future__ import annotations

import re

_STEERING = {
    # Zero-width joiners stay: scripts and emoji need them. Marks that reorder the line around them do not.
    **{code: f"⟨{name}⟩" for code, name in zip(range(0x202A, 0x202F), ("LRE", "RLE", "PDF", "LRO", "RLO"), strict=True)},
    **{code: f"⟨{name}⟩" for code, name in zip(range(0x2066, 0x206A), ("LRI", "RLI", "FSI", "PDI"), strict=True)},
    0x200E: "⟨LRM⟩",
    0x200F: "⟨RLM⟩",
    0x061C: "⟨ALM⟩",
}
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: "␡",
    **{code: f"⟨{code:02X}⟩" for code in range(0x80, 0xA0)},
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
    **dict.fromkeys((0xFFFE, 0xFFFF), "�"),
    **_STEERING,
}
_HIDDEN = re.compile(f"[{''.join(map(chr, _VISIBLE))}]")

_HALF = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    """The text with U+FFFD for every half of a character (a lone surrogate), which no encoding can write; the length stays.

    Examples
    --------
    >>> whole_characters("port \\ud83d")
    'port \ufffd'
    """
    return _HALF.sub("\ufffd", text)


def visible(text: str) -> str:
    """The text with control characters, direction overrides and broken halves of characters shown as marks.

    Tabs and line breaks stay.

    Examples
    --------
    >>> visible("a\\x1b[31mb\\u202ec")
    'a␛[31mb⟨RLO⟩c'
    """
    return text if text.isprintable() else _HIDDEN.sub(lambda found: _VISIBLE[ord(found[0])], text)


def one_line(text: str) -> str:
    """:func:`visible` text with runs of white space as single spaces."""
    return " ".join(visible(text).split())


def clipped(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis where it has more than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def label_of(name: str) -> str:
    """A name from the tables as words: ``"civil_society"`` becomes ``"civil society"``."""
    return name.replace("_", " ")


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, a true minus; zero has none."""
    shown = f"{value:+.{digits}f}".replace("-", "−")
    return shown if any(digit in shown for digit in "123456789") else shown[1:]


def clip(words: str, most: int) -> str:
    """At most so many characters, on one line."""
    return clipped(one_line(words), most)


def safe_link(url: str | None) -> str | None:
    """The address if it is a plain http or https one, else None (``javascript:``, ``data:``, white space or quotes inside).

    Examples
    --------
    >>> safe_link("https://vantryherald.example/a?b=1")
    'https://vantryherald.example/a?b=1'
    >>> safe_link("javascript:alert(1)") is None
    True
    """
    if not url or not url.lower().startswith(("https://", "http://")):
        return None
    if any(char.isspace() or char in "\"'<>`\\" or not char.isprintable() for char in url):
        return None
    return url
