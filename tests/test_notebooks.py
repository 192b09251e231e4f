"""Every notebook runs from a fresh kernel, is committed as executed, and names no path of anybody's machine."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

PROJECT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
sys.path.insert(0, str(PROJECT / "tools"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_runs_afresh(path: Path) -> None:
    from run_notebooks import run

    fresh = run(path)
    assert [c.get("execution_count") for c in fresh.cells if c.cell_type == "code"] == list(
        range(1, 1 + sum(c.cell_type == "code" for c in fresh.cells))
    )
    told = [o for c in fresh.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "stream" and o.name == "stderr"]
    assert not told, f"warnings shown to the reader: {told[0].text[:300]}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_committed_as_executed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "run tools/run_notebooks.py"
    assert not [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_one_question_and_no_machine_paths(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    headings = [
        line
        for c in json.loads(raw)["cells"]
        if c["cell_type"] == "markdown"
        for line in "".join(c["source"]).splitlines()
        if line.startswith("# ")
    ]
    assert len(headings) == 1
    assert headings[0].endswith("?")
    assert not re.search(r"/(?:home|work|root|Users|tmp)/", raw)
