"""Labels that fit: names cut to a width so that no two look alike, lines broken where a chart ends, nothing read as a formula."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, Literal

import matplotlib as mpl
import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from framing.text.escaping import one_line


def missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def flat(text: Any) -> str:
    """On one line, with control characters visible."""
    return one_line(str(text))


def literal(text: str) -> str:
    """Without a dollar sign that starts a formula. Comes last: a cut between the backslash and its dollar would undo it."""
    return text.replace("$", r"\$")


def plain(text: Any) -> str:
    return literal(flat(text))


def end_cut(text: str, width: int) -> str:
    """At most ``width`` characters: the start of the text, up to the end of a word where one is near."""
    if len(text) <= width:
        return text
    start = text[: width - 1]
    space = start.rfind(" ")
    if text[width - 1] != " " and space > 0.6 * width:
        start = start[:space]
    return f"{start.rstrip()}…"


def _middle_cut(text: str, width: int) -> str:
    """At most ``width`` characters: the start and the end of the text, at word boundaries where they are near."""
    if len(text) <= width:
        return text
    n_end = (width - 1) // 2
    start, end = text[: width - 1 - n_end], text[-n_end:]
    space = start.rfind(" ")
    if text[len(start)] != " " and space > 0.6 * len(start):
        start = start[:space]
    space = end.find(" ")
    if text[-n_end - 1] != " " and 0 <= space < 0.4 * len(end):
        end = end[space + 1 :]
    return f"{start.rstrip()}…{end.lstrip()}"


def _difference_cut(text: str, width: int, *, start: int) -> str:
    """At most ``width`` characters: a little of both ends, and the stretch that begins at ``start``."""
    if len(text) <= width:
        return text
    side = width // 4
    head, tail = text[:side].rstrip(), text[-side:].lstrip()
    head, tail = head[: head.rfind(" ")] if " " in head else head, tail[tail.find(" ") + 1 :]
    room = width - len(head) - len(tail) - 2
    at = min(max(start, len(head)), len(text) - len(tail) - room)
    space = text.rfind(" ", max(at - room // 2, len(head)), at)
    return f"{head}…{text[space + 1 if space >= 0 else at :][:room].strip()}…{tail}"


def _fold(text: str, width: int, lines: int, cut: Callable[[str, int], str]) -> str:
    """``text`` in at most so many lines of ``width`` characters; what does not fit is cut out."""
    if lines == 1:
        return cut(text, width)
    for size in range(width * lines, width, -1):
        words = " ".join(piece for word in cut(text, size).split() for piece in _pieces(word, width))
        wrapped = textwrap.wrap(words, width, break_on_hyphens=False)
        if len(wrapped) <= lines:
            return "\n".join(wrapped)
    return cut(text, width)


def _pieces(word: str, width: int) -> list[str]:
    """A word too long for a line: split behind a cut, or into pieces of like length with hyphens."""
    if len(word) <= width or width < 3:
        return [word]
    head, cut, tail = word.partition("…")
    if head and tail:
        return [*_pieces(head + cut, width), *_pieces(tail, width)]
    size = math.ceil(len(word) / math.ceil(len(word) / (width - 1)))
    pieces = [word[at : at + size] for at in range(0, len(word), size)]
    return [*(f"{piece}-" if piece[-1].isalnum() else piece for piece in pieces[:-1]), pieces[-1]]


def distinct(names: Iterable[Any], width: int, *, lines: int = 1, keep_end: bool = True) -> list[str]:
    """Names short enough for a chart, and no two alike.

    A long name keeps its start and its end (its start alone without ``keep_end``). Of names that would still look alike the stretch
    is shown too in which they differ; names that are alike throughout are numbered.
    """
    whole = [flat(name) or "(no name)" for name in names]
    short = [_fold(name, width, lines, _middle_cut if keep_end else end_cut) for name in whole]
    for alike in _clashes(short):
        several = [whole[place] for place in alike]
        start = sum(1 for _ in itertools.takewhile(lambda column: len(set(column)) == 1, zip(*several, strict=False)))
        for place in alike:
            short[place] = _fold(whole[place], width, lines, partial(_difference_cut, start=start))
    return [literal(name) for name in _numbered(short)]


def _numbered(labels: Sequence[str]) -> list[str]:
    out = list(labels)
    for alike in _clashes(labels):
        for number, place in enumerate(alike, 1):
            out[place] = f"{labels[place]} [{number}]"
    return out


def _clashes(labels: Sequence[str]) -> list[list[int]]:
    """Places of labels that look alike, a list for each such label."""
    places: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        places.setdefault(" ".join(label.split()), []).append(place)
    return [alike for alike in places.values() if len(alike) > 1]


TextSetting = Literal["axes.labelsize", "legend.fontsize", "xtick.labelsize", "ytick.labelsize"]


def size_of(setting: TextSetting) -> float:
    """Points of a text size among matplotlib's settings, such as ``ytick.labelsize``."""
    return float(FontProperties(size=mpl.rcParams[setting]).get_size_in_points())


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points that the widest line of a text takes."""
    fonts = (*mpl.rcParams["font.family"], *mpl.rcParams["font.sans-serif"])
    return max((size * _ems(line, bold, fonts) for line in text.replace(r"\$", "$").splitlines() if line), default=0.0)


@lru_cache(maxsize=4096)
def _ems(line: str, bold: bool, fonts: tuple[str, ...]) -> float:
    """Width of a line at size 1; ``fonts``, the settings, only tell when it has to be measured again."""
    font = FontProperties(size=100, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(line, font, False)[0]) / 100


def room_for(names: Iterable[Any], width: float, size: float) -> int:
    """How many characters of such names stand in a width: few of capitals and of Chinese, many of small letters."""
    whole = [flat(name) for name in names]
    widest = max((width_of(name, size) / len(name) for name in whole if name), default=0.0)
    return max(3, int(width / max(widest, 0.5 * size)))


def wrapped(text: str, width: float, size: float) -> str:
    """The text with lines broken where they are wider than so many points."""
    lines: list[str] = []
    for line in text.splitlines():
        kept = ""
        for word in line.split(" "):
            longer = f"{kept} {word}" if kept else word
            if kept and width_of(longer, size) > width:
                lines.append(kept)
                longer = word
            kept = longer
        lines.append(kept)
    return "\n".join(lines)
