"""Word lists and weights, each shipped beside the module that reads it and named by its path: ``"measuring/tone/muted"``.

A word list is a ``.tsv``: lines with ``#`` that give origin, licence and edits, then a header row. Only its form is checked, because it is
there to be read and edited. Weights are checked against the digests in ``weights.tsv`` when they are loaded: one damaged byte would change
numbers and nobody would notice.
"""

from __future__ import annotations

import hashlib
import io
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from framing.errors import MissingDataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = resources.files("framing")


class _Row(dict[str, str]):
    """A row of a word list that says so where it lacks a column."""

    def __init__(self, name: str, cells: dict[str, str]) -> None:
        super().__init__(cells)
        self.name = name

    def __missing__(self, column: str) -> str:
        raise _damaged(f"{self.name}.tsv", f"it has no column {column!r}, only {', '.join(self)}")


@cache
def load_table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``framing/<name>.tsv`` as dictionaries, in file order.

    Raises
    ------
    MissingDataError
        If no such list is shipped, or it is no table.
    """
    file = f"{name}.tsv"
    try:
        text = _content(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _damaged(file, f"byte {error.start:,} is not UTF-8") from error
    rows = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1) if line and not line.startswith("#")]
    if len(rows) < 2:
        raise _damaged(file, "it has no rows")
    head = rows[0][1]
    for number, cells in rows:
        if len(cells) != len(head):
            raise _damaged(file, f"line {number} has {len(cells)} cells where the first has {len(head)}")
    return tuple(_Row(name, dict(zip(head, cells, strict=True))) for _, cells in rows[1:])


@cache
def load_words(name: str, column: str = "word") -> frozenset[str]:
    """One column of a word list as a set; empty cells are left out (an empty string matches everything)."""
    return frozenset(word for row in load_table(name) if (word := row[column].strip()))


@cache
def load_arrays(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of ``framing/<name>.npz``, the weights of a trained measure.

    Raises
    ------
    MissingDataError
        If the file is missing or damaged.
    """
    import numpy as np  # slow to load, and word lists do without

    with np.load(io.BytesIO(load_weights(f"{name}.npz")), allow_pickle=False) as arrays:
        return dict(arrays)


def load_weights(file: str) -> bytes:
    """The bytes of ``framing/<file>``, a file of weights or what belongs to them, as it was shipped.

    Raises
    ------
    MissingDataError
        If the file is missing, or its digest is not the one in ``weights.tsv``; the message says which engines do without it.
    """
    listed = {row["file"]: row for row in load_table("weights")}
    if file not in listed:
        raise _damaged("weights.tsv", f"it has no digest of {file}")
    data = _content(file)
    found, shipped = hashlib.sha256(data).hexdigest(), listed[file]["sha256"]
    if found != shipped:
        raise _damaged(file, f"the SHA-256 of its {len(data):,} bytes is {found[:12]}..., not {shipped[:12]}... as shipped")
    return data


def _content(file: str) -> bytes:
    try:
        return FOLDER.joinpath(file).read_bytes()
    except FileNotFoundError as error:
        raise MissingDataError(f"{FOLDER.joinpath(file)} is missing; {_instead(file)}") from error
    except OSError as error:
        raise MissingDataError(f"{FOLDER.joinpath(file)} cannot be read ({error.strerror}); {_instead(file)}") from error


def _damaged(file: str, why: str) -> MissingDataError:
    return MissingDataError(f"{FOLDER.joinpath(file)} is damaged: {why}; {_instead(file)}")


def _instead(file: str) -> str:
    advice = "install the library anew (pip install --force-reinstall media-framing)"
    if file.endswith(".tsv"):
        return advice
    engines = next((row["engines_without"].split() for row in load_table("weights") if row["file"] == file), [])
    return f"{advice}, or use {' or '.join(f'engine={engine!r}' for engine in engines)}, which does without it" if engines else advice
