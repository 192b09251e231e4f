"""Word lists and weights, each shipped beside the module that reads it and named by its path: ``"measuring/tone/muted"``.

A word list is a ``.tsv``: lines with ``#`` that give origin, licence and edits, then a header row. Weights are arrays in an ``.npz``.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def load_table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``framing/<name>.tsv`` as dictionaries, in file order.

    Raises
    ------
    FileNotFoundError
        If no such list is shipped.
    """
    source = resources.files("framing").joinpath(f"{name}.tsv")
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_words(name: str, column: str = "word") -> frozenset[str]:
    """One column of a word list as a set; empty cells are left out (an empty string matches everything)."""
    return frozenset(word for row in load_table(name) if (word := row[column].strip()))


@cache
def load_arrays(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of ``framing/<name>.npz``, the weights of a trained measure."""
    import numpy as np  # slow to load, and word lists do without

    with resources.files("framing").joinpath(f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)
