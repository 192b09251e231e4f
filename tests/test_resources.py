from __future__ import annotations

from pathlib import Path

import pytest

import framing
from framing.resources import load_table, load_words

PACKAGE = Path(framing.__file__).parent
LISTS = sorted(PACKAGE.rglob("*.tsv"))


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_list_says_where_it_is_from(path: Path) -> None:
    head = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert "rigin" in head, "no origin"
    assert "icence" in head, "no licence"


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_row_has_every_column(path: Path) -> None:
    rows = load_table(str(path.relative_to(PACKAGE).with_suffix("")))
    assert rows
    for row in rows:
        assert None not in row, f"too many cells: {row}"
        assert None not in row.values(), f"too few cells: {row}"
        assert next(iter(row.values())).strip(), f"first cell empty: {row}"


def test_empty_cells_are_no_words() -> None:
    assert "" not in load_words("english/people", "note")
    assert "full" in load_words("english/people", "note")


def test_unknown_list() -> None:
    with pytest.raises(FileNotFoundError):
        load_table("nothing")
