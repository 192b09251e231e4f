"""The xlsx file of a coding sheet: instructions, drop-downs, a fixed header, and nothing in it that runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.coding.variables import UnitKind, Variable
from framing.tables.safe_writing import is_formula

CODING, INSTRUCTIONS, CODES = "Coding", "Instructions", "Codes"
"""Names of the pages."""

CELL_CHARACTERS, CELL_LINES = 32_767, 253
"""What one cell of a spreadsheet can hold (Microsoft, Excel specifications and limits): UTF-16 units, line ends."""

_LONG = 1500
"""Characters from which a text in a narrow column would be higher than a row can be (409 points)."""

_WIDTHS = {"unit": 13, "outlet": 18, "date": 11, "headline": 30, "about": 34, "text": 70, "context": 50, "note": 24, "check": 9}


def split_text(words: str) -> list[str]:
    """The words in pieces that a cell can hold, cut where a line or at least a word ends; joined they are the words again.

    Examples
    --------
    >>> [len(piece) for piece in split_text("word " * 8000)]
    [32765, 7235]
    """
    pieces: list[str] = []
    while True:
        room = _room(words)
        if room == len(words):
            return [*pieces, words]
        cut = max(words.rfind("\n", room // 2, room), -1) + 1 or words.rfind(" ", room // 2, room) + 1 or room
        pieces.append(words[:cut])
        words = words[cut:]


def _room(words: str) -> int:
    """How many characters of the words one cell can hold."""
    lines = units = 0
    for place, character in enumerate(words[: CELL_CHARACTERS + 1]):
        lines += character == "\n"
        units += 2 if character > "\uffff" else 1
        if units > CELL_CHARACTERS or lines > CELL_LINES:
            return place
    return min(len(words), CELL_CHARACTERS)


def instructions(variables: Sequence[Variable], kind: UnitKind, *, n: int, name: str) -> list[tuple[str, str]]:
    """What coders are told, as pairs of a title and its text; without a text it is a heading."""
    listed = " and ".join(f"'{variable.name}'" for variable in variables)
    rows = [
        (f"Coding sheet {name}", ""),
        (
            "Your task",
            f"Each of the {n} rows is one {kind}. Read its text, then fill in {listed}. In the xlsx (page '{CODING}') these columns are "
            "yellow and offer the codes as a list.",
        ),
        (
            "Long texts",
            "Where a text is cut off in its cell, select the cell and read it in the line above the table, or make the column wider.",
        ),
        ("Where you are unsure", "Choose what fits best and say why under 'note'. Leave a cell empty only where no answer is possible."),
        ("Work alone", "Do not talk about single rows with other coders before all have finished: agreement is measured."),
        ("Do not change", "Leave 'unit', 'check' and the texts as they are, and do not move, sort, merge or delete rows or cells."),
        ("Saving", "Keep the format (xlsx or csv) and put your name into the name of the file."),
    ]
    if kind in ("mention", "attribution"):
        rows.append(("Marks", "What is asked about stands between [[ and ]]."))
    if kind != "article":
        rows.append(("Context", "'context' shows the sentences before and after, so that you see what is meant. Code the text alone."))
    for variable in variables:
        order = " (from lowest to highest)" * (variable.level == "ordinal")
        rows += [(variable.name, ""), ("Question", variable.question), ("Codes", variable.accepted + order)]
        rows += [(value, meaning) for value, meaning in zip(variable.values, variable.meanings, strict=False)]
    return rows


def write_workbook(path: Path, cells: pd.DataFrame, variables: Sequence[Variable], pages: Sequence[tuple[str, str]]) -> None:
    """Write the three pages. Every cell is stored as text, so that no text is taken for a formula, a number or a date."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    book = Workbook()
    guide = book.active
    guide.title = INSTRUCTIONS
    coding, codes = book.create_sheet(CODING), book.create_sheet(CODES)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    grey, yellow = PatternFill("solid", fgColor="E7E6E6"), PatternFill("solid", fgColor="FFF9E5")

    for number, (title, text) in enumerate(pages, start=1):
        _put(guide, number, 1, title).font = bold
        for column, words in ((1, title), (2, text)):
            cell = _put(guide, number, column, words)
            cell.alignment = wrapped
            if not text:
                cell.fill = grey
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 26, 100

    for column, variable in enumerate(variables, start=1):
        for number, words in enumerate((variable.name, *variable.values), start=1):
            _put(codes, number, column, words)
        codes.cell(1, column).font = bold

    names = list(cells.columns)
    asked, numbers = {variable.name for variable in variables}, {variable.name for variable in variables if variable.is_number}
    for column, name in enumerate(names, start=1):
        head = _put(coding, 1, column, name)
        head.font, head.fill, head.alignment = bold, grey, wrapped
        wide = name.startswith("text") and cells[name].str.len().max() > _LONG
        coding.column_dimensions[get_column_letter(column)].width = 150 if wide else _WIDTHS.get(name.split(" (")[0], 18)
    for number, row in enumerate(cells.itertuples(index=False, name=None), start=2):
        for column, (name, words) in enumerate(zip(names, row, strict=True), start=1):
            cell = _put(coding, number, column, words)
            cell.alignment = wrapped
            if name in asked or name == "note":
                cell.protection, cell.fill = Protection(locked=False), yellow
                if name not in numbers:  # what is typed stays as it was typed; numbers as text would fail their limits
                    cell.number_format = "@"
    for column, variable in enumerate(variables, start=1):
        _restrict(coding, variable, get_column_letter(names.index(variable.name) + 1), get_column_letter(column), len(cells) + 1)

    coding.freeze_panes = coding.cell(2, 2)
    coding.auto_filter.ref = None
    for page in (coding, guide, codes):
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False  # widths and heights may be changed
    coding.sheet_view.zoomScale = 110
    coding.page_setup.orientation, coding.page_setup.fitToWidth, coding.page_setup.fitToHeight = "landscape", 1, 0
    coding.sheet_properties.pageSetUpPr.fitToPage = True
    coding.print_title_rows = "1:1"
    book.properties.creator = "framing"
    book.save(path)


def _put(page: Any, row: int, column: int, words: str) -> Any:
    """A cell that holds these words as text, whatever they begin with."""
    cell = page.cell(row, column)
    if words:
        cell.value = words
        cell.data_type = "s"
        if words[0] == "'" or is_formula(words):
            cell.quotePrefix = True  # so that it stays text when somebody edits the cell
    return cell


def _restrict(page: Any, variable: Variable, column: str, list_column: str, last_row: int) -> None:
    """A drop-down (or limits) for the cells of one variable."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if variable.is_number:
        ends = [end for end in (variable.low, variable.high) if end is not None]
        how = "between" if len(ends) == 2 else "greaterThanOrEqual" if variable.low is not None else "lessThanOrEqual"
        first, second = (ends[0], ends[-1]) if ends else (-1e300, 1e300)
        rule = DataValidation(
            type="decimal",
            operator=how if ends else "between",
            formula1=repr(float(first)),
            formula2=repr(float(second)) if how == "between" or not ends else None,
            allow_blank=True,
        )
    else:
        area = f"'{CODES}'!${list_column}$2:${list_column}${len(variable.values) + 1}"
        rule = DataValidation(type="list", formula1=area, allow_blank=True)
    rule.errorTitle, rule.error = "Not a code", f"Accepted: {variable.accepted}"[:255]
    rule.promptTitle, rule.prompt = variable.name[:32], variable.question[:255]
    rule.showErrorMessage = rule.showInputMessage = True
    page.add_data_validation(rule)
    rule.add(f"{column}2:{column}{last_row}")
