"""Tables: with the page's script they sort, and long ones filter; without it they stand as they are."""

from __future__ import annotations

from collections.abc import Sequence

from framing.report.markup import Html, join, tag


def table(caption: str, heads: Sequence[str | Html], rows: Sequence[Sequence[Html]], *, wide: bool = False, n_words: int = 1) -> Html:
    """A table whose first ``n_words`` columns hold words, the others numbers; ``wide`` keeps the first column in sight."""
    classes = [None] * n_words + ["number"] * (len(heads) - n_words)
    header = tag("tr", *(tag("th", head, scope="col", class_=kind, dir="auto") for head, kind in zip(heads, classes, strict=True)))
    body = tag("tbody", join((tag("tr", *row) for row in rows), "\n"))
    shown = tag("table", tag("caption", caption), tag("thead", header), body, class_="sortable")
    return tag("div", shown, class_="scroll wide" if wide else "scroll", tabindex="0", role="group", aria_label=caption)
