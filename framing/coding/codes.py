"""Codes back from coders: every cell checked, what is bad named by file, row and column, the rest read."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from framing.coding.filled import Grid, read_grid
from framing.coding.sheets import CodingSheet
from framing.coding.units import digest, letters
from framing.coding.variables import TEXT_COLUMN, UnitKind, Variable, as_number, as_variables
from framing.errors import InputError, Problem, ReadingError
from framing.text import how_many

COLUMNS = ("coder", "unit", "variable", "code", "state", "article_id", "outlet", "stratum", "start", "end", "weight", "file", "row")
_TYPES = {**dict.fromkeys(COLUMNS, "object"), "start": "Int64", "end": "Int64", "weight": "float64", "row": "Int64"}


@dataclass(frozen=True, eq=False)
class Codes:
    """What coders answered.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a coder, unit and variable: coder, unit, variable, code (str; None where there is none), state ("coded", "empty": the coder
        left it empty, "bad": what stood there is no code), article_id, outlet, stratum, start, end, weight (see :class:`CodingSheet`),
        file, row.
    variables : tuple of Variable
    unit : {"article", "sentence", "attribution", "mention"}
    problems : tuple of Problem
        ``lost`` is True where something a coder wrote was not taken, False where it was taken with a doubt.
    """

    table: pd.DataFrame
    variables: tuple[Variable, ...]
    unit: UnitKind
    problems: tuple[Problem, ...] = ()

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders, sorted."""
        return tuple(sorted(self.table["coder"].unique()))

    def progress(self) -> pd.DataFrame:
        """How many units each coder coded, left empty or filled with something that is no code, by variable."""
        states = ["coded", "empty", "bad"]
        counts = self.table.groupby(["coder", "variable", "state"]).size().unstack(fill_value=0)
        return counts.reindex(columns=states, fill_value=0).astype("int64").rename_axis(columns=None).reset_index()

    def __repr__(self) -> str:
        n_units, lost = self.table["unit"].nunique(), sum(problem.lost for problem in self.problems)
        facts = [how_many(len(self.coders), "coder"), how_many(n_units, self.unit), how_many(len(self.variables), "variable")]
        facts += [f"{how_many(len(self.problems), 'problem')} ({lost} lost something)"] if self.problems else []
        return f"<Codes: {', '.join(facts)}>"


@dataclass(frozen=True)
class _Key:
    """What only the researcher has: which unit is what."""

    sheet: str
    unit: UnitKind
    variables: tuple[Variable, ...]
    units: Mapping[str, Mapping[str, Any]]


def read_codes(*paths: str | Path, key: str | Path | CodingSheet | None = None, coders: Sequence[str] | None = None) -> Codes:
    """Read one or many filled-in coding sheets.

    Parameters
    ----------
    *paths : str or Path
        One file a coder, ``.xlsx`` or ``.csv`` (any separator and encoding a spreadsheet writes).
    key : str, Path or CodingSheet, optional
        The ``.key.json`` that :func:`coding_sheet` wrote, or what it returned. Not needed if one alone lies beside the first file.
    coders : sequence of str, optional
        Names of the coders, one a file. Without it, the names of the files.

    Returns
    -------
    Codes
        With ``problems`` for all that could not be taken: files of another sheet, the same file twice, missing columns or rows, rows that
        were shifted, units that stand twice, cells that hold no code of the scale. The rest is read.

    Raises
    ------
    InputError
        If no file is named, there are not as many coders as files, or ``key`` is neither a path nor a CodingSheet.
    ReadingError
        If there is no key, it cannot be read, or no file could be read.

    Notes
    -----
    An empty cell is missing, not bad. A code is taken, with a doubt in ``problems``, where it differs in case or white space or is the same
    number written otherwise ("1.0" for "1", "2,5" for 2.5). Nothing else is repaired: a date is what a spreadsheet made of some code, but
    nobody can tell of which.

    Each row is checked in two ways: ``check``, at its right end, must belong to ``unit``, at its left, and the text must be the one that
    was given out. A code below the last row shows that the cells of its column were moved down; that column is left out. What no check can
    show is codes moved among each other in an unprotected sheet.
    """
    if not paths:
        raise InputError("name at least one filled-in sheet (.xlsx or .csv)")
    if coders is not None and (isinstance(coders, str) or len(coders) != len(paths)):
        raise InputError(f"coders must be one name for each of the {len(paths)} files, got {coders!r}")
    found_key = _read_key(key, Path(paths[0]))
    names = [str(name) for name in coders] if coders is not None else [Path(path).stem for path in paths]
    problems: list[Problem] = []
    read: list[_File] = []
    for path, coder in zip(paths, names, strict=True):
        file = _read_file(Path(path), coder, found_key)
        problems += sorted(file.problems, key=lambda problem: math.inf if problem.line is None else problem.line)
        if not file.taken:
            continue
        reason = _again(file, read)
        if reason:
            problems.append(Problem(file.where, reason))
            continue
        problems += _same_codes(file, read)
        read.append(file)
    if not read:
        raise ReadingError("no sheet could be read: " + "; ".join(str(problem) for problem in problems[:5]))
    rows = [row for file in read for row in file.rows]
    return Codes(
        pd.DataFrame(rows, columns=list(COLUMNS), dtype=object).astype(_TYPES), found_key.variables, found_key.unit, tuple(problems)
    )


def codes_from_table(table: pd.DataFrame, variables: Iterable[Variable | str]) -> Codes:
    """Codes that were collected elsewhere, from a long table.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``coder``, ``unit``, ``variable``, ``code`` (missing values allowed); perhaps article_id, outlet, stratum, start, end,
        weight.
    variables : iterable of Variable or str
        All that ``table`` names.

    Returns
    -------
    Codes

    Raises
    ------
    InputError
        If a column is missing, a variable is not among ``variables``, a code is none of its scale, a coder has two codes for one unit, or
        the variables do not fit together.
    UnknownNameError
        If no ready-made variable has a name that is given.

    Examples
    --------
    >>> table = pd.DataFrame({"coder": ["ann", "ben"], "unit": "a", "variable": "loaded", "code": ["yes", "no"]})
    >>> codes_from_table(table, ["loaded"])
    <Codes: 2 coders, 1 sentence, 1 variable>
    """
    asked = as_variables(variables)
    by_name = {variable.name: variable for variable in asked}
    if missing := [name for name in ("coder", "unit", "variable", "code") if name not in table.columns]:
        raise InputError(
            f"no column {missing[0]!r}; needed are coder, unit, variable and code, there are {', '.join(map(str, table.columns))}"
        )
    if foreign := sorted(set(table["variable"]) - set(by_name)):
        raise InputError(f"variable {foreign[0]!r} is not among the variables given: {', '.join(by_name)}")
    twice = table.duplicated(["coder", "unit", "variable"])
    if twice.any():
        row = table[twice].iloc[0]
        raise InputError(f"coder {row['coder']!r} has two codes for {row['variable']!r} of unit {row['unit']}")
    out = table.reindex(columns=list(COLUMNS)).astype(object)
    codes: list[str | None] = []
    for number, (value, name) in enumerate(zip(table["code"], table["variable"], strict=True)):
        cell = read_cell(value, by_name[name])
        if cell.fault:
            raise InputError(f"row {number} of the table: {cell.fault}; accepted for {name!r}: {by_name[name].accepted}")
        codes.append(cell.code)
    out["code"] = pd.Series(codes, index=out.index, dtype=object)
    out["state"] = ["empty" if code is None else "coded" for code in codes]
    out["coder"], out["unit"] = out["coder"].map(str), out["unit"].map(str)
    out["weight"] = out["weight"].where(out["weight"].notna(), 1.0)
    return Codes(out.astype(_TYPES).reset_index(drop=True), asked, asked[0].unit)


@dataclass(frozen=True)
class Cell:
    """What a cell says: a code, perhaps with a doubt, or why it is none."""

    code: str | None = None
    doubt: str | None = None
    fault: str | None = None


def read_cell(value: Any, variable: Variable) -> Cell:
    """The code in a cell, whatever a spreadsheet made of it.

    Examples
    --------
    >>> scale = Variable("degree", "How much?", level="ordinal", values=("1", "2", "3"))
    >>> read_cell(2.0, scale).code, read_cell(" 2 ", scale).doubt, read_cell("4", scale).fault
    ('2', "' 2 ' taken as '2'", "'4' is no code of the scale")
    """
    if value is None or value is pd.NA or (isinstance(value, float) and value != value) or (isinstance(value, str) and not _bare(value)):
        return Cell()
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Cell(fault=f"the date or time {value} (a spreadsheet made it of what was typed)")
    if isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and value.startswith("="):
        return Cell(fault=f"the formula {value[:60]!r}")
    return _number_cell(value, variable) if variable.is_number else _word_cell(value, variable)


def _bare(words: str) -> str:
    """Without white space, no-break spaces and the marks that hide at the ends of pasted words."""
    return words.strip(" \t\r\n\xa0\u200b\ufeff\u202f")


def _words(grid: Grid, row: int, place: int) -> str:
    """The words in a cell of the sheet's own columns; empty where there are none."""
    return _bare(str(grid.cell(row, place) or ""))


def _number_cell(value: Any, variable: Variable) -> Cell:
    words = _bare(str(value)).removeprefix("'")
    number = as_number(words)
    comma = number is None and words.count(",") == 1 and "." not in words
    number = as_number(words.replace(",", ".")) if comma else number
    if number is None or "_" in words:
        return Cell(fault=f"{str(value)[:60]!r} is no number")
    low, high = variable.low, variable.high
    if (low is not None and number < low) or (high is not None and number > high):
        return Cell(fault=f"{words} is outside the scale")
    return Cell(_short(number), f"{words!r} taken as {_short(number)!r}" if comma else None)


def _short(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _word_cell(value: Any, variable: Variable) -> Cell:
    if str(value) in variable.values:
        return Cell(str(value))
    words = _bare(str(value)).removeprefix("'")
    close = [code for code in variable.values if code.casefold() == words.casefold()]
    number = as_number(words.replace(",", "."))
    if not close and number is not None:
        close = [code for code in variable.values if as_number(code) == number]
        if close and not isinstance(value, str):
            return Cell(close[0])
    if close:
        return Cell(close[0], f"{str(value)!r} taken as {close[0]!r}")
    return Cell(fault=f"{str(value)[:60]!r} is no code of the scale")


def _read_key(given: str | Path | CodingSheet | None, first: Path) -> _Key:
    if isinstance(given, CodingSheet):
        given = given.paths["key"]
    if given is None:
        beside = sorted(first.parent.glob("*.key.json"))
        if len(beside) != 1:
            there = ", ".join(path.name for path in beside) or "none"
            raise ReadingError(f"which .key.json belongs to these sheets? Give key=; beside {first.name} lies {there}")
        given = beside[0]
    if not isinstance(given, str | os.PathLike):
        raise InputError(f"key must be a path or a CodingSheet, got {type(given).__name__}")
    try:
        data = json.loads(Path(given).read_text(encoding="utf-8"))
        variables = tuple(Variable(**variable) for variable in data["variables"])
        units = {unit["unit"]: unit for unit in data["units"]}
        if not units or data["format"] != 1 or any("digest" not in unit or "article_id" not in unit for unit in units.values()):
            raise KeyError("units")
        return _Key(data["sheet"], data["unit"], variables, units)
    except OSError as error:
        raise ReadingError(f"{given}: the key cannot be opened ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadingError(f"{given}: this is no key written by coding_sheet ({error})") from error


@dataclass
class _File:
    """One coder's file, and what was found in it."""

    where: str
    coder: str
    content: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        return any(row["state"] != "empty" for row in self.rows)

    @property
    def codes(self) -> dict[tuple[str, str], str]:
        return {(row["unit"], row["variable"]): row["code"] for row in self.rows if row["code"] is not None}

    def tell(self, reason: str, row: int | None = None, *, unit: Mapping[str, Any] | None = None, lost: bool = True) -> None:
        self.problems.append(Problem(self.where, reason, line=row, article_id=unit["article_id"] if unit else None, lost=lost))


def _read_file(path: Path, coder: str, key: _Key) -> _File:
    file = _File(str(path), coder)
    try:
        grid, doubts = read_grid(path)
        file.content = hashlib.sha256(path.read_bytes()).hexdigest()
    except ReadingError as error:
        file.tell(str(error))
        return file
    file.problems += doubts
    for name in grid.twice:
        file.tell(f"two columns are called {name!r}; the first is read", grid.header_row, lost=False)
    names = {name.casefold(): place for name, place in grid.columns.items()}
    if "unit" not in names:
        file.tell(f"no column 'unit', so no row can be told from another; columns are {', '.join(grid.columns) or '(none)'}")
        return file
    asked = [variable for variable in key.variables if variable.name.casefold() in names]
    for variable in key.variables:
        if variable not in asked:
            file.tell(f"no column {variable.name!r}; columns are {', '.join(grid.columns)}", grid.header_row)
    if "check" not in names:
        file.tell("no column 'check', so shifted rows are found by their texts alone", grid.header_row, lost=False)
    kept = _rows(file, grid, names, asked, key)
    if kept is None:
        return file
    moved = _moved_columns(file, grid, names, asked)
    for variable in asked:
        _column(file, grid, names[variable.name.casefold()], variable, kept, key, moved=variable.name in moved)
    if kept and not file.taken and not any(problem.lost for problem in file.problems):
        file.tell("no cell is filled in", lost=False)
    return file


def _rows(file: _File, grid: Grid, names: Mapping[str, int], asked: Sequence[Variable], key: _Key) -> dict[str, int] | None:
    """The row of each unit that can be trusted; None if this is another sheet."""
    at: dict[str, list[int]] = defaultdict(list)
    for row in grid.rows:
        if unit := _words(grid, row, names["unit"]):
            at[unit].append(row)
    known = [unit for unit in at if unit in key.units]
    if not known:
        file.tell(f"none of its {how_many(len(at), 'unit')} is in the key of sheet {key.sheet}: this is another sheet, or another key")
        return None
    for unit in at:
        if unit not in key.units:
            for row in at[unit]:
                file.tell(f"unit {unit[:40]!r} is not in sheet {key.sheet}; its codes are left out", row)
    texts: dict[str, set[str]] = defaultdict(set)
    for unit, about in key.units.items():
        texts[about["digest"]].add(unit)
    kept = {}
    for unit in known:
        rows = [row for row in at[unit] if _is_whole(file, grid, names, row, unit, key, texts)]
        if len(rows) > 1:
            codes = {row: tuple(read_cell(grid.cell(row, names[v.name.casefold()]), v).code for v in asked) for row in rows}
            others = f"unit {unit} stands in rows {', '.join(map(str, rows))}"
            if len(set(codes.values())) > 1:
                file.tell(f"{others} with different codes; none is taken", rows[1], unit=key.units[unit])
                continue
            file.tell(f"{others} with the same codes; taken once", rows[1], unit=key.units[unit], lost=False)
        if rows:
            kept[unit] = rows[0]
    gone = [unit for unit in key.units if unit not in at]
    if gone:
        file.tell(f"{how_many(len(gone), 'row')} of the sheet's {len(key.units)} are missing, such as that of unit {gone[0]}", lost=False)
    return kept


def _is_whole(file: _File, grid: Grid, names: Mapping[str, int], row: int, unit: str, key: _Key, texts: Mapping[str, set[str]]) -> bool:
    """Whether all cells of a row belong together."""
    about = key.units[unit]
    if "check" in names:
        check, right = _words(grid, row, names["check"]), letters(key.sheet, unit, n=6)
        if check != right:
            file.tell(
                f"'check' is {check[:20]!r} where unit {unit} has {right!r}: cells were shifted; the row is left out", row, unit=about
            )
            return False
    places = [place for name, place in names.items() if TEXT_COLUMN.fullmatch(name)]
    if places:
        found = digest("".join(str(grid.cell(row, place) or "") for place in sorted(places)))
        if found != about["digest"]:
            if found in texts:
                other = sorted(texts[found])[0]
                file.tell(f"the text is that of unit {other}, not of {unit}: cells were shifted; the row is left out", row, unit=about)
                return False
            file.tell(
                f"the text of unit {unit} is not the one given out (changed by hand or by a spreadsheet?)", row, unit=about, lost=False
            )
    return True


def _moved_columns(file: _File, grid: Grid, names: Mapping[str, int], asked: Sequence[Variable]) -> set[str]:
    """Columns with codes in rows that have no unit; those below the last unit must have been moved down."""
    named = [row for row in grid.rows if _words(grid, row, names["unit"])]
    nameless = sorted(set(grid.rows) - set(named))
    moved = set()
    for variable in asked:
        place = names[variable.name.casefold()]
        for row in nameless:
            value = grid.cell(row, place)
            cell = read_cell(value, variable)
            if cell.code is None and cell.fault is None:
                continue
            if row > named[-1] and cell.code is not None:
                moved.add(variable.name)
                reason = f"column {grid.letter(place)} ({variable.name}): a code below the last unit, so cells were moved down"
                file.tell(f"{reason}, nobody can tell from where; the column is left out", row)
                break
            file.tell(f"column {grid.letter(place)} ({variable.name}): {str(value)[:60]!r} in a row without a unit", row)
    return moved


def _column(file: _File, grid: Grid, place: int, variable: Variable, kept: Mapping[str, int], key: _Key, *, moved: bool) -> None:
    """The codes of one variable."""
    where = f"column {grid.letter(place)} ({variable.name})"
    doubts: list[tuple[int, str]] = []
    for unit, row in kept.items():
        cell = read_cell(grid.cell(row, place), variable)
        if cell.fault and not moved:
            file.tell(f"{where}: {cell.fault}; accepted: {variable.accepted}", row, unit=key.units[unit])
        if cell.doubt and not moved:
            doubts.append((row, cell.doubt))
        code = None if moved else cell.code
        state = "bad" if cell.fault or (moved and cell.code) else "empty" if code is None else "coded"
        about = {name: key.units[unit].get(name) for name in ("article_id", "outlet", "stratum", "start", "end", "weight")}
        file.rows.append(
            {
                "coder": file.coder,
                "unit": unit,
                "variable": variable.name,
                "code": code,
                "state": state,
                **about,
                "file": file.where,
                "row": row,
            }
        )
    if doubts:
        first, example = doubts[0]
        file.tell(f"{where}: {how_many(len(doubts), 'cell')} not written as in the scale, here {example}", first, lost=False)


def _again(file: _File, read: Sequence[_File]) -> str | None:
    """Why this file adds nothing to those before it."""
    for other in read:
        if other.content == file.content:
            return f"this is {other.where} once more, byte for byte; left out"
        if other.coder == file.coder:
            return f"coder {file.coder!r} was read from {other.where} already; left out (name coders with coders=)"
    return None


def _same_codes(file: _File, read: Sequence[_File]) -> Iterator[Problem]:
    """A doubt where two coders' codes are the same throughout."""
    mine = file.codes
    for other in read:
        theirs = other.codes
        if mine == theirs and len(Counter(mine.values())) > 1:
            reason = f"all {len(mine)} codes are those of {other.where}; if one is a copy of the other, agreement says nothing"
            yield Problem(file.where, reason, lost=False)
