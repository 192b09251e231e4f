"""The cells of a filled-in sheet, from xlsx or from any CSV that a spreadsheet writes."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing.coding.workbook import CODING
from framing.errors import Problem, ReadingError
from framing.readers.encoding import decode

_MOST_BYTES = 500_000_000
_HEADER_WITHIN, _EMPTY_ROWS = 20, 1000


@dataclass(frozen=True)
class Grid:
    """A page of cells. Rows are counted from 1 as spreadsheets do, columns from 0.

    Attributes
    ----------
    columns : dict
        Place of each column, by its name in the header.
    header_row : int
    cells : dict
        Cells of each row below the header that has any.
    twice : tuple of str
        Names that stand in the header more than once.
    """

    columns: dict[str, int]
    header_row: int
    cells: dict[int, Sequence[Any]] = field(repr=False)
    twice: tuple[str, ...] = ()

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows, from top to bottom."""
        return list(self.cells)

    def cell(self, row: int, place: int) -> Any:
        """What stands there; None where nothing does."""
        cells = self.cells[row]
        return cells[place] if place < len(cells) else None

    @staticmethod
    def letter(place: int) -> str:
        """The column as a spreadsheet calls it.

        Examples
        --------
        >>> Grid.letter(0), Grid.letter(27)
        ('A', 'AB')
        """
        letters, place = "", place + 1
        while place:
            place, rest = divmod(place - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters


def read_grid(path: Path) -> tuple[Grid, list[Problem]]:
    """The page with the codes, and doubts about how the file was read.

    Raises
    ------
    ReadingError
        If the file cannot be opened or has no row of column names with ``unit`` among them.
    """
    if not path.is_file():
        raise ReadingError("there is no such file")
    data = path.read_bytes()
    if not data:
        raise ReadingError("the file is empty")
    if data.startswith(b"PK\x03\x04"):
        return _grid(_xlsx_rows(data)), []
    if path.suffix.lower() in (".xls", ".ods", ".numbers", ".xlsx", ".xlsm"):
        raise ReadingError(
            f"this is not an xlsx file{' though it is called so' * (path.suffix == '.xlsx')}; save the sheet as .xlsx or .csv"
        )
    decoded = decode(data)
    return _grid(_csv_rows(decoded.text)), decoded.problems(str(path))


def _grid(rows: dict[int, list[Any]]) -> Grid:
    for number in sorted(rows)[:_HEADER_WITHIN]:
        names = ["" if value is None else str(value).strip() for value in rows[number]]
        if "unit" in (name.casefold() for name in names):
            columns: dict[str, int] = {}
            for place, name in enumerate(names):
                if name and name not in columns:
                    columns[name] = place
            twice = tuple(sorted({name for name in names if name and names.count(name) > 1}))
            return Grid(columns, number, {row: cells for row, cells in sorted(rows.items()) if row > number}, twice)
    raise ReadingError(f"no row with the column names of a coding sheet ('unit' ...) among the first {_HEADER_WITHIN}")


def _csv_rows(text: str) -> dict[int, list[Any]]:
    lines = [line for line in text.splitlines()[:_HEADER_WITHIN] if "unit" in line.casefold()]
    head = lines[0] if lines else ""
    if text[:4].casefold() == "sep=":
        text = "\n" + text.partition("\n")[2]
    separator = max(",;\t|", key=head.count)
    try:
        rows = dict(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1))
    except csv.Error as error:
        raise ReadingError(f"not a table with separators ({error})") from error
    return {number: list(cells) for number, cells in rows.items() if any(cell.strip() for cell in cells)}


_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError, EOFError, zlib.error, AttributeError, IndexError)


def _xlsx_rows(data: bytes) -> dict[int, list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MOST_BYTES:
                raise ReadingError(f"unpacked it is larger than {_MOST_BYTES // 1_000_000} MB")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that it cannot keep
            book = load_workbook(io.BytesIO(data), read_only=True)
            try:
                return _page_rows(book)
            finally:
                book.close()
    except ReadingError:
        raise
    except _BROKEN as error:
        raise ReadingError(f"not a whole xlsx file ({str(error)[:100]})") from error


def _page_rows(book: Any) -> dict[int, list[Any]]:
    """The page that has the column names, the one called Coding first."""
    for page in sorted(book.worksheets, key=lambda page: page.title != CODING):
        rows: dict[int, list[Any]] = {}
        page.reset_dimensions()
        last = 0
        for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
            if any(value is not None and value != "" for value in cells):
                rows[number], last = list(cells), number
            if number - last > _EMPTY_ROWS:
                break
        names = [
            [str(value).strip().casefold() for value in cells if value is not None] for _, cells in sorted(rows.items())[:_HEADER_WITHIN]
        ]
        if any("unit" in row and len(row) > 2 for row in names):
            return rows
    raise ReadingError("no page with the column names of a coding sheet ('unit' ...); is this a coding sheet?")
