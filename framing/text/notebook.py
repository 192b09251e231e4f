"""How things show themselves in a notebook: paragraphs, tables and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framing.text.templates import fill


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: words in the first ``n_names`` columns, numbers in the others; an empty cell is shown as a dash."""

    head: Sequence[str]
    rows: Iterable[Sequence[object]]
    n_names: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, folded away under its title if it has one; nothing is shown of an empty one."""

    items: Sequence[str]
    title: str = ""


def in_notebook(*parts: str | Rows | Bullets) -> str:
    """The HTML by which something shows itself: text as paragraphs, every word escaped; ``Markup`` as it is.

    Examples
    --------
    >>> print(in_notebook("Outlets", Rows(["outlet", "articles"], [["Open Ledger", 1200]])))
    <p>Outlets</p>
    <table>
    <thead><tr><th scope="col" style="text-align:left">outlet</th><th scope="col" style="text-align:right">articles</th></tr></thead>
    <tbody>
    <tr><th scope="row" style="text-align:left">Open Ledger</th><td style="text-align:right">1,200</td></tr>
    </tbody>
    </table>
    """
    return str(fill("text/templates/notebook.html", parts=parts))
