"""What the tests of human coding share."""

from __future__ import annotations

import csv
import io
from pathlib import Path


def csv_cells(path: Path) -> list[list[str]]:
    """The cells of a coding sheet, as it was written."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
