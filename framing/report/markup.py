"""HTML built so that text is escaped unless it was built here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from framing.text.escaping import clipped, escaped, one_line


class Html(str):
    """Markup made by :func:`tag`; any other string is text and gets escaped."""

    __slots__ = ()


Child = str | Iterable[str] | None

_VOID = frozenset(("meta", "br", "hr", "col"))


def text(words: str) -> Html:
    """Words as HTML: escaped, control characters visible."""
    return words if isinstance(words, Html) else Html(escaped(words))


def join(children: Iterable[Child], between: str = "") -> Html:
    return Html(between.join(_inner(child) for child in children))


def _inner(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, str):
        return text(child)
    return "".join(_inner(one) for one in child)


def tag(name: str, /, *children: Child, **attributes: str | None) -> Html:
    """One element. Attribute names may end in ``_`` (``class_``) and have ``_`` for ``-``; those that are None are left out.

    Examples
    --------
    >>> tag("p", "Ships & <b>ports</b>", class_="lead")
    '<p class="lead">Ships &amp; &lt;b&gt;ports&lt;/b&gt;</p>'
    """
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"' for key, value in attributes.items() if value is not None)
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{join(children)}</{name}>")


def data_block(name: str, data: Any) -> Html:
    """Data for a script of the page, as JSON that no browser runs and no text in it can leave.

    Examples
    --------
    >>> data_block("d", ["</script>"])
    '<script type="application/json" id="d">["\\\\u003c/script\\\\u003e"]</script>'
    """
    written = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for mark in "<>&":
        written = written.replace(mark, f"\\u{ord(mark):04x}")
    return Html(f'<script type="application/json" id="{name}">{written}</script>')


def clip(words: str, most: int) -> str:
    """At most so many characters, on one line."""
    return clipped(one_line(words), most)
