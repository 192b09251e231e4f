"""The one way to write a table that a spreadsheet may open: no text in it is run as a formula.

Every writer of CSV in this library goes through here, for cells, names of columns and the index alike. What is marked and how the mark
is undone is said at :func:`safe_cell` and :func:`original_cell`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from numbers import Number
from pathlib import Path
from typing import Any

import pandas as pd

from framing.text.escaping import whole_characters

# Spreadsheets pass over white space, control characters and marks without width before they look whether a cell is a formula.
_UNSEEN = r"\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
# "=", "+", "-" and "@" begin a formula, also as the wide and small forms that East Asian keyboards type; "|" and "%" are in calls of other
# programs (DDE). A tab or a line end in front moves what follows it into a cell of its own. A "'" in front is our mark: a text that has
# one already gets a second, so that the mark can always be undone.
_FORMULA = re.compile(rf"'*(?:[{_UNSEEN}]*[=+\-@|%＝＋－＠﹦﹢﹣﹫]|[{_UNSEEN}]*[\t\r\n])")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run a cell with this text, or tear it apart.

    Examples
    --------
    >>> [is_formula(text) for text in ("=1+1", "  @SUM(A1)", "＝1", "a = b", "'tis")]
    [True, True, True, False, False]
    """
    return _FORMULA.match(text) is not None


def safe_cell(value: Any) -> Any:
    """The value as it can be written: a text that a spreadsheet might run gets a ``'`` in front. Numbers stay numbers.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("-5 degrees"), safe_cell(-5), safe_cell("five")
    ("'=1+1", "'-5 degrees", -5, 'five')
    """
    if value is None or isinstance(value, Number):
        return value
    words = whole_characters(str(value))  # what is no text is judged by how it is written
    if is_formula(words):
        return f"'{words}"
    return words if isinstance(value, str) else value


def original_cell(value: Any) -> Any:
    """What :func:`safe_cell` was given, for whoever reads a table back: ``pandas.read_csv(path).map(original_cell)``.

    Examples
    --------
    >>> original_cell("'=1+1"), original_cell("'tis"), original_cell(-5)
    ('=1+1', "'tis", -5)
    """
    return value[1:] if isinstance(value, str) and value[:1] == "'" and is_formula(value[1:]) else value


def map_text(frame: pd.DataFrame, change: Callable[[Any], Any]) -> pd.DataFrame:
    """The frame with every cell, name of a column and entry of the index changed; columns of numbers and of dates stay as they are."""
    columns = [column.map(change) if _holds_text(column.dtype) else column for _, column in frame.items()]
    out = pd.concat(columns, axis=1) if columns else frame.copy()
    out.columns = _map_index(frame.columns, change)
    out.index = _map_index(frame.index, change)
    return out


def _map_index(index: pd.Index, change: Callable[[Any], Any]) -> pd.Index:
    names = [change(name) for name in index.names]
    if isinstance(index, pd.MultiIndex):
        return pd.MultiIndex.from_arrays([index.get_level_values(level).map(change) for level in range(index.nlevels)], names=names)
    return (index.map(change) if _holds_text(index.dtype) else index).rename(names[0])


def _holds_text(kind: Any) -> bool:
    return not pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_datetime64_any_dtype(kind)


def csv_text(frame: pd.DataFrame, *, index: bool = False) -> str:
    """The frame as CSV that is safe to open in a spreadsheet."""
    return str(_to_csv(frame, None, index=index))


def write_csv(frame: pd.DataFrame, path: str | Path, *, index: bool = False, **options: Any) -> None:
    """Write :func:`csv_text` to a file, as UTF-8.

    Parameters
    ----------
    frame : DataFrame
    path : str or Path
    index : bool
        Write the index as the first column.
    **options
        For ``DataFrame.to_csv``: the encoding, how cells are quoted, how lines end.

    Notes
    -----
    The marks hold where the file is opened with the separator that it was written with. A spreadsheet told to cut at other signs makes
    cells of its own out of a text.
    """
    _to_csv(frame, path, index=index, **options)


def _to_csv(frame: pd.DataFrame, path: str | Path | None, **options: Any) -> str | None:
    safe = map_text(frame, safe_cell)
    # Python before 3.13 quotes no "\r", which begins a new row wherever the file is opened. Quoting all cells keeps it inside its own.
    quoting = csv.QUOTE_ALL if any("\r" in text for text in _texts(safe)) else csv.QUOTE_MINIMAL
    written: str | None = safe.to_csv(path, **{"encoding": "utf-8", "lineterminator": "\n", "quoting": quoting, **options})
    return written


def _texts(frame: pd.DataFrame) -> Iterator[str]:
    for part in (frame, frame.columns.to_frame(), frame.index.to_frame()):
        yield from map(str, part.columns)
        for _, column in part.items():
            yield from map(str, column) if _holds_text(column.dtype) else ()
