"""How it was measured: methods, cards, and what was met in reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from framing.plot import describe_measure
from framing.report.markup import Html, join, tag, text
from framing.text import how_many


def problems(summary: Mapping[str, Any], most: int = 200) -> Html:
    """What could not be read, and doubts met in reading."""
    rows = summary["problems"]
    if not rows:
        return tag("p", "None: every input was read.")
    items = [
        tag("li", tag("b", "left out" if row["lost"] else "note"), " ", tag("code", row["where"]), ": ", row["reason"])
        for row in rows[:most]
    ]
    more = (
        tag("p", f"{how_many(len(rows) - most, 'more problem')} not listed here; framing analyze writes all of them to problems.csv.")
        if len(rows) > most
        else None
    )
    return join([tag("ul", *items, class_="problems"), more], "\n")


def method(summary: Mapping[str, Any], version: str) -> Html:
    """The methods in short and as a paper needs them, and the cards of the measures used."""
    parts: list[Html] = []
    comparisons = list(summary["comparisons"].values())
    if comparisons:
        first = comparisons[0]
        untested = summary["untested"]
        few = f" Here no outlet has the {untested['needed']} stories that a test needs." if untested["most"] < untested["needed"] else ""
        parts.append(
            tag(
                "p",
                "Every article counts alike in its outlet's mean. Articles on one event resemble each other, so intervals "
                f"({first.level * 100:g} %) come from drawing whole stories anew ({first.n_resamples:,} times, seed {first.seed}), and "
                "p from dealing the outlets' names anew within stories. Shares have limits even with few stories. p is adjusted over all "
                f"measures of this report.{few}",
            )
        )
        parts.append(_card("Methods, for a paper", tag("p", summary["methods"])))
        notes = [
            tag("li", tag("b", describe_measure(c.measure)["name"]), ": ", " ".join(f"{note}." for note in c.notes))
            for c in comparisons
            if c.notes
        ]
        if notes:
            parts.append(_card("Notes on single measures", tag("ul", *notes)))
    parts.append(tag("p", f"Made with framing {version}."))
    parts.append(
        tag(
            "p",
            "A dash means that something could not be measured; 0 means that it was measured and none was found. Each card below tells "
            "what a number means, what it was tested on and where it fails.",
        )
    )
    for card in summary["cards"]:
        inner = [join([tag("h3", head) if head else None, markdown(body)]) for head, body in card["sections"]]
        parts.append(_card(card["title"], *inner))
    return join(parts, "\n")


def _card(title: str, *body: Html) -> Html:
    return tag("details", tag("summary", title), *body, class_="card")


_BLOCK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^(?:[-*]|\d+\.) +")
_INLINE = re.compile(r"\*\*([^*\n]{1,200})\*\*|`([^`\n]{1,200})`")


def markdown(source: str) -> Html:
    """The little Markdown that cards use: paragraphs, lists, tables, bold, code. Anything else is shown as it stands."""
    return join((_block(block.strip("\n")) for block in _BLOCK.split(source) if block.strip()), "\n")


def _block(block: str) -> Html:
    lines = block.splitlines()
    if all(line.lstrip().startswith("|") for line in lines) and len(lines) > 1:
        cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
        rows = [row for row in cells if not all(cell and set(cell) <= set("-: ") for cell in row)]
        # An empty head, such as that above the names of rows, is none.
        heads = (tag("th", _inline(cell), scope="col") if cell else tag("td") for cell in (rows[0] if rows else []))
        body = tag("tbody", *(tag("tr", *(tag("td", _inline(cell)) for cell in row)) for row in rows[1:]))
        return tag(
            "div", tag("table", tag("thead", tag("tr", *heads)), body), class_="scroll", tabindex="0", role="group", aria_label="Table"
        )
    if _ITEM.match(lines[0]):
        items: list[str] = []
        for line in lines:
            if _ITEM.match(line):
                items.append(_ITEM.sub("", line))
            else:
                items[-1] += f" {line.strip()}"
        return tag("ul", *(tag("li", _inline(item)) for item in items))
    return tag("p", _inline(" ".join(line.strip() for line in lines)))


def _inline(words: str) -> Html:
    def parts() -> Iterator[Html]:
        at = 0
        for found in _INLINE.finditer(words):
            yield text(words[at : found.start()])
            yield tag("b", found[1]) if found[1] is not None else tag("code", found[2])
            at = found.end()
        yield text(words[at:])

    return join(parts())
