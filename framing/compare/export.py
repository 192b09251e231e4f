"""Tables for papers: LaTeX, Markdown and CSV, with names escaped, whatever an outlet is called."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import check_path
from framing.tables.safe_writing import csv_text, map_text
from framing.text.escaping import one_line, visible

_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': "''", "`": r"\textasciigrave{}", "-": "{-}", "[": "{[}", "]": "{]}", "−": "$-$",
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$])")


def latex_text(text: object) -> str:
    """Text that LaTeX prints as it stands.

    Examples
    --------
    >>> latex_text(r"50 % & \\input{x}")
    '50 \\\\% \\\\& \\\\textbackslash{}input\\\\{x\\\\}'
    """
    return "".join(_LATEX.get(char, char) for char in one_line(str(text)))


def markdown_text(text: object) -> str:
    """Text that a Markdown table prints as it stands, on one line.

    Examples
    --------
    >>> print(markdown_text("A|B"), markdown_text("<b>"))
    A\\|B &lt;b&gt;
    """
    plain = one_line(str(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", plain)


def number(value: Any, digits: int) -> str:
    """A number for print; an empty cell where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
        return ""
    if isinstance(value, float):
        return f"{value:.{digits}f}".replace("-", "−")
    return str(value)


def p_value(value: float) -> str:
    """p with three decimals, and ``< .001`` below.

    Examples
    --------
    >>> p_value(0.0432), p_value(0.00049)
    ('.043', '< .001')
    """
    if math.isnan(value):
        return ""
    return "< .001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


def between(low: float, high: float, digits: int) -> str:
    """The limits in brackets; an empty cell where one is missing."""
    return "" if math.isnan(low) or math.isnan(high) else f"[{number(low, digits)}, {number(high, digits)}]"


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, n_names: int = 1) -> str:
    """A table with names to the left, numbers to the right."""
    rule = ["---"] * n_names + ["---:"] * (len(heads) - n_names)
    lines = ["| " + " | ".join(cells) + " |" for cells in ([markdown_text(head) for head in heads], rule)]
    for row in rows:
        cells = [markdown_text(cell) if place < n_names else cell.replace("<", "&lt;") for place, cell in enumerate(row)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def latex_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str, n_names: int = 1) -> str:
    """A ``table`` with the rules of the package booktabs."""
    columns = "l" * n_names + "r" * (len(heads) - n_names)
    cells = [[latex_text(cell) if place < n_names else _latex_number(cell) for place, cell in enumerate(row)] for row in rows]
    lines = [
        r"\begin{table}",
        r"\centering",
        rf"\caption{{{latex_text(caption)}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        " & ".join(latex_text(head) for head in heads) + r" \\",
        r"\midrule",
        *(" & ".join(row) + r" \\" for row in cells),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]
    return "\n".join(lines)


def _latex_number(cell: str) -> str:
    return cell.replace("−", "$-$").replace("<", "$<$")


def csv_table(frame: pd.DataFrame, path: str | Path | None) -> str:
    """The frame as CSV with control characters as marks, also written to ``path`` if one is given (UTF-8)."""
    return save(csv_text(map_text(frame, lambda value: visible(value) if isinstance(value, str) else value)), path)


def save(text: str, path: str | Path | None) -> str:
    """The text, also written to ``path`` if one is given (UTF-8)."""
    if path is not None:
        check_path("path", path).write_text(text, encoding="utf-8", newline="")
    return text
