"""CSV, TSV, Parquet and DataFrames: one row, one article."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from framing.errors import Problem, ReadingError
from framing.readers.encoding import decode
from framing.readers.files import Findings, Options, Source
from framing.readers.records import flat, match_columns, read_rows

if TYPE_CHECKING:
    import pandas as pd

_LOCK = threading.Lock()  # the size limit of csv fields is one for the whole process


def read_csv(source: Source, options: Options) -> Findings:
    """Articles of a table with separators: comma, semicolon, tab or bar, whichever the first line has most of.

    A row's line is the line of the file where it begins, whatever line breaks its cells hold. Rows with more cells than the first line
    are not read (a text with unquoted commas would be cut to pieces); rows with fewer are, with a problem that says so.
    """
    decoded = decode(source.data)
    yield from decoded.problems(source.where)
    opening = re.match(r"\s*([^\r\n]{0,100000})", decoded.text)
    first_line = opening.group(1) if opening else ""
    separator = "\t" if source.extension == ".tsv" and "\t" in first_line else max(",;\t|", key=first_line.count)
    rows, unclosed = _split(decoded.text, separator)
    names = _unique(rows[0][1])
    match_columns(names, options.columns)  # raises before any row is read, and if there is none
    kept: list[tuple[int, dict[str, Any]]] = []
    for line, cells in rows[1:]:
        if line == unclosed:
            yield Problem(source.where, "a quotation mark opened in this row is never closed: all that follows is in one cell", line=line)
        elif len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            reason = f"{len(cells)} cells where the first line has {len(names)}; is a cell with {separator!r} in it not quoted?"
            yield Problem(source.where, reason, line=line)
        else:
            if len(cells) < len(names):
                reason = f"{len(cells)} cells where the first line has {len(names)}; the rest are taken as empty"
                yield Problem(source.where, reason, line=line, lost=False)
            kept.append((line, dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))))
    yield from read_rows(kept, where=source.where, stem=source.stem, options=options)


def _split(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], int | None]:
    """The rows that are not empty, with the lines they begin on; and the line of the last if a quotation mark in it is never closed."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if separator == "\t" and _marks_are_words(text) else csv.QUOTE_MINIMAL
    raw: list[str] = []  # the lines of the row being read

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            raw.append(line)
            yield line

    rows: list[tuple[int, list[str]]] = []
    at = 1
    with _LOCK:
        before = csv.field_size_limit(2**31 - 1)  # the default of 131,072 is less than some articles
        try:
            reader = csv.reader(lines(), delimiter=separator, quoting=quoting)
            n_marks = n_lines = 0
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append((at, cells))
                n_marks, n_lines = sum(line.count('"') for line in raw), len(raw)
                raw.clear()
                at = reader.line_num + 1
        except csv.Error as error:
            raise ReadingError(f"not a table with separators (line {reader.line_num}: {error})") from error
        finally:
            csv.field_size_limit(before)
    if not rows:
        raise ReadingError("the table has no rows")
    unclosed = quoting != csv.QUOTE_NONE and n_lines > 1 and n_marks % 2 == 1
    return rows, rows[-1][0] if unclosed else None


def _marks_are_words(text: str) -> bool:
    """Whether a tab-separated table quotes nothing: each line has all its cells, and in one of them words follow a closing mark."""
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if line.strip()]
    n_tabs = lines[0].count("\t")
    return all(line.count("\t") == n_tabs for line in lines) and bool(
        re.search(r'(?:^|\t)"(?:[^"\t\r\n]|"")*(?:"[^"\t\r\n]|(?=[\t\r\n]|\Z))', text, re.MULTILINE)
    )


def _unique(header: Sequence[str]) -> list[str]:
    """Column names, stripped; a second column of the same name gets a number."""
    names: list[str] = []
    for position, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {position}"
        copies = 2
        while name in names:
            name, copies = f"{cell.strip()} {copies}", copies + 1
        names.append(name)
    return names


def read_parquet(source: Source, options: Options) -> Findings:
    """Articles of a Parquet file; the line of a problem is the row, counted from 1."""
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(source.data))
        names = [str(name) for name in file.schema_arrow.names]
        match_columns(names, options.columns)
        yield from read_rows(_parquet_rows(file), where=source.where, stem=source.stem, options=options)
    except (pyarrow.ArrowException, OSError) as error:
        raise ReadingError(f"not a whole Parquet file ({str(error).splitlines()[0][:200]})") from error


def _parquet_rows(file: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    for batch in file.iter_batches(batch_size=512):
        for row in batch.to_pylist():
            number += 1
            yield number, flat(row)


def read_frame(frame: pd.DataFrame, options: Options, *, where: str = "DataFrame") -> Findings:
    """Articles of a DataFrame; the line of a problem is the row, counted from 1.

    Without an id column an index with names of its own gives the ids, else they are ``row-1``, ``row-2`` ...
    """
    import pandas as pd

    names = [str(name) for name in frame.columns]
    matched = match_columns(names, options.columns)
    labels: Sequence[Hashable] | None = None
    if (
        "id" not in matched
        and not isinstance(frame.index, pd.RangeIndex)
        and frame.index.nlevels == 1
        and frame.index.dtype.kind not in "iuf"
    ):
        labels = list(frame.index)
        names = [*names, "id"]

    def rows() -> Iterator[tuple[int, dict[str, Any]]]:
        for number, cells in enumerate(frame.itertuples(index=False, name=None), start=1):
            extra = () if labels is None else (labels[number - 1],)
            yield number, dict(zip(names, (*cells, *extra), strict=True))

    yield from read_rows(rows(), where=where, stem="row", options=options)
