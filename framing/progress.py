"""Progress of long work, on standard error: a bar in a terminal, one line in a notebook, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import track as bar

T = TypeVar("T")
STEPS = 20  # how often the line in a notebook is written anew


def track(items: Iterable[T], what: str, *, total: int, shown: bool = True) -> Iterator[T]:
    """The items, while how many of them are done is shown.

    A notebook gets a plain line, because rich's bar needs ipywidgets there.

    Examples
    --------
    >>> list(track("abc", "Reading", total=3, shown=False))
    ['a', 'b', 'c']
    """
    console = Console(stderr=True)
    if not shown:
        yield from items
    elif not console.is_jupyter:
        yield from bar(items, what, total=total, console=console, transient=True)
    else:
        for number, item in enumerate(items, 1):
            yield item
            if number * STEPS // total > (number - 1) * STEPS // total:
                print(f"\r{what}: {number:,} of {total:,}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
